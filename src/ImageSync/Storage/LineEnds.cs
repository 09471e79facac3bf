namespace ImageSync.Storage;

/// <summary>
/// Text whose line ends Git has changed on its way through a repository (gitattributes(5), "text" and "eol"; core.autocrlf): the
/// same lines, and other bytes.
/// </summary>
internal static class LineEnds
{
    // As far as Git looks for a NUL, which no text has (buffer_is_binary); and more than an SVG or a style sheet has.
    private const int TextBytes = 8000;
    private const int MaxLength = 16 * 1024 * 1024;

    /// <summary>Whether a file has the lines of the bytes of a digest, and other line ends.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sha256">The digest.</param>
    /// <param name="ownSha256">The file's own digest, where it does.</param>
    public static bool Differ(string path, string sha256, out string? ownSha256)
    {
        ownSha256 = null;
        try
        {
            using var file = RegularFile.Open(path, MaxLength);
            var start = new byte[Math.Min(file.Length, TextBytes)];
            file.ReadExactly(start);
            if (!IsText(start))
            {
                return false;
            }

            var bytes = new byte[file.Length];
            start.CopyTo(bytes, 0);
            file.ReadExactly(bytes.AsSpan(start.Length));
            if (!AreThoseOf(bytes, sha256))
            {
                return false;
            }

            ownSha256 = ContentDigest.Of(bytes);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether bytes become those of a digest once each line ends in LF, or each in CR LF. Pure.</summary>
    public static bool AreThoseOf(ReadOnlySpan<byte> text, string sha256)
    {
        var lines = text.Count((byte)'\n');
        if (lines == 0 || !IsText(text[..Math.Min(text.Length, TextBytes)]))
        {
            return false;
        }

        var changed = new byte[text.Length + lines];
        return ContentDigest.Of(changed.AsSpan(0, Write(text, changed, withReturn: false))) == sha256
            || ContentDigest.Of(changed.AsSpan(0, Write(text, changed, withReturn: true))) == sha256;
    }

    private static bool IsText(ReadOnlySpan<byte> start) => !start.Contains((byte)0);

    private static int Write(ReadOnlySpan<byte> text, Span<byte> changed, bool withReturn)
    {
        var length = 0;
        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)'\n');
            var line = end < 0 ? text : text[..end];
            text = end < 0 ? [] : text[(end + 1)..];
            line = end >= 0 && line.EndsWith("\r"u8) ? line[..^1] : line;
            line.CopyTo(changed[length..]);
            length += line.Length;
            if (end >= 0)
            {
                var lineEnd = withReturn ? "\r\n"u8 : "\n"u8;
                lineEnd.CopyTo(changed[length..]);
                length += lineEnd.Length;
            }
        }

        return length;
    }
}
