namespace ImageSync.Engine.Lists.Import;

/// <summary>The lines of a text, by positions in it.</summary>
internal sealed class LineNumbers
{
    private readonly List<int> _starts = [0];

    public LineNumbers(string text)
    {
        for (var at = text.AsSpan().IndexOfAny('\r', '\n'); at >= 0;)
        {
            at += text.AsSpan(at).StartsWith("\r\n") ? 2 : 1;
            _starts.Add(at);
            var length = text.AsSpan(at).IndexOfAny('\r', '\n');
            at = length < 0 ? -1 : at + length;
        }
    }

    /// <summary>Where a line, from 1, begins.</summary>
    public int StartOf(int line) => _starts[line - 1];

    /// <summary>The line, from 1, of a position.</summary>
    public int Of(int position) => _starts.BinarySearch(position) is >= 0 and var exact ? exact + 1 : ~_starts.BinarySearch(position);
}
