namespace ImageSync.Http;

/// <summary>
/// The circuit breaker of one origin, or of one proxy: when many requests in a row get no answer, the others wait until one of
/// them, the probe, has found out whether it is back. Pure: times come in, verdicts go out.
/// </summary>
/// <remarks>
/// Only transport failures count; an origin that answers 503 is alive. A lost connection takes all requests in it along, up to
/// 100 over HTTP/2. That is one event, so it costs one probe: the breaker opens once, and what began before it closed again
/// says nothing new. A few failures may be one image's own, so they open nothing; that nothing listens is the origin's matter
/// at once.
/// </remarks>
/// <param name="whom">The origin, or the proxy.</param>
/// <param name="failuresInARow">How many failures without a success in between open it.</param>
/// <param name="firstDelay">How long the first probe waits for an origin that has not answered yet; each further one twice as long.</param>
/// <param name="retries">How often one image is tried again; where none is, an origin that has not answered yet is not probed.</param>
/// <param name="probeTime">For how long an origin is probed; where it is silent, at least as often as one image is tried.</param>
/// <param name="hasAnswered">Whether it has answered already.</param>
internal sealed class CircuitBreaker(
    string whom, int failuresInARow, TimeSpan firstDelay, int retries, TimeSpan probeTime, bool hasAnswered)
{
    // A probe a second is no load for an origin that comes up again.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(1);

    // Once it is given up, an origin is probed now and then for those who come later.
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(30);

    private readonly Dictionary<TargetUri, int> _probed = [];
    private bool _hasAnswered = hasAnswered;
    private int _failures;
    private TimeSpan? _closedAt;
    private TimeSpan? _openSince;
    private TimeSpan _nextProbe;
    private int _probes;
    private bool _isProbed;
    private bool _isGivenUp;
    private bool _isSilentFromStart;
    private bool _hasFreshProbed;
    private bool _wasGivenUpInVain;
    private TransportFailure? _last;

    /// <summary>Whether all requests may go out.</summary>
    public bool IsClosed => _openSince is null;

    /// <summary>What a request is to do.</summary>
    /// <param name="url">What is asked for.</param>
    /// <param name="now">The time.</param>
    /// <param name="isNext">Whether it is the one to probe: of those who wait, it has waited longest.</param>
    /// <param name="hasFailed">Whether it has got no answer before.</param>
    /// <param name="isFreshNext">Whether one that was not asked for yet waits, too.</param>
    public CircuitVerdict Ask(TargetUri url, TimeSpan now, bool isNext = true, bool hasFailed = true, bool isFreshNext = false)
    {
        if (IsClosed)
        {
            return CircuitVerdict.Passing;
        }

        var mayBeWell = MayBeWell(url, hasFailed);
        if (isNext && !_isProbed && (now >= _nextProbe || mayBeWell))
        {
            _isProbed = true;
            _hasFreshProbed |= _isGivenUp && !hasFailed;
            _probed[url] = _probed.GetValueOrDefault(url) + 1;
            return new CircuitVerdict.Probe(whom);
        }

        // What a fresh image's probe comes to holds for all, also for those who have failed.
        var waitsForFresh = _isGivenUp && (_isProbed ? _hasFreshProbed : isFreshNext && !_hasFreshProbed && IsOfSilence(_last));
        return _isGivenUp && !mayBeWell && !waitsForFresh
            ? new CircuitVerdict.Refuse(_probed.ContainsKey(url) ? _last! with { IsTransient = false } : Refusal)
            : new CircuitVerdict.Wait(_isProbed || !isNext ? null : _nextProbe);
    }

    /// <summary>Takes note of an answer, whatever it says.</summary>
    public void Succeeded(TimeSpan now)
    {
        (_hasAnswered, _failures) = (true, 0);
        if (!IsClosed)
        {
            // An outage ends for all at once. Where the time for probes is over, and then another image comes well,
            // there was none.
            _wasGivenUpInVain |= _isGivenUp && IsLostConnection(_last);
            (_closedAt, _openSince, _isProbed, _isGivenUp, _probes) = (now, null, false, false, 0);
            _hasFreshProbed = false;
            _probed.Clear();
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

            if (++_failures < failuresInARow && !(failure.IsRefusal && retries > 0))
            {
                return false;
            }

            (_openSince, _probes, _isSilentFromStart) = (now, 0, !_hasAnswered && failure.IsSilence);
            (_isGivenUp, _nextProbe) = Schedule(failure, now, isOver: !_hasAnswered && retries == 0);
        }
        else if (isProbe)
        {
            // One that began in time may have been silent for longer than probes may take, and met with a fault of its own. Two
            // that are silent use it up whatever the origin does, and an image has more attempts.
            _isProbed = false;
            var isLate = (began - _openSince >= probeTime && (!failure.IsSilence || _probes >= retries))
                || (_wasGivenUpInVain && IsLostConnection(failure));
            (_isGivenUp, _nextProbe) = Schedule(failure, now, isOver: isLate || (_isSilentFromStart && failure.IsSilence));
        }

        return !_isGivenUp;
    }

    /// <summary>Takes note of a probe that will tell nothing.</summary>
    public void Abandoned() => _isProbed = false;

    /// <summary>What there is to tell those who were not let through; whoever has probed knows the cause at first hand.</summary>
    public TransportFailure Refusal =>
        new($"{whom} was not asked again after several failures in a row; the last: {_last?.Cause}", IsTransient: false)
        {
            RootCause = _last?.RootCause ?? "",
            Limit = _last?.Limit,
            Route = _last?.Route,
            IsOfProxy = _last is { IsOfProxy: true },
            IsOfTunnel = _last is { IsOfTunnel: true },
            IsUnauthenticated = _last is { IsUnauthenticated: true },
        };

    // A connection that ends without an answer may be the failure of those images alone that have probed: another one is owed its
    // attempts, or a single one while the origin has answered nobody. That nothing listens concerns all, and silence is too dear.
    // So all who have failed may be the only ones that do: one who has not is asked for before an origin is given up for good.
    private bool MayBeWell(TargetUri url, bool hasFailed) => _isGivenUp && (IsOfSilence(_last)
        ? !hasFailed && !_hasFreshProbed
        : IsLostConnection(_last) && _probed.GetValueOrDefault(url) < (_hasAnswered ? 1 + retries : Math.Min(1, retries)));

    private static bool IsOfSilence(TransportFailure? failure) => failure is { IsTransient: true, IsRefusal: false, IsSilence: true };

    private static bool IsLostConnection(TransportFailure? failure) => failure is { IsTransient: true, IsRefusal: false, IsSilence: false };

    // What no repetition mends is not waited for; nor is an origin that was silent from the start, beyond one probe: each would
    // cost as much time again.
    private (bool IsGivenUp, TimeSpan NextProbe) Schedule(TransportFailure failure, TimeSpan now, bool isOver)
    {
        var probes = _probes++;
        return _isGivenUp || isOver || !failure.IsTransient
            ? (true, now + Break)
            : (false, now + Delay(_hasAnswered ? probes - 1 : probes));
    }

    // An origin that has just answered is asked at once: mostly a connection was lost, and not the origin.
    private TimeSpan Delay(int exponent) => exponent < 0 ? TimeSpan.Zero
        : TimeSpan.FromTicks((long)Math.Min(firstDelay.Ticks * Math.Pow(2, exponent), Math.Max(firstDelay.Ticks, LongestDelay.Ticks)));
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
    /// <param name="Until">… or at this time; null where a probe is out, or another is to be it.</param>
    public sealed record Wait(TimeSpan? Until) : CircuitVerdict;

    /// <summary>Do without.</summary>
    /// <param name="Failure">Why.</param>
    public sealed record Refuse(TransportFailure Failure) : CircuitVerdict;

    private sealed record Pass : CircuitVerdict;
}
