using ImageSync.Images;
using ImageSync.Storage;

namespace ImageSync.Sync;

/// <summary>
/// Whether a record vouches for the local file by the rules that its item has now: the bytes may have been accepted when it
/// had others, or by somebody else.
/// </summary>
internal static class Acceptance
{
    /// <summary>The facts, with the flaw of a file whose bytes are as recorded and would not be accepted today.</summary>
    /// <param name="turn">The facts.</param>
    public static ImageState Review(ImageState turn)
    {
        if (turn is not { Known: { } known, Stored: { State: FileState.Intact or FileState.LineEndsDiffer } stored })
        {
            return turn;
        }

        var image = turn.Image;
        if (known.Stamp.Length > image.MaxBytes)
        {
            return turn with { Stored = stored with { Flaw = TooLarge(known.Stamp.Length, image) } };
        }

        if (Covers(known.AcceptedAs, image.MediaType))
        {
            return turn;
        }

        // The file is read once for it: the next build finds it in the record.
        var judged = ImageStateReader.Judge(image, stored, known.MediaType);
        return judged.Flaw is not null
            ? turn with { Stored = judged }
            : turn with { Found = known with { AcceptedAs = image.MediaType.ToString() }, IsNewsToTheCache = true };
    }

    /// <summary>Whether what was accepted as one media range is accepted as another without a look. Pure.</summary>
    /// <param name="accepted">The one; null where nobody knows.</param>
    /// <param name="wanted">The other.</param>
    public static bool Covers(string? accepted, MediaRange wanted) => wanted.IsAny || (accepted is not null && wanted.Includes(accepted));

    /// <summary>What is said of a file that is too large.</summary>
    public static string TooLarge(long length, RemoteImage image) =>
        FormattableString.Invariant($"it has {length} bytes, more than the {image.MaxBytes} that MaxBytes allows");
}
