using System.Buffers.Binary;

namespace ImageSync.Images;

/// <summary>JPEG: marker segments and entropy-coded scans up to EOI (ITU-T T.81 Annex B).</summary>
internal static class JpegSegments
{
    private const byte StartOfImage = 0xD8;
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;

    public static bool Begins(ReadOnlySpan<byte> head) => head is [0xFF, StartOfImage, 0xFF, ..];

    public static ImageFault? FindFault(Stream body)
    {
        var bytes = new BufferedReader(body);
        Span<byte> length = stackalloc byte[2];
        bool hasFrame = false, hasScan = false;
        if (!bytes.TryRead(length))
        {
            return ImageFault.BreaksOff;
        }

        while (TryReadMarker(bytes, out var marker))
        {
            switch (marker)
            {
                case EndOfImage:
                    return hasScan ? null : ImageFault.Without("a picture");
                case StartOfImage:
                    return ImageFault.Damaged($"another one begins in it, at byte {bytes.Position - 2}");
            }

            // By its length and not by a search: an EXIF thumbnail (APP1) is a JPEG with an EOI of its own.
            if (!bytes.TryRead(length))
            {
                return ImageFault.BreaksOff;
            }

            var rest = BinaryPrimitives.ReadUInt16BigEndian(length) - length.Length;
            if (!bytes.TrySkip(rest))
            {
                return rest >= 0 ? ImageFault.BreaksOff
                    : ImageFault.Damaged($"the segment at byte {bytes.Position - 4} is shorter than its length");
            }

            hasFrame |= IsStartOfFrame(marker);
            hasScan |= hasFrame && marker == StartOfScan;
        }

        return hasScan ? ImageFault.Unended("the marker that ends one (EOI)") : ImageFault.BreaksOff;
    }

    /// <summary>From the frame header (SOFn, §B.2.2); EXIF and colour profiles may stand before it.</summary>
    public static ImageSize? SizeOf(Stream body)
    {
        var bytes = new BufferedReader(body);
        Span<byte> header = stackalloc byte[7];
        if (!bytes.TrySkip(2))
        {
            return null;
        }

        while (TryReadMarker(bytes, out var marker) && marker is not (StartOfScan or EndOfImage))
        {
            var start = bytes.Position;
            if (!bytes.TryRead(header))
            {
                return null;
            }

            if (IsStartOfFrame(marker))
            {
                return ImageSize.Of(BinaryPrimitives.ReadUInt16BigEndian(header[5..]), BinaryPrimitives.ReadUInt16BigEndian(header[3..]));
            }

            if (!bytes.TryMoveTo(start + BinaryPrimitives.ReadUInt16BigEndian(header)))
            {
                return null;
            }
        }

        return null;
    }

    // C4, C8 and CC among them are tables and an extension; F7 is the frame of a JPEG-LS (ITU-T T.87 §C.1.1).
    private static bool IsStartOfFrame(byte marker) => marker is (>= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC)) or 0xF7;

    // One search serves between segments and inside scans: decoders pass over stray bytes before a marker, and in a
    // scan FF 00 is a byte of data, FF 01 to FF BF is none of ours (§B.1.1.3; JPEG-LS stuffs bits there) and RSTn has no segment.
    private static bool TryReadMarker(BufferedReader bytes, out byte marker)
    {
        marker = 0;
        while (bytes.TrySkipPast(0xFF))
        {
            do
            {
                if (!bytes.TryReadByte(out marker))
                {
                    return false;
                }
            }
            while (marker == 0xFF);

            if (marker is >= 0xC0 and not (>= 0xD0 and <= 0xD7))
            {
                return true;
            }
        }

        return false;
    }
}
