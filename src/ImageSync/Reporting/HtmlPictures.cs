using ImageSync.Storage;

namespace ImageSync.Reporting;

/// <summary>
/// How pictures come into the page. Those that changed are part of it, up to a limit, so that they are seen wherever the page
/// goes; others are read from the files beside it, so that a page about thousands stays small.
/// </summary>
/// <param name="folder">Where the page will lie.</param>
internal sealed class HtmlPictures(string folder)
{
    private const int MaxEmbedded = 256 * 1024;
    private const int MaxEmbeddedInAll = 16 * 1024 * 1024;

    private int _embedded;

    /// <summary>A picture that belongs to the page.</summary>
    public Html Embedded(ImageInfo? facts, string path)
    {
        if (facts is not { IsDrawn: true, Length: <= MaxEmbedded } || _embedded + facts.Length > MaxEmbeddedInAll)
        {
            return Beside(facts, path);
        }

        try
        {
            var bytes = RegularFile.ReadAllBytes(facts.FilePath, MaxEmbedded);
            _embedded += bytes.Length;
            return Tile(facts, path, $"data:{facts.Format!.MediaType};base64,{Convert.ToBase64String(bytes)}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Tile(null, path, source: null);
        }
    }

    /// <summary>A picture that is read from its own file, when it comes into view.</summary>
    public Html Beside(ImageInfo? facts, string path) =>
        Tile(facts, path, facts is { IsDrawn: true } ? Reference(facts.FilePath) : null);

    // Images alone: an SVG in one has no script and loads nothing.
    private static Html Tile(ImageInfo? facts, string path, string? source)
    {
        Html format = $"<span>{FormatOf(facts, path)}</span>";
        if (source is null)
        {
            return $"<div class=\"tile plain\">{format}</div>";
        }

        // No link to the file, which works without the script too: as a page of its own, an SVG may run what it likes.
        var style = facts!.Format!.MediaType is "image/svg+xml" ? " drawing" : "";
        Html image = $"<img src=\"{source}\" alt=\"\" loading=\"lazy\" decoding=\"async\">";
        return $"<button class=\"tile{style}\" disabled>{format}{image}</button>";
    }

    /// <summary>The short name of a format: that of the bytes, or what the path claims.</summary>
    public static string FormatOf(ImageInfo? facts, string path)
    {
        var extension = facts?.Format?.Extensions[0] ?? Path.GetExtension(path);
        return extension.Length > 1 ? ReportText.Short(extension[1..].ToUpperInvariant()) : "FILE";
    }

    private string Reference(string file)
    {
        var relative = Path.GetRelativePath(folder, file);
        return Path.IsPathRooted(relative)
            ? new Uri(file).AbsoluteUri
            : string.Join('/', relative.Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString));
    }
}
