using System.Diagnostics;
using ImageSync.Http;
using ImageSync.Storage;

namespace ImageSync.Sync;

/// <summary>
/// The conductor of a check: plan, request the head, decide, and no more. It reads what a sync reads, asks what a sync would
/// ask, and writes nothing.
/// </summary>
internal sealed class ImageChecker(SyncOptions options, TimeProvider time, HttpMessageHandler? network = null)
{
    private readonly Retries _retries = new(options);
    private readonly ImageQueue _queue = new(options.MaxConcurrency);

    // Made when the first image has something to ask.
    private readonly Lazy<OriginClient> _client = new(() => new OriginClient(
        new OriginClientOptions(options.ConnectTimeout, options.MaxConnectionsPerHost, options.UserAgent, options.AllowedHosts) { AbandonsBodies = true }, network));

    /// <summary>How far the run has come; to be asked from any thread.</summary>
    public SyncProgress Progress => _queue.Progress(bytesReceived: 0);

    /// <summary>Tells of all images what a sync would do. One image's failure never stops the others.</summary>
    /// <exception cref="OperationCanceledException">The build was cancelled.</exception>
    public async Task<SyncRun> RunAsync(IReadOnlyList<RemoteImage> images, CancellationToken build)
    {
        var start = Stopwatch.GetTimestamp();
        var recorded = Recorded.Load(options);
        if (recorded.ObstacleTo(images) is { } obstacle)
        {
            return recorded.Stopped(images, obstacle) with { IsCheck = true };
        }

        try
        {
            var outcomes = await _queue.RunAsync(images, image => CheckAsync(image, recorded, build), build).ConfigureAwait(false);
            return new SyncRun(outcomes, Stopwatch.GetElapsedTime(start)) { IsCheck = true };
        }
        finally
        {
            if (_client.IsValueCreated)
            {
                _client.Value.Dispose();
            }
        }
    }

    private async Task<SyncOutcome> CheckAsync(RemoteImage image, Recorded recorded, CancellationToken build)
    {
        var turn = recorded.Look(image);
        return SyncPlanner.Plan(image, turn.Found, turn.Stored, options, time.GetUtcNow(), turn.Locked) switch
        {
            // As in a sync: who forces it mistrusts what is there.
            SyncStep.Ask { NoCache: true } ask => await AskAsync(turn with { Stored = LocalFile.ByDigest(image.FilePath, turn.Stored) }, ask, build).ConfigureAwait(false),
            SyncStep.Ask ask => await AskAsync(turn, ask, build).ConfigureAwait(false),
            var step => Conclude(turn, CheckDecider.Decide(turn, step, options), exchange: null),
        };
    }

    private async Task<SyncOutcome> AskAsync(ImageTurn turn, SyncStep.Ask planned, CancellationToken build)
    {
        using var budget = new TimeBudget(options.IdleTimeout, options.Timeout, build);
        var attempts = 0;
        var exchange = await AttemptAsync().ConfigureAwait(false);
        if (_retries.AreWorthwhile(exchange, budget))
        {
            exchange = await _retries.ContinueAsync(exchange, AttemptAsync, budget, build).ConfigureAwait(false);
        }

        return Conclude(turn, exchange.Decision, exchange) with { Attempts = attempts };

        async Task<Exchange> AttemptAsync()
        {
            var attempt = ++attempts;
            var result = await ImageExchange.AttemptAsync(
                _client.Value, turn.Image, planned with { HeadOnly = true },
                (asked, answer) => CheckDecider.Decide(turn, planned, asked, answer, attempt, time.GetUtcNow()), budget).ConfigureAwait(false);
            attempts += result.Requests - 1;
            return result;
        }
    }

    private SyncOutcome Conclude(ImageTurn turn, SyncDecision decision, Exchange? exchange) => decision switch
    {
        SyncDecision.Fail failure => turn.Failure(failure.Problem, exchange),
        SyncDecision.Tell { Status: SyncStatus.Missing } => turn.Pending(SyncStatus.Missing, Problems.WouldAdd(exchange!.Answer.Url, options.ChangesFail), exchange),
        SyncDecision.Tell { Status: SyncStatus.Modified } tell => turn.Pending(SyncStatus.Modified, Problems.WouldReplace(exchange!.Answer.Url, tell.Reason, options.ChangesFail), exchange),
        SyncDecision.Tell tell => turn.Outcome(tell.Status, exchange),
        _ => throw new InvalidOperationException($"A check cannot end in {decision}."),
    };
}
