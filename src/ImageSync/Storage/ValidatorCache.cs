using System.Text;

namespace ImageSync.Storage;

/// <summary>
/// The validator cache's file: read once, appended to while images finish, and rewritten when most of it is outdated.
/// It is only ever a saving: what cannot be read costs requests, and what cannot be written is reported by the caller.
/// </summary>
/// <remarks>
/// Other builds may use the file at the same time. Each change is made under a lock file, appends add to what others wrote,
/// and a rewrite begins by reading again, so that nobody's records are lost.
/// </remarks>
internal sealed class ValidatorCache
{
    private const int AppendAt = 64;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly string _path;
    private readonly Dictionary<string, ValidatorRecord> _records;
    private readonly List<ValidatorRecord> _pending = [];
    private readonly HashSet<string> _forgotten = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ValidatorRecord> _news = new(StringComparer.Ordinal);
    private readonly object _sync = new();
    private int _lines;
    private bool _readable;
    private FileStamp? _read;

    private ValidatorCache(string path, Dictionary<string, ValidatorRecord> records, int lines, bool readable, FileStamp? read) =>
        (_path, _records, _lines, _readable, _read) = (path, records, lines, readable, read);

    /// <summary>Why not all is on the disk; null where it is.</summary>
    public string? SaveProblem { get; private set; }

    /// <summary>How many records are not on the disk.</summary>
    public int Unsaved => _pending.Count;

    /// <summary>The file by which builds that use this cache exclude each other.</summary>
    public static string MutexOf(string path) => path + ".lock";

    /// <summary>Reads the file; an absent or unreadable one is an empty cache.</summary>
    public static ValidatorCache Load(string path)
    {
        var records = new Dictionary<string, ValidatorRecord>(StringComparer.Ordinal);
        var read = FileStamp.Of(path);
        var readable = ValidatorCacheReader.TryRead(records, path, out var lines);
        return new ValidatorCache(path, records, lines, readable, read);
    }

    /// <summary>
    /// Whether the machine was started since the file was written. If it lost its power, files may have their size and time
    /// and not their bytes: NTFS keeps the former in its journal, and nobody has flushed the latter.
    /// </summary>
    public bool IsFromBeforeBoot => _records.Count > 0 && File.GetLastWriteTimeUtc(_path) < DateTime.UtcNow - TimeSpan.FromMilliseconds(Environment.TickCount64);

    /// <summary>Gives the file the present time: what it tells of has been looked at.</summary>
    public void Touch()
    {
        try
        {
            File.SetLastWriteTimeUtc(_path, DateTime.UtcNow);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Then the next run looks once more.
        }
    }

    /// <summary>All records.</summary>
    public IReadOnlyList<ValidatorRecord> Records
    {
        get
        {
            lock (_sync)
            {
                return [.. _records.Values];
            }
        }
    }

    /// <summary>The record of a local file; null where there is none.</summary>
    public ValidatorRecord? Find(string localPath)
    {
        lock (_sync)
        {
            return _records.GetValueOrDefault(localPath);
        }
    }

    /// <summary>The record of a local file as it is on the disk by now; null where the file says what it said when it was read.</summary>
    public ValidatorRecord? FindNews(string localPath)
    {
        lock (_sync)
        {
            if (FileStamp.Of(_path) is { } stamp && stamp != _read)
            {
                _read = stamp;
                _news.Clear();
                ValidatorCacheReader.TryRead(_news, _path, out _);
            }

            return _news.GetValueOrDefault(localPath);
        }
    }

    /// <summary>Takes a record in; it reaches the disk soon after, and at <see cref="Save"/> at the latest.</summary>
    public void Put(ValidatorRecord record)
    {
        lock (_sync)
        {
            _records[record.LocalPath] = record;
            _pending.Add(record);
            if (_pending.Count >= AppendAt)
            {
                Flush(LockPatience.None);
            }
        }
    }

    /// <summary>Drops the record of a local file; it leaves the disk at <see cref="Save"/>.</summary>
    public void Forget(string localPath)
    {
        lock (_sync)
        {
            if (_records.Remove(localPath))
            {
                _pending.RemoveAll(record => record.LocalPath == localPath);
                _forgotten.Add(localPath);
            }
        }
    }

    /// <summary>Brings all that was put to the disk, unless somebody else is at it.</summary>
    public void TrySave()
    {
        lock (_sync)
        {
            Flush(LockPatience.None);
        }
    }

    /// <summary>Brings all that was put to the disk.</summary>
    /// <param name="patience">For how long to wait for others.</param>
    public void Save(LockPatience patience)
    {
        lock (_sync)
        {
            Flush(patience);
        }
    }

    // Of what fails while images finish, only the last attempt counts: it has all that those before it had.
    private void Flush(LockPatience patience)
    {
        if (_pending.Count == 0 && _forgotten.Count == 0)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            using var held = FileLock.Acquire(MutexOf(_path), patience);

            // More than half of the lines would be outdated ones, or some must go: the time to write it anew.
            if (_readable && _forgotten.Count == 0 && _lines + _pending.Count <= (2 * _records.Count) + AppendAt
                && new FileInfo(_path) is { Exists: true, LinkTarget: null })
            {
                Append();
            }
            else
            {
                Rewrite();
            }

            _pending.Clear();
            _forgotten.Clear();
            SaveProblem = null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TimeoutException)
        {
            SaveProblem = exception.Message;
        }
    }

    private void Append()
    {
        var text = new StringBuilder();
        // A line that a killed build left half written must not swallow the next one.
        text.Append('\n');
        foreach (var record in _pending)
        {
            text.Append(ValidatorCacheFormat.Write(record));
        }

        using var file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        file.Write(Utf8.GetBytes(text.ToString()));
        _lines += _pending.Count;
    }

    private void Rewrite()
    {
        var current = new Dictionary<string, ValidatorRecord>(StringComparer.Ordinal);
        ValidatorCacheReader.TryRead(current, _path, out _);
        foreach (var localPath in _forgotten)
        {
            current.Remove(localPath);
        }

        foreach (var record in _pending)
        {
            current[record.LocalPath] = record;
        }

        var text = new StringBuilder(ValidatorCacheFormat.Header).Append('\n');
        foreach (var record in current.Values.OrderBy(record => record.LocalPath, StringComparer.Ordinal))
        {
            text.Append(ValidatorCacheFormat.Write(record));
        }

        AtomicFile.WriteWhole(_path, text.ToString());
        (_lines, _readable) = (current.Count, true);
    }
}
