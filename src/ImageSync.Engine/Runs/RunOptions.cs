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
        Told("beside the list, in .imagesync/", "the validator cache; deleting it costs requests and nothing else",
            Option.File("CacheFile", (run, file) => Sync(run, sync => sync with
            {
                CacheFile = file,
                KeptFolder = Path.ChangeExtension(file, "kept"),
            }))),
        Told("that of the list's name, such as images.lock.json, if it is there",
            "a lock file to commit: it records each image, so that a clean clone asks with validators too",
            Option.File("LockFile", (run, file) => Directory.Exists(file) ? null : Sync(run, sync => sync with { LockFile = file }))),
        Told("false", "accept only bytes that the lock file names",
            Option.Switch("Locked", (run, isLocked) => Sync(run, sync => sync with { Locked = isLocked }))),
        Told("", "a folder that checkouts on one machine share; ~/ is your home",
            new("Store", PropertyPath.ValidFolders, WithStore) { IsPath = true }),
        Told("1073741824", "the most bytes in that folder; what was used least recently leaves it",
            Option.Bytes("StoreMaxBytes", (run, bytes) => Sync(run, sync => sync with { StoreMaxBytes = bytes }))),
        Told("false", "delete files whose images are gone from the list, if ImageSync wrote them and nobody changed them",
            Option.Switch("Prune", (run, prunes) => Sync(run, sync => sync with { Prune = prunes }))),
        OfRequests("false", "ask without conditions: origins send all images again",
            Option.Switch("Force", (run, forces) => Sync(run, sync => sync with { Force = forces }))),
        OfRequests("false", "make no request: use the files that are there, and fail without them",
            Option.Switch("Offline", (run, isOffline) => Sync(run, sync => sync with { Offline = isOffline }))),
        Told("Restore", "what to do with a file that was synced and then edited: Restore replaces it (the edit is kept beside the cache), "
            + "Keep leaves it with a warning, Fail leaves it with an error",
            Option.Of("OnLocalEdit", "Restore, Keep or Fail", OptionValues.Name<OnLocalEdit>,
                (run, what) => Sync(run, sync => sync with { OnLocalEdit = what })) with { Words = Enum.GetNames<OnLocalEdit>() }),
        OfRequests("never",
            "the age after which a file is fetched without conditions once, for origins whose validators cannot be trusted",
            Option.Duration("RefreshAfter", (run, age) => Sync(run, sync => sync with { RefreshAfter = age }))),
        OfRequests("3", "retries after a transient failure, with exponential delay; Retry-After is honoured",
            Option.Of("Retries", OptionValues.Retries, text => OptionValues.Count(text, 0),
                (run, count) => Sync(run, sync => sync with { Retries = count }))),
        OfRequests("00:00:10", "how long a connection may take, and how long to retry if nothing listens",
            Option.Duration("ConnectTimeout", (run, time) => Sync(run, sync => sync with { ConnectTimeout = time }))),
        OfRequests("00:00:30", "how long an answer may pause",
            Option.Duration("IdleTimeout", (run, time) => Sync(run, sync => sync with { IdleTimeout = time }))),
        OfRequests("00:01:40", "how long one image may take with all its retries",
            Option.Duration("Timeout", (run, time) => Sync(run, sync => sync with { Timeout = time }))),
        OfRequests("400", "images in flight at once, of all hosts",
            Option.Count("MaxConcurrency", (run, count) => Sync(run, sync => sync with { MaxConcurrency = count }))),
        OfRequests("16", "connections to one host",
            Option.Count("MaxConnectionsPerHost", (run, count) => Sync(run, sync => sync with { MaxConnectionsPerHost = count }))),
        OfRequests("ImageSync, its version and its home", "the User-Agent field of requests",
            new("UserAgent", "text without control characters", WithUserAgent)),
        OfRequests("all", "the only hosts that may be contacted, by redirects too: \"cdn.example.com;*.example.org\"",
            new("AllowedHosts", AllowedHosts.ValidValues,
                (run, text) => AllowedHosts.Parse(text) is { } hosts ? Sync(run, sync => sync with { AllowedHosts = hosts }) : null)),
        OfRequests("", "servers to ask instead of the origins: \"prefix=mirror\" pairs of URLs, separated by white space or ;",
            new("Mirror", Mirrors.ValidValues,
                (run, text) => Mirrors.Parse(text) is { } mirrors ? Sync(run, sync => sync with { Mirrors = mirrors }) : null)
            {
                Show = Mirrors.Redact,
            }),

        // Items that have none of their own take these; here they are checked once.
        Told("images/", "the folder, below the list's, of images whose line gives no path",
            Option.Text("Directory", (run, path) => run with { Directory = path })),
        OfRequests("0",
            "the age up to which an image is not asked for again: a time span such as 00:15:00, or server for the lifetime that its "
            + "origin declares",
            new("MaxAge", MaxAge.ValidValues, (run, text) => MaxAge.Parse(text) is null ? null : run with { MaxAge = text })),
        Told("67108864", "the most bytes of one image, counted after decoding",
            Option.Bytes("MaxBytes", (run, bytes) => run with { MaxBytes = FormattableString.Invariant($"{bytes}") })),

        // MSBuild acts on these, and takes all that is neither true nor false for one of the two without a word.
        Option.Switch("Enabled", (run, _) => run),
        Option.Switch("OnBuild", (run, _) => run),
        Option.Switch("OwnsDirectory", (run, _) => run),
        Told("", "a JSON file that lists the images: URL, format, size in pixels, digest", Option.File("ManifestFile")),
        Told("", "an HTML report of the run", Option.File("ReportFile")),
        Told("", "a Markdown summary of the run is appended to this file", Option.File("SummaryFile")),
        Told("beside the cache where there is a report", "a file with one line for each run, for the chart of the report",
            Option.File("HistoryFile")),
    ];

    // As the system compares them.
    private static StringComparer VariableNames => OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>The settings; null where an option is not valid.</summary>
    /// <param name="words">Those of whoever has given the options.</param>
    /// <param name="texts">The options that are given, by name; an empty text is none.</param>
    /// <param name="problems">What is not valid.</param>
    public static RunSettings? Read(Wording words, IReadOnlyDictionary<string, string> texts, out IReadOnlyList<Problem> problems)
    {
        var limits = OwnerLimits.Read(Environment.GetEnvironmentVariable, VariableNames, out var faults);
        var found = faults.Select(fault => Problems.InvalidLimit(fault.Variable, fault.Valid)).ToList();
        var settings = new RunSettings(new SyncOptions
        {
            ProjectDirectory = "",
            Wording = words,
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
                    found.Add(option.Invalid(words, text));
                }
            }
        }

        if (found.Count == 0)
        {
            found.AddRange(PathConflicts.OfOptions(settings));
        }

        problems = found;
        return found.Count == 0 ? settings : null;
    }

    private static RunSettings? WithStore(RunSettings run, string text)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return MSBuildSyntax.Trim(text) is not { Length: > 0 } path ? run
            : PropertyPath.LocateFolder(path, run.Sync.ProjectDirectory, home) is not { } folder ? null
            : Sync(run, sync => sync with { StoreFolder = folder });
    }

    private static RunSettings? WithUserAgent(RunSettings run, string text) =>
        MSBuildSyntax.Trim(text) is not { Length: > 0 } agent ? run
        : HeaderText.IsClean(agent) ? Sync(run, sync => sync with { UserAgent = agent })
        : null;

    private static Option Private(Option option) => option with { IsPrivate = true };

    private static Option Told(string @default, string help, Option option) => option with { Default = @default, Help = help };

    private static Option OfRequests(string @default, string help, Option option) =>
        Told(@default, help, option) with { IsOfRequests = true };

    private static string[] Listed(string names) =>
        names.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static RunSettings Sync(RunSettings run, Func<SyncOptions, SyncOptions> with) => run with { Sync = with(run.Sync) };
}
