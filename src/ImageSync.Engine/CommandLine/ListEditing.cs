using ImageSync.Engine.Lists;
using ImageSync.Http;

namespace ImageSync.Engine.CommandLine;

/// <summary>Changes a list for its user.</summary>
/// <param name="file">The list.</param>
/// <param name="path">The list, as its user calls it; null for the usual one.</param>
/// <param name="terminal">Where the user reads.</param>
internal sealed class ListEditing(ListFile file, string? path, Terminal terminal)
{
    private readonly string _shownAs = path ?? ListFile.UsualName;

    /// <summary>Adds an image; makes the list where there is none.</summary>
    /// <returns>The exit code.</returns>
    public int Add(string url, string localPath)
    {
        if (!TargetUri.TryParse(url, out _, out var fault))
        {
            return Refuse($"the URL \"{UrlRedaction.Redact(url)}\" {fault}. Give {TargetUri.ValidValues}.");
        }

        if ((url + localPath).Any(char.IsControl) || url.Any(char.IsWhiteSpace) || localPath.Trim() != localPath)
        {
            return Refuse("a line of a list cannot hold it: white space and control characters separate a list's parts.");
        }

        if (File.Exists(file.FullPath) || Directory.Exists(file.FullPath))
        {
            return file.Read(out var problem) is { } list ? Add(list, url, localPath) : Refuse($"the list {problem}.");
        }

        return Add(new ImageList(""), url, localPath);
    }

    /// <summary>Removes images.</summary>
    /// <returns>The exit code.</returns>
    public int Remove(string[] names)
    {
        if (file.Read(out var problem) is not { } list)
        {
            return Refuse($"the list {problem}.");
        }

        if (TellUnknown(names, list.Images, _shownAs, terminal))
        {
            return ExitCode.Usage;
        }

        var lines = list.Images.Where(image => Array.Exists(names, image.IsCalled)).Select(image => image.Line).ToHashSet();
        return Write(list.Without(lines), lines.Count == 1 ? "1 image removed" : $"{lines.Count} images removed");
    }

    /// <summary>Tells of names that no image of the list has.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool TellUnknown(string[] names, IReadOnlyList<ListedImage> images, string shownAs, Terminal terminal)
    {
        var unknown = names.Where(name => !images.Any(image => image.IsCalled(name))).ToList();
        foreach (var name in unknown)
        {
            var unlisted = $"the list has no image \"{UrlRedaction.Redact(name)}\". Give its URL, or its path, as the list has it.";
            terminal.Problem(shownAs, "error", unlisted, ConsoleColor.Red);
        }

        return unknown.Count > 0;
    }

    private int Add(ImageList list, string url, string localPath)
    {
        if (list.With(url, localPath) is var longer && longer.Images is not [.., { } added] || (added.Url, added.Path) != (url, localPath))
        {
            return Refuse("a list would read it otherwise: # behind white space begins a comment.");
        }

        if (list.Images.FirstOrDefault(image => image.Url == url && image.Path == localPath) is { } before)
        {
            terminal.Line($"{_shownAs}({before.Line}) has it already");
            return ExitCode.Success;
        }

        return Write(longer, $"1 image added; fetch it with: imagesync sync{(path is null ? "" : " " + path)}");
    }

    private int Write(ImageList list, string done)
    {
        try
        {
            file.Write(list);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            terminal.Problem(_shownAs, "error", $"the list could not be written: {exception.Message}", ConsoleColor.Red);
            return ExitCode.Failure;
        }

        terminal.Line($"{_shownAs}: {done}");
        return ExitCode.Success;
    }

    private int Refuse(string why)
    {
        terminal.Problem(_shownAs, "error", why, ConsoleColor.Red);
        return ExitCode.Usage;
    }
}
