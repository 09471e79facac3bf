using ImageSync.Storage;

namespace ImageSync.Sync;

/// <summary>EFFECTS: carries out what was decided of one image, and nothing else.</summary>
/// <param name="options">The run's options.</param>
/// <param name="recorded">What is known of the images.</param>
/// <param name="shared">The shared store; null for none.</param>
internal sealed class WriteEffects(SyncOptions options, SyncRecords recorded, SharedImages? shared)
{
    private readonly Backups _backups = new(options.KeptFolder, options.ReplacedFolder);
    private readonly TemporaryFiles _temporary = new();

    /// <summary>Does it, and returns the image's row.</summary>
    /// <param name="state">The image, with what is on disk.</param>
    /// <param name="decision">What was decided.</param>
    /// <param name="exchange">What was answered; null where nobody was asked.</param>
    /// <param name="received">Holds the received bytes; null where there can be none.</param>
    /// <exception cref="IOException">The file, or the copy of what it was, could not be written; then it is what it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public SyncOutcome Apply(ImageState state, WriteDecision decision, Exchange? exchange = null, AtomicFile? received = null)
    {
        var (path, localPath, most) = (state.Image.FilePath, state.Image.LocalPath, state.Image.MaxLocalBytes);
        var (effects, cached, noted) = (decision.Effects, decision.Cached, decision.Noted);
        var keptAt = effects.HasFlag(Effects.KeepAside) ? _backups.KeepEdit(path, localPath, most) : null;
        var copiedTo = effects.HasFlag(Effects.CopyForReport) ? _backups.CopyForReport(path, localPath, most) : null;
        if (effects.HasFlag(Effects.Replace))
        {
            _temporary.Sweep(Path.GetDirectoryName(path)!);
            var stamp = received!.Seal();
            (cached, noted) = (cached! with { Stamp = stamp }, noted! with { Stamp = stamp });

            // To another build, or after a kill, our own bytes would look like somebody's edit otherwise.
            recorded.Announce(cached);
            received.Commit();
        }

        if (cached is not null)
        {
            recorded.Cache(cached);
        }

        if (noted is not null)
        {
            recorded.Note(state.Image, noted);
        }

        if (effects.HasFlag(Effects.Share))
        {
            shared?.Put(state, noted!, exchange!.Answer);
        }

        if (effects.HasFlag(Effects.Forget))
        {
            shared?.Forget(state);
        }

        return decision.Problem is { } problem ? state.Failure(problem, exchange)
            : effects.HasFlag(Effects.Replace) ? state.Replaced(decision, exchange!, noted!, keptAt, copiedTo)
            : state.Outcome(decision.Status, exchange, noted);
    }
}
