using System.Buffers.Binary;

namespace ImageSync.Images;

/// <summary>BMP: one header that says where the file ends (BITMAPFILEHEADER), and one that says how large the picture is.</summary>
internal static class BitmapHeader
{
    private const int FileHeaderLength = 14;
    private const int CoreHeaderLength = 12;

    // Two letters are little to go by, so the second header has to be of a length that exists (OS/2 1 and 2, Windows 3 to 5).
    public static bool Begins(ReadOnlySpan<byte> head) =>
        head.Length >= FileHeaderLength + 4
        && head.StartsWith("BM"u8)
        && BinaryPrimitives.ReadUInt32LittleEndian(head[FileHeaderLength..]) is CoreHeaderLength or 40 or 52 or 56 or 64 or 108 or 124;

    public static bool IsComplete(Stream body)
    {
        var bytes = new ByteWalk(body);
        Span<byte> file = stackalloc byte[FileHeaderLength];
        Span<byte> info = stackalloc byte[20];
        if (!bytes.TryRead(file) || !bytes.TryRead(info[..CoreHeaderLength]))
        {
            return false;
        }

        var end = BinaryPrimitives.ReadUInt32LittleEndian(file[2..]);
        var pixels = BinaryPrimitives.ReadUInt32LittleEndian(file[10..]);
        long width = BinaryPrimitives.ReadUInt16LittleEndian(info[4..]);
        long height = BinaryPrimitives.ReadUInt16LittleEndian(info[6..]);
        var depth = BinaryPrimitives.ReadUInt16LittleEndian(info[10..]);
        if (info[0] != CoreHeaderLength)
        {
            if (!bytes.TryRead(info[CoreHeaderLength..]))
            {
                return false;
            }

            // A negative height means that the top row comes first.
            width = BinaryPrimitives.ReadInt32LittleEndian(info[4..]);
            height = Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(info[8..]));
            depth = BinaryPrimitives.ReadUInt16LittleEndian(info[14..]);
        }

        if (width <= 0 || height == 0 || depth == 0 || pixels < bytes.Position || pixels > bytes.Length)
        {
            return false;
        }

        // Some writers leave the file's length at 0; uncompressed rows, padded to four bytes, then tell it as well.
        var isCompressed = info[0] != CoreHeaderLength && info[16] is 1 or 2 or 4 or 5;
        var row = (width * depth + 31) / 32 * 4;
        return end != 0 || isCompressed ? end <= bytes.Length : height <= (bytes.Length - pixels) / row;
    }

    /// <summary>From the second header.</summary>
    public static ImageSize? SizeOf(Stream body)
    {
        Span<byte> head = stackalloc byte[26];
        if (!new ByteWalk(body).TryRead(head))
        {
            return null;
        }

        var info = head[FileHeaderLength..];
        return info[0] == CoreHeaderLength
            ? ImageSize.Of(BinaryPrimitives.ReadUInt16LittleEndian(info[4..]), BinaryPrimitives.ReadUInt16LittleEndian(info[6..]))
            : ImageSize.Of(BinaryPrimitives.ReadInt32LittleEndian(info[4..]), Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(info[8..])));
    }
}
