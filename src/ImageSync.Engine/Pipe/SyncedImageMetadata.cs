namespace ImageSync.Pipe;

/// <summary>The metadata of a <c>SyncedImage</c>: the pipe has their values in this order, and not their names.</summary>
/// <remarks>It is part of both ends, hence .NET Standard 2.0.</remarks>
internal static class SyncedImageMetadata
{
    /// <summary>Their names, as docs/items.md has them.</summary>
    public static readonly string[] Names =
    [
        "Url", "EffectiveUrl", "Status", "Changed", "StatusCode", "ETag", "LastModified", "Sha256", "Length", "MediaType", "Format",
        "Width", "Height", "BytesReceived", "FromStore", "Attempts", "ElapsedMilliseconds", "Code",
    ];
}
