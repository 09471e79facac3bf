using Microsoft.Win32.SafeHandles;

namespace ImageSync.Storage;

/// <summary>
/// A file that somebody else may have put in its place, open for reading. It is regular, it is no larger than its reader
/// wants, and it ends where it ended when it was opened.
/// </summary>
/// <remarks>
/// A FIFO would keep the build waiting for ever; a device has no end, nor need a file that grows. What a path leads to is
/// judged by the open handle, since it may change between a look and the opening.
/// </remarks>
internal sealed class RegularFile : Stream
{
    private readonly SafeFileHandle _handle;

    private RegularFile(SafeFileHandle handle, long length) => (_handle, Length) = (handle, length);

    /// <summary>Its length when it was opened: zero for a device, which hence has no bytes here.</summary>
    public override long Length { get; }

    public override long Position { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file; links are followed.</param>
    /// <param name="maxLength">The most bytes that the reader has a use for.</param>
    /// <exception cref="IOException">It is not there, not regular, larger, or cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a directory.</exception>
    public static RegularFile Open(string path, long maxLength)
    {
        var handle = Posix.IsHere
            ? Posix.Open(path, Posix.ReadOnly, followsLink: true)
            : File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        try
        {
            var length = LengthOf(handle, path);
            return length <= maxLength ? new RegularFile(handle, length) : throw new IOException(FormattableString.Invariant(
                $"'{path}' has {length:N0} bytes, which is more than the {maxLength:N0} that are read of such a file."));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>The bytes of a file.</summary>
    /// <exception cref="IOException">It is not there, not regular, larger, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a directory.</exception>
    public static byte[] ReadAllBytes(string path, int maxLength)
    {
        using var file = Open(path, maxLength);
        var bytes = new byte[file.Length];
        return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    /// <summary>
    /// Opens a file to be added to, or to be locked, and makes it where there is none. A link in its place is not followed: it
    /// may lead anywhere. Null while somebody else has the file.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="mode"><see cref="FileMode.Open"/> for a file that is there, and is not made.</param>
    /// <exception cref="IOException">It is a link, not regular, or cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written, or is a directory.</exception>
    public static FileStream? TryOpenAlone(string path, FileMode mode = FileMode.OpenOrCreate)
    {
        if (new FileInfo(path).LinkTarget is not null)
        {
            throw new IOException($"'{path}' is a symbolic link, which is not followed.");
        }

        if (!Posix.IsHere)
        {
            try
            {
                return new FileStream(path, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException) when (mode == FileMode.Open ? File.Exists(path) : !Directory.Exists(path))
            {
                return null;
            }
        }

        var handle = mode == FileMode.Open ? Posix.Open(path, Posix.ReadWrite, followsLink: false) : OpenOrCreate(path);
        try
        {
            LengthOf(handle, path);
            if (Posix.TryLock(handle))
            {
                return new FileStream(handle, FileAccess.ReadWrite, bufferSize: 0);
            }
        }
        catch
        {
            handle.Dispose();
            throw;
        }

        handle.Dispose();
        return null;
    }

    public override int Read(Span<byte> buffer)
    {
        var read = RandomAccess.Read(_handle, buffer[..(int)Math.Clamp(Length - Position, 0, buffer.Length)], Position);
        Position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = offset + (origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => Position, _ => Length });

    /// <summary>Copies the bytes: by sharing their blocks where the file system can (btrfs, XFS), otherwise through a buffer.</summary>
    public override void CopyTo(Stream destination, int bufferSize)
    {
        if (destination is not FileStream { Length: 0 } file || !TryCloneTo(file.SafeFileHandle))
        {
            base.CopyTo(destination, bufferSize);
        }
    }

    /// <summary>Makes an empty file a clone of this one; false where that cannot be done, and nothing was.</summary>
    public bool TryCloneTo(SafeFileHandle empty) => Posix.IsHere && Posix.TryClone(_handle, empty)
        && (RandomAccess.GetLength(empty) == Length ? true : throw new IOException("The file was written to while it was copied."));

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _handle.Dispose();
        base.Dispose(disposing);
    }

    // open(2) makes a file with a number that is a variable argument, which .NET cannot hand over everywhere. So .NET makes it.
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static SafeFileHandle OpenOrCreate(string path)
    {
        while (true)
        {
            try
            {
                return Posix.Open(path, Posix.ReadWrite, followsLink: false);
            }
            catch (FileNotFoundException)
            {
                try
                {
                    File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete).Dispose();
                }
                catch (IOException) when (File.Exists(path))
                {
                    // Another build was first.
                }
            }
        }
    }

    private static long LengthOf(SafeFileHandle handle, string path)
    {
        if (File.GetAttributes(handle).HasFlag(FileAttributes.Directory))
        {
            throw new UnauthorizedAccessException($"'{path}' is a directory.");
        }

        try
        {
            return RandomAccess.GetLength(handle);
        }
        catch (NotSupportedException)
        {
            throw new IOException($"'{path}' is not a regular file.");
        }
    }
}
