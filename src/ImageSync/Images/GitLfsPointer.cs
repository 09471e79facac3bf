namespace ImageSync.Images;

/// <summary>
/// The text that Git LFS keeps in a repository in a file's place (git-lfs docs/spec.md, "The Pointer"). It is what stands in a working
/// copy that was cloned without Git LFS, and what an origin serves that has such a copy.
/// </summary>
internal static class GitLfsPointer
{
    /// <summary>Pointers are shorter than this (docs/spec.md); as many bytes of a file are enough to tell.</summary>
    public const int MaxLength = 1024;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Whether a file is a pointer.</summary>
    /// <param name="head">Its bytes, or at least the first <see cref="MaxLength"/> of them.</param>
    public static bool IsPointer(ReadOnlySpan<byte> head)
    {
        if (head.Length >= MaxLength)
        {
            return false;
        }

        // Git may have changed the line ends, and an editor may have put a mark in front; neither makes it an image.
        var text = head.StartsWith(ByteOrderMark) ? head[ByteOrderMark.Length..] : head;
        if (!TryReadLine(ref text, out var version) || !IsVersion(version))
        {
            return false;
        }

        var (hasObject, hasSize) = (false, false);
        while (TryReadLine(ref text, out var line))
        {
            hasObject |= Value(line, "oid "u8) is var name && name.IndexOf((byte)':') > 0;
            hasSize |= Value(line, "size "u8) is { Length: > 0 } digits && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9');
        }

        return hasObject && hasSize;
    }

    // The last two are of versions before 1.0, and Git LFS reads them still (lfs/pointer.go).
    private static bool IsVersion(ReadOnlySpan<byte> line) =>
        line.SequenceEqual("version https://git-lfs.github.com/spec/v1"u8)
        || line.SequenceEqual("version https://hawser.github.com/spec/v1"u8)
        || line.SequenceEqual("version http://git-media.io/v/2"u8);

    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> line, ReadOnlySpan<byte> key) =>
        line.StartsWith(key) ? line[key.Length..] : [];

    private static bool TryReadLine(ref ReadOnlySpan<byte> text, out ReadOnlySpan<byte> line)
    {
        var end = text.IndexOf((byte)'\n');
        line = (end < 0 ? text : text[..end]).TrimEnd((byte)'\r');
        text = end < 0 ? [] : text[(end + 1)..];
        return line.Length > 0;
    }
}
