namespace ImageSync.Storage;

/// <summary>
/// The validator cache: read once, and written at the end of a run.
/// It is only ever a saving: what cannot be read costs requests, and what cannot be written is reported by the caller.
/// </summary>
/// <remarks>
/// Other builds may use the file at the same time. Each change is made under a lock file, appends add to what others wrote,
/// and a rewrite begins by reading again, so that nobody's records are lost. What cannot wait for the lock, or does not get it,
/// is in a <see cref="CacheJournal"/>.
/// </remarks>
internal sealed class ValidatorCache : IDisposable
{
    private readonly string _path;
    private readonly Func<string, FileStamp?> _stampOf;
    private readonly Dictionary<string, ValidatorRecord> _records;
    private readonly List<ValidatorRecord> _pending = [];
    private readonly HashSet<string> _forgotten = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ValidatorRecord> _news = new(StringComparer.Ordinal);
    private readonly List<string> _takenIn = [];
    private readonly CacheJournal _journal;
    private readonly OtherJournals _others;
    private readonly ValidatorCacheFile _file;
    private readonly object _sync = new();
    private FileStamp? _read;
    private Exception? _failure;

    private ValidatorCache(
        string path, Dictionary<string, ValidatorRecord> records, ValidatorCacheFile file, FileStamp? read,
        Func<string, FileStamp?> stampOf)
    {
        (_path, _records, _file, _read, _stampOf) = (path, records, file, read, stampOf);
        _journal = new CacheJournal(path);
        _others = new OtherJournals(path, _journal);
    }

    /// <summary>Why not all is on the disk; null where it is.</summary>
    public string? SaveProblem => _failure?.Message;

    /// <summary>How many records are not on the disk.</summary>
    public int Unsaved => _pending.Count;

    /// <summary>The file by which builds that use this cache exclude each other.</summary>
    public static string MutexOf(string path) => path + ".lock";

    /// <summary>Reads the file; an absent or unreadable one is an empty cache.</summary>
    /// <param name="path">The file.</param>
    /// <param name="stampOf">The stamp that a local file has now, for those who save.</param>
    public static ValidatorCache Load(string path, Func<string, FileStamp?>? stampOf = null)
    {
        var records = new Dictionary<string, ValidatorRecord>(StringComparer.Ordinal);
        var read = FileStamp.Of(path);
        var readable = ValidatorCacheReader.TryRead(records, path, out var lines);
        return new ValidatorCache(path, records, new ValidatorCacheFile(path, lines, readable), read, stampOf ?? (static _ => null));
    }

    /// <summary>
    /// Whether the machine was started since the file was written. If it lost its power, files may have their size and time
    /// and not their bytes: NTFS keeps the former in its journal, and nobody has flushed the latter.
    /// </summary>
    public bool IsFromBeforeBoot =>
        _records.Count > 0 && File.GetLastWriteTimeUtc(_path) < DateTime.UtcNow - TimeSpan.FromMilliseconds(Environment.TickCount64);

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

    /// <summary>What builds that run at the same time have recorded of a local file since this cache was read.</summary>
    public IReadOnlyList<ValidatorRecord> FindNews(string localPath)
    {
        lock (_sync)
        {
            // A build deletes its journal once the file has its records: in this order none is missed.
            var announced = _others.Find(localPath);
            ReadNews();
            return _news.TryGetValue(localPath, out var saved) ? [saved, .. announced] : announced;
        }
    }

    /// <summary>Takes in what runs left in their journals that could not save it.</summary>
    /// <param name="vouches">Whether a record is of the file as it is.</param>
    public void TakeInAbandoned(Func<ValidatorRecord, bool> vouches)
    {
        foreach (var (path, records) in _others.Abandoned())
        {
            _takenIn.Add(path);
            foreach (var record in records)
            {
                if ((Find(record.LocalPath) is not { } known || known.ValidatedAt <= record.ValidatedAt) && vouches(record))
                {
                    Put(record);
                }
            }
        }
    }

    /// <summary>Brings to the disk what is about to be true of a file: whoever comes upon it then knows whose it is.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Announce(ValidatorRecord record)
    {
        lock (_sync)
        {
            _journal.Append(record);
        }
    }

    /// <summary>Takes a record in; it reaches the file at <see cref="Save"/>.</summary>
    public void Put(ValidatorRecord record)
    {
        lock (_sync)
        {
            _pending.Add(record);
            _records[record.LocalPath] = record;
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

    /// <summary>Brings all that was put to the disk: into the file, or, where somebody else has it for too long, into a journal.</summary>
    /// <param name="timeout">For how long to wait for others.</param>
    public void Save(LockTimeout timeout)
    {
        lock (_sync)
        {
            Flush(timeout);
            if (_failure is TimeoutException)
            {
                LeaveInJournal();
            }
            else if (_failure is null)
            {
                _journal.Delete();
            }

            _journal.Dispose();
            if (_failure is null)
            {
                _takenIn.ForEach(OtherJournals.DeleteAbandoned);
            }
        }
    }

    /// <summary>Leaves the journal, where there still is one, to the next run.</summary>
    public void Dispose() => _journal.Dispose();

    private void Flush(LockTimeout timeout)
    {
        if (_pending.Count == 0 && _forgotten.Count == 0)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            using var held = FileLock.Acquire(MutexOf(_path), timeout);
            ReadNews();
            _pending.RemoveAll(IsOutdated);

            _file.Write(_pending, _forgotten, _records.Count);
            _pending.Clear();
            _forgotten.Clear();
            _read = FileStamp.Of(_path);
            _failure = null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TimeoutException)
        {
            _failure = exception;
        }
    }

    // What others wrote since this cache was read, or written.
    private void ReadNews()
    {
        if (FileStamp.Of(_path) is { } stamp && stamp != _read)
        {
            _read = stamp;
            _news.Clear();
            ValidatorCacheReader.TryRead(_news, _path, out _);
        }
    }

    // Two builds may have written one file, and whoever saves last need not be the one whose bytes are there.
    private bool IsOutdated(ValidatorRecord record) => _news.TryGetValue(record.LocalPath, out var news)
        && news.Stamp != record.Stamp && news.Stamp == _stampOf(record.LocalPath);

    private void LeaveInJournal()
    {
        try
        {
            _journal.Append(_pending);
            _pending.Clear();
            _failure = null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _failure = exception;
        }
    }
}
