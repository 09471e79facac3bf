using ImageSync.Images;

namespace ImageSync.Sync;

/// <summary>Who has chosen the name of a file.</summary>
internal enum NameOrigin
{
    /// <summary>The author of the project, who may choose any.</summary>
    Author,

    /// <summary>The URL, and so whoever wrote that; the folder is the author's.</summary>
    Url,

    /// <summary>The line of a list, which has chosen the folder, too.</summary>
    List,
}

/// <summary>Which names a file may have, so that no origin adds to what a build, an editor, a server or git obeys. Pure.</summary>
internal static class FileNameRule
{
    /// <summary>Whether a file must not be called so.</summary>
    /// <param name="localPath">With <c>/</c>.</param>
    /// <param name="origin">Who has chosen it.</param>
    /// <param name="mediaType">What its bytes must be.</param>
    public static bool IsBroken(string localPath, NameOrigin origin, MediaRange mediaType) =>
        IsFolder(localPath) ? mediaType.IsImages
        : !ImageFormat.IsNameOfImage(localPath) ? origin != NameOrigin.Author || mediaType.IsImages
        : Path.GetExtension(localPath).Length == 0 && origin switch
        {
            NameOrigin.Author => false,
            NameOrigin.Url => IsObeyed(localPath, mediaType),
            _ => true,
        };

    // A file of this name takes the place of the folder that a web project serves, and the SDK fails on it.
    private static bool IsFolder(string localPath) =>
        localPath[(localPath.LastIndexOf('/') + 1)..].Equals("wwwroot", StringComparison.OrdinalIgnoreCase);

    // Tools look for names without an extension in the project's own folder (Makefile, Dockerfile), and servers for such as
    // _redirects in any. What is no image can be anything.
    private static bool IsObeyed(string localPath, MediaRange mediaType) =>
        !mediaType.IsImages || !localPath.Contains('/') || localPath[localPath.LastIndexOf('/') + 1] is '_' or '-';
}
