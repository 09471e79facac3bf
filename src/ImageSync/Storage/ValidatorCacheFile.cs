using System.Text;

namespace ImageSync.Storage;

/// <summary>The file of a validator cache, as it is written: appended to, and rewritten when most of it is outdated.</summary>
/// <param name="path">The file.</param>
/// <param name="lines">How many it has.</param>
/// <param name="readable">Whether it is there and can be read, so that it can be appended to.</param>
internal sealed class ValidatorCacheFile(string path, int lines, bool readable)
{
    private const int SpareLines = 64;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private int _lines = lines;
    private bool _readable = readable;

    /// <summary>Brings records to the disk; under the lock of those who use the cache.</summary>
    /// <param name="pending">The records that are new.</param>
    /// <param name="forgotten">The local paths whose records are to go.</param>
    /// <param name="records">How many records the cache has in all.</param>
    /// <exception cref="IOException">They could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Write(List<ValidatorRecord> pending, IReadOnlyCollection<string> forgotten, int records)
    {
        // More than half of the lines would be outdated ones, or some must go: the time to write it anew.
        if (_readable && forgotten.Count == 0 && _lines + pending.Count <= (2 * records) + SpareLines
            && new FileInfo(path) is { Exists: true, LinkTarget: null })
        {
            Append(pending);
        }
        else
        {
            Rewrite(pending, forgotten);
        }
    }

    private void Append(List<ValidatorRecord> pending)
    {
        var text = new StringBuilder();
        // A line that a killed build left half written must not swallow the next one.
        text.Append('\n');
        foreach (var record in pending)
        {
            text.Append(ValidatorCacheFormat.Write(record));
        }

        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        file.Write(Utf8.GetBytes(text.ToString()));
        _lines += pending.Count;
    }

    private void Rewrite(List<ValidatorRecord> pending, IReadOnlyCollection<string> forgotten)
    {
        var current = new Dictionary<string, ValidatorRecord>(StringComparer.Ordinal);
        ValidatorCacheReader.TryRead(current, path, out _);
        foreach (var localPath in forgotten)
        {
            current.Remove(localPath);
        }

        foreach (var record in pending)
        {
            current[record.LocalPath] = record;
        }

        var text = new StringBuilder(ValidatorCacheFormat.Header).Append('\n');
        foreach (var record in current.Values.OrderBy(record => record.LocalPath, StringComparer.Ordinal))
        {
            text.Append(ValidatorCacheFormat.Write(record));
        }

        AtomicFile.WriteWhole(path, text.ToString());
        (_lines, _readable) = (current.Count, true);
    }
}
