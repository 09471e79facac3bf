namespace ImageSync.Testing;

/// <summary>A fenced block of a page: where it begins, the language behind the fence (empty if none), and its lines.</summary>
public sealed record Snippet(string Page, int Line, string Language, string Text)
{
    /// <summary>A name for a folder or a file.</summary>
    public string FileName => $"{Page.Replace('/', '-').Replace(".md", "", StringComparison.Ordinal)}-{Line}";

    public override string ToString() => $"{Page}:{Line} {Language}";
}
