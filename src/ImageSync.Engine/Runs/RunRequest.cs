using ImageSync.Engine.Lists;
using ImageSync.Sync;

namespace ImageSync.Engine.Runs;

/// <summary>What is asked for: a sync or a check, with options and images as they are written.</summary>
/// <param name="IsCheck">Whether nothing is to be written.</param>
internal sealed record RunRequest(bool IsCheck)
{
    /// <summary>The options that are given, by the names of <see cref="RunOptions"/>.</summary>
    public Dictionary<string, string> Options { get; } = new(StringComparer.Ordinal);

    /// <summary>The images, in the order of declaration.</summary>
    public List<RemoteImageDeclaration> Images { get; } = [];

    /// <summary>The images that another run has settled in the same build, by <see cref="KeyOf"/>: they are not asked for again.</summary>
    public HashSet<string> Settled { get; } = new(StringComparer.Ordinal);

    /// <summary>The local paths of these.</summary>
    public List<string> SettledPaths { get; } = [];

    /// <summary>
    /// Files that are neither an image's place nor that of an option, absolute: such as the list that declares the images.
    /// </summary>
    public List<string> Occupied { get; } = [];

    /// <summary>Which images the run is about; null for all. The others stay as they are, and keep what is recorded of them.</summary>
    public Func<RemoteImage, bool>? IsAsked { get; init; }

    /// <summary>Where the images of lists stand.</summary>
    public ListedLines Lines => field ??= new(Images);

    /// <summary>The words of whoever asks; each image has those of its author.</summary>
    public Wording Wording { get; init; } = Wording.Project;

    /// <summary>Adds an image that is settled.</summary>
    public void AddSettled(string localPath, string url)
    {
        Settled.Add(KeyOf(localPath, url));
        SettledPaths.Add(localPath);
    }

    /// <summary>By what settled images are known.</summary>
    public static string KeyOf(string localPath, string url) => localPath + "\n" + url;
}
