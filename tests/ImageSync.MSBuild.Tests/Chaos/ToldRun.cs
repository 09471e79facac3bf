using System.Globalization;
using ImageSync.Sync;
using ImageSync.Tests.Chaos;
using Microsoft.Build.Framework;

namespace ImageSync.MSBuild.Tests.Chaos;

/// <summary>A run as its build is told of it: by the task's items, by coded diagnostics, and by lines of the log.</summary>
internal sealed class ToldRun(TaskRun run, FakeEngine build)
{
    private const string NoEngine = "IMGSYNC5001";

    // What many images have in common is told once; then the log has a line for each that somebody looks for.
    private const string LineStart = "  IMGSYNC";
    private const string ImageStart = "img/";

    private readonly List<Diagnostic> _told =
    [
        .. build.Errors.Select(error => Of(error.Code, Severity.Error, error.Message!)),
        .. build.Warnings.Select(warning => Of(warning.Code, Severity.Warning, warning.Message!)),
    ];

    private readonly List<string> _lines =
        [.. build.Messages.Select(message => message.Message!).Where(line => line.StartsWith(LineStart, StringComparison.Ordinal))];

    /// <summary>What the core has told the engine; null where the build was cancelled.</summary>
    /// <param name="succeeded">What the task has returned.</param>
    /// <param name="paths">The images, in the order of declaration.</param>
    /// <exception cref="InvalidOperationException">What is told contradicts itself.</exception>
    public SyncRun? Read(bool succeeded, IReadOnlyList<string> paths)
    {
        if (run.Task!.Link.IsCancelled)
        {
            Require(!succeeded && !_told.Exists(IsOfEngine), "a build that is cancelled fails, and says nothing of its engine");
            return null;
        }

        Require(succeeded == (build.Errors.Count == 0), "the task fails where it has told of an error, and only there");
        Require(run.Synced.Select(item => item.ItemSpec).SequenceEqual(paths), "there is an item for each image, in their order");
        var outcomes = run.Synced.Select((item, index) => OutcomeOf(item, index)).ToList();
        var engine = _told.FindAll(IsOfEngine);
        Require(engine.Count <= 1 && engine.TrueForAll(one => (one.Severity == Severity.Error) == outcomes.Exists(HasFailed)),
            $"{NoEngine} is an error where an image has no copy, and a warning otherwise");
        return new SyncRun(outcomes, TimeSpan.Zero)
        {
            Diagnostics = [.. _told.Where(one => !IsOfEngine(one) && !one.Message.StartsWith(ImageStart, StringComparison.Ordinal))],
        };
    }

    private static bool IsOfEngine(Diagnostic diagnostic) => diagnostic.CodeText == NoEngine;

    private static bool HasFailed(SyncOutcome outcome) => outcome.Status == SyncStatus.Failed;

    private static Diagnostic Of(string? code, Severity severity, string message) =>
        new((DiagnosticCode)int.Parse(code!["IMGSYNC".Length..], CultureInfo.InvariantCulture), severity, message);

    private static int Number(ITaskItem item, string name) =>
        int.TryParse(item.GetMetadata(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException(what);
        }
    }

    private SyncOutcome OutcomeOf(ITaskItem item, int index)
    {
        var outcome = new SyncOutcome(item.ItemSpec, item.GetMetadata("Url"), Enum.Parse<SyncStatus>(item.GetMetadata("Status")))
        {
            Index = index,
            Attempts = Number(item, "Attempts"),
            BytesReceived = Number(item, "BytesReceived"),
            Elapsed = TimeSpan.FromMilliseconds(Number(item, "ElapsedMilliseconds")),
        };
        outcome = outcome with { Diagnostics = DiagnosticsOf(outcome, item.GetMetadata("Code")) };
        Require(item.GetMetadata("Changed") == (outcome.Changed ? "true" : "false"), $"{item.ItemSpec}: Changed says what Status says");
        Require(item.GetMetadata("Code") == (outcome.Diagnostics.Count > 0 ? outcome.Diagnostics[0].CodeText : ""),
            $"what is told first is the Code, {item.GetMetadata("Code")}: {BuildInvariants.Told(outcome)}");
        return outcome;
    }

    private List<Diagnostic> DiagnosticsOf(SyncOutcome outcome, string code)
    {
        if (code == NoEngine)
        {
            return _told.FindAll(IsOfEngine);
        }

        // Its own, and what it has in common with others.
        var subject = outcome.LocalPath + ": ";
        var own = _told.FindAll(one => one.Message.StartsWith(subject, StringComparison.Ordinal));
        var common = _lines.Select(line => line.Trim().Split(": ", 2))
            .Where(parts => parts[1].StartsWith(subject, StringComparison.Ordinal) && !own.Exists(one => one.Message == parts[1]))
            .Select(parts => Of(parts[0], SeverityOf(parts[0], outcome), parts[1]));
        return [.. own, .. common];
    }

    // The severity that fits, where that has been told; otherwise the other one.
    private Severity SeverityOf(string code, SyncOutcome outcome)
    {
        var fitting = HasFailed(outcome) ? Severity.Error : Severity.Warning;
        return _told.Exists(one => one.CodeText == code && one.Severity == fitting) ? fitting : 1 - fitting;
    }
}
