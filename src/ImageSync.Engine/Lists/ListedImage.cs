namespace ImageSync.Engine.Lists;

/// <summary>One image of a list.</summary>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Url">As written, escapes intact.</param>
/// <param name="Path">As written; empty where the line has none, and then the URL gives the file's name.</param>
internal sealed record ListedImage(int Line, string Url, string Path)
{
    /// <summary>Whether it is what a person means by a URL, or by a path.</summary>
    public bool IsCalled(string urlOrPath) => Url == urlOrPath || (Path.Length > 0 && Slashes(Path) == Slashes(urlOrPath));

    private static string Slashes(string path) => path.Replace('\\', '/');
}
