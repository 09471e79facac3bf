using System.Buffers.Binary;
using System.IO.Compression;

namespace ImageSync.Images;

/// <summary>
/// The first member of a gzip file (RFC 1952 §2.2). .NET's own reader goes on with the next member, and does not say where one ends:
/// browsers stop there, and what gives the length stands there.
/// </summary>
internal sealed class GzipMember : Stream
{
    private const int PieceLength = 4096;

    private readonly Stream _body;
    private readonly long _oneByOneFrom;
    private long _position;

    private GzipMember(Stream body, long start, long oneByOneFrom) => (_body, _position, _oneByOneFrom) = (body, start, oneByOneFrom);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <summary>Whether more bytes were wanted than there are.</summary>
    public bool WasLeftWanting { get; private set; }

    private long LastPiece { get; set; }

    /// <summary>What is packed in the member; nothing where its header breaks off.</summary>
    public static Stream Inflate(Stream body) =>
        DataStart(body) is { } start ? new DeflateStream(new GzipMember(body, start, long.MaxValue), CompressionMode.Decompress) : Null;

    /// <summary>Where the member's data end and its trailer begins; null where they break off.</summary>
    /// <param name="body">The file.</param>
    /// <param name="most">The bytes that may come of it.</param>
    /// <param name="length">How many came of it, or one more than may.</param>
    /// <exception cref="InvalidDataException">The data are damaged.</exception>
    public static long? DataEnd(Stream body, long most, out long length)
    {
        length = 0;
        if (DataStart(body) is not { } start)
        {
            return null;
        }

        // A decoder is ahead of the end that it finds by what it was given: a piece, and then, in a second walk, a byte.
        using var coarse = new GzipMember(body, start, long.MaxValue);
        length = Drain(coarse, most);
        if (coarse.WasLeftWanting || length > most)
        {
            return null;
        }

        using var fine = new GzipMember(body, start, coarse.LastPiece);
        Drain(fine, most);
        return fine.Position;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var wanted = _position >= _oneByOneFrom ? 1 : (int)Math.Min(PieceLength, _oneByOneFrom - _position);
        LastPiece = _position;
        _body.Position = _position;
        var read = _body.Read(buffer[..Math.Min(buffer.Length, wanted)]);
        _position += read;
        WasLeftWanting |= read == 0;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static long Drain(GzipMember member, long most)
    {
        long length = 0;
        var buffer = new byte[64 * 1024];
        using var document = new DeflateStream(member, CompressionMode.Decompress, leaveOpen: true);
        for (int read; length <= most && (read = document.Read(buffer)) > 0; length += read)
        {
        }

        return length;
    }

    // §2.3: ten bytes, and then what the flags say.
    private static long? DataStart(Stream body)
    {
        const int Crc = 2, Extra = 4, Name = 8, Comment = 16;
        var bytes = new BufferedReader(body);
        Span<byte> header = stackalloc byte[10];
        Span<byte> length = stackalloc byte[2];
        if (!bytes.TryRead(header))
        {
            return null;
        }

        var flags = header[3];
        var isWhole = ((flags & Extra) == 0 || (bytes.TryRead(length) && bytes.TrySkip(BinaryPrimitives.ReadUInt16LittleEndian(length))))
            && ((flags & Name) == 0 || bytes.TrySkipPast(0))
            && ((flags & Comment) == 0 || bytes.TrySkipPast(0))
            && ((flags & Crc) == 0 || bytes.TrySkip(2));
        return isWhole ? bytes.Position : null;
    }
}
