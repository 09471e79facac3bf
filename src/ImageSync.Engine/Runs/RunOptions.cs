using ImageSync.Http;
using ImageSync.Storage;
using ImageSync.Sync;

namespace ImageSync.Engine.Runs;

/// <summary>DECLARE: the options of a run, one row each; what texts make of them.</summary>
internal static class RunOptions
{
    /// <summary>All options, in the order in which they are read: paths are relative to the directory before them.</summary>
    public static readonly IReadOnlyList<Option> All =
    [
        // No author's text: a blank at its end is part of the folder's name.
        Private(new("ProjectDirectory", "", (run, path) => Sync(run, sync => sync with { ProjectDirectory = path }))),
        Private(Option.Text("ProjectName", (run, name) => run with { ProjectName = name })),
        Private(Option.Switch("NamesProject", (run, names) => run with { NamesProject = names })),
        Private(Option.Switch("Detailed", (run, isDetailed) => run with { IsDetailed = isDetailed })),
        Private(Option.Switch("InBuild", (run, isInBuild) => Sync(run, sync => sync with { ByHand = !isInBuild }))),
        Private(Option.Switch("Question", (run, isAsked) => Sync(run, sync => sync with { ChangesFail = isAsked }))),
        Private(Option.Text("TargetFramework", (run, name) => Sync(run, sync => sync with { TargetFramework = name }))),
        Private(Option.Text("TargetFrameworks", (run, names) => Sync(run, sync => sync with { TargetFrameworks = Listed(names) }))),
        Option.File("CacheFile", (run, file) => Sync(run, sync => sync with
        {
            CacheFile = file,
            KeptFolder = Path.ChangeExtension(file, "kept"),
        })),
        Option.File("LockFile", (run, file) => Directory.Exists(file) ? null : Sync(run, sync => sync with { LockFile = file })),
        Option.Switch("Locked", (run, isLocked) => Sync(run, sync => sync with { Locked = isLocked })),
        new("Store", StorePlace.ValidValues, WithStore),
        Option.Bytes("StoreMaxBytes", (run, bytes) => Sync(run, sync => sync with { StoreMaxBytes = bytes })),
        Option.Switch("Prune", (run, prunes) => Sync(run, sync => sync with { Prune = prunes })),
        Option.Switch("Force", (run, forces) => Sync(run, sync => sync with { Force = forces })),
        Option.Switch("Offline", (run, isOffline) => Sync(run, sync => sync with { Offline = isOffline })),
        Option.Of("OnLocalEdit", "Restore, Keep or Fail", OptionValues.Name<OnLocalEdit>,
            (run, what) => Sync(run, sync => sync with { OnLocalEdit = what })),
        Option.Duration("RefreshAfter", (run, age) => Sync(run, sync => sync with { RefreshAfter = age })),
        Option.Of("Retries", OptionValues.Retries, text => OptionValues.Count(text, 0),
            (run, count) => Sync(run, sync => sync with { Retries = count })),
        Option.Duration("ConnectTimeout", (run, time) => Sync(run, sync => sync with { ConnectTimeout = time })),
        Option.Duration("IdleTimeout", (run, time) => Sync(run, sync => sync with { IdleTimeout = time })),
        Option.Duration("Timeout", (run, time) => Sync(run, sync => sync with { Timeout = time })),
        Option.Count("MaxConcurrency", (run, count) => Sync(run, sync => sync with { MaxConcurrency = count })),
        Option.Count("MaxConnectionsPerHost", (run, count) => Sync(run, sync => sync with { MaxConnectionsPerHost = count })),
        new("UserAgent", "text without control characters", WithUserAgent),
        new("AllowedHosts", AllowedHosts.ValidValues,
            (run, text) => AllowedHosts.Parse(text) is { } hosts ? Sync(run, sync => sync with { AllowedHosts = hosts }) : null),
        new("Mirror", Mirrors.ValidValues,
            (run, text) => Mirrors.Parse(text) is { } mirrors ? Sync(run, sync => sync with { Mirrors = mirrors }) : null)
        {
            Show = Mirrors.Redact,
        },

        // Items that have none of their own take these; here they are checked once.
        Option.Text("Directory", (run, path) => run with { Directory = path }),
        new("MaxAge", MaxAge.ValidValues, (run, text) => MaxAge.Parse(text) is null ? null : run with { MaxAge = text }),
        Option.Bytes("MaxBytes", (run, bytes) => run with { MaxBytes = FormattableString.Invariant($"{bytes}") }),

        // MSBuild acts on these, and takes all that is neither true nor false for one of the two without a word.
        Option.Switch("Enabled", (run, _) => run),
        Option.Switch("OnBuild", (run, _) => run),
        Option.Switch("OwnsDirectory", (run, _) => run),
        Option.File("ReportFile"),
        Option.File("SummaryFile"),
        Option.File("HistoryFile"),
    ];

    // As the system compares them.
    private static StringComparer VariableNames => OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>The settings; null where an option is not valid.</summary>
    /// <param name="texts">The options that are given, by name; an empty text is none.</param>
    /// <param name="problems">What is not valid.</param>
    public static RunSettings? Read(IReadOnlyDictionary<string, string> texts, out IReadOnlyList<Problem> problems)
    {
        var limits = OwnerLimits.Read(Environment.GetEnvironmentVariable, VariableNames, out var faults);
        var found = faults.Select(fault => Problems.InvalidLimit(fault.Variable, fault.Valid)).ToList();
        var settings = new RunSettings(new SyncOptions
        {
            ProjectDirectory = "",
            CacheFile = "",
            KeptFolder = "",
            UserAgent = Product.UserAgent,
            Limits = limits,
        });
        foreach (var option in All)
        {
            if (texts.TryGetValue(option.Name, out var text) && text.Length > 0)
            {
                if (option.Apply(settings, text) is { } applied)
                {
                    settings = applied;
                }
                else
                {
                    found.Add(option.Invalid(text));
                }
            }
        }

        if (found.Count == 0)
        {
            found.AddRange(TakenPlaces.OfOptions(settings));
        }

        problems = found;
        return found.Count == 0 ? settings : null;
    }

    private static RunSettings? WithStore(RunSettings run, string text)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return AuthorsText.Trim(text) is not { Length: > 0 } path ? run
            : StorePlace.Locate(path, run.Sync.ProjectDirectory, home) is not { } folder ? null
            : Sync(run, sync => sync with { StoreFolder = folder });
    }

    private static RunSettings? WithUserAgent(RunSettings run, string text) =>
        AuthorsText.Trim(text) is not { Length: > 0 } agent ? run
        : HeaderText.IsClean(agent) ? Sync(run, sync => sync with { UserAgent = agent })
        : null;

    private static Option Private(Option option) => option with { IsPrivate = true };

    private static string[] Listed(string names) =>
        names.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static RunSettings Sync(RunSettings run, Func<SyncOptions, SyncOptions> with) => run with { Sync = with(run.Sync) };
}
