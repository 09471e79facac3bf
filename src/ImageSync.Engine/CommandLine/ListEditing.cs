using System.Text;
using ImageSync.Engine.Lists;
using ImageSync.Engine.Lists.Import;

namespace ImageSync.Engine.CommandLine;

/// <summary>Changes a list for its user.</summary>
/// <param name="file">The list.</param>
/// <param name="terminal">Where the user reads.</param>
internal sealed class ListEditing(ListFile file, Terminal terminal)
{
    private readonly EditedFile _edited = new(file, "list", terminal);

    /// <summary>Adds an image; makes the list where there is none.</summary>
    /// <returns>The exit code.</returns>
    public int Add(string url, string localPath)
    {
        const string Unreadable = "a line of a list cannot hold it: white space and control characters separate a list's parts.";
        return EditedFile.ObjectionTo(url, localPath, Unreadable) is { } objection ? _edited.Refuse(objection)
            : _edited.Alone(() => Existing(out var problem) is { } list ? Add(list, url, localPath)
                : _edited.Refuse($"the list {problem}."));
    }

    /// <summary>Adds what another file names; makes the list where there is none.</summary>
    /// <param name="found">What that is, with paths that are relative to the list.</param>
    /// <param name="isDryRun">Whether nothing is to be written.</param>
    /// <param name="additions">What came of it; null where nothing did.</param>
    /// <returns>The exit code.</returns>
    public int Add(List<FoundImage> found, bool isDryRun, out ListAdditions? additions)
    {
        ListAdditions? planned = null;
        var code = isDryRun ? Plan() : _edited.Alone(() => Plan() is not ExitCode.Success and var failed ? failed
            : planned!.Added.Count == 0 ? ExitCode.Success
            : Write(planned.Longer, null));
        additions = code == ExitCode.Success ? planned : null;
        return code;

        int Plan()
        {
            if (Existing(out var problem) is not { } list)
            {
                return _edited.Refuse($"the list {problem}.");
            }

            planned = ListAdditions.To(list, file, found);
            return ExitCode.Success;
        }
    }

    /// <summary>Removes images.</summary>
    /// <returns>The exit code.</returns>
    public int Remove(string[] names) => _edited.Alone(() =>
    {
        if (file.Read(out var problem) is not { } list)
        {
            return _edited.Refuse($"the list {problem}.");
        }

        var images = NamedImage.AllOf(list, file);
        if (NamedImage.TellUnknown(names, images, file.ShownAs, terminal))
        {
            return ExitCode.Usage;
        }

        var lines = images.Where(image => Array.Exists(names, image.IsCalled)).Select(image => image.Image.Line).ToHashSet();
        return Write(list.Without(lines), lines.Count == 1 ? "1 image removed" : $"{lines.Count} images removed");
    });

    // What is not there yet is empty.
    private ImageList? Existing(out string? problem)
    {
        problem = null;
        return File.Exists(file.FullPath) || Directory.Exists(file.FullPath) ? file.Read(out problem) : new ImageList("");
    }

    private int Add(ImageList list, string url, string localPath)
    {
        if (list.With(url, localPath) is var longer && longer.Images is not [.., { } added] || (added.Url, added.Path) != (url, localPath))
        {
            return _edited.Refuse("a list would read it differently: a # after white space begins a comment.");
        }

        if (list.Images.FirstOrDefault(image => image.Url == url && image.Path == localPath) is { } before)
        {
            terminal.Line($"{file.ShownAs}({before.Line}) has it already");
            return ExitCode.Success;
        }

        if (ObjectionTo(longer) is { } objection)
        {
            return _edited.Refuse(objection);
        }

        return Write(longer, $"1 image added; fetch it with: {ListCommands.Sync(file)}");
    }

    // What each sync would refuse is told at once.
    private string? ObjectionTo(ImageList longer)
    {
        return EditedFile.ObjectionToLastOf(ListRequest.Of(file, longer.Images))?.Message;
    }

    private int Write(ImageList list, string? done)
    {
        if (Encoding.UTF8.GetByteCount(list.Text) > TextFile.MaxBytes)
        {
            return _edited.Refuse("the list would be too large to be read again. Nothing was written.");
        }

        file.Write(list);
        if (done is not null)
        {
            terminal.Line($"{file.ShownAs}: {done}");
        }

        return ExitCode.Success;
    }
}
