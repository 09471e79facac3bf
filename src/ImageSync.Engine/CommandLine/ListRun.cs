using ImageSync.Engine.Lists;
using ImageSync.Engine.Runs;
using ImageSync.Sync;

namespace ImageSync.Engine.CommandLine;

/// <summary>One run over a list.</summary>
/// <param name="file">The list.</param>
/// <param name="shownAs">The list, as its user calls it.</param>
/// <param name="terminal">Where the user reads.</param>
internal sealed class ListRun(ListFile file, string shownAs, Terminal terminal)
{
    /// <summary>How much the user wants to read.</summary>
    public Verbosity Verbosity { get; init; }

    /// <summary>Whether a program reads the results.</summary>
    public bool IsForPrograms { get; init; }

    /// <summary>Whether a pending change has an exit code of its own.</summary>
    public bool ChangesHaveACode { get; init; }

    /// <summary>Carries it out.</summary>
    /// <param name="isCheck">Whether nothing is to be written.</param>
    /// <param name="list">The list's text.</param>
    /// <param name="options">By the names of <see cref="RunOptions"/>; the later one counts.</param>
    /// <param name="isAsked">Which images are asked for: the others are of the list, and stay as they are.</param>
    /// <param name="cancelled">Ends it.</param>
    /// <returns>The exit code.</returns>
    public int Execute(
        bool isCheck, ImageList list, IEnumerable<(string Name, string Text)> options, Func<RemoteImage, bool>? isAsked,
        CancellationToken cancelled)
    {
        var images = list.Images;
        var request = Request(isCheck, images, options, isAsked);
        if (!isCheck)
        {
            file.HideState();
        }

        var events = new ConsoleEvents(terminal, shownAs, images, Verbosity) { IsForPrograms = IsForPrograms };
        if (images.Count == 0)
        {
            events.Line("high", $"{shownAs} has no images. Add one with: {Product.Command} add URL");
        }

        using var connections = new KeptConnections();
        try
        {
            new BuildRun(connections, events).Execute(request, cancelled);
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
            terminal.Problem("imagesync", "cancelled", "what was finished until now is recorded", ConsoleColor.DarkYellow);
            return ExitCode.Cancelled;
        }

        if (IsForPrograms)
        {
            terminal.Document(JsonResults.Of(isCheck ? "CheckImages" : "SyncImages", !events.HasErrors, events.Outcomes));
        }

        return events.HasInvalidOptions ? ExitCode.Usage
            : events.HasErrors ? ExitCode.Failure
            : ChangesHaveACode && events.Outcomes.Any(outcome => outcome.Status is SyncStatus.Modified or SyncStatus.Missing)
                ? ExitCode.WouldChange
            : ExitCode.Success;
    }

    /// <summary>Syncs some of the images; the others stay as they are, and keep what is recorded of them.</summary>
    /// <param name="names">Their URLs, or their paths.</param>
    /// <param name="list">The list's text.</param>
    /// <param name="options">As for <see cref="Execute"/>.</param>
    /// <param name="cancelled">Ends it.</param>
    public int ExecuteFor(
        string[] names, ImageList list, IEnumerable<(string Name, string Text)> options, CancellationToken cancelled)
    {
        var images = list.Images;
        return ListEditing.TellUnknown(names, images, shownAs, terminal) ? ExitCode.Usage
            : Execute(isCheck: false, list, options, image => Array.Exists(names, images[image.Index].IsCalled), cancelled);
    }

    /// <summary>Tells what is known of the files.</summary>
    public int TellStatus(ImageList list, IEnumerable<(string Name, string Text)> options)
    {
        var images = list.Images;
        var events = new ConsoleEvents(terminal, shownAs, images, Verbosity) { IsForPrograms = IsForPrograms };
        var request = Request(isCheck: true, images, options, isAsked: null);
        var known = KnownFiles.Of(request, events);
        if (known is not null && IsForPrograms)
        {
            terminal.Document(JsonResults.Of("CheckImages", !events.HasErrors, known.Outcomes));
        }
        else
        {
            known?.Lines(TimeProvider.System.GetUtcNow()).ToList().ForEach(terminal.Line);
        }

        return events.HasInvalidOptions ? ExitCode.Usage : events.HasErrors ? ExitCode.Failure : ExitCode.Success;
    }

    // As in a build, an age that is given spares requests; where none is, each run asks.
    private RunRequest Request(
        bool isCheck, IReadOnlyList<ListedImage> images, IEnumerable<(string Name, string Text)> options, Func<RemoteImage, bool>? isAsked)
    {
        var request = new RunRequest(isCheck)
        {
            IsAsked = isAsked,
            Options =
            {
                ["ProjectDirectory"] = file.Folder,
                ["ProjectName"] = file.Name,
                ["CacheFile"] = file.CacheFile,
                ["Directory"] = "images/",
                ["Detailed"] = Verbosity == Verbosity.Detailed ? "true" : "",
                ["InBuild"] = "true",
                ["LockFile"] = File.Exists(file.LockFile) ? file.LockFile : "",
            },
        };
        foreach (var (name, text) in options)
        {
            request.Options[name] = name == "Directory" && text.Length > 0 && !Path.EndsInDirectorySeparator(text) ? text + "/" : text;
        }

        request.Images.AddRange(images.Select((image, i) => new RemoteImageDeclaration(image.Url)
        {
            Index = i,
            LocalPath = image.Path,
            IsInDirectory = image.Path.Length == 0,
            DefiningProject = file.FullPath,
            DefiningLine = image.Line,
        }));
        return request;
    }
}
