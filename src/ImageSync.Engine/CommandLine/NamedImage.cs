using ImageSync.Engine.Lists;
using ImageSync.Http;

namespace ImageSync.Engine.CommandLine;

/// <summary>An image of a list by the names that its user may call it.</summary>
/// <param name="Image">As the list has it.</param>
/// <param name="LocalPath">As a run tells of it; empty where the line is not valid.</param>
internal sealed record NamedImage(ListedImage Image, string LocalPath)
{
    /// <summary>All of a list.</summary>
    /// <param name="list">Its text.</param>
    /// <param name="file">The list.</param>
    /// <param name="options">Those of the run, which may say where the files are.</param>
    public static IReadOnlyList<NamedImage> AllOf(ImageList list, ListFile file, params IEnumerable<(string Name, string Text)> options)
    {
        var images = list.Images;
        var request = ListRequest.Of(file, images);
        ListRequest.Override(request, options);
        var declared = ListRequest.Declared(request)?.Valid ?? [];
        var paths = declared.ToDictionary(image => image.Index, image => image.LocalPath);
        return [.. images.Select((image, i) => new NamedImage(image, paths.GetValueOrDefault(i, "")))];
    }

    /// <summary>Whether a name is its URL, its path as the list has it, or the path of its file.</summary>
    public bool IsCalled(string name) => Image.IsCalled(name) || (LocalPath.Length > 0 && LocalPath == Normal(name));

    /// <summary>Tells of names that no image has.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool TellUnknown(string[] names, IReadOnlyList<NamedImage> images, string shownAs, Terminal terminal)
    {
        var unknown = names.Where(name => !images.Any(image => image.IsCalled(name))).ToList();
        foreach (var name in unknown)
        {
            var unlisted = $"the list has no image \"{UrlRedaction.Redact(name)}\". Write its URL, or the path of its file.";
            terminal.Problem(shownAs, "error", unlisted, ConsoleColor.Red);
        }

        return unknown.Count > 0;
    }

    private static string Normal(string path) =>
        path.Replace('\\', '/') is var slashes && slashes.StartsWith("./", StringComparison.Ordinal) ? slashes[2..] : slashes;
}
