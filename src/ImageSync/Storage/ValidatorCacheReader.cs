using System.Text;

namespace ImageSync.Storage;

/// <summary>Reads the validator cache's file, line by line, so that a large one is held once and not as text too.</summary>
internal static class ValidatorCacheReader
{
    private const int LongestUsualLine = 4096;

    /// <summary>Reads all records that are whole; false where the file is not one of this format, so that appending to it would be in vain.</summary>
    /// <param name="records">Takes them, by their local paths.</param>
    /// <param name="path">The file.</param>
    /// <param name="lines">How many lines it has, whole or not.</param>
    public static bool TryRead(Dictionary<string, ValidatorRecord> records, string path, out int lines)
    {
        lines = 0;
        byte[] octets;
        try
        {
            octets = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }

        var rest = octets.AsSpan();
        var header = Encoding.UTF8.GetBytes(ValidatorCacheFormat.Header + "\n");
        if (!rest.StartsWith(header))
        {
            return false;
        }

        // By '\n' alone: a validator may hold the octet 0x85, which .NET counts as the end of a line.
        var text = new char[LongestUsualLine];
        for (rest = rest[(header.Length - 1)..]; !rest.IsEmpty; lines++)
        {
            var end = rest[1..].IndexOf((byte)'\n');
            var line = end < 0 ? rest[1..] : rest.Slice(1, end);
            rest = end < 0 ? [] : rest[(end + 1)..];
            text = line.Length <= text.Length ? text : new char[line.Length];
            if (ValidatorCacheFormat.TryRead(text.AsSpan(0, Encoding.UTF8.GetChars(line, text)), out var record))
            {
                records[record.LocalPath] = record;
            }
        }

        return true;
    }
}
