using ImageSync.Sync;

namespace ImageSync.Engine.Lists;

/// <summary>
/// The lines that declare the images of a project's lists. Builds are asked by URL alone, so the lists are read once more, and only when
/// somebody wants to know. Safe on any thread.
/// </summary>
/// <param name="images">All of the run, in their order.</param>
internal sealed class ListedLines(IReadOnlyList<RemoteImageDeclaration> images)
{
    private readonly object _sync = new();
    private readonly Dictionary<string, ILookup<string, ListedImage>> _lists = new(StringComparer.Ordinal);

    /// <summary>Where an image stands in its list; null for one of no list. The line is 0 where the list has changed since.</summary>
    /// <param name="index">The position of the image.</param>
    public TextPlace? PlaceOf(int index) =>
        images[index] is { List.Length: > 0 } image ? new TextPlace(image.List, LineOf(image), 0) : null;

    /// <summary>The images, each with the place in its list.</summary>
    public IReadOnlyList<RemoteImageDeclaration> Placed =>
    [
        .. images.Select(image => image.List.Length == 0 || image.DefiningLine > 0 ? image
            : image with { DefiningProject = image.List, DefiningLine = LineOf(image) }),
    ];

    // Two lines can be the same: the second image of that kind is the second of them.
    private int LineOf(RemoteImageDeclaration image)
    {
        var lines = LinesOf(image.List)[image.Include].Where(line => line.Path == image.ListPath).ToList();
        return lines.Count < 2 ? lines.FirstOrDefault()?.Line ?? 0
            : lines.ElementAtOrDefault(images.Take(image.Index).Count(other => IsSame(other, image)))?.Line ?? 0;
    }

    private static bool IsSame(RemoteImageDeclaration one, RemoteImageDeclaration other) =>
        one.List == other.List && one.Include == other.Include && one.ListPath == other.ListPath;

    private ILookup<string, ListedImage> LinesOf(string list)
    {
        lock (_sync)
        {
            if (!_lists.TryGetValue(list, out var lines))
            {
                var read = Path.IsPathFullyQualified(list) && !list.Contains('\0', StringComparison.Ordinal)
                    ? new ListFile(list, list).Read(out _)
                    : null;
                _lists[list] = lines = (read?.Images ?? []).ToLookup(image => image.Url, StringComparer.Ordinal);
            }

            return lines;
        }
    }
}
