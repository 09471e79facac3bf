using System.Text;

namespace ImageSync.Storage;

/// <summary>
/// A folder that the checkouts of one user share: bytes by their digest, and what is known of the requests that they were the
/// answer to. All of it can be fetched again, so nothing in it is trusted: a record proves itself by its checksum, and bytes by
/// their digest, which whoever takes them compares.
/// </summary>
/// <remarks>
/// Many processes use it at once, and each can be killed: what is written is written beside its place and renamed into it, and
/// what was just there may be gone.
/// </remarks>
/// <param name="layout">Where things lie.</param>
/// <param name="time">The time.</param>
internal sealed class SharedStore(StoreLayout layout, TimeProvider time)
{
    // Who was used last is told by the time of last write. It need not be exact, and a write for each use would be dear.
    private static readonly TimeSpan TouchAfter = TimeSpan.FromHours(1);
    private const int MaxRecord = 64 * 1024;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private volatile bool _grown;
    private volatile string? _problem;

    /// <summary>Why the store could not be used; null while it could. After that nothing is put into it any more.</summary>
    public string? Problem => _problem;

    /// <summary>The place of bytes, whether they are there or not.</summary>
    public string PlaceOf(string sha256) => layout.ContentOf(sha256);

    /// <summary>The record of a request whose bytes are there; null where there is none.</summary>
    public ValidatorRecord? Find(string key)
    {
        var path = layout.RecordOf(key);
        try
        {
            return File.Exists(path) && ValidatorCacheFormat.TryRead(ReadRecord(path), out var record)
                && record.LocalPath == key && record.HoldsBytes && LengthOf(record.Sha256) == record.Stamp.Length ? record : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _problem ??= exception.Message;
            return null;
        }
    }

    /// <summary>The line in a record's file.</summary>
    /// <exception cref="IOException">It cannot be read, or is larger than any record.</exception>
    public static ReadOnlySpan<char> ReadRecord(string path) =>
        Utf8.GetString(RegularFile.ReadAllBytes(path, MaxRecord)).AsSpan().TrimEnd('\n');

    /// <summary>The number of bytes that have this digest; null where they are not there.</summary>
    public long? LengthOf(string sha256)
    {
        var path = layout.ContentOf(sha256);
        if (FileStamp.Of(path) is not { } stamp)
        {
            return null;
        }

        var now = time.GetUtcNow().UtcDateTime;
        var age = now - new DateTime(stamp.WriteTime, DateTimeKind.Utc);
        if (age >= TouchAfter || age < TimeSpan.Zero)
        {
            Try(() => File.SetLastWriteTimeUtc(path, now));
        }

        return stamp.Length;
    }

    /// <summary>Takes in a file's bytes, if they are not there yet, and what is known of them.</summary>
    /// <param name="key">The request.</param>
    /// <param name="record">What is known; its stamp is the file's.</param>
    /// <param name="source">The file.</param>
    public void Put(string key, ValidatorRecord record, string source)
    {
        if (_problem is not null)
        {
            return;
        }

        try
        {
            if (LengthOf(record.Sha256) == record.Stamp.Length || Add(record, source))
            {
                var line = ValidatorCacheFormat.Write(record with { LocalPath = key, Stamp = record.Stamp with { WriteTime = 0 } });
                Place(layout.RecordOf(key), temporary =>
                {
                    // Not File.WriteAllText: it truncates, which ext4 answers with a flush.
                    using var file = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write);
                    RandomAccess.Write(file, Utf8.GetBytes(line), 0);
                    return true;
                });
            }
        }
        catch (FileNotFoundException)
        {
            // The file was deleted in the meantime; others will be put.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _problem ??= exception.Message;
        }
    }

    /// <summary>Deletes bytes that are not what their name says; the next who has them puts them in anew.</summary>
    public void Discard(string sha256) => Try(() => File.Delete(layout.ContentOf(sha256)));

    /// <summary>Deletes the record of a request.</summary>
    public void Forget(string key) => Try(() => File.Delete(layout.RecordOf(key)));

    /// <summary>Makes room, if this run has added bytes and there are more than there may be.</summary>
    public void Trim(long maxBytes)
    {
        if (_grown)
        {
            Try(() => StoreEviction.Run(layout, maxBytes));
        }
    }

    // False where the file was replaced or edited while it was copied: the bytes may be any then.
    private bool Add(ValidatorRecord record, string source)
    {
        var isWhole = false;
        if (FileStamp.Of(source) != record.Stamp)
        {
            return false;
        }

        Place(layout.ContentOf(record.Sha256), temporary =>
        {
            using (var from = RegularFile.Open(source, record.Stamp.Length))
            using (var to = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, bufferSize: 0))
            {
                from.CopyTo(to);
                File.SetLastWriteTimeUtc(to.SafeFileHandle, time.GetUtcNow().UtcDateTime);
            }

            return isWhole = FileStamp.Of(source) == record.Stamp;
        });
        _grown |= isWhole;
        return isWhole;
    }

    private void Place(string path, Func<string, bool> write)
    {
        CreateFolders(Path.GetDirectoryName(path)!);
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, TemporaryFiles.NewName());
        var isPlaced = false;
        try
        {
            isPlaced = write(temporary) && Move(temporary, path);
        }
        finally
        {
            if (!isPlaced)
            {
                Try(() => File.Delete(temporary));
            }
        }
    }

    private static bool Move(string temporary, string path)
    {
        try
        {
            File.Move(temporary, path, overwrite: true);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            && OperatingSystem.IsWindows() && File.Exists(path))
        {
            // Windows replaces nothing that somebody reads. What is there will do as well.
            return false;
        }
    }

    // Private images are among the bytes, so a store that is made here is its maker's alone; one that is there is as it is.
    private void CreateFolders(string folder)
    {
        if (!OperatingSystem.IsWindows() && !Directory.Exists(layout.Folder))
        {
            Directory.CreateDirectory(layout.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Directory.CreateDirectory(folder);
    }

    // Housekeeping, which somebody else may be at, or which can wait.
    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }
}
