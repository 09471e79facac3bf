namespace ImageSync.Engine.Projects;

/// <summary>A <c>RemoteImage</c> of a project, as it is written.</summary>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Start">Where its element begins.</param>
/// <param name="End">Behind its element.</param>
/// <param name="Group">The ItemGroup that it is in, by number.</param>
/// <param name="Include">As the attribute means it in XML.</param>
/// <param name="Url">The same of the metadatum; empty where there is none.</param>
/// <param name="LocalPath">The same.</param>
internal sealed record ProjectItem(int Line, int Start, int End, int Group, string Include, string Url, string LocalPath)
{
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

    /// <summary>Whether it is what a person means by a URL, or by a path.</summary>
    public bool IsCalled(string name) => IsOf(name) || (Path.Length > 0 && Path == name.Replace('\\', '/'));
}

/// <summary>An <c>ItemGroup</c>.</summary>
/// <param name="Start">Where its element begins.</param>
/// <param name="ContentStart">Behind its start tag.</param>
/// <param name="ContentEnd">Before its end tag.</param>
/// <param name="End">Behind its element.</param>
/// <param name="HasAttributes">Whether it has any.</param>
/// <param name="IsCertain">Whether its items are always the project's: no condition is on it, and it is in no target.</param>
internal sealed record ProjectItemGroup(int Start, int ContentStart, int ContentEnd, int End, bool HasAttributes, bool IsCertain);
