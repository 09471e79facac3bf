using System.Buffers.Binary;
using System.IO.Compression;

namespace ImageSync.Images;

/// <summary>SVGZ: an SVG in gzip, which stays so in its file (SVG 1.1 appendix P; RFC 1952).</summary>
internal static class CompressedSvg
{
    // A thousand bytes can come of one, and each has to be parsed.
    private const int MaxMegabytes = 64;

    public static bool Begins(ReadOnlySpan<byte> head)
    {
        if (head is not [0x1F, 0x8B, 8, ..])
        {
            return false;
        }

        using var gzip = new MemoryStream(head.ToArray());
        return MarkupOpening.IsSvg(Opening(gzip));
    }

    public static ImageFault? FindFault(Stream body)
    {
        if (FaultOfGzip(body) is { } fault)
        {
            return fault;
        }

        var opening = Opening(body);
        using var document = Inflate(body);
        return SvgDocument.FindFault(document, opening, body.Length);
    }

    public static ImageSize? SizeOf(Stream body)
    {
        try
        {
            var opening = Opening(body);
            using var document = Inflate(body);
            return SvgDocument.SizeOf(document, opening);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    // .NET's decoder takes data that break off for such as end. The trailer has the length (RFC 1952 §2.3.1), modulo 2^32.
    private static ImageFault? FaultOfGzip(Stream body)
    {
        const int TrailerLength = 4;
        long length = 0;
        try
        {
            using var document = Inflate(body);
            var buffer = new byte[64 * 1024];
            for (int read; (read = document.Read(buffer)) > 0; length += read)
            {
                if (length > MaxMegabytes * 1024 * 1024)
                {
                    return new ImageFault(FormattableString.Invariant($"that is larger than {MaxMegabytes} MiB once it is unpacked"));
                }
            }
        }
        catch (InvalidDataException)
        {
            return ImageFault.Damaged($"it cannot be unpacked to its end");
        }

        Span<byte> trailer = stackalloc byte[TrailerLength];
        var bytes = new ByteWalk(body);
        return bytes.TryMoveTo(body.Length - TrailerLength) && bytes.TryRead(trailer)
            && BinaryPrimitives.ReadUInt32LittleEndian(trailer) == length ? null : ImageFault.BreaksOff;
    }

    private static byte[] Opening(Stream body)
    {
        var opening = new byte[ImageFormat.HeadLength];
        using var document = Inflate(body);
        var length = Read(document, opening);
        if (length == opening.Length && MarkupOpening.BreaksOff(opening))
        {
            Array.Resize(ref opening, MarkupOpening.MaxLength);
            length += Read(document, opening.AsSpan(length));
        }

        return opening[..length];
    }

    private static int Read(Stream document, Span<byte> target)
    {
        var length = 0;
        try
        {
            for (int read; length < target.Length && (read = document.Read(target[length..])) > 0; length += read)
            {
            }
        }
        catch (InvalidDataException)
        {
            // The head of a body ends in the midst of its data.
        }

        return length;
    }

    private static GZipStream Inflate(Stream body)
    {
        body.Position = 0;
        return new GZipStream(body, CompressionMode.Decompress, leaveOpen: true);
    }
}
