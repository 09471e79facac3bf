using ImageSync.Http;
using ImageSync.Images;

namespace ImageSync.Sync;

/// <summary>One declared image, its declaration found valid.</summary>
/// <param name="Url">The URL to keep in step with.</param>
/// <param name="LocalPath">Relative to the project's directory, with <c>/</c>.</param>
/// <param name="FilePath">The same, absolute.</param>
internal sealed record RemoteImage(TargetUri Url, string LocalPath, string FilePath)
{
    /// <summary>The most bytes that are accepted where nothing else is said: 64 MiB.</summary>
    public const long DefaultMaxBytes = 64L * 1024 * 1024;

    /// <summary>The most bytes that are read of what is in an image's place, however few are accepted: 1 GiB.</summary>
    public const long LargestForeignFile = 1024L * 1024 * 1024;

    /// <summary>Position of the declaration.</summary>
    public int Index { get; init; }

    /// <summary>The words of whoever has declared it.</summary>
    public Wording Wording { get; init; } = Wording.Project;

    /// <summary>Whether the file's name is the URL's, and not the author's.</summary>
    public bool HasNameOfUrl { get; init; }

    /// <summary>The digest that the bytes must have, lower case; null for any.</summary>
    public string? Sha256 { get; init; }

    /// <summary>What the bytes must be.</summary>
    public MediaRange MediaType { get; init; }

    /// <summary>For how long after a validation no request is made.</summary>
    public MaxAge MaxAge { get; init; } = MaxAge.Zero;

    /// <summary>The most bytes that are accepted, after decoding.</summary>
    public long MaxBytes { get; init; } = DefaultMaxBytes;

    /// <summary>The most bytes of a local file that are read or kept aside: what is larger was never this image.</summary>
    public long MaxLocalBytes => Math.Max(MaxBytes, LargestForeignFile);

    /// <summary>Whether the build can do without it.</summary>
    public bool Optional { get; init; }

    public RequestHeaders RequestHeaders { get; init; } = RequestHeaders.None;

    /// <summary>What an origin may repeat, to this image or another of the run, and nobody is told.</summary>
    public Secrets Secrets { get; init; } = Secrets.None;

    /// <summary>The images of a run, each with the secrets of all.</summary>
    public static IReadOnlyList<RemoteImage> WithSecrets(IReadOnlyList<RemoteImage> images)
    {
        var secrets = Secrets.Of(images.Select(image => image.RequestHeaders), Environment.GetEnvironmentVariable);
        return secrets == Secrets.None ? images : [.. images.Select(image => image with { Secrets = secrets })];
    }

    /// <summary>Whether the URL's query is a signature that changes, and so no part of what is recorded.</summary>
    public bool IgnoreQuery { get; init; }

    /// <summary>How files and reports have the URL, and the one that answered.</summary>
    public StoredUrls StoredUrls => new(Url, IgnoreQuery);
}
