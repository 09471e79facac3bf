using System.Buffers.Binary;

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
        return MarkupSniffer.IsSvg(Opening(gzip));
    }

    public static ImageFault? FindFault(Stream body)
    {
        if (FaultOfGzip(body, out var hasMoreMembers) is { } fault)
        {
            return fault;
        }

        // Chromium shows a document that is whole in the first member, and refuses one that goes on in the next.
        var opening = Opening(body);
        using var document = GzipMember.Inflate(body);
        return SvgDocument.FindFault(document, opening, body.Length) is not { } faultOfSvg ? null
            : hasMoreMembers ? new ImageFault("that is packed in several parts (gzip members), of which browsers unpack the first alone")
            : faultOfSvg;
    }

    public static ImageSize? SizeOf(Stream body)
    {
        try
        {
            var opening = Opening(body);
            using var document = GzipMember.Inflate(body);
            return SvgDocument.SizeOf(document, opening);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    // The trailer has the length (RFC 1952 §2.3.1), modulo 2^32.
    private static ImageFault? FaultOfGzip(Stream body, out bool hasMoreMembers)
    {
        hasMoreMembers = false;
        const long MostBytes = MaxMegabytes * 1024 * 1024;
        long? end;
        long length;
        try
        {
            end = GzipMember.DataEnd(body, MostBytes, out length);
        }
        catch (InvalidDataException)
        {
            return ImageFault.Damaged($"it cannot be unpacked to its end");
        }

        if (length > MostBytes)
        {
            return new ImageFault(FormattableString.Invariant($"that is larger than {MaxMegabytes} MiB once it is unpacked"));
        }

        Span<byte> trailer = stackalloc byte[8];
        Span<byte> behind = stackalloc byte[2];
        var bytes = new BufferedReader(body);
        if (end is not { } place || !bytes.TryMoveTo(place) || !bytes.TryRead(trailer))
        {
            return ImageFault.BreaksOff;
        }

        hasMoreMembers = bytes.TryRead(behind) && behind is [0x1F, 0x8B];
        return BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) == length ? null
            : ImageFault.Damaged($"unpacked it is {length} bytes long, and not as long as its end says");
    }

    private static byte[] Opening(Stream body)
    {
        var opening = new byte[ImageFormat.HeadLength];
        using var document = GzipMember.Inflate(body);
        var length = Read(document, opening);
        if (length == opening.Length && MarkupSniffer.BreaksOff(opening))
        {
            Array.Resize(ref opening, MarkupSniffer.MaxLength);
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
}
