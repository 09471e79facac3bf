using ImageSync.Http;
using ImageSync.Sync;

namespace ImageSync.Engine.Projects;

/// <summary>A <c>RemoteImage</c> of a project, as it is written.</summary>
/// <param name="line">Its line, from 1.</param>
/// <param name="start">Where its element begins.</param>
/// <param name="end">Behind its element.</param>
/// <param name="group">The ItemGroup that it is in, by number.</param>
/// <param name="include">As the attribute means it in XML.</param>
/// <param name="url">The same of the metadatum; empty where there is none.</param>
/// <param name="localPath">The same.</param>
internal sealed class ProjectItem(int line, int start, int end, int group, string include, string url, string localPath)
{
    public int Line => line;

    public int Start => start;

    public int End => end;

    public int Group => group;

    public string Include => include;

    public string Url => url;

    public string LocalPath => localPath;

    /// <summary>Whether its Include names several images, or none that can be known without evaluating the project.</summary>
    public bool IsSeveral => Include.Trim().Trim(';').Contains(';', StringComparison.Ordinal);

    /// <summary>Whether evaluation decides what it is.</summary>
    public bool IsExpanded => ProjectEscaping.IsExpanded(Include + "\n" + Url + "\n" + LocalPath);

    /// <summary>The URL that is asked.</summary>
    public string Asked => (Url.Length > 0 ? Url : Include).Trim();

    /// <summary>Its file as the author means it.</summary>
    public string Path => ProjectEscaping.Undone(LocalPath.Trim()).Replace('\\', '/');

    /// <summary>Whether it is the image of a URL.</summary>
    public bool IsOf(string url) => Asked == url || Asked == ProjectEscaping.OfUrl(url);

    /// <summary>Whether it is the image of a URL, or one of the images that an Include with several has.</summary>
    public bool Names(string url) => IsOf(url) || (IsSeveral && Asked.Split(';').Any(one => one.Trim() == ProjectEscaping.OfUrl(url)));

    /// <summary>Whether it is what a person means by a URL, or by a path: as it is written, or of its file.</summary>
    public bool IsCalled(string name) =>
        IsOf(name) || (Path.Length > 0 && name.Replace('\\', '/') is var path && (Path == path || FilePath == path));

    private string FilePath => Path.EndsWith('/') && TargetUri.TryParse(Asked, out var url, out _) ? Path + UrlName.Of(url, Asked) : Path;
}

/// <summary>An <c>ItemGroup</c>.</summary>
/// <param name="start">Where its element begins.</param>
/// <param name="contentStart">Behind its start tag.</param>
/// <param name="contentEnd">Before its end tag.</param>
/// <param name="end">Behind its element.</param>
/// <param name="hasAttributes">Whether it has any.</param>
/// <param name="isCertain">Whether its items are always the project's: no condition is on it, and it is in no target.</param>
internal sealed class ProjectItemGroup(int start, int contentStart, int contentEnd, int end, bool hasAttributes, bool isCertain)
{
    public int Start => start;

    public int ContentStart => contentStart;

    public int ContentEnd { get; set; } = contentEnd;

    public int End { get; set; } = end;

    public bool HasAttributes => hasAttributes;

    public bool IsCertain => isCertain;
}
