using System.Buffers;
using ImageSync.Http;
using ImageSync.Images;

namespace ImageSync.Engine.Lists.Import;

/// <summary>An image that a file of another kind names.</summary>
/// <param name="line">Where, from 1; 0 where it is not known.</param>
/// <param name="url">An absolute http or https URL.</param>
/// <param name="path">Where that file wants it; with a slash at its end a folder; empty where it does not say.</param>
internal sealed class FoundImage(int line, string url, string path)
{
    public int Line => line;

    public string Url => url;

    public string Path => path;

    /// <summary>The line of a list.</summary>
    public string Text => ImageList.LineOf(url, path);
}

/// <summary>What a file names, and no list can have.</summary>
/// <param name="line">Where, from 1; 0 where it is not known.</param>
/// <param name="what">The URL, or what stands in its place, without what may be a secret.</param>
/// <param name="why">What is the matter with it: the same words for all of a kind, or a clause where it is a warning.</param>
/// <param name="isWarning">Whether its author has certainly meant an image.</param>
internal sealed class LeftOut(int line, string what, string why, bool isWarning)
{
    public int Line => line;

    public string What => what;

    public string Why => why;

    public bool IsWarning => isWarning;
}

/// <summary>What a reader of this folder has found in a text, in the order of the text.</summary>
internal sealed class Findings
{
    private const int LongestShown = 120;

    private static readonly SearchValues<char> SchemeCharacters =
        SearchValues.Create("+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private readonly List<FoundImage> _images = [];
    private readonly List<LeftOut> _leftOut = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>The images, each once.</summary>
    public List<FoundImage> Images => _images;

    /// <summary>What is no image of a list.</summary>
    public List<LeftOut> LeftOut => _leftOut;

    /// <summary>Why the text is none of its kind: a clause; null where it is one.</summary>
    public string? Fault { get; init; }

    /// <summary>Takes a file, which is an image if its name does not say otherwise.</summary>
    public void File(int line, string url, string path)
    {
        if (ImageFormat.IsNameOfImage(path.Length == 0 || path.EndsWith('/') ? NameOf(url) : path))
        {
            Image(line, url, path);
        }
        else
        {
            Leave(line, url, "no image by its name");
        }
    }

    /// <summary>Takes what is shown as an image.</summary>
    public void Image(int line, string url, string path)
    {
        if (url.Length == 0)
        {
            return;
        }

        if (SchemeOf(url) is not { } scheme)
        {
            Leave(line, url, "relative URL");
        }
        else if (scheme is not ("http" or "https"))
        {
            Leave(line, url, $"{scheme}: URL");
        }
        else if ((url + path).Any(char.IsControl) || url.Any(char.IsWhiteSpace))
        {
            Warn(line, url, "holds white space or control characters, which no line of a list can");
        }
        else if (!TargetUri.TryParse(url, out _, out var fault))
        {
            Warn(line, url, fault);
        }
        else if (new FoundImage(line, url, path) is var image && _known.Add(image.Text))
        {
            _images.Add(image);
        }
    }

    /// <summary>Leaves out what is mostly not meant.</summary>
    public void Leave(int line, string what, string why) => _leftOut.Add(new LeftOut(line, Shown(what), why, isWarning: false));

    /// <summary>Leaves out what is meant, and cannot be had.</summary>
    public void Warn(int line, string what, string clause) => _leftOut.Add(new LeftOut(line, Shown(what), clause, isWarning: true));

    /// <summary>The same of what is called by another name than a URL, such as <c>package@1.0</c>, which looks like credentials.</summary>
    public void WarnOf(int line, string name, string clause)
    {
        if (name.Contains("//", StringComparison.Ordinal))
        {
            Warn(line, name, clause);
        }
        else
        {
            _leftOut.Add(new LeftOut(line, name.Length > LongestShown ? name[..LongestShown] + "…" : name, clause, isWarning: true));
        }
    }

    // RFC 3986 §3.1. One letter is a drive of Windows.
    private static string? SchemeOf(string url)
    {
        var colon = url.IndexOf(':', StringComparison.Ordinal);
        return colon > 1 && char.IsAsciiLetter(url[0]) && url.AsSpan(0, colon).IndexOfAnyExcept(SchemeCharacters) < 0
            ? url[..colon].ToLowerInvariant()
            : null;
    }

    private static string NameOf(string url)
    {
        var end = url.AsSpan().IndexOfAny('?', '#');
        var path = end < 0 ? url : url[..end];
        return path[(path.LastIndexOf('/') + 1)..];
    }

    // A data: URL is the image itself. What may be a secret goes first: of half a URL nobody could tell what that is.
    private static string Shown(string what) =>
        UrlRedaction.Redact(what) is { Length: > LongestShown } text ? text[..LongestShown] + "…" : UrlRedaction.Redact(what);
}
