using ImageSync.Sync;

namespace ImageSync.Engine.Runs;

/// <summary>A sign of life from a long run, now and then, until it is disposed of.</summary>
internal sealed class ProgressClock : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Func<SyncProgress> _progress;
    private readonly RunLog _log;
    private readonly object _sync = new();
    private readonly Timer _timer;
    private SyncProgress _before;
    private bool _isOver;

    public ProgressClock(Func<SyncProgress> progress, RunLog log)
    {
        (_progress, _log) = (progress, log);
        _timer = new Timer(static clock => ((ProgressClock)clock!).Tell(), this, Interval, Interval);
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
                _log.Progress(now, _before, Interval);
                _before = now;
            }
        }
    }
}
