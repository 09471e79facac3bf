using ImageSync.Http;

namespace ImageSync.Engine.Lists.Import;

/// <summary>The images that an HTML page shows. Pure.</summary>
internal static class HtmlPage
{
    private static readonly string[] IconRelations = ["icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon"];

    private static readonly char[] Spaces = [' ', '\t', '\r', '\n', '\f'];

    /// <summary>Reads a text.</summary>
    public static Findings Read(string text)
    {
        var findings = new Findings();
        var lines = new LineNumbers(text);
        TargetUri? origin = null;
        var found = new List<PageImage>();
        var hasBase = false;
        foreach (var tag in new HtmlTags(text, isProse: false).Wanting())
        {
            Collect(tag, found);

            // HTML §4.2.3: the first one with an address counts, also for what stands before it.
            if (tag.Name == "base" && !hasBase && tag.Has("href"))
            {
                hasBase = true;
                _ = TargetUri.TryParse(PageUrl.Of(tag["href"]), out origin, out _);
            }
        }

        foreach (var image in found)
        {
            findings.Image(lines.Of(image.Position), Resolved(image.Url, origin), "");
        }

        return findings;
    }

    /// <summary>Collects what a tag shows.</summary>
    public static void Collect(HtmlTag tag, List<PageImage> images)
    {
        switch (tag.Name)
        {
            case "img":
                Add(tag["src"]);
                Candidates(tag["srcset"]).ForEach(Add);
                break;
            case "source":
                Candidates(tag["srcset"]).ForEach(Add);
                break;
            case "video":
                Add(tag["poster"]);
                break;
            case "link" when Array.Exists(tag["rel"].ToLowerInvariant().Split(Spaces), relation => IconRelations.Contains(relation)):
                Add(tag["href"]);
                break;
            case "input" when tag["type"].Equals("image", StringComparison.OrdinalIgnoreCase):
                Add(tag["src"]);
                break;

            // Of SVG; outside of it browsers take the name for img.
            case "image":
                Add(tag["href"]);
                Add(tag["xlink:href"]);
                Add(tag["src"]);
                break;
        }

        void Add(string written)
        {
            if (PageUrl.Of(written) is { Length: > 0 } url)
            {
                images.Add(new PageImage(tag.Position, url));
            }
        }
    }

    // What is absolute stays as it is written.
    private static string Resolved(string url, TargetUri? origin) =>
        origin is null || TargetUri.TryParse(url, out _, out _) ? url : origin.Resolve(url, out _)?.Sent ?? url;

    // HTML §4.8.4.3.10, "parse a srcset attribute": a URL may hold commas, but for its end.
    private static List<string> Candidates(string set)
    {
        var urls = new List<string>();
        for (var at = 0; at < set.Length;)
        {
            if (set[at] == ',' || Spaces.Contains(set[at]))
            {
                at++;
                continue;
            }

            var length = set.AsSpan(at).IndexOfAny(Spaces);
            var end = length < 0 ? set.Length : at + length;
            var url = set[at..end];
            urls.Add(url.TrimEnd(','));
            at = url.EndsWith(',') ? end : AfterDescriptors(set, end);
        }

        return urls;
    }

    private static int AfterDescriptors(string set, int at)
    {
        for (var isInside = false; at < set.Length; at++)
        {
            isInside = set[at] == '(' || (isInside && set[at] != ')');
            if (set[at] == ',' && !isInside)
            {
                return at + 1;
            }
        }

        return at;
    }
}

/// <summary>An image of a page.</summary>
/// <param name="position">Where it is named.</param>
/// <param name="url">As the page means it.</param>
internal sealed class PageImage(int position, string url)
{
    public int Position => position;

    public string Url => url;
}
