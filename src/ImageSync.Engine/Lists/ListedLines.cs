using ImageSync.Sync;

namespace ImageSync.Engine.Lists;

/// <summary>
/// The lines that declare the images of a project's lists. A build tells URLs and paths alone, so the lists are read once more, and only
/// when somebody wants to know. Safe on any thread.
/// </summary>
/// <param name="images">All of the run, in their order.</param>
internal sealed class ListedLines(IReadOnlyList<RemoteImageDeclaration> images)
{
    private readonly object _sync = new();
    private int[]? _lines;

    /// <summary>Where an image stands in its list; null for one of no list. The line is 0 where the list has changed since.</summary>
    /// <param name="index">The position of the image.</param>
    public TextLocation? PlaceOf(int index) =>
        images[index] is { List.Length: > 0 } image ? new TextLocation(image.List, LineOf(index), 0) : null;

    /// <summary>The images, each with the place in its list.</summary>
    public IReadOnlyList<RemoteImageDeclaration> Placed =>
    [
        .. images.Select((image, index) => image.List.Length == 0 || image.DefiningLine > 0 ? image
            : image with { DefiningProject = image.List, DefiningLine = LineOf(index) }),
    ];

    private int LineOf(int index)
    {
        lock (_sync)
        {
            return (_lines ??= Find())[index];
        }
    }

    // Two lines can be the same: the second image of that kind is the second of them. In one pass, since all lines can be.
    private int[] Find()
    {
        var lines = new Dictionary<(string List, string Url, string Path), Queue<int>>();
        foreach (var list in images.Select(image => image.List).Where(IsPath).Distinct(StringComparer.Ordinal))
        {
            foreach (var image in new ListFile(list, list).Read(out _)?.Images ?? [])
            {
                var key = (list, image.Url, image.Path);
                (lines.TryGetValue(key, out var same) ? same : lines[key] = new()).Enqueue(image.Line);
            }
        }

        return
        [
            .. images.Select(image =>
                lines.TryGetValue((image.List, image.Include, image.ListPath), out var same) && same.TryDequeue(out var line) ? line : 0),
        ];
    }

    private static bool IsPath(string list) => Path.IsPathFullyQualified(list) && !list.Contains('\0', StringComparison.Ordinal);
}
