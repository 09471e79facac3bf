using ImageSync.Engine.Lists;
using ImageSync.Engine.Runs;
using ImageSync.Reporting;
using ImageSync.Sync;

namespace ImageSync.Engine.CommandLine;

/// <summary>How much a person wants to read.</summary>
internal enum Verbosity
{
    /// <summary>What went wrong.</summary>
    Quiet,

    /// <summary>What changed, and the outcome.</summary>
    Normal,

    /// <summary>Each image.</summary>
    Detailed,
}

/// <summary>Tells a person of a run.</summary>
/// <param name="terminal">Where they read.</param>
/// <param name="list">The list, as they call it.</param>
/// <param name="images">Its images: diagnostics name their lines.</param>
/// <param name="verbosity">How much they want to read.</param>
internal sealed class ConsoleEvents(
    Terminal terminal, string list, IReadOnlyList<ListedImage> images, Verbosity verbosity) : IRunEvents
{
    private readonly List<SyncOutcome> _outcomes = [];

    /// <summary>What came of each image.</summary>
    public IReadOnlyList<SyncOutcome> Outcomes => _outcomes;

    /// <summary>Whether an error was told.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Whether an option was not valid.</summary>
    public bool HasInvalidOptions { get; private set; }

    /// <summary>Whether lines for people go anywhere: a program reads the results instead.</summary>
    public bool IsForPrograms { get; init; }

    // Four times a second is a movement to the eye, and no work.
    public TimeSpan ProgressInterval { get; } = TimeSpan.FromMilliseconds(250);

    public void Progress(SyncProgress now, SyncProgress before)
    {
        if (terminal.HasStatus && verbosity != Verbosity.Quiet)
        {
            terminal.Status(FormattableString.Invariant(
                $"{now.Done:N0} of {now.Total:N0} images, {ByteSize.Format(now.BytesReceived)} received"));
        }
    }

    public void Line(string importance, string text)
    {
        if (!IsForPrograms && verbosity != Verbosity.Quiet && (verbosity == Verbosity.Detailed || importance != "low"))
        {
            terminal.Line(WithoutProduct(text));
        }
    }

    public void Diagnose(Diagnostic diagnostic, int? index)
    {
        var isError = diagnostic.Severity == Severity.Error;
        HasErrors |= isError;
        HasInvalidOptions |= index is null && diagnostic.Code == DiagnosticCode.InvalidValue;
        var place = index is { } at ? $"{list}({images[at].Line})"
            : diagnostic.Place is { Line: > 0 } text ? FormattableString.Invariant($"{text.File}({text.Line})")
            : "imagesync";
        terminal.Problem(
            place, $"{(isError ? "error" : "warning")} {diagnostic.CodeText}", WithoutProduct(diagnostic.Message),
            isError ? ConsoleColor.Red : ConsoleColor.DarkYellow);
    }

    // No project has them.
    public void Settled(int index)
    {
    }

    public void File(int index, string localPath)
    {
    }

    public void Pruned(string localPath)
    {
    }

    public void Image(SyncOutcome outcome) => _outcomes.Add(outcome);

    public void Summary(string summary)
    {
    }

    public void Report(string url)
    {
    }

    // A build's log has the product's name before what concerns no image: there others speak, too.
    private static string WithoutProduct(string text) =>
        text.StartsWith("ImageSync: ", StringComparison.Ordinal) ? text["ImageSync: ".Length..] : text;
}
