using ImageSync.Images;

namespace ImageSync.Sync;

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
