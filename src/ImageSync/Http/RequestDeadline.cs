using System.Diagnostics;

namespace ImageSync.Http;

/// <summary>
/// The clocks of one image: how long an origin may stay silent, and how long the image may take with all its retries.
/// HttpClient's own time-out ends with the headers and would let a stalled body hang for ever.
/// </summary>
internal sealed class RequestDeadline(TimeSpan idle, TimeSpan total, CancellationSourcePool clocks) : IDisposable
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private bool _isWhole;
    private TimeSpan? _most;
    private bool _isWound;
    private CancellationTokenSource _clock = clocks.Take();

    /// <summary>Whether a request of the image's has got no answer, in this attempt or in one before.</summary>
    public bool HasFailed { get; set; }

    /// <summary>Cancelled when a clock ran out, or when the build was cancelled.</summary>
    public CancellationToken Token => _clock.Token;

    /// <summary>Time since the image's turn began.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    /// <summary>What is left of the whole.</summary>
    public TimeSpan Remaining => total > Elapsed ? total - Elapsed : TimeSpan.Zero;

    /// <summary>Whether a clock ran out, and not the build was cancelled.</summary>
    public bool IsUsedUp => _clock.IsCancellationRequested && !clocks.Build.IsCancellationRequested;

    /// <summary>
    /// Starts an attempt. Its clock is another one than the last attempt's: that may run out in the very moment in which it is
    /// wound up again, and would end this attempt by the silence of the last.
    /// </summary>
    public void Begin()
    {
        if (_isWound)
        {
            clocks.Return(_clock);
            (_clock, _isWound) = (clocks.Take(), false);
        }
    }

    /// <summary>The origin is to speak next, or just did: its silence is counted from here.</summary>
    /// <param name="most">The most that is waited for a sign of life, whatever the declared time is.</param>
    public void Listen(TimeSpan? most = null)
    {
        _most = most < idle ? most : null;
        Wind(_most ?? idle);
    }

    /// <summary>Nobody is expected to speak: only the whole counts.</summary>
    public void Pause() => Wind(total);

    /// <summary>Which clock ran out; null where none did. Throws where the build was cancelled.</summary>
    public TransportFailure? Expired()
    {
        clocks.Build.ThrowIfCancellationRequested();
        return !_clock.IsCancellationRequested ? null
            : _isWhole ? TransportFailure.OutOfTime(total)
            : _most is { } most ? TransportFailure.StillSilent(most)
            : TransportFailure.Silent(idle);
    }

    public void Dispose() => clocks.Return(_clock);

    private void Wind(TimeSpan time)
    {
        var remaining = Remaining;
        _isWhole = remaining <= time;
        _isWound = true;
        _clock.CancelAfter(_isWhole ? remaining : time);
    }
}
