using System.Buffers.Binary;

namespace ImageSync.Images;

/// <summary>TIFF: a directory anywhere in the file, whose entries point at values and pixels anywhere else (TIFF 6.0 §2).</summary>
internal sealed class TiffDirectory
{
    private const int Width = 256;
    private const int Height = 257;
    private const int StripOffsets = 273;
    private const int StripByteCounts = 279;
    private const int TileOffsets = 324;
    private const int TileByteCounts = 325;

    private readonly ByteWalk _bytes;
    private bool _isLittleEndian;
    private Values _offsets;
    private Values _byteCounts;
    private Values _width;
    private Values _height;

    private TiffDirectory(ByteWalk bytes) => _bytes = bytes;

    public static bool Begins(ReadOnlySpan<byte> head) => head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8);

    public static bool IsComplete(Stream body)
    {
        var directory = new TiffDirectory(new ByteWalk(body));
        if (!directory.TryReadHeader(out var next))
        {
            return false;
        }

        // One directory a page. A chain that runs backwards could be a circle, and is followed no further.
        long end;
        do
        {
            if (!directory.TryRead(next, out end, out next))
            {
                return false;
            }
        }
        while (next >= end);

        return true;
    }

    /// <summary>Of the first page.</summary>
    public static ImageSize? SizeOf(Stream body)
    {
        var directory = new TiffDirectory(new ByteWalk(body));
        return directory.TryReadHeader(out var first) && directory.TryRead(first, out _, out _)
            && directory.TryReadLast(directory._width, out var width) && directory.TryReadLast(directory._height, out var height)
            ? ImageSize.Of(width, height)
            : null;
    }

    private bool TryReadHeader(out long first)
    {
        first = 0;
        Span<byte> order = stackalloc byte[4];
        if (!_bytes.TryRead(order) || !Begins(order))
        {
            return false;
        }

        _isLittleEndian = order[0] == 'I';
        return TryReadNumber(4, out first);
    }

    private bool TryRead(long start, out long end, out long next)
    {
        (end, next) = (0, 0);
        (_offsets, _byteCounts) = (default, default);
        if (!_bytes.TryMoveTo(start) || !TryReadNumber(2, out var count) || count == 0)
        {
            return false;
        }

        for (; count > 0; count--)
        {
            if (!TryReadEntry())
            {
                return false;
            }
        }

        var isRead = TryReadNumber(4, out next);
        end = _bytes.Position;
        return isRead && HoldsLastPixels();
    }

    private bool TryReadEntry()
    {
        const int EntryLength = 12;
        var next = _bytes.Position + EntryLength;
        if (!TryReadNumber(2, out var tag) || !TryReadNumber(2, out var type) || !TryReadNumber(4, out var count))
        {
            return false;
        }

        // Types that we do not know have to be passed over (§2, "Types").
        var size = type switch { 1 or 2 or 6 or 7 => 1, 3 or 8 => 2, 4 or 9 or 11 or 13 => 4, 5 or 10 or 12 => 8, _ => 0 };
        var position = _bytes.Position;
        if (size * count > 4 && !TryReadNumber(4, out position))
        {
            return false;
        }

        switch (tag)
        {
            case Width:
                _width = new Values(position, count, size);
                break;
            case Height:
                _height = new Values(position, count, size);
                break;
            case StripOffsets or TileOffsets:
                _offsets = new Values(position, count, size);
                break;
            case StripByteCounts or TileByteCounts:
                _byteCounts = new Values(position, count, size);
                break;
        }

        return position + size * count <= _bytes.Length && _bytes.TryMoveTo(next);
    }

    // Writers put strips one behind the other, so where the last one fits, all do. Not every compression has strips.
    private bool HoldsLastPixels() =>
        _offsets.Count == 0
        || _byteCounts.Count != _offsets.Count
        || (TryReadLast(_offsets, out var offset) && TryReadLast(_byteCounts, out var length) && offset + length <= _bytes.Length);

    private bool TryReadLast(Values values, out long number)
    {
        number = 0;
        return values.Size is 2 or 4
            && _bytes.TryMoveTo(values.Position + values.Size * (values.Count - 1))
            && TryReadNumber(values.Size, out number);
    }

    private bool TryReadNumber(int length, out long number)
    {
        Span<byte> digits = stackalloc byte[4];
        digits = digits[..length];
        var isRead = _bytes.TryRead(digits);
        number = (length, _isLittleEndian) switch
        {
            (2, true) => BinaryPrimitives.ReadUInt16LittleEndian(digits),
            (2, false) => BinaryPrimitives.ReadUInt16BigEndian(digits),
            (_, true) => BinaryPrimitives.ReadUInt32LittleEndian(digits),
            (_, false) => BinaryPrimitives.ReadUInt32BigEndian(digits),
        };
        return isRead;
    }

    private readonly record struct Values(long Position, long Count, int Size);
}
