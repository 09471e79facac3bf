using ImageSync.Http;
using ImageSync.Images;
using ImageSync.Storage;
using ImageSync.Sync;

namespace ImageSync.Reporting;

/// <summary>What the manifest says of one local file: of the bytes that are on disk, wherever the last answer left them.</summary>
/// <param name="LocalPath">Relative to the project's directory, with <c>/</c>: the entry's key.</param>
/// <param name="Url">The URL as declared, without what could be a secret: the file may be served.</param>
/// <param name="Picture">What the bytes say of themselves.</param>
/// <param name="Length">Their number.</param>
/// <param name="Sha256">Their digest, lower case.</param>
internal sealed record ManifestEntry(string LocalPath, string Url, Picture Picture, long Length, string Sha256)
{
    /// <summary>The framework whose build alone has the item; null where the project as a whole has it.</summary>
    public string? TargetFramework { get; init; }

    /// <summary>The digest as pages have it (Subresource Integrity §3.1).</summary>
    public string Integrity => "sha256-" + Convert.ToBase64String(Convert.FromHexString(Sha256));

    /// <summary>The entry of an image; null where there is no good copy of it.</summary>
    /// <param name="outcome">What came of the image.</param>
    /// <param name="options">The run's options.</param>
    public static ManifestEntry? Of(SyncOutcome outcome, SyncOptions options)
    {
        if (outcome is not { Status: not SyncStatus.Failed, Length: { } length and > 0 })
        {
            return null;
        }

        // No record says what was found in place, or edited, and stays.
        var path = Path.GetFullPath(outcome.LocalPath, options.ProjectDirectory);
        var sha256 = outcome.Sha256 ?? LocalFile.Digest(path, RemoteImage.LargestForeignFile);
        return sha256 is null ? null
            : new ManifestEntry(outcome.LocalPath, UrlRedaction.Redact(outcome.Url), outcome.Picture ?? PictureIn(path), length, sha256)
            {
                TargetFramework = options.TargetFramework,
            };
    }

    /// <summary>
    /// This entry in the place of another: frameworks that share an image must not take it from each other again and again.
    /// </summary>
    public ManifestEntry After(ManifestEntry? before) =>
        TargetFramework is null || before is null ? this : this with { TargetFramework = before.TargetFramework };

    private static Picture PictureIn(string path) =>
        ImageInfo.Of(path) is { Format: { } format, Size: var size } ? new Picture(format.Name, size) : Picture.None;
}
