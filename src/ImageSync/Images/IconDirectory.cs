using System.Buffers.Binary;

namespace ImageSync.Images;

/// <summary>ICO and CUR: a directory of images that lie anywhere behind it (ICONDIR and ICONDIRENTRY of the Windows resource formats).</summary>
internal static class IconDirectory
{
    // Type 1 is an icon, 2 a cursor; the MIME Sniffing Standard §6.1 has one media type for both.
    public static bool Begins(ReadOnlySpan<byte> head) => head is [0, 0, 1 or 2, 0, var low, var high, ..] && (low | high) != 0;

    public static bool IsComplete(Stream body)
    {
        var bytes = new ByteWalk(body);
        Span<byte> entry = stackalloc byte[16];
        if (!bytes.TryRead(entry[..6]))
        {
            return false;
        }

        var count = BinaryPrimitives.ReadUInt16LittleEndian(entry[4..]);
        for (var i = 0; i < count; i++)
        {
            if (!bytes.TryRead(entry))
            {
                return false;
            }

            var size = BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]);
            var offset = BinaryPrimitives.ReadUInt32LittleEndian(entry[12..]);
            if (size == 0 || (long)offset + size > bytes.Length)
            {
                return false;
            }
        }

        return count > 0;
    }

    /// <summary>The largest of its images; 0 stands for 256.</summary>
    public static ImageSize? SizeOf(Stream body)
    {
        var bytes = new ByteWalk(body);
        Span<byte> entry = stackalloc byte[16];
        if (!bytes.TryRead(entry[..6]))
        {
            return null;
        }

        ImageSize? largest = null;
        for (var count = BinaryPrimitives.ReadUInt16LittleEndian(entry[4..]); count > 0 && bytes.TryRead(entry); count--)
        {
            var size = new ImageSize(entry[0] == 0 ? 256 : entry[0], entry[1] == 0 ? 256 : entry[1]);
            largest = size.Width > (largest?.Width ?? 0) ? size : largest;
        }

        return largest;
    }
}
