using System.Text;

namespace ImageSync.Storage;

/// <summary>Reads the validator cache's file, line by line, so that of a large one no more than its records is ever held.</summary>
internal static class ValidatorCacheReader
{
    private const int LongestUsualLine = 4096;
    private const int ShortLine = 256;
    private const int MaxExpected = 64 * 1024;

    // Room for a million images; what is larger, nobody here has written.
    private const long MaxLength = 512L * 1024 * 1024;
    private const int LongestLine = 1024 * 1024;

    /// <summary>
    /// Reads all records that are whole, and no longer than one can be; false where the file is not one of this format, so that
    /// appending to it would be in vain.
    /// </summary>
    /// <param name="records">Takes them, by their local paths.</param>
    /// <param name="path">The file.</param>
    /// <param name="lines">How many lines it has, whole or not.</param>
    public static bool TryRead(Dictionary<string, ValidatorRecord> records, string path, out int lines)
    {
        lines = 0;
        try
        {
            using var file = RegularFile.Open(path, MaxLength);
            var reader = new LineReader(file);
            if (!reader.TryRead(out var line) || !line.SequenceEqual(Encoding.UTF8.GetBytes(ValidatorCacheFormat.Header)))
            {
                return false;
            }

            records.EnsureCapacity((int)Math.Min(file.Length / ShortLine, MaxExpected));
            lines = ReadRecords(records, reader);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Reads the records that a file has from its position on, whatever else stands between them.</summary>
    /// <param name="records">Takes them, by their local paths.</param>
    /// <param name="file">The file.</param>
    /// <returns>Where its last whole line ends: what follows may be half written.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static long ReadOn(Dictionary<string, ValidatorRecord> records, RegularFile file)
    {
        var reader = new LineReader(file);
        ReadRecords(records, reader);
        return reader.WholeUntil;
    }

    private static int ReadRecords(Dictionary<string, ValidatorRecord> records, LineReader reader)
    {
        var lines = 0;
        var text = new char[LongestUsualLine];
        for (; reader.TryRead(out var line); lines++)
        {
            text = line.Length <= text.Length ? text : new char[line.Length];
            if (ValidatorCacheFormat.TryRead(text.AsSpan(0, Encoding.UTF8.GetChars(line, text)), out var record))
            {
                records[record.LocalPath] = record;
            }
        }

        return lines;
    }

    /// <summary>Lines that end with '\n' alone: a validator may hold the octet 0x85, which .NET counts as the end of a line.</summary>
    private sealed class LineReader(RegularFile file)
    {
        private const int BufferLength = 64 * 1024;

        private byte[] _octets = new byte[BufferLength];
        private int _start;
        private int _end;

        /// <summary>The place in the file behind the last line that had an end.</summary>
        public long WholeUntil { get; private set; } = file.Position;

        /// <summary>The next line, which holds until the one after it is read; the last one needs no end.</summary>
        public bool TryRead(out ReadOnlySpan<byte> line)
        {
            int length;
            while ((length = Held.IndexOf((byte)'\n')) < 0)
            {
                if (!TryFill())
                {
                    line = Held;
                    _start = _end;
                    return line.Length > 0;
                }
            }

            line = Held[..length];
            _start += length + 1;
            WholeUntil = file.Position - Held.Length;
            return true;
        }

        private ReadOnlySpan<byte> Held => _octets.AsSpan(_start, _end - _start);

        private bool TryFill()
        {
            Held.CopyTo(_octets);
            (_start, _end) = (0, _end - _start);
            if (_end == LongestLine)
            {
                // No record of ours. Its beginning is dropped, and no checksum fits the rest.
                _end = 0;
            }
            else if (_end == _octets.Length)
            {
                Array.Resize(ref _octets, 2 * _octets.Length);
            }

            var read = file.Read(_octets, _end, _octets.Length - _end);
            _end += read;
            return read > 0;
        }
    }
}
