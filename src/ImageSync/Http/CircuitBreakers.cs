using System.Collections.Concurrent;
using System.Diagnostics;

namespace ImageSync.Http;

/// <summary>The circuit breakers of a run, one for each origin and each proxy that has failed, and those who wait for them.</summary>
/// <param name="options">How long and how often an origin is tried.</param>
internal sealed class CircuitBreakers(OriginClientOptions options)
{
    // What makes an origin a suspect: as many failures in a row as there are connections, in reason. One image alone, with its
    // retries, is not to be cut short by it.
    private const int FewestFailures = 5;
    private const int MostFailures = 8;

    private readonly ConcurrentDictionary<string, Guarded> _breakers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _answered = new(StringComparer.Ordinal);
    private volatile string? _lastAnswered;
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Time since the run began.</summary>
    public TimeSpan Now => Stopwatch.GetElapsedTime(_start);

    /// <summary>Waits until a request may go out. Costs a look-up while all is well.</summary>
    /// <param name="url">Who is asked, and for what.</param>
    /// <param name="gate">The origin's gate, which knows the way.</param>
    /// <param name="budget">The image's time; the wait is none of the origin's silence.</param>
    /// <returns>Whether it is a probe, or why it is not to go out.</returns>
    public ValueTask<CircuitVerdict> EnterAsync(TargetUri url, ConcurrencyLimiter gate, RequestDeadline budget) =>
        _breakers.IsEmpty || (OpenOf(ProxyOf(gate)) is null && OpenOf(url.Origin) is null)
            ? new(CircuitVerdict.Passing)
            : EnterBothAsync(ProxyOf(gate), url, budget);

    /// <summary>Takes note of an answer.</summary>
    public void Succeeded(string origin, ConcurrencyLimiter gate)
    {
        if (_lastAnswered != origin)
        {
            _answered.TryAdd(_lastAnswered = origin, true);
            _answered.TryAdd(ProxyOf(gate) ?? origin, true);
        }

        Close(origin);
        Close(ProxyOf(gate));
    }

    /// <summary>Takes note of a request that got no answer.</summary>
    /// <param name="origin">Who was asked.</param>
    /// <param name="gate">Its gate, which knows the way.</param>
    /// <param name="failure">Why.</param>
    /// <param name="began">When it was sent.</param>
    /// <param name="probed">Whose probe it was; null for nobody's.</param>
    /// <returns>Whether it may ask again, because the outage is the origin's, or the proxy's.</returns>
    public bool Failed(string origin, ConcurrencyLimiter gate, TransportFailure failure, TimeSpan began, string? probed)
    {
        var whose = failure.IsOfProxy ? ProxyOf(gate) ?? origin : origin;
        if (probed == origin && probed != whose)
        {
            Abandoned(origin);
        }
        else if (probed is not null && probed != whose)
        {
            // The proxy was reached, whatever has become of it behind.
            Close(probed);
        }

        var isOutage = false;
        _breakers.GetOrAdd(whose, Create).Change(circuit => isOutage = circuit.Failed(failure, began, probed == whose, Now));
        return isOutage && options.Retries > 0;
    }

    /// <summary>Takes note of a probe that will tell nothing.</summary>
    public void Abandoned(string probed) => _breakers[probed].Change(static circuit => circuit.Abandoned());

    // A proxy that is out is out for all origins; and what an origin does is no fault of the proxy's.
    private async ValueTask<CircuitVerdict> EnterBothAsync(string? proxy, TargetUri url, RequestDeadline budget)
    {
        foreach (var whom in new[] { proxy, url.Origin })
        {
            if (OpenOf(whom) is { } breaker
                && await breaker.EnterAsync(url, this, budget).ConfigureAwait(false) is var verdict && verdict != CircuitVerdict.Passing)
            {
                return verdict;
            }
        }

        return CircuitVerdict.Passing;
    }

    private Guarded? OpenOf(string? whom) =>
        whom is not null && _breakers.TryGetValue(whom, out var breaker) && !breaker.IsClosed ? breaker : null;

    private void Close(string? whom)
    {
        if (whom is not null && !_breakers.IsEmpty && _breakers.TryGetValue(whom, out var breaker))
        {
            breaker.Change(circuit => circuit.Succeeded(Now));
        }
    }

    private static string? ProxyOf(ConcurrencyLimiter gate) => gate.Route is { } route ? "the proxy " + route.Proxy : null;

    private Guarded Create(string whom) => new(new CircuitBreaker(
        whom,
        Math.Clamp(options.MaxConnectionsPerHost, FewestFailures, MostFailures),
        options.RetryDelay,
        options.Retries,
        probeTime: options.ConnectTimeout,
        hasAnswered: _answered.ContainsKey(whom)));

    /// <summary>A breaker that many threads look at, and the signal that it has changed.</summary>
    private sealed class Guarded(CircuitBreaker circuit)
    {
        private readonly object _sync = new();

        // Whoever has failed is the last to probe: it may be its own image that fails. Those who were not asked for yet go first.
        private readonly LinkedList<TargetUri> _fresh = [];
        private readonly LinkedList<TargetUri> _failed = [];
        private volatile bool _isClosed = true;
        private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsClosed => _isClosed;

        public void Change(Action<CircuitBreaker> change)
        {
            TaskCompletionSource changed;
            lock (_sync)
            {
                change(circuit);
                _isClosed = circuit.IsClosed;
                (changed, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            changed.SetResult();
        }

        public async ValueTask<CircuitVerdict> EnterAsync(TargetUri url, CircuitBreakers run, RequestDeadline budget)
        {
            budget.Pause();
            var place = Join(url, budget.HasFailed);
            try
            {
                while (true)
                {
                    Task changed;
                    CircuitVerdict verdict;
                    lock (_sync)
                    {
                        var isNext = (_fresh.First ?? _failed.First) == place;
                        verdict = circuit.Ask(url, run.Now, isNext, budget.HasFailed, _fresh.Count > 0);
                        changed = _changed.Task;
                    }

                    if (verdict is not CircuitVerdict.Wait { Until: var until })
                    {
                        return verdict;
                    }

                    // Whoever is not next has nothing to wait for but a change.
                    var time = until - run.Now;
                    var due = time is null ? changed : Task.Delay(time < TimeSpan.Zero ? TimeSpan.Zero : time.Value, budget.Token);
                    await Task.WhenAny(changed, due).WaitAsync(budget.Token).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (budget.IsUsedUp)
            {
                // The image's time has ended the wait; what it has waited for is the cause.
                lock (_sync)
                {
                    return new CircuitVerdict.Refuse(circuit.Refusal);
                }
            }
            finally
            {
                Change(_ => place.List!.Remove(place));
            }
        }

        private LinkedListNode<TargetUri> Join(TargetUri url, bool hasFailed)
        {
            lock (_sync)
            {
                return (hasFailed ? _failed : _fresh).AddLast(url);
            }
        }
    }
}
