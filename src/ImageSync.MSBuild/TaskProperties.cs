using ImageSync.Http;
using ImageSync.Sync;

namespace ImageSync.MSBuild;

/// <summary>DECLARE: a task's properties as the options of a run.</summary>
internal static class TaskProperties
{
    // As the system compares them.
    private static StringComparer VariableNames => OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>The options; null where a property is not valid, which has been logged then.</summary>
    public static SyncOptions? Read(ImageTask task, BuildLog log)
    {
        var problems = new List<Problem>();
        var cacheFile = File("ImageSyncCacheFile", task.CacheFile) ?? "";
        var defaults = new SyncOptions
        {
            ProjectDirectory = task.ProjectDirectory,
            CacheFile = cacheFile,
            KeptFolder = Path.ChangeExtension(cacheFile, "kept"),
        };
        var limits = OwnerLimits.Read(Environment.GetEnvironmentVariable, VariableNames, out var faults);
        problems.AddRange(faults.Select(fault => Problems.InvalidLimit(fault.Variable, fault.Valid)));
        var options = defaults with
        {
            Limits = limits,
            LockFile = File("ImageSyncLockFile", task.LockFile) is not { } lockFile ? null
                : Directory.Exists(lockFile) ? Invalid<string?>("ImageSyncLockFile", task.LockFile, FilePlace.ValidValues, null)
                : lockFile,
            Locked = Switch("ImageSyncLocked", task.Locked),
            StoreFolder = task.Store.Length == 0 ? null
                : StorePlace.Locate(task.Store, task.ProjectDirectory, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)) ?? Invalid("ImageSyncStore", task.Store, StorePlace.ValidValues, ""),
            StoreMaxBytes = task.StoreMaxBytes.Length == 0 ? defaults.StoreMaxBytes
                : Value("ImageSyncStoreMaxBytes", task.StoreMaxBytes, text => OptionValues.Number(text, 1), defaults.StoreMaxBytes,
                    OptionValues.Numbers),
            Prune = Switch("ImageSyncPrune", task.Prune),
            TargetFramework = task.TargetFramework.Length == 0 ? null : task.TargetFramework,
            TargetFrameworks = task.TargetFrameworks,
            ByHand = !task.InBuild,
            Force = Switch("ImageSyncForce", task.Force),
            Offline = Switch("ImageSyncOffline", task.Offline),
            OnLocalEdit = task.OnLocalEdit.Length == 0 ? defaults.OnLocalEdit : Value("ImageSyncOnLocalEdit", task.OnLocalEdit, OptionValues.Name<OnLocalEdit>, defaults.OnLocalEdit, "Restore, Keep or Fail"),
            RefreshAfter = task.RefreshAfter.Length == 0 ? null : Duration("ImageSyncRefreshAfter", task.RefreshAfter, default),
            Retries = task.Retries.Length == 0 ? defaults.Retries : Value("ImageSyncRetries", task.Retries, text => OptionValues.Count(text, 0), defaults.Retries, OptionValues.Retries),
            ConnectTimeout = Duration("ImageSyncConnectTimeout", task.ConnectTimeout, defaults.ConnectTimeout),
            IdleTimeout = Duration("ImageSyncIdleTimeout", task.IdleTimeout, defaults.IdleTimeout),
            Timeout = Duration("ImageSyncTimeout", task.Timeout, defaults.Timeout),
            MaxConcurrency = Count("ImageSyncMaxConcurrency", task.MaxConcurrency, defaults.MaxConcurrency),
            MaxConnectionsPerHost = Count("ImageSyncMaxConnectionsPerHost", task.MaxConnectionsPerHost, defaults.MaxConnectionsPerHost),
            UserAgent = task.UserAgent.Length == 0 ? Product.UserAgent : task.UserAgent,
            AllowedHosts = AllowedHosts.Parse(task.AllowedHosts) ?? Invalid("ImageSyncAllowedHosts", task.AllowedHosts, AllowedHosts.ValidValues, AllowedHosts.All),
            Mirrors = Mirrors.Parse(task.Mirror) ?? Invalid("ImageSyncMirror", Mirrors.Redact(task.Mirror), Mirrors.ValidValues, Mirrors.None),
        };

        // Items that have none of their own take these two; here they are checked once.
        _ = task.MaxAge.Length == 0 ? MaxAge.Zero : Value("ImageSyncMaxAge", task.MaxAge, MaxAge.Parse, MaxAge.Zero, MaxAge.ValidValues);
        _ = task.MaxBytes.Length == 0 ? 0
            : Value("ImageSyncMaxBytes", task.MaxBytes, text => OptionValues.Number(text, 1), 1, OptionValues.Numbers);

        // MSBuild acts on these, and takes all that is neither true nor false for one of the two without a word.
        _ = Switch("ImageSyncEnabled", task.Enabled);
        _ = Switch("ImageSyncOnBuild", task.OnBuild);
        _ = Switch("ImageSyncOwnsDirectory", task.OwnsDirectory);
        if (!HeaderText.IsClean(options.UserAgent))
        {
            Invalid("ImageSyncUserAgent", task.UserAgent, "text without control characters", options.UserAgent);
        }

        foreach (var (name, path) in task.FilesToWrite)
        {
            File(name, path);
        }

        if (problems.Count == 0)
        {
            problems.AddRange(TakenPlaces.OfProperties(task));
        }

        foreach (var problem in problems)
        {
            log.Write(problem.ToDiagnostic("ImageSync", LocalCopy.None, optional: false), item: null);
        }

        return problems.Count == 0 ? options : null;

        // What is not given costs nothing: each generic instance would be compiled in the build's process.
        bool Switch(string name, string text) => text.Length > 0 && Value(name, text, OptionValues.Boolean, false, OptionValues.Booleans);

        string? File(string name, string text) => text.Length == 0 ? null
            : FilePlace.Locate(text, task.ProjectDirectory) ?? Invalid<string?>(name, text, FilePlace.ValidValues, null);

        TimeSpan Duration(string name, string text, TimeSpan fallback) => text.Length == 0 ? fallback : Value(name, text, OptionValues.Duration, fallback, OptionValues.Durations);

        int Count(string name, string text, int fallback) => text.Length == 0 ? fallback : Value(name, text, value => OptionValues.Count(value, 1), fallback, OptionValues.Counts);

        T Value<T>(string name, string text, Func<string, T?> read, T fallback, string valid)
            where T : struct => read(text) ?? Invalid(name, text, valid, fallback);

        T Invalid<T>(string name, string text, string valid, T fallback)
        {
            problems.Add(Problems.Invalid("property", name, text, valid));
            return fallback;
        }
    }
}
