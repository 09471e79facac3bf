using ImageSync.Http;
using Polly;
using Polly.Retry;

namespace ImageSync.Sync;

/// <summary>Repeats an attempt that failed for a passing reason: exponentially later, with jitter, or when the origin said.</summary>
/// <remarks>Polly is used here and only once something failed: a run as IL in which all goes well never loads it.</remarks>
internal sealed class Retries(SyncOptions options)
{
    private readonly Lazy<Repeater> _repeater = new(() => new Repeater(options));

    /// <summary>Whether a failed attempt is worth repeating, and can be within the time that is left.</summary>
    public bool AreWorthwhile(Exchange exchange, RequestDeadline budget) => options.Retries > 0 && CanRepeat(exchange, budget);

    /// <summary>Repeats until an attempt ends well, fails for good, or the retries or the time are used up.</summary>
    /// <param name="first">The attempt that failed.</param>
    /// <param name="repeat">Makes one more.</param>
    /// <param name="budget">The image's time.</param>
    /// <param name="place">The image's place, which another may have meanwhile.</param>
    /// <param name="build">Cancels.</param>
    public Task<Exchange> ContinueAsync(
        Exchange first, Func<ValueTask<Exchange>> repeat, RequestDeadline budget, ImageQueue.Place place, CancellationToken build)
    {
        // One that answers may be asked for others meanwhile. One that does not may be out: that is known by the next attempt, at which
        // others wait, too, instead of being sent after those that got no answer.
        if (first.Answer.Head is not null)
        {
            place.Lend();
        }

        return _repeater.Value.ContinueAsync(first, Repeat, budget, build);

        ValueTask<Exchange> Repeat()
        {
            place.Lend();
            return repeat();
        }
    }

    private static bool CanRepeat(Exchange exchange, RequestDeadline budget) =>
        exchange.Decision is SyncDecision.Fail { IsTransient: true } failure && (failure.RetryAfter ?? TimeSpan.Zero) < budget.Remaining;

    // Apart, because a class that has Polly's types for its fields loads Polly when the first of it is made.
    private sealed class Repeater(SyncOptions options)
    {
        private static readonly ResiliencePropertyKey<RequestDeadline> Budget = new(nameof(Budget));

        private readonly ResiliencePipeline<Exchange> _pipeline = Build(options);

        public async Task<Exchange> ContinueAsync(
            Exchange first, Func<ValueTask<Exchange>> repeat, RequestDeadline budget, CancellationToken build)
        {
            // A wait that the image's time does not allow is not made.
            using var time = CancellationTokenSource.CreateLinkedTokenSource(build);
            time.CancelAfter(budget.Remaining);
            var last = first;
            var isFirst = true;
            var context = ResilienceContextPool.Shared.Get(time.Token);
            context.Properties.Set(Budget, budget);
            try
            {
                await _pipeline.ExecuteAsync(
                    async _ =>
                    {
                        last = isFirst ? first : (await repeat().ConfigureAwait(false)).After(last);
                        isFirst = false;
                        return last;
                    },
                    context).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!build.IsCancellationRequested)
            {
                // The time ran out in a wait: what came last is what there is to tell.
            }
            finally
            {
                ResilienceContextPool.Shared.Return(context);
            }

            return last;
        }

        private static ResiliencePipeline<Exchange> Build(SyncOptions options) =>
            new ResiliencePipelineBuilder<Exchange>()
                .AddRetry(new RetryStrategyOptions<Exchange>
                {
                    MaxRetryAttempts = options.Retries,
                    Delay = options.RetryDelay,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    ShouldHandle = static args => ValueTask.FromResult(
                        args.Outcome.Result is { } exchange && CanRepeat(exchange, args.Context.Properties.GetValue(Budget, null!))),
                    DelayGenerator = static args => ValueTask.FromResult((args.Outcome.Result?.Decision as SyncDecision.Fail)?.RetryAfter),
                })
                .Build();
    }
}
