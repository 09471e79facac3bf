using ImageSync.Storage;

namespace ImageSync.Sync;

/// <summary>Gathers what is known of an image before anything is decided: its record, and what is on disk.</summary>
internal static class ImageFacts
{
    /// <summary>The facts about one image.</summary>
    /// <param name="image">As declared.</param>
    /// <param name="cache">The records.</param>
    public static ImageTurn Gather(RemoteImage image, ValidatorCache cache)
    {
        var found = cache.Find(image.LocalPath);
        return new ImageTurn(image, found, LocalFile.Examine(image.FilePath, ImageTurn.WithBytes(found), needsDigest: image.Sha256 is not null));
    }
}
