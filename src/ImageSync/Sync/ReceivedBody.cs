using ImageSync.Images;
using ImageSync.Storage;

namespace ImageSync.Sync;

/// <summary>The facts of a body that was received to its end, or until it grew too large; or that a shared store has held.</summary>
/// <param name="Sha256">Digest of the decoded bytes.</param>
/// <param name="Length">Their number.</param>
/// <param name="IsTooLarge">Whether reading stopped because there were more than allowed.</param>
/// <param name="Media">What the bytes are.</param>
internal sealed record ReceivedBody(string Sha256, long Length, bool IsTooLarge, MediaVerdict Media)
{
    /// <summary>What the bytes say of themselves; null where they are not what was promised.</summary>
    public Picture? Picture { get; init; }

    /// <summary>What the shared store knew of it; null where the origin has sent it.</summary>
    public ValidatorRecord? Shared { get; init; }

    /// <summary>Judges a body.</summary>
    /// <param name="image">As declared.</param>
    /// <param name="contentType">What it was served as; null where that is not known.</param>
    /// <param name="file">Holds it.</param>
    public static ReceivedBody Of(RemoteImage image, string? contentType, AtomicFile file)
    {
        if (file.Length > image.MaxBytes)
        {
            return new ReceivedBody("", file.Length, IsTooLarge: true, new MediaVerdict(null, null, null));
        }

        var media = MediaTypeCheck.Judge(image.MediaType, contentType, file.OpenRead(), image.Secrets.Conceal);
        return new ReceivedBody(file.Sha256, file.Length, IsTooLarge: false, media)
        {
            Picture = media.Problem is null ? Picture.Of(media.Format, file.OpenRead()) : null,
        };
    }
}
