using System.Text;

namespace ImageSync.Storage;

/// <summary>
/// Records of this run that the validator cache does not have yet. Each run has a journal of its own beside the cache, and so
/// needs no lock: a record is on the disk before the file that it is about, whoever holds what.
/// </summary>
/// <remarks>
/// Another build that comes upon the file knows it by the journal. What a killed build left, the next one takes in and deletes
/// (<see cref="OtherJournals"/>). A record may be of a file that never came to be, so it only vouches for one that fits it.
/// </remarks>
/// <param name="cacheFile">The validator cache.</param>
internal sealed class CacheJournal(string cacheFile) : IDisposable
{
    /// <summary>What stands between the cache's name and that of a run.</summary>
    public const string Infix = ".journal-";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private FileStream? _file;

    /// <summary>Where it is; null while there is none.</summary>
    public string? FilePath { get; private set; }

    /// <summary>Adds records.</summary>
    /// <exception cref="IOException">They could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Append(params IEnumerable<ValidatorRecord> records)
    {
        if (_file is null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(cacheFile)!);
            FilePath = cacheFile + Infix + Guid.NewGuid().ToString("N");

            // Held open as long as the run lasts: what is closed counts as abandoned.
            _file = new FileStream(FilePath, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);
        }

        _file.Write(Utf8.GetBytes(string.Concat(records.Select(ValidatorCacheFormat.Write))));
    }

    /// <summary>Leaves it to the next run.</summary>
    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    /// <summary>Ends it: the cache has all that it says.</summary>
    public void Delete()
    {
        Dispose();
        if (FilePath is not null)
        {
            OtherJournals.DeleteAbandoned(FilePath);
            FilePath = null;
        }
    }
}
