using System.Buffers.Binary;

namespace ImageSync.Images;

/// <summary>BMP: a header that says where the pixels begin (BITMAPFILEHEADER), and one that says how many there are.</summary>
internal static class BitmapHeader
{
    private const int FileHeaderLength = 14;
    private const int CoreHeaderLength = 12;
    private const int InfoLength = 36;

    // Two letters are little to go by, so the second header has to be of a length that exists: 12 in OS/2 1, 40 and more in
    // Windows, and in OS/2 2 as many fields of 64 bytes as a writer cares for, but no less than 16.
    public static bool Begins(ReadOnlySpan<byte> head) =>
        head.Length >= FileHeaderLength + 4
        && head.StartsWith("BM"u8)
        && BinaryPrimitives.ReadUInt32LittleEndian(head[FileHeaderLength..]) is var length
        && (length is CoreHeaderLength or 42 or 46 or 108 or 124 || (length is >= 16 and <= 64 && length % 4 == 0));

    public static ImageFault? FindFault(Stream body)
    {
        var bytes = new BufferedReader(body);
        Span<byte> file = stackalloc byte[FileHeaderLength];
        Span<byte> info = stackalloc byte[InfoLength];
        info.Clear();
        if (!bytes.TryRead(file) || !bytes.TryRead(info[..4]))
        {
            return ImageFault.BreaksOff;
        }

        var isCore = info[0] == CoreHeaderLength;
        if (!bytes.TryRead(info[4..Math.Clamp(info[0], (byte)CoreHeaderLength, (byte)InfoLength)]))
        {
            return ImageFault.BreaksOff;
        }

        // A negative height means that the top row comes first.
        long width = isCore ? BinaryPrimitives.ReadUInt16LittleEndian(info[4..]) : BinaryPrimitives.ReadInt32LittleEndian(info[4..]);
        var height = isCore ? BinaryPrimitives.ReadUInt16LittleEndian(info[6..])
            : Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(info[8..]));
        var depth = BinaryPrimitives.ReadUInt16LittleEndian(info[(isCore ? 10 : 14)..]);
        var compression = isCore ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(info[16..]);

        // A JPEG or a PNG has colours of its own, so that Windows wants a depth of 0 of these.
        if (width <= 0 || height == 0 || (depth == 0 && compression is not (4 or 5)))
        {
            return ImageFault.Without("width, height or colours");
        }

        var pixels = BinaryPrimitives.ReadUInt32LittleEndian(file[10..]);
        if (pixels == 0)
        {
            // The rest of the headers, and the colours: browsers take it so where no place is given.
            var headers = FileHeaderLength + Math.Max(BinaryPrimitives.ReadUInt32LittleEndian(info), CoreHeaderLength)
                + LengthOfMasks(info, compression) + LengthOfColours(info, isCore, depth);
            pixels = (uint)Math.Min(headers, uint.MaxValue);
        }
        else if (pixels < bytes.Position)
        {
            return ImageFault.Damaged($"its pixels are said to begin in its headers");
        }

        if (!bytes.TryMoveTo(pixels))
        {
            return ImageFault.BreaksOff;
        }

        var size = BinaryPrimitives.ReadUInt32LittleEndian(info[20..]);
        var isHeld = isCore ? HoldsRows() : (compression, depth) switch
        {
            (1, _) => RunLengths.AreHeld(bytes, height, bitsPerPixel: 8),
            (2, _) => RunLengths.AreHeld(bytes, height, bitsPerPixel: 4),

            // A JPEG or a PNG, or in OS/2 a fax or runs of 24 bits: only the headers say how long they are.
            (4 or 5, _) or (3, 1) => size > 0 ? bytes.TrySkip(size) : bytes.TryMoveTo(BinaryPrimitives.ReadUInt32LittleEndian(file[2..])),
            _ => HoldsRows(),
        };
        return isHeld ? null : ImageFault.BreaksOff;

        // By the rows, padded to four bytes, and not by the length in the first header: OS/2 writes that header's own length
        // there, others 0, or one byte too many. Divided, because the product may be beyond counting.
        bool HoldsRows() => height <= (bytes.Length - pixels) / ((width * depth + 31) / 32 * 4);
    }

    /// <summary>From the second header.</summary>
    public static ImageSize? SizeOf(Stream body)
    {
        Span<byte> head = stackalloc byte[26];
        if (!new BufferedReader(body).TryRead(head))
        {
            return null;
        }

        var info = head[FileHeaderLength..];
        if (info[0] == CoreHeaderLength)
        {
            return ImageSize.Of(BinaryPrimitives.ReadUInt16LittleEndian(info[4..]), BinaryPrimitives.ReadUInt16LittleEndian(info[6..]));
        }

        var (width, height) = (BinaryPrimitives.ReadInt32LittleEndian(info[4..]), BinaryPrimitives.ReadInt32LittleEndian(info[8..]));
        return ImageSize.Of(width, Math.Abs((long)height));
    }

    // Only behind a BITMAPINFOHEADER; longer headers hold them.
    private static int LengthOfMasks(ReadOnlySpan<byte> info, uint compression) =>
        (BinaryPrimitives.ReadUInt32LittleEndian(info), compression) switch { (40, 3) => 12, (40, 6) => 16, _ => 0 };

    private static long LengthOfColours(ReadOnlySpan<byte> info, bool isCore, int depth)
    {
        var most = depth is > 0 and <= 8 ? 1L << depth : 0;
        var named = BinaryPrimitives.ReadUInt32LittleEndian(info[32..]);
        return isCore ? 3 * most : 4 * (named == 0 ? most : Math.Min(named, most));
    }
}
