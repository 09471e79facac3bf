namespace ImageSync.MSBuild;

/// <summary>The names that projects use, and what people write in their place (tests compare them with the README).</summary>
internal static class KnownNames
{
    /// <summary>How the names of properties begin.</summary>
    public const string Prefix = "ImageSync";

    public static readonly IReadOnlyList<string> Properties =
    [
        "ImageSyncEnabled", "ImageSyncOnBuild", "ImageSyncDirectory", "ImageSyncOwnsDirectory", "ImageSyncMaxAge", "ImageSyncForce", "ImageSyncOffline",
        "ImageSyncOnLocalEdit", "ImageSyncLockFile", "ImageSyncLocked", "ImageSyncStore", "ImageSyncStoreMaxBytes", "ImageSyncPrune", "ImageSyncRefreshAfter",
        "ImageSyncRetries", "ImageSyncConnectTimeout", "ImageSyncIdleTimeout", "ImageSyncTimeout", "ImageSyncMaxBytes", "ImageSyncMaxConcurrency",
        "ImageSyncMaxConnectionsPerHost", "ImageSyncUserAgent", "ImageSyncAllowedHosts", "ImageSyncMirror", "ImageSyncReportFile", "ImageSyncSummaryFile",
        "ImageSyncHistoryFile", "ImageSyncCacheFile",
    ];

    public static readonly IReadOnlyList<string> Metadata =
        ["Url", "LocalPath", "BuildAction", "Sha256", "MediaType", "MaxAge", "MaxBytes", "Optional", "RequestHeaders", "IgnoreQuery", "Watch"];

    /// <summary>The item types that evaluation fills (a test compares them with ImageSync.targets); any other may be a project's own.</summary>
    public static readonly IReadOnlyList<string> BuildActions = ["Content", "EmbeddedResource", "None", "AdditionalFiles", "Resource", "MauiImage", "AvaloniaResource"];

    /// <summary>What other tools call the same. An item that has the right name, too, means something else by it.</summary>
    public static readonly IReadOnlyDictionary<string, string> OtherMetadata = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["Path"] = "LocalPath", ["File"] = "LocalPath", ["FilePath"] = "LocalPath", ["Destination"] = "LocalPath", ["DestinationFile"] = "LocalPath",
        ["DestinationPath"] = "LocalPath", ["DestinationFolder"] = "LocalPath", ["DestinationFileName"] = "LocalPath", ["OutputPath"] = "LocalPath", ["SaveAs"] = "LocalPath",
        ["Uri"] = "Url", ["Href"] = "Url", ["SourceUrl"] = "Url",
        ["Hash"] = "Sha256", ["Checksum"] = "Sha256", ["Digest"] = "Sha256", ["Integrity"] = "Sha256",
        ["MimeType"] = "MediaType", ["ContentType"] = "MediaType",
        ["Headers"] = "RequestHeaders", ["MaxSize"] = "MaxBytes",
    };

    /// <summary>What people call an item type.</summary>
    public static readonly IReadOnlyDictionary<string, string> OtherBuildActions = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["Embedded"] = "EmbeddedResource", ["Embed"] = "EmbeddedResource", ["EmbeddedFile"] = "EmbeddedResource", ["EmbeddedContent"] = "EmbeddedResource",
        ["Copy"] = "Content", ["StaticContent"] = "Content", ["Maui"] = "MauiImage", ["Avalonia"] = "AvaloniaResource",
    };

    /// <summary>What has an effect on the item of a <c>BuildAction</c> alone.</summary>
    public static readonly IReadOnlyList<string> CarriedMetadata = ["CopyToOutputDirectory", "CopyToPublishDirectory", "LogicalName", "Pack", "PackagePath"];
}
