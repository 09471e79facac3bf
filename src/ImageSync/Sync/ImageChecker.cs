using System.Diagnostics;
using System.Runtime.CompilerServices;
using ImageSync.Http;
using ImageSync.Storage;

namespace ImageSync.Sync;

/// <summary>
/// The conductor of a check: plan, request the head, decide, and no more. It reads what a sync reads, asks what a sync would
/// ask, and writes nothing.
/// </summary>
internal sealed class ImageChecker(SyncOptions options, TimeProvider time, ConnectionPool connections)
{
    private readonly Retries _retries = new(options);
    private readonly OriginClient _client = new(options.Connections, connections);
    private readonly ImageQueue _queue = new(options, connections);

    /// <summary>How far the run has come; to be asked from any thread.</summary>
    public SyncProgress Progress => _queue.Progress(bytesReceived: 0);

    /// <summary>Tells of all images what a sync would do. One image's failure never stops the others.</summary>
    /// <param name="images">As declared.</param>
    /// <param name="build">Cancels.</param>
    /// <param name="tell">Is told of each outcome, in the order of the images, while the run goes on; on the caller's thread.</param>
    /// <exception cref="OperationCanceledException">The build was cancelled.</exception>
    public SyncRun Run(IReadOnlyList<RemoteImage> images, CancellationToken build, Action<SyncOutcome>? tell = null)
    {
        var start = Stopwatch.GetTimestamp();
        images = RemoteImage.WithSecrets(images);
        _client.Prepare(images.Where(image => SyncPlanner.AsksAnyway(image, options)).Select(image => image.Url));
        using var recorded = SyncRecords.Open(options);
        if (recorded.ObstacleTo(images) is { } obstacle)
        {
            return recorded.Stopped(images, obstacle) with { IsCheck = true };
        }

        using var clocks = new CancellationSourcePool(build);
        var outcomes = _queue.Run(images, (image, place) => CheckAsync(image, recorded, clocks, place), tell, build);
        return new SyncRun(outcomes, Stopwatch.GetElapsedTime(start)) { IsCheck = true };
    }

    private ValueTask<SyncOutcome> CheckAsync(
        RemoteImage image, SyncRecords recorded, CancellationSourcePool clocks, ImageQueue.Place place)
    {
        var turn = recorded.Load(image);
        return SyncPlanner.Plan(image, turn.Found, turn.Stored, options, time.GetUtcNow(), turn.Locked) switch
        {
            // As in a sync: who forces it mistrusts what is there.
            SyncStep.Ask { NoCache: true } ask =>
                AskAsync(turn with { Stored = LocalFile.ByDigest(image.FilePath, turn.Stored, image.MaxLocalBytes) }, ask, clocks, place),
            SyncStep.Ask ask => AskAsync(turn, ask, clocks, place),
            var step => ValueTask.FromResult(Conclude(turn, CheckDecider.Decide(turn, step, options), exchange: null)),
        };
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<SyncOutcome> AskAsync(
        ImageState turn, SyncStep.Ask planned, CancellationSourcePool clocks, ImageQueue.Place place)
    {
        using var budget = new RequestDeadline(options.IdleTimeout, options.Timeout, clocks);
        var question = new ImageExchange(_client, turn.Image, planned with { HeadOnly = true }, Decide, file: null, budget);
        var exchange = await question.AttemptAsync().ConfigureAwait(false);
        if (_retries.AreWorthwhile(exchange, budget))
        {
            exchange = await _retries.ContinueAsync(exchange, question.AttemptAsync, budget, place, clocks.Build).ConfigureAwait(false);
        }

        return Conclude(turn, exchange.Decision, exchange);

        SyncDecision Decide(RemoteImage image, SyncStep.Ask asked, OriginAnswer answer, int attempt) =>
            CheckDecider.Decide(turn, planned, asked, answer, attempt, time.GetUtcNow());
    }

    private SyncOutcome Conclude(ImageState turn, SyncDecision decision, Exchange? exchange) => decision switch
    {
        SyncDecision.Fail failure =>
            (turn with { Stored = ImageStateReader.Inspect(turn.Image, turn.Stored) }).Failure(failure.Problem, exchange),
        SyncDecision.Tell { Status: SyncStatus.Missing } =>
            turn.Pending(SyncStatus.Missing, Problems.WouldAdd(turn.Image.Wording, exchange!.Answer.Url, options.ChangesFail), exchange),
        SyncDecision.Tell { Status: SyncStatus.Modified } tell => turn.Pending(
            SyncStatus.Modified,
            Problems.WouldReplace(turn.Image.Wording, exchange!.Answer.Url, tell.Reason, options.ChangesFail),
            exchange),
        SyncDecision.Tell tell => turn.Outcome(tell.Status, exchange),
        _ => throw new InvalidOperationException($"A check cannot end in {decision}."),
    };
}
