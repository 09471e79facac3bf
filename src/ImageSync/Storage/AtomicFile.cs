using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace ImageSync.Storage;

/// <summary>
/// New bytes for a file: collected beside it, hashed on the way, and put in its place in one rename, or not at all.
/// The caller creates, writes, commits and disposes; disposing without a commit leaves no trace.
/// </summary>
/// <remarks>
/// Atomic, not durable: after a power cut the file may hold the old bytes, or others, which another size or time gives away;
/// then it is fetched again. The temporary file is a neighbour of the destination, because a rename across file systems is a
/// copy. It is made only when the bytes outgrow a buffer or are committed: an answer that turns out to be what is there
/// touches no disk.
/// </remarks>
internal sealed class AtomicFile(string destination) : IDisposable
{
    private const int LargestBuffer = 128 * 1024;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    // Made, rented and named with the first byte: most answers have none.
    private string? _temporary;
    private IncrementalHash? _hash;
    private int _bufferSize = LargestBuffer;
    private byte[] _buffer = [];
    private int _buffered;
    private FileStream? _file;
    private string? _sha256;
    private FileStamp? _sealed;

    /// <summary>Writes a file of text anew, and sweeps its folder of what killed builds left there.</summary>
    /// <exception cref="IOException">It could not be written; then it is what it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static void WriteWhole(string path, string text) => WriteWhole(path, Utf8.GetBytes(text));

    /// <summary>The same of any bytes.</summary>
    /// <exception cref="IOException">It could not be written; then it is what it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static void WriteWhole(string path, byte[] bytes)
    {
        new TemporaryFiles().Sweep(Path.GetDirectoryName(path)!);
        using var file = new AtomicFile(path);
        file.Write(bytes);
        file.Commit();
    }

    /// <summary>Bytes so far.</summary>
    public long Length { get; private set; }

    /// <summary>Digest of the bytes; nothing can be written after it was asked.</summary>
    public string Sha256 => _sha256 ??= ContentDigest.ToHex(_hash is null ? SHA256.HashData([]) : _hash.GetHashAndReset());

    /// <summary>Tells how many bytes will come, before the first does: a small image needs no large buffer.</summary>
    /// <param name="length">Their number; null where it is not known.</param>
    public void Expect(long? length) => _bufferSize = (int)Math.Min(length + 1 ?? LargestBuffer, LargestBuffer);

    /// <summary>Where the next bytes go; never empty.</summary>
    public Memory<byte> Space()
    {
        if (_hash is null)
        {
            _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            _buffer = ArrayPool<byte>.Shared.Rent(_bufferSize);
        }

        if (_buffered == _buffer.Length)
        {
            FlushBuffer();
        }

        return _buffer.AsMemory(_buffered);
    }

    /// <summary>Takes in the bytes that were put at the beginning of <see cref="Space"/>.</summary>
    public void Advance(int count)
    {
        _hash!.AppendData(_buffer.AsSpan(_buffered, count));
        _buffered += count;
        Length += count;
    }

    /// <summary>Takes in a whole file, and nothing else beside it: a clone where the file system can make one, otherwise a copy.</summary>
    /// <exception cref="IOException">The file is gone, not regular, larger than that, or the bytes could not be stored.</exception>
    public void CopyFrom(string source, long maxLength)
    {
        using var from = RegularFile.Open(source, maxLength);
        CreateTemporary();
        var isClone = from.TryCloneTo(_file.SafeFileHandle);

        // What is hashed is what is here: nobody else writes to it.
        Stream bytes = isClone ? _file : from;
        int read;
        while ((read = bytes.Read(Space().Span)) > 0)
        {
            Advance(read);
            _buffered = isClone ? 0 : _buffered;
        }
    }

    /// <summary>The bytes so far, to be read before the commit.</summary>
    public Stream OpenRead()
    {
        if (_file is null)
        {
            return new MemoryStream(_buffer, 0, _buffered, writable: false, publiclyVisible: true);
        }

        FlushBuffer();
        _file.Position = 0;
        return _file;
    }

    /// <summary>Ends the writing, and returns the stamp that the bytes will have in the destination's place.</summary>
    /// <exception cref="IOException">They could not be stored; or what is there is no regular file and no link, and stays.</exception>
    public FileStamp Seal()
    {
        if (_sealed is { } known)
        {
            return known;
        }

        // Root could put a file in the place of /dev/null, and the machine would have none until it starts again.
        if (Posix.IsHere && Posix.IsSpecial(destination))
        {
            throw new IOException($"'{destination}' is not a regular file, and was left alone.");
        }

        FlushBuffer();

        // A link in the destination's place is replaced itself; what it leads to has no say.
        if (!OperatingSystem.IsWindows() && new FileInfo(destination) is { Exists: true, LinkTarget: null })
        {
            // Who runs a sync as root, such as in a container, is not to find files there afterwards that are only root's. Before the mode:
            // a change of owner clears bits of it.
            if (Posix.IsHere && Environment.IsPrivilegedProcess)
            {
                Posix.OwnAs(_file!.SafeFileHandle, destination);
            }

            File.SetUnixFileMode(_file!.SafeFileHandle, File.GetUnixFileMode(destination));
        }

        // The rename changes neither; and afterwards somebody else's file may already be in this one's place.
        var stamp = new FileStamp(_file!.Length, File.GetLastWriteTimeUtc(_temporary!).Ticks);
        _sealed = stamp;
        return stamp;
    }

    /// <summary>Puts the bytes in the destination's place, whose permissions they have, and whose owner where root writes them.</summary>
    public void Commit()
    {
        Seal();

        // Still held open: a sweep takes what is closed for abandoned.
        File.Move(_temporary!, destination, overwrite: true);
        _file!.Dispose();
        _file = null;
    }

    /// <summary>Drops the bytes so far, to begin anew.</summary>
    public void Clear()
    {
        Dispose();
        (Length, _buffered, _sha256, _sealed, _bufferSize) = (0, 0, null, null, LargestBuffer);
    }

    public void Dispose()
    {
        if (_hash is not null)
        {
            _hash.Dispose();
            ArrayPool<byte>.Shared.Return(_buffer);
            (_hash, _buffer) = (null, []);
        }

        if (_file is null)
        {
            return;
        }

        _file.Dispose();
        _file = null;
        try
        {
            File.Delete(_temporary!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A later build sweeps it; the failure that brought us here matters more.
        }
    }

    private void Write(ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            var space = Space().Span;
            var count = Math.Min(space.Length, octets.Length);
            octets[..count].CopyTo(space);
            Advance(count);
            octets = octets[count..];
        }
    }

    private void FlushBuffer()
    {
        if (_file is null)
        {
            CreateTemporary();
        }

        _file.Position = _file.Length;
        _file.Write(_buffer, 0, _buffered);
        _buffered = 0;
    }

    [MemberNotNull(nameof(_file))]
    private void CreateTemporary()
    {
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
        _temporary = Path.Combine(folder.FullName, TemporaryFiles.NewName());

        // CreateNew: never follow or truncate what is there (and Create costs an ftruncate, which ext4 answers with a flush).
        _file = new FileStream(_temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, bufferSize: 0);
    }
}
