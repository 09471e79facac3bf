namespace ImageSync.Engine.Projects;

/// <summary>A part of a text, and what is to be in its place.</summary>
/// <param name="start">Where it begins.</param>
/// <param name="end">Behind it.</param>
/// <param name="replacement">What is to be there.</param>
internal sealed class TextEdit(int start, int end, string replacement)
{
    public int Start => start;

    public string Replacement => replacement;

    /// <summary>The text with it.</summary>
    public string In(string text) => string.Concat(text.AsSpan(0, start), replacement, text.AsSpan(end));
}
