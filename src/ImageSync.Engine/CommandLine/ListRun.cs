using ImageSync.Engine.Lists;
using ImageSync.Engine.Runs;
using ImageSync.Http;
using ImageSync.Sync;

namespace ImageSync.Engine.CommandLine;

/// <summary>One run over a list.</summary>
/// <param name="file">The list.</param>
/// <param name="terminal">Where the user reads.</param>
internal sealed class ListRun(ListFile file, Terminal terminal)
{
    /// <summary>How much the user wants to read.</summary>
    public Verbosity Verbosity { get; init; }

    /// <summary>Whether a program reads the results.</summary>
    public bool IsForPrograms { get; init; }

    /// <summary>Whether a pending change has an exit code of its own.</summary>
    public bool ChangesHaveACode { get; init; }

    /// <summary>Compares the files with the lock file: each is read, and no request is made.</summary>
    public int Verify(ImageList list, IEnumerable<(string Name, string Text)> options, CancellationToken cancelled)
    {
        List<(string Name, string Text)> given = [.. options];
        var lockFile = given.LastOrDefault(option => option.Name == "LockFile").Text ?? file.LockFile;
        if (!File.Exists(lockFile))
        {
            terminal.Problem(file.ShownAs, "error", "there is no lock file. " + CreateLockFile(lockFile), ConsoleColor.Red);
            return ExitCode.Usage;
        }

        return Execute(isCheck: true, list, [.. given, ("Offline", "true"), ("Locked", "true")], isAsked: null, cancelled);
    }

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
        if (!isCheck && images.Count > 0)
        {
            file.HideState();
        }

        var events = EventsOf(images);
        using var connections = new ConnectionPools();
        try
        {
            new BuildRun(connections, events).Execute(request, cancelled);
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
            terminal.Problem("imagesync", "cancelled", "what was finished until now is recorded", ConsoleColor.DarkYellow);
            return ExitCode.Cancelled;
        }

        // Of a file that is not there, only its origin could tell more; here the lock file has told enough.
        var isLocked = request.Options.GetValueOrDefault("Locked") == "true";
        foreach (var outcome in events.Outcomes.Where(outcome => isLocked && outcome.Status == SyncStatus.Unknown))
        {
            events.Diagnose(Missing(outcome), outcome.Index);
        }

        if (images.Count == 0 && !events.HasErrors)
        {
            events.Line("high", $"{file.ShownAs} has no images. Add one with: {ListCommands.Add(file)}");
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
        List<(string Name, string Text)> given = [.. options];
        if (!File.Exists(file.LockFile) && !given.Exists(option => option.Name == "LockFile"))
        {
            terminal.Problem(
                file.ShownAs, "error", "there is no lock file to write it into. " + CreateLockFile(file.LockFile), ConsoleColor.Red);
            return ExitCode.Usage;
        }

        var images = NamedImage.AllOf(list, file, given);
        return NamedImage.TellUnknown(names, images, file.ShownAs, terminal) ? ExitCode.Usage
            : Execute(isCheck: false, list, given, image => Array.Exists(names, images[image.Index].IsCalled), cancelled);
    }

    /// <summary>Tells what is known of the files.</summary>
    public int TellStatus(ImageList list, IEnumerable<(string Name, string Text)> options)
    {
        var images = list.Images;
        var events = EventsOf(images);
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

    private ConsoleEvents EventsOf(IReadOnlyList<ListedImage> images) =>
        new(terminal, file.ShownAs, images, Verbosity) { IsForPrograms = IsForPrograms };

    private RunRequest Request(
        bool isCheck, IReadOnlyList<ListedImage> images, IEnumerable<(string Name, string Text)> options, Func<RemoteImage, bool>? isAsked)
    {
        var request = ListRequest.Of(file, images, isCheck, isAsked);
        request.Options["Detailed"] = Verbosity == Verbosity.Detailed ? "true" : "";
        ListRequest.Override(request, options);
        return request;
    }

    private string CreateLockFile(string path) => "Create one with: " + ListCommands.CreateLockFile(file, path);

    private Diagnostic Missing(SyncOutcome outcome) => new(
        DiagnosticCode.OfflineWithoutCopy, Severity.Error,
        $"{outcome.LocalPath}: the lock file names it, and it does not exist. Fetch it with: {ListCommands.Sync(file)}");
}
