using System.Collections.Concurrent;
using System.Diagnostics;

namespace ImageSync.Http;

/// <summary>The circuit breakers of a run, one for each origin that has failed, and those who wait for them.</summary>
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
    /// <param name="url">Who is asked.</param>
    /// <param name="budget">The image's time; the wait is none of the origin's silence.</param>
    /// <returns>Whether it is a probe, or why it is not to go out.</returns>
    public ValueTask<CircuitVerdict> EnterAsync(TargetUri url, TimeBudget budget) =>
        _breakers.IsEmpty || !_breakers.TryGetValue(url.Origin, out var breaker) || breaker.IsClosed
            ? new(CircuitVerdict.Passing)
            : breaker.EnterAsync(url, this, budget);

    /// <summary>Takes note of an answer.</summary>
    public void Succeeded(TargetUri url)
    {
        if (_lastAnswered != url.Origin)
        {
            _answered.TryAdd(_lastAnswered = url.Origin, true);
        }

        if (!_breakers.IsEmpty && _breakers.TryGetValue(url.Origin, out var breaker))
        {
            breaker.Change(circuit => circuit.Succeeded(Now));
        }
    }

    /// <summary>Takes note of a request that got no answer.</summary>
    /// <returns>Whether it may ask again, because the outage is the origin's.</returns>
    public bool Failed(TargetUri url, TransportFailure failure, TimeSpan began, bool isProbe)
    {
        var isOutage = false;
        _breakers.GetOrAdd(url.Origin, Create).Change(circuit => isOutage = circuit.Failed(failure, began, isProbe, Now));
        return isOutage && options.Retries > 0;
    }

    /// <summary>Takes note of a probe that will tell nothing.</summary>
    public void Abandoned(TargetUri url) => _breakers[url.Origin].Change(static circuit => circuit.Abandoned());

    private Guarded Create(string origin) => new(new CircuitBreaker(
        Math.Clamp(options.MaxConnectionsPerHost, FewestFailures, MostFailures),
        options.RetryDelay,
        options.Retries,
        patience: options.ConnectTimeout,
        hasAnswered: _answered.ContainsKey(origin)));

    /// <summary>A breaker that many threads look at, and the signal that it has changed.</summary>
    private sealed class Guarded(CircuitBreaker circuit)
    {
        private readonly object _sync = new();
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

        public async ValueTask<CircuitVerdict> EnterAsync(TargetUri url, CircuitBreakers run, TimeBudget budget)
        {
            budget.Pause();
            while (true)
            {
                Task changed;
                CircuitVerdict verdict;
                lock (_sync)
                {
                    (verdict, changed) = (circuit.Ask(url, run.Now), _changed.Task);
                }

                if (verdict is not CircuitVerdict.Wait { Until: var until })
                {
                    return verdict;
                }

                // While a probe is out there is nothing to wait for but its end.
                var time = until - run.Now;
                var due = time is null ? changed : Task.Delay(time < TimeSpan.Zero ? TimeSpan.Zero : time.Value, budget.Token);
                await Task.WhenAny(changed, due).WaitAsync(budget.Token).ConfigureAwait(false);
            }
        }
    }
}
