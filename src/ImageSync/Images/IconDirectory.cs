using System.Buffers.Binary;

namespace ImageSync.Images;

/// <summary>
/// ICO and CUR: a directory of images that lie anywhere behind it (ICONDIR and ICONDIRENTRY of the Windows resource formats).
/// </summary>
internal static class IconDirectory
{
    // Of a BITMAPINFOHEADER.
    private const int HeaderLength = 40;

    private static readonly ImageFault HasNoBytes = ImageFault.Damaged($"one of its images has no bytes");

    // Type 1 is an icon, 2 a cursor; the MIME Sniffing Standard §6.1 has one media type for both.
    public static bool Begins(ReadOnlySpan<byte> head) => head is [0, 0, 1 or 2, 0, var low, var high, ..] && (low | high) != 0;

    public static ImageFault? FindFault(Stream body)
    {
        var (bytes, images) = (new BufferedReader(body), new BufferedReader(body));
        Span<byte> entry = stackalloc byte[16];
        if (!bytes.TryRead(entry[..6]))
        {
            return ImageFault.BreaksOff;
        }

        // A chunk takes twelve bytes. Entries that all point at one PNG would have it looked at sixty thousand times.
        var chunksLeft = bytes.Length / 12 + 1;
        var count = BinaryPrimitives.ReadUInt16LittleEndian(entry[4..]);
        var directoryLength = 6 + entry.Length * count;
        for (; count > 0; count--)
        {
            if (!bytes.TryRead(entry))
            {
                return ImageFault.BreaksOff;
            }

            // Some writers give a size that is 0, too small or too large, so the image itself is asked.
            var size = BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]);
            long offset = BinaryPrimitives.ReadUInt32LittleEndian(entry[12..]);
            var fault = offset >= directoryLength ? FindFault(images, offset, size, ref chunksLeft)
                : size == 0 ? HasNoBytes
                : ImageFault.Damaged($"one of its images is said to begin in its directory");
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    /// <summary>The largest of its images; 0 stands for 256.</summary>
    public static ImageSize? SizeOf(Stream body)
    {
        var bytes = new BufferedReader(body);
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

    private static ImageFault? FindFault(BufferedReader image, long start, long size, ref long chunksLeft)
    {
        Span<byte> head = stackalloc byte[HeaderLength];
        if (!image.TryMoveTo(start))
        {
            return ImageFault.BreaksOff;
        }

        head.Clear();
        var (rest, length) = (image.Length - start, (int)Math.Min(head.Length, image.Length - start));
        image.TryRead(head[..length]);
        image.TryMoveTo(start);
        if (!PngChunks.Begins(head))
        {
            var isCut = length < HeaderLength && (head[0] == HeaderLength || PngChunks.BeginsToBegin(head[..length]));
            var (least, whole) = LengthOfRows(head);
            return isCut || (size <= rest ? least > rest : whole > rest) ? ImageFault.BreaksOff
                : size == 0 && least == 0 ? HasNoBytes
                : null;
        }

        if (chunksLeft == 0 || image.IsOverworked)
        {
            return size <= rest ? null : ImageFault.BreaksOff;
        }

        var isHeld = PngChunks.FindFault(image, chunksLeft, out var chunks) is null || chunks == chunksLeft;
        chunksLeft -= chunks;
        return isHeld ? null : ImageFault.BreaksOff;
    }

    // A BITMAPINFOHEADER, the colours, and the rows of half the height that it gives; the other half are those of the mask, which
    // some writers leave out. Of any other header nothing is known.
    private static (long Least, long Whole) LengthOfRows(ReadOnlySpan<byte> head)
    {
        long width = BinaryPrimitives.ReadInt32LittleEndian(head[4..]);
        var height = Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(head[8..])) / 2;
        long depth = BinaryPrimitives.ReadUInt16LittleEndian(head[14..]);
        var isPlain = BinaryPrimitives.ReadUInt32LittleEndian(head) == HeaderLength
            && BinaryPrimitives.ReadUInt32LittleEndian(head[16..]) == 0;
        if (!isPlain || width is <= 0 or > 1024 || height > 1024 || depth > 32)
        {
            return (0, long.MaxValue);
        }

        var named = BinaryPrimitives.ReadUInt32LittleEndian(head[32..]);
        var colours = depth > 8 ? 0 : named == 0 ? 1L << (int)depth : Math.Min(named, 1L << (int)depth);
        var least = HeaderLength + 4 * colours + (width * depth + 31) / 32 * 4 * height;
        return (least, least + (width + 31) / 32 * 4 * height);
    }
}
