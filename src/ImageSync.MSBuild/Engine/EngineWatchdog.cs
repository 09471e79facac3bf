namespace ImageSync.MSBuild;

/// <summary>Ends an engine that does not do in time what is expected of it, unless it is disposed of before.</summary>
internal sealed class EngineWatchdog : IDisposable
{
    private readonly Timer _timer;
    private volatile bool _isOver;

    /// <param name="engine">The engine.</param>
    /// <param name="time">How long it may take.</param>
    public EngineWatchdog(EngineProcess engine, TimeSpan time) => _timer = new Timer(
        _ =>
        {
            _isOver = true;
            engine.Kill();
        },
        state: null,
        time,
        Timeout.InfiniteTimeSpan);

    /// <summary>Whether the engine was ended for it.</summary>
    public bool IsOver => _isOver;

    public void Dispose() => _timer.Dispose();
}
