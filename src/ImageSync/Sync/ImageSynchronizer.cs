using System.Diagnostics;
using System.Runtime.CompilerServices;
using ImageSync.Http;
using ImageSync.Storage;

namespace ImageSync.Sync;

/// <summary>The conductor, the only one that knows all stages: plan, request, decide, write, record.</summary>
internal sealed class ImageSynchronizer(SyncOptions options, TimeProvider time, ConnectionPool connections)
{
    private readonly KeptBytes _kept = new(options.KeptFolder);
    private readonly ReplacedBytes _replaced = new(options.ReplacedFolder);
    private readonly Retries _retries = new(options);
    private readonly TemporaryFiles _temporary = new();
    private readonly OriginClient _client = new(options.Connections, connections);
    private readonly SharedImages? _shared = SharedImages.Of(options, time);
    private readonly Func<SyncStep.Ask, OriginAnswer, int, SyncDecision> _decide = (asked, answer, attempt) => SyncDecider.Decide(asked, answer, attempt, time.GetUtcNow());
    private readonly ImageQueue _queue = new(options, connections);

    /// <summary>How far the run has come; to be asked from any thread.</summary>
    public SyncProgress Progress => _queue.Progress(_client.BytesReceived);

    /// <summary>Brings all images in step. One image's failure never stops the others.</summary>
    /// <exception cref="OperationCanceledException">The build was cancelled; what was finished until then is recorded.</exception>
    public SyncRun Run(IReadOnlyList<RemoteImage> images, CancellationToken build)
    {
        var start = Stopwatch.GetTimestamp();
        _client.Prepare(images.Where(image => SyncPlanner.AsksAnyway(image, options)).Select(image => image.Url));
        var recorded = Recorded.Load(options);
        if (recorded.ObstacleTo(images) is { } obstacle)
        {
            return recorded.Stopped(images, obstacle);
        }

        IReadOnlyList<SyncOutcome> outcomes;
        try
        {
            using var clocks = new Clocks(build);
            outcomes = _queue.Run(images, image => SyncAsync(image, recorded, clocks), build);
        }
        catch
        {
            recorded.Save(isComplete: false, build.IsCancellationRequested ? LockPatience.OfACancelledRun() : new LockPatience(options.LockPatience, build));
            throw;
        }

        var pruned = recorded.Prune();
        return new SyncRun(outcomes, Stopwatch.GetElapsedTime(start))
        {
            Pruned = pruned,
            Diagnostics = [.. recorded.Save(isComplete: true, new LockPatience(options.LockPatience, build)), .. _shared?.Finish() ?? []],
        };
    }

    private ValueTask<SyncOutcome> SyncAsync(RemoteImage image, Recorded recorded, Clocks clocks)
    {
        var turn = recorded.Look(image);
        var step = SyncPlanner.Plan(image, turn.Found, turn.Stored, options, time.GetUtcNow(), turn.Locked);
        if (_shared is not null)
        {
            (turn, step) = _shared.Consider(turn, step);
        }

        return FollowAsync(turn, step, recorded, clocks);
    }

    private ValueTask<SyncOutcome> FollowAsync(ImageTurn turn, SyncStep step, Recorded recorded, Clocks clocks) => step switch
    {
        SyncStep.Ask ask => AskAsync(turn, ask, recorded, clocks),
        SyncStep.Take take => Take(turn, take, recorded) is { } taken ? ValueTask.FromResult(taken) : FollowAsync(turn, take.Otherwise, recorded, clocks),
        SyncStep.KeepEdit => ValueTask.FromResult(turn.Failure(Problems.EditKept())),
        SyncStep.Refuse refuse => ValueTask.FromResult(turn.Failure(refuse.Problem)),
        _ => ValueTask.FromResult(Settle(turn, recorded)),
    };

    private static SyncOutcome Settle(ImageTurn turn, Recorded recorded)
    {
        recorded.Settle(turn);
        return turn.Outcome(SyncStatus.Fresh);
    }

    // Null where the store no longer has the bytes, or not whole.
    private SyncOutcome? Take(ImageTurn turn, SyncStep.Take take, Recorded recorded)
    {
        using var file = new AtomicFile(turn.Image.FilePath);
        try
        {
            return _shared!.Receive(turn.Image, take.Shared, file) is not { } body ? null
                : Write(turn, take.Otherwise as SyncStep.Ask ?? new SyncStep.Fetch(), Exchange.Without(turn.Image, body), body, file, recorded);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return turn.Failure(Problems.NotWritten(exception.Message));
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<SyncOutcome> AskAsync(ImageTurn turn, SyncStep.Ask ask, Recorded recorded, Clocks clocks)
    {
        using var budget = new TimeBudget(options.IdleTimeout, options.Timeout, clocks);
        using var file = new AtomicFile(turn.Image.FilePath);
        var question = new ImageExchange(_client, turn.Image, ask, _decide, file, budget);
        try
        {
            var exchange = await question.AttemptAsync().ConfigureAwait(false);
            if (_retries.AreWorthwhile(exchange, budget))
            {
                exchange = await _retries.ContinueAsync(exchange, question.AttemptAsync, budget, clocks.Build).ConfigureAwait(false);
            }

            return exchange.Decision is SyncDecision.Keep && ask is SyncStep.Revalidate { Shared: { } shared }
                ? await ReceiveAsync(turn, ask, shared, exchange, file, recorded, clocks).ConfigureAwait(false)
                : Conclude(turn, ask, exchange, file, recorded);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return turn.Failure(Problems.NotWritten(exception.Message)) with { Attempts = question.Requests, BytesReceived = question.BytesReceived };
        }
    }

    // The origin has confirmed what the store holds, and the project does not.
    private async ValueTask<SyncOutcome> ReceiveAsync(ImageTurn turn, SyncStep.Ask ask, ValidatorRecord shared, Exchange exchange, AtomicFile file, Recorded recorded, Clocks clocks)
    {
        if (_shared!.Receive(turn.Image, shared, file) is { } body)
        {
            return Write(turn, ask, exchange with { Body = body }, body, file, recorded);
        }

        var outcome = await AskAsync(turn, new SyncStep.Fetch(), recorded, clocks).ConfigureAwait(false);
        return outcome with { Attempts = exchange.Requests + outcome.Attempts, BytesReceived = exchange.BytesReceived + outcome.BytesReceived };
    }

    private SyncOutcome Conclude(ImageTurn turn, SyncStep.Ask ask, Exchange exchange, AtomicFile file, Recorded recorded)
    {
        switch (exchange)
        {
            case { Decision: SyncDecision.Keep }:
                var confirmed = turn.Confirm(exchange.Answer.Head!, time.GetUtcNow());
                recorded.Confirm(turn, confirmed);
                _shared?.Put(turn, confirmed, exchange.Answer);
                return turn.Outcome(SyncStatus.NotModified, exchange, confirmed);
            case { Body: { } body }:
                return Write(turn, ask, exchange, body, file, recorded);
            case { Decision: SyncDecision.Fail failure }:
                if (failure.RetryAfter is { } wait)
                {
                    recorded.Amend(turn.Postpone(time.GetUtcNow() + wait, time.GetUtcNow()));
                }
                else if (failure.EndsValidators && turn.Known is { Validators.IsEmpty: false } known)
                {
                    recorded.Amend(known with { Validators = Validators.None });
                }

                if (failure.EndsValidators)
                {
                    _shared?.Forget(turn);
                }

                return turn.Failure(failure.Problem, exchange);
            default:
                throw new InvalidOperationException($"An attempt cannot end in {exchange.Decision}.");
        }
    }

    private SyncOutcome Write(ImageTurn turn, SyncStep.Ask ask, Exchange exchange, ReceivedBody body, AtomicFile file, Recorded recorded)
    {
        var (path, localPath, most) = (turn.Image.FilePath, turn.Image.LocalPath, turn.Image.MaxLocalBytes);

        // The file may have been edited, or synced by another build, while the bytes were on their way.
        var stored = (FileStamp.Of(path) ?? default) == turn.Stored.Stamp
            ? turn.Stored
            : LocalFile.Examine(path, turn.Known, needsDigest: true, most);

        // Who forces a sync mistrusts what is there; so size and time alone do not vouch for it.
        stored = ask.NoCache ? LocalFile.ByDigest(path, stored, most) : stored;
        var isAsLong = stored.Stamp.Length == body.Length && stored.State != FileState.Missing;
        var held = stored.Sha256 ?? (isAsLong ? LocalFile.Digest(path, most) : null);
        turn = turn with { Stored = stored };
        switch (SyncDecider.Decide(turn.Image, exchange.Answer.Url, body, held, ask.LockedTo))
        {
            case SyncDecision.Fail failure:
                return turn.Failure(failure.Problem, exchange);
            case SyncDecision.LeaveUnchanged:
                var found = turn.Record(exchange.Answer, body, stored.Stamp, turn.IsOurs, options.UserAgent, time.GetUtcNow());
                recorded.Put(turn, found);
                _shared?.Put(turn, found, exchange.Answer);
                return turn.Outcome(SyncStatus.Unchanged, exchange, found);
            default:
                var keptAt = stored.State == FileState.Missing || turn.IsOurs ? null : _kept.Keep(path, localPath, most);
                var copiedTo = stored.State == FileState.Missing ? null : _replaced.Copy(path, localPath, most);
                _temporary.Sweep(Path.GetDirectoryName(path)!);
                var written = turn.Record(exchange.Answer, body, file.Commit(), written: true, options.UserAgent, time.GetUtcNow());
                recorded.Put(turn, written);
                _shared?.Put(turn, written, exchange.Answer);
                if (options.OnLocalEdit != OnLocalEdit.Restore)
                {
                    // A kill before the record is saved would make our own bytes look like somebody's edit, and those are not healed here.
                    recorded.TrySaveCache();
                }

                return turn.Replaced(exchange, written, keptAt, copiedTo);
        }
    }
}
