using System.Diagnostics;
using System.Runtime.CompilerServices;
using ImageSync.Http;
using ImageSync.Storage;

namespace ImageSync.Sync;

/// <summary>The conductor, the only one that knows all stages: plan, request, decide on the head, decide the write, effects.</summary>
internal sealed class ImageSynchronizer(SyncOptions options, TimeProvider time, ConnectionPool connections)
{
    private readonly Retries _retries = new(options);
    private readonly OriginClient _client = new(options.Connections, connections);
    private readonly SharedImages? _shared = SharedImages.Of(options, time);
    private readonly Func<RemoteImage, SyncStep.Ask, OriginAnswer, int, SyncDecision> _decide = (image, asked, answer, attempt) =>
        SyncDecider.Decide(asked, answer, attempt, time.GetUtcNow(), image.Wording);
    private readonly ImageQueue _queue = new(options, connections);

    /// <summary>How far the run has come; to be asked from any thread.</summary>
    public SyncProgress Progress => _queue.Progress(_client.BytesReceived);

    /// <summary>Brings all images in step. One image's failure never stops the others.</summary>
    /// <param name="images">As declared.</param>
    /// <param name="build">Cancels.</param>
    /// <param name="tell">Is told of each outcome, in the order of the images, while the run goes on; on the caller's thread.</param>
    /// <exception cref="OperationCanceledException">The build was cancelled; what was finished until then is recorded.</exception>
    public SyncRun Run(IReadOnlyList<RemoteImage> images, CancellationToken build, Action<SyncOutcome>? tell = null)
    {
        var start = Stopwatch.GetTimestamp();
        images = RemoteImage.WithSecrets(images);
        _client.Prepare(images.Where(image => SyncPlanner.AsksAnyway(image, options)).Select(image => image.Url));
        using var recorded = SyncRecords.Open(options);
        if (recorded.ObstacleTo(images) is { } obstacle)
        {
            return recorded.Stopped(images, obstacle);
        }

        IReadOnlyList<SyncOutcome> outcomes;
        try
        {
            using var clocks = new CancellationSourcePool(build);
            var run = new RunResources(recorded, new WriteEffects(options, recorded, _shared), clocks);
            outcomes = _queue.Run(images, (image, place) => SyncAsync(recorded.Load(image), run, place), tell, build);
        }
        catch
        {
            var timeout = build.IsCancellationRequested ? LockTimeout.Short : new LockTimeout(options.LockTimeout, build);
            recorded.Save(isComplete: false, timeout);
            throw;
        }

        var pruned = recorded.Prune();
        return new SyncRun(outcomes, Stopwatch.GetElapsedTime(start))
        {
            Pruned = pruned,
            Diagnostics = [.. recorded.Save(isComplete: true, new LockTimeout(options.LockTimeout, build)), .. _shared?.Finish() ?? []],
        };
    }

    private ValueTask<SyncOutcome> SyncAsync(ImageState state, RunResources run, ImageQueue.Place place)
    {
        var step = SyncPlanner.Plan(state.Image, state.Found, state.Stored, options, time.GetUtcNow(), state.Locked);
        return _shared is null ? FollowAsync(state, step, run, place) : FollowAsync(_shared, state, step, run, place);
    }

    private async ValueTask<SyncOutcome> FollowAsync(
        SharedImages shared, ImageState state, SyncStep step, RunResources run, ImageQueue.Place place)
    {
        await EventThread.Leave();
        (state, step) = shared.Consider(state, step);
        return await FollowAsync(state, step, run, place).ConfigureAwait(false);
    }

    private ValueTask<SyncOutcome> FollowAsync(ImageState state, SyncStep step, RunResources run, ImageQueue.Place place) => step switch
    {
        SyncStep.Ask ask => AskAsync(state, ask, run, place),
        SyncStep.Take take => Take(state, take, run) is { } taken
            ? ValueTask.FromResult(taken)
            : FollowAsync(state, take.Otherwise, run, place),
        SyncStep.KeepEdit => ValueTask.FromResult(Fail(state, Problems.EditKept(state.Image.Wording, state.Edit))),
        SyncStep.Refuse refuse => ValueTask.FromResult(Fail(state, refuse.Problem)),
        _ => ValueTask.FromResult(run.Effects.Apply(state, WriteDecider.WithoutRequest(state))),
    };

    private static SyncOutcome Fail(ImageState state, Problem problem) =>
        (state with { Stored = ImageStateReader.Inspect(state.Image, state.Stored) }).Failure(problem);

    private static SyncOutcome NotWritten(ImageState state, Exception exception) =>
        Fail(state, Problems.NotWritten(
            state.Image.Wording, exception.Message, PathObstacle.To(state.Image.FilePath, state.Image.LocalPath)));

    // Null where the store no longer has the bytes, or not whole.
    private SyncOutcome? Take(ImageState state, SyncStep.Take take, RunResources run)
    {
        using var file = new AtomicFile(state.Image.FilePath);
        try
        {
            return _shared!.Receive(state.Image, take.Shared, file) is { } body
                ? Conclude(state, take.Otherwise as SyncStep.Ask ?? new SyncStep.Fetch(), Exchange.Without(state.Image, body), file, run)
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return NotWritten(state, exception);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<SyncOutcome> AskAsync(ImageState state, SyncStep.Ask ask, RunResources run, ImageQueue.Place place)
    {
        using var budget = new RequestDeadline(options.IdleTimeout, options.Timeout, run.Clocks);
        using var file = new AtomicFile(state.Image.FilePath);
        var question = new ImageExchange(_client, state.Image, ask, _decide, file, budget);
        try
        {
            var exchange = await question.AttemptAsync().ConfigureAwait(false);
            if (_retries.AreWorthwhile(exchange, budget))
            {
                exchange = await _retries.ContinueAsync(exchange, question.AttemptAsync, budget, place, run.Clocks.Build)
                    .ConfigureAwait(false);
            }

            return exchange.Decision is SyncDecision.Keep && ask is SyncStep.Revalidate { Shared: { } shared }
                ? await ReceiveAsync(state, ask, shared, exchange, file, run, place).ConfigureAwait(false)
                : Conclude(state, ask, exchange, file, run);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return NotWritten(state, exception) with { Attempts = question.Requests, BytesReceived = question.BytesReceived };
        }
    }

    // The origin has confirmed what the store holds, and the project does not.
    private async ValueTask<SyncOutcome> ReceiveAsync(
        ImageState state, SyncStep.Ask ask, ValidatorRecord shared, Exchange exchange, AtomicFile file, RunResources run,
        ImageQueue.Place place)
    {
        await EventThread.Leave();
        if (_shared!.Receive(state.Image, shared, file) is { } body)
        {
            return Conclude(state, ask, exchange with { Body = body }, file, run);
        }

        var outcome = await AskAsync(state, new SyncStep.Fetch(), run, place).ConfigureAwait(false);
        return outcome with
        {
            Attempts = exchange.Requests + outcome.Attempts,
            BytesReceived = exchange.BytesReceived + outcome.BytesReceived,
        };
    }

    private SyncOutcome Conclude(ImageState state, SyncStep.Ask ask, Exchange exchange, AtomicFile file, RunResources run)
    {
        var stored = run.Recorded.Reload(state, ask, exchange);
        var decision = WriteDecider.Decide(state, stored, ask, exchange, options, time.GetUtcNow());
        return run.Effects.Apply(state with { Stored = stored }, decision, exchange, file);
    }

    /// <summary>What the images of one run have in common.</summary>
    private sealed record RunResources(SyncRecords Recorded, WriteEffects Effects, CancellationSourcePool Clocks);
}
