using ImageSync.Engine.Lists;
using ImageSync.Engine.Lists.Import;
using ImageSync.Reporting;

namespace ImageSync.Engine.CommandLine;

/// <summary>Adds to a list what a file of another kind names. No request is made.</summary>
/// <param name="list">The list.</param>
/// <param name="terminal">Where the user reads.</param>
internal sealed class ListImport(ListFile list, Terminal terminal)
{
    /// <summary>The file that stands for standard input.</summary>
    public const string StandardInput = "-";

    // Of a page with thousands of images that all have the same in them.
    private const int MostProblems = 20;

    /// <summary>How much the user wants to read.</summary>
    public Verbosity Verbosity { get; init; }

    /// <summary>Whether the lines are printed, and nothing is written.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Carries it out.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What it is; null where its name and its text are to tell.</param>
    /// <returns>The exit code.</returns>
    public int Execute(string path, ImportKind? kind)
    {
        var isInput = path == StandardInput;
        if (isInput && kind is null)
        {
            return Refuse(path, $"standard input has no name that says what it is. Say so with --from {Kinds}.");
        }

        var read = isInput ? TextFile.Read(terminal.Input(), out var problem) : TextFile.Read(Path.GetFullPath(path), out problem);
        if (read is not { } text)
        {
            return Refuse(path, $"the file {problem}.");
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return Refuse(path, "the file is not text.");
        }

        text = text.TrimStart('\uFEFF');
        kind ??= ImportKind.Of(path, text);
        if (kind is null)
        {
            return Refuse(path, $"its name and its text do not tell what it is. Name its kind with --from {Kinds}.");
        }

        var findings = kind.Read(text);
        if (findings.Fault is { } fault)
        {
            return Refuse(path, $"the file {fault}. It was read as {kind.Name}; name another kind with --from: {Kinds}.");
        }

        var places = new ImportedPaths(list.Folder, Base(path, isInput, kind));
        var known = new HashSet<string>(StringComparer.Ordinal);
        return Tell(path, findings, findings.Images.ConvertAll(image => new FoundImage(image.Line, image.Url, places.Of(image.Path)))
            .FindAll(image => known.Add(image.Text)));
    }

    private static string Kinds =>
        string.Join(", ", ImportKind.Names[..^1]) + " or " + ImportKind.Names[^1];

    private static string Base(string path, bool isInput, ImportKind kind) =>
        isInput || !kind.PathsAreOfTheFile ? Directory.GetCurrentDirectory() : Path.GetDirectoryName(Path.GetFullPath(path))!;

    private int Tell(string path, Findings findings, List<FoundImage> found)
    {
        var code = new ListEditing(list, terminal).Add(found, IsDryRun, out var additions);
        if (additions is null)
        {
            return code;
        }

        if (IsDryRun)
        {
            additions.Added.ForEach(image => terminal.Line(image.Text));
        }

        TellLeftOut(path, findings);
        TellSome(additions.Refused.Count, i => Tell(path, additions.Refused[i]));
        if (Verbosity != Verbosity.Quiet)
        {
            Say($"{list.ShownAs}: {Outcome(additions)}");
        }

        return additions.Refused.Count > 0 ? ExitCode.Failure : ExitCode.Success;
    }

    private void Tell(string path, ListAdditions.Refusal refusal) => Problem(
        path, refusal.Image.Line, refusal.Why is { } why ? "error " + why.CodeText : "error",
        refusal.Why is { } diagnostic ? diagnostic.Message
            : $"{refusal.Image.Path}: a list would read this path differently.",
        ConsoleColor.Red);

    private string Outcome(ListAdditions additions)
    {
        var added = additions.Added.Count;
        var images = FormattableString.Invariant($"{added:N0} {(added == 1 ? "image" : "images")}");
        var already = additions.Already == 0 ? "" : FormattableString.Invariant($", {additions.Already:N0} there already");
        return IsDryRun ? $"{images} would be added{already}"
            : $"{images} added{already}" + (added == 0 ? "" : $"; fetch {(added == 1 ? "it" : "them")} with: {ListCommands.Sync(list)}");
    }

    private void TellLeftOut(string path, Findings findings)
    {
        var warnings = findings.LeftOut.FindAll(one => one.IsWarning);
        TellSome(warnings.Count, i => Problem(
            path, warnings[i].Line, "warning", $"{warnings[i].What} {warnings[i].Why}. It is left out.", ConsoleColor.DarkYellow));
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var one in findings.LeftOut.FindAll(one => !one.IsWarning))
        {
            counts[one.Why] = counts.GetValueOrDefault(one.Why) + 1;
            if (Verbosity == Verbosity.Detailed)
            {
                Say($"  left out: {Place(path, one.Line)}: {one.What} ({one.Why})");
            }
        }

        if (Verbosity == Verbosity.Normal)
        {
            foreach (var (why, count) in counts)
            {
                Say(FormattableString.Invariant($"  left out: {count:N0} × {why}"));
            }
        }
    }

    private void TellSome(int count, Action<int> tell)
    {
        var most = Verbosity == Verbosity.Detailed ? count : Math.Min(count, MostProblems);
        for (var i = 0; i < most; i++)
        {
            tell(i);
        }

        if (count > most)
        {
            terminal.Hint(FormattableString.Invariant($"… and {count - most:N0} more; --verbose names them"));
        }
    }

    // Of a dry run the output is lines of a list, and nothing else.
    private void Say(string text)
    {
        if (IsDryRun)
        {
            terminal.Hint(UntrustedText.EscapeForLog(text));
        }
        else
        {
            terminal.Line(text);
        }
    }

    private int Refuse(string path, string why)
    {
        Problem(path, 0, "error", why, ConsoleColor.Red);
        return ExitCode.Usage;
    }

    private void Problem(string path, int line, string kind, string text, ConsoleColor colour) =>
        terminal.Problem(Place(path, line), kind, text, colour);

    private static string Place(string path, int line)
    {
        var name = path == StandardInput ? "standard input" : path;
        return line == 0 ? name : FormattableString.Invariant($"{name}({line})");
    }
}
