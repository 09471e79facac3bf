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

/// <summary>Whether a file's name says what its bytes are to those who go by the name. Pure.</summary>
internal static class ExtensionRule
{
    // What lies below is served by ASP.NET Core, which takes the media type from the extension and answers 404 where there is none.
    private const string WebRoot = "wwwroot";

    /// <summary>What is wrong with the name of a file that holds such bytes; null for nothing.</summary>
    /// <param name="words">Those of whoever has declared the image.</param>
    /// <param name="localPath">With <c>/</c>.</param>
    /// <param name="format">The format of the bytes; null where they are no image that we recognise.</param>
    /// <param name="hasNameOfUrl">Whether the LocalPath is a folder already, and the name the URL's.</param>
    public static Problem? Objection(Wording words, string localPath, ImageFormat? format, bool hasNameOfUrl) => format switch
    {
        null => null,
        _ when !format.FitsExtension(localPath) =>
            Problems.WrongExtension(words, format.CodedMediaType, localPath, Path.ChangeExtension(localPath, format.Extensions[0])),

        // Anywhere else a name without an extension does no harm, and is mostly meant.
        _ when Path.GetExtension(localPath).Length == 0 && IsServed(localPath)
            => Problems.NoExtension(words, format.CodedMediaType, localPath + format.Extensions[0], hasNameOfUrl),
        _ => null,
    };

    private static bool IsServed(string localPath) => localPath.Split('/')[..^1].Contains(WebRoot, StringComparer.OrdinalIgnoreCase);
}
