namespace ImageSync.Storage;

/// <summary>The journals that other runs keep beside a validator cache, or have left there.</summary>
/// <param name="cacheFile">The validator cache.</param>
/// <param name="own">This run's.</param>
internal sealed class OtherJournals(string cacheFile, CacheJournal own)
{
    // Room for a hundred thousand images; what is larger, nobody here has written.
    private const long MaxLength = 64L * 1024 * 1024;

    // Links are none of ours, and may lead anywhere.
    private static readonly EnumerationOptions OwnFiles = new() { AttributesToSkip = FileAttributes.ReparsePoint };

    // File systems count time in ticks of up to 10 ms: a folder may have changed once more in the one in which it was listed.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<string, Followed> _followed = new(StringComparer.Ordinal);
    private IReadOnlyList<string> _listed = [];
    private DateTime _changed;

    /// <summary>What they say of a local file by now.</summary>
    public IReadOnlyList<ValidatorRecord> Find(string localPath)
    {
        var files = List();
        return files.Count == 0 ? [] : [.. files.Select(file => Follow(file).Find(localPath)).OfType<ValidatorRecord>()];
    }

    /// <summary>Those that no run holds any more, with what they say.</summary>
    public IReadOnlyList<(string Path, IEnumerable<ValidatorRecord> Records)> Abandoned() =>
        [.. List().Where(IsAbandoned).Select(file => (file, Follow(file).All()))];

    /// <summary>Deletes one that was taken in, unless a run holds it after all.</summary>
    public static void DeleteAbandoned(string path)
    {
        try
        {
            if (IsAbandoned(path))
            {
                File.Delete(path);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next run takes it in once more, which changes nothing.
        }
    }

    private Followed Follow(string file) => _followed.TryGetValue(file, out var followed) ? followed : _followed[file] = new Followed(file);

    private IReadOnlyList<string> List()
    {
        try
        {
            var (folder, name) = (Path.GetDirectoryName(cacheFile)!, Path.GetFileName(cacheFile) + CacheJournal.Infix);
            var changed = Directory.GetLastWriteTimeUtc(folder);
            if (changed != _changed || DateTime.UtcNow - changed < Tick)
            {
                _changed = changed;
                _listed = [.. Directory.EnumerateFiles(folder, "*" + CacheJournal.Infix + "*", OwnFiles)
                    .Where(file => file != own.FilePath && Path.GetFileName(file).StartsWith(name, StringComparison.Ordinal))];
            }

            return _listed;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsAbandoned(string path)
    {
        try
        {
            using var alone = RegularFile.TryOpenAlone(path, FileMode.Open);
            return alone is not null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>
    /// A journal that may grow: each time only what is new is read, since thousands of files may be asked about while it does.
    /// </summary>
    private sealed class Followed(string path)
    {
        private readonly Dictionary<string, ValidatorRecord> _records = new(StringComparer.Ordinal);
        private long _read;

        public ValidatorRecord? Find(string localPath)
        {
            ReadNew();
            return _records.GetValueOrDefault(localPath);
        }

        public ValidatorRecord[] All()
        {
            ReadNew();
            return [.. _records.Values];
        }

        private void ReadNew()
        {
            if ((FileStamp.Of(path)?.Length ?? 0) <= _read)
            {
                return;
            }

            try
            {
                using var file = RegularFile.Open(path, MaxLength);
                file.Position = _read;
                _read = ValidatorCacheReader.ReadOn(_records, file);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Its run has ended: the cache has what it said.
            }
        }
    }
}
