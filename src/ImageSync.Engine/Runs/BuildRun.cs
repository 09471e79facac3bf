using ImageSync.Http;
using ImageSync.Reporting;
using ImageSync.Sync;

namespace ImageSync.Engine.Runs;

/// <summary>One run from request to report.</summary>
/// <param name="connections">What runs of this process share.</param>
/// <param name="events">Who is told.</param>
internal sealed class BuildRun(ConnectionPools connections, IRunEvents events)
{
    /// <summary>Carries a request out, and tells of it; the last event is left to the caller.</summary>
    /// <exception cref="OperationCanceledException">The build was cancelled; what was finished until then is recorded.</exception>
    public void Execute(RunRequest request, CancellationToken build)
    {
        if (DeclaredImages.Of(request, diagnostic => events.Diagnose(diagnostic, index: null)) is not { } declared)
        {
            return;
        }

        var settings = declared.Settings;
        foreach (var image in declared.Files)
        {
            events.File(image.Index, image.LocalPath);
        }

        if (PathConflicts.OfImages(settings, declared.Valid, request.Occupied).ToList() is { Count: > 0 } taken)
        {
            Tell(taken);
            return;
        }

        foreach (var index in declared.Settled)
        {
            events.Settled(index);
        }

        foreach (var (index, doubt) in declared.Doubts)
        {
            events.Diagnose(doubt, index);
        }

        var log = new RunLog(events, request.Wording, settings.IsDetailed);
        settings = settings with { Sync = settings.Sync with { Claimed = declared.Claimed } };
        var outcomes = new OutcomeStream(events, declared.Invalid);
        var synced = Run(request, settings, declared.Valid, log, outcomes.Tell, build);
        var run = declared.Complete(synced);
        outcomes.Complete(run);
        Report(request, settings, run, log);
        if (!run.IsCheck)
        {
            settings.ReportFiles.UpdateManifest(synced.Outcomes, settings.Sync, UnwrittenFor(request));
        }
    }

    private SyncRun Run(
        RunRequest request, RunSettings settings, IReadOnlyList<RemoteImage> images, RunLog log, Action<SyncOutcome> tell,
        CancellationToken build)
    {
        if (request.IsCheck || settings.Sync.ChangesFail)
        {
            // By hand, also where the same command has built the project before; a build that asks (-question) stays a build.
            var options = settings.Sync with { ByHand = settings.Sync.ByHand || request.IsCheck };
            var shared = connections.Of(options.Connections with { AbandonsBodies = true });
            var checker = new ImageChecker(options, TimeProvider.System, shared);
            using var checkClock = new ProgressTimer(() => checker.Progress, events);
            return checker.Run(images, build, tell);
        }

        var synchronizer = new ImageSynchronizer(
            settings.Sync with { ReplacedFolder = settings.ReplacedFolder },
            TimeProvider.System,
            connections.Of(settings.Sync.Connections));
        using var clock = new ProgressTimer(() => synchronizer.Progress, events);
        return synchronizer.Run(images, build, tell);
    }

    private void Report(RunRequest request, RunSettings settings, SyncRun run, RunLog log)
    {
        foreach (var file in run.Pruned.Deleted)
        {
            events.Pruned(file);
        }

        log.Report(run);
        if (run.Outcomes.Count > 0 || run.Pruned.Deleted.Count > 0)
        {
            var summary = RunLog.Summarize(run);
            events.Summary(summary);
            log.Summary(summary, settings.NamesProject ? settings.ProjectName : null);
            Publish(request, settings, run, summary, log);
        }
    }

    // A check writes nothing, and has no report.
    private void Publish(RunRequest request, RunSettings settings, SyncRun run, string summary, RunLog log)
    {
        var files = settings.ReportFiles;
        if (run.IsCheck || !files.AreWanted)
        {
            return;
        }

        var report = new RunReport(settings.ProjectName, summary, run)
        {
            Time = TimeProvider.System.GetUtcNow(),
            ProjectDirectory = settings.Sync.ProjectDirectory,
            HelpLink = Product.HelpLink,
            Places = new DeclarationLocations(settings.Sync.ProjectDirectory, request.Lines.Placed),
        };
        if (files.Write(report, UnwrittenFor(request)))
        {
            var url = new Uri(files.Report!).AbsoluteUri;
            events.Report(url);
            log.ReportWritten(url, isAskedFor: settings.Sync.ByHand);
        }
    }

    private Action<string, string, string> UnwrittenFor(RunRequest request) => (option, file, cause) =>
        Tell([Problems.ReportUnwritten(request.Wording, option, file, cause)], LocalCopy.Good);

    private void Tell(IEnumerable<Problem> problems, LocalCopy? copy = null)
    {
        foreach (var problem in problems)
        {
            events.Diagnose(problem.OfTheRun(copy ?? LocalCopy.None), index: null);
        }
    }
}
