namespace ImageSync.Http;

/// <summary>
/// The circuit breaker of one origin, or of one proxy: when many requests in a row get no answer, the others wait until one of
/// them, the probe, has found out whether it is back. Pure: times come in, verdicts go out.
/// </summary>
/// <remarks>
/// Only transport failures count; an origin that answers 503 is alive. A lost connection takes all requests in it along, up to
/// 100 over HTTP/2. That is one event, so it costs one probe: the breaker opens once, and what began before it closed again
/// says nothing new.
/// </remarks>
/// <param name="failuresInARow">How many failures without a success in between open it.</param>
/// <param name="firstDelay">How long the first probe waits for an origin that has not answered yet; each further one twice as long.</param>
/// <param name="retries">How often one image would be tried again: as long an origin that has not answered yet is probed.</param>
/// <param name="patience">For how long an origin that has answered before is probed.</param>
/// <param name="hasAnswered">Whether it has answered already.</param>
internal sealed class CircuitBreaker(int failuresInARow, TimeSpan firstDelay, int retries, TimeSpan patience, bool hasAnswered)
{
    // A probe a second is no load for an origin that comes up again.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(1);

    // Once it is given up, an origin is probed now and then for those who come later.
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(30);

    private bool _hasAnswered = hasAnswered;
    private int _failures;
    private TimeSpan? _closedAt;
    private TimeSpan? _openSince;
    private TimeSpan _nextProbe;
    private int _probes;
    private bool _isProbed;
    private bool _isGivenUp;
    private TransportFailure? _last;

    /// <summary>Whether all requests may go out.</summary>
    public bool IsClosed => _openSince is null;

    /// <summary>What a request is to do.</summary>
    /// <param name="whom">The origin, or the proxy.</param>
    /// <param name="now">The time.</param>
    public CircuitVerdict Ask(string whom, TimeSpan now)
    {
        if (IsClosed)
        {
            return CircuitVerdict.Passing;
        }

        if (!_isProbed && now >= _nextProbe)
        {
            _isProbed = true;
            return new CircuitVerdict.Probe(whom);
        }

        return _isGivenUp ? new CircuitVerdict.Refuse(Refusal(whom)) : new CircuitVerdict.Wait(_isProbed ? null : _nextProbe);
    }

    /// <summary>Takes note of an answer, whatever it says.</summary>
    public void Succeeded(TimeSpan now)
    {
        (_hasAnswered, _failures) = (true, 0);
        if (!IsClosed)
        {
            (_closedAt, _openSince, _isProbed, _isGivenUp, _probes) = (now, null, false, false, 0);
        }
    }

    /// <summary>Takes note of a request that got no answer.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="began">When it was sent.</param>
    /// <param name="isProbe">Whether it was the probe.</param>
    /// <param name="now">The time.</param>
    /// <returns>Whether it is the origin's outage rather than the image's failure: then the request may ask again.</returns>
    public bool Failed(TransportFailure failure, TimeSpan began, bool isProbe, TimeSpan now)
    {
        _last = failure;
        if (IsClosed)
        {
            // What was on its way when the breaker closed belongs to the event that had opened it.
            if (began < _closedAt)
            {
                return true;
            }

            if (++_failures < failuresInARow)
            {
                return false;
            }

            (_openSince, _probes) = (now, 0);
            (_isGivenUp, _nextProbe) = Schedule(failure, now);
        }
        else if (isProbe)
        {
            _isProbed = false;
            (_isGivenUp, _nextProbe) = Schedule(failure, now);
        }

        return !_isGivenUp;
    }

    /// <summary>Takes note of a probe that will tell nothing.</summary>
    public void Abandoned() => _isProbed = false;

    // What no repetition mends is not waited for. An origin that has been silent from the start would cost each probe as much
    // time again.
    private (bool IsGivenUp, TimeSpan NextProbe) Schedule(TransportFailure failure, TimeSpan now)
    {
        var probes = _probes++;
        var isOver = _isGivenUp || !failure.IsTransient
            || (_hasAnswered ? now - _openSince!.Value >= patience : probes >= retries || (failure.IsSilence && probes == 0));
        return isOver ? (true, now + Break) : (false, now + Delay(_hasAnswered ? probes - 1 : probes));
    }

    // An origin that has just answered is asked at once: mostly a connection was lost, and not the origin.
    private TimeSpan Delay(int exponent) => exponent < 0 ? TimeSpan.Zero
        : TimeSpan.FromTicks((long)Math.Min(firstDelay.Ticks * Math.Pow(2, exponent), Math.Max(firstDelay.Ticks, LongestDelay.Ticks)));

    private TransportFailure Refusal(string whom) =>
        new($"{whom} was not asked again after several failures in a row; the last: {_last?.Cause}", IsTransient: false)
        {
            RootCause = _last?.RootCause ?? "",
            Route = _last?.Route,
            IsOfProxy = _last is { IsOfProxy: true },
            IsOfTunnel = _last is { IsOfTunnel: true },
            IsUnauthenticated = _last is { IsUnauthenticated: true },
        };
}

/// <summary>What a request to an origin is to do.</summary>
internal abstract record CircuitVerdict
{
    /// <summary>Go out.</summary>
    public static readonly CircuitVerdict Passing = new Pass();

    /// <summary>Go out for all the others, too.</summary>
    /// <param name="Whom">Whose it is: an origin's, or a proxy's.</param>
    public sealed record Probe(string Whom) : CircuitVerdict;

    /// <summary>Ask again when something has changed.</summary>
    /// <param name="Until">… or at this time; null where a probe is out.</param>
    public sealed record Wait(TimeSpan? Until) : CircuitVerdict;

    /// <summary>Do without.</summary>
    /// <param name="Failure">Why.</param>
    public sealed record Refuse(TransportFailure Failure) : CircuitVerdict;

    private sealed record Pass : CircuitVerdict;
}
