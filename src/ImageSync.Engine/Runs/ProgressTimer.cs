using ImageSync.Sync;

namespace ImageSync.Engine.Runs;

/// <summary>A sign of life from a long run, now and then, until it is disposed of.</summary>
internal sealed class ProgressTimer : IDisposable
{
    private readonly Func<SyncProgress> _progress;
    private readonly IRunEvents _events;
    private readonly object _sync = new();
    private readonly Timer _timer;
    private SyncProgress _before;
    private bool _isOver;

    public ProgressTimer(Func<SyncProgress> progress, IRunEvents events)
    {
        (_progress, _events) = (progress, events);
        _timer = new Timer(static clock => ((ProgressTimer)clock!).Tell(), this, events.ProgressInterval, events.ProgressInterval);
    }

    public void Dispose()
    {
        // Nothing is told of a run behind its last line.
        lock (_sync)
        {
            _isOver = true;
        }

        _timer.Dispose();
    }

    private void Tell()
    {
        lock (_sync)
        {
            if (!_isOver)
            {
                var now = _progress();
                _events.Progress(now, _before);
                _before = now;
            }
        }
    }
}
