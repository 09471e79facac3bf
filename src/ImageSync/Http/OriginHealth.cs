using System.Collections.Concurrent;
using Polly;
using Polly.CircuitBreaker;

namespace ImageSync.Http;

/// <summary>
/// A circuit breaker for each origin: where requests go unanswered one after the other, the rest of the run's images are not
/// made to wait for the same silence. Only transport failures count; an origin that answers 503 is alive.
/// </summary>
/// <param name="failuresInARow">How many it takes.</param>
internal sealed class OriginHealth(int failuresInARow)
{
    // Nearly all of what was asked of late: a stray success among them does not make an origin a live one.
    private const double FailureRatio = 0.9;
    private static readonly TimeSpan Lately = TimeSpan.FromSeconds(30);

    // Within a run a dead origin is tried again now and then.
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Breaker> _breakers = new(StringComparer.Ordinal);

    /// <summary>Why an origin is not to be asked now; null where it may be. Costs a look-up while all is well.</summary>
    public TransportFailure? Objection(TargetUri url) =>
        !_breakers.IsEmpty && _breakers.TryGetValue(url.Origin, out var breaker) ? breaker.Objection(url) : null;

    /// <summary>Takes note of a request's end. Polly is loaded with the first failure, and not before.</summary>
    public void Note(TargetUri url, TransportFailure? failure)
    {
        if (failure is not null)
        {
            _breakers.GetOrAdd(url.Origin, _ => new Breaker(failuresInARow)).Note(failure);
        }
        else if (!_breakers.IsEmpty && _breakers.TryGetValue(url.Origin, out var breaker))
        {
            breaker.Note(null);
        }
    }

    private sealed class Breaker
    {
        private readonly CircuitBreakerStateProvider _state = new();
        private readonly ResiliencePipeline<TransportFailure?> _pipeline;
        private TransportFailure? _last;

        public Breaker(int failuresInARow) => _pipeline = new ResiliencePipelineBuilder<TransportFailure?>()
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<TransportFailure?>
            {
                FailureRatio = FailureRatio,
                MinimumThroughput = failuresInARow,
                SamplingDuration = Lately,
                BreakDuration = Break,
                StateProvider = _state,
                ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Result is not null),
            })
            .Build();

        public TransportFailure? Objection(TargetUri url) => _state.CircuitState is CircuitState.Open or CircuitState.Isolated
            ? new TransportFailure($"{url.Origin} was not asked again after several failures in a row; the last: {_last?.Cause}", IsTransient: false)
            : null;

        public void Note(TransportFailure? failure)
        {
            _last = failure ?? _last;
            try
            {
                _pipeline.Execute(static failure => failure, failure);
            }
            catch (BrokenCircuitException)
            {
                // It was open already.
            }
        }
    }
}
