using ImageSync.Http;

namespace ImageSync.Sync;

/// <summary>What to do with a file that was synced and no longer has those bytes.</summary>
internal enum OnLocalEdit
{
    /// <summary>Replace it by the origin's image; the edited bytes are kept under obj/.</summary>
    Restore,

    /// <summary>Leave it, with a warning.</summary>
    Keep,

    /// <summary>Leave it, with an error.</summary>
    Fail,
}

/// <summary>Everything that holds for a whole run.</summary>
internal sealed record SyncOptions
{
    /// <summary>The project's directory: local paths are relative to it and stay inside it.</summary>
    public required string ProjectDirectory { get; init; }

    /// <summary>The words of whoever has given the options.</summary>
    public Wording Wording { get; init; } = Wording.Project;

    /// <summary>The validator cache, absolute.</summary>
    public required string CacheFile { get; init; }

    /// <summary>Where the bytes go that are replaced and were not ImageSync's, absolute.</summary>
    public required string KeptFolder { get; init; }

    /// <summary>Where copies of what is replaced go, for the run's report, absolute; null where nobody wants them.</summary>
    public string? ReplacedFolder { get; init; }

    /// <summary>The lock file, absolute; null for none.</summary>
    public string? LockFile { get; init; }

    /// <summary>The shared store, absolute; null for none.</summary>
    public string? StoreFolder { get; init; }

    /// <summary>The most bytes that stay in the shared store.</summary>
    public long StoreMaxBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>Whether only bytes are accepted that the lock file names.</summary>
    public bool Locked { get; init; }

    /// <summary>Whether files are deleted whose items are gone.</summary>
    public bool Prune { get; init; }

    /// <summary>
    /// The framework of an inner build, which syncs what the project as a whole does not have; null for the project as a whole.
    /// </summary>
    public string? TargetFramework { get; init; }

    /// <summary>The frameworks of a project that has several.</summary>
    public IReadOnlyList<string> TargetFrameworks { get; init; } = [];

    /// <summary>What the items claim; null where one of them is not valid, so that nothing can be told to have lost its item.</summary>
    public ClaimedFiles? Claimed { get; init; }

    /// <summary>Whether a person asked for the sync itself: then no age spares a request.</summary>
    public bool ByHand { get; init; }

    /// <summary>Whether a pending change is an error, of a check (MSBuild's -question).</summary>
    public bool ChangesFail { get; init; }

    /// <summary>Whether requests are unconditional.</summary>
    public bool Force { get; init; }

    /// <summary>Whether no request may be made.</summary>
    public bool Offline { get; init; }

    public OnLocalEdit OnLocalEdit { get; init; } = OnLocalEdit.Restore;

    /// <summary>The age after which bytes are fetched in full once, whatever the validators say; null: never.</summary>
    public TimeSpan? RefreshAfter { get; init; }

    /// <summary>Attempts after the first, at transient failures.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>How long the first retry waits at most; each further one twice as long.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For how long a run waits for locks that other builds hold, for all of them together.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For one image with all its retries.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Images in flight at once.</summary>
    public int MaxConcurrency { get; init; } = 400;

    public int MaxConnectionsPerHost { get; init; } = 16;

    public string UserAgent { get; init; } = "ImageSync";

    public AllowedHosts AllowedHosts { get; init; } = AllowedHosts.All;

    public Mirrors Mirrors { get; init; } = Mirrors.None;

    /// <summary>What whoever runs the build allows.</summary>
    public OwnerLimits Limits { get; init; } = OwnerLimits.None;

    /// <summary>Where requests and secrets may go.</summary>
    public EgressPolicy Egress => Connections.Egress;

    /// <summary>How connections are made.</summary>
    public OriginClientOptions Connections => new(ConnectTimeout, MaxConnectionsPerHost, UserAgent, AllowedHosts)
    {
        Mirrors = Mirrors,
        Limits = Limits,
        IdleTimeout = IdleTimeout,
        Retries = Retries,
        RetryDelay = RetryDelay,
    };

    /// <summary>
    /// Whether it is for this run to say that what is recorded has lost its item: an inner build answers for its own items,
    /// the project as a whole for all others but those of frameworks that it has.
    /// </summary>
    public bool Owns(string? targetFramework) =>
        targetFramework == TargetFramework
        || (TargetFramework is null && !TargetFrameworks.Contains(targetFramework, StringComparer.OrdinalIgnoreCase));
}
