using System.Buffers.Binary;

namespace ImageSync.Images;

/// <summary>TIFF and BigTIFF: a directory anywhere in the file, whose entries point at values and pixels anywhere else (TIFF 6.0 §2).</summary>
internal sealed class TiffDirectory
{
    private const int Width = 256;
    private const int Height = 257;
    private const int BitsPerSample = 258;
    private const int Compression = 259;
    private const int StripOffsets = 273;
    private const int SamplesPerPixel = 277;
    private const int RowsPerStrip = 278;
    private const int StripByteCounts = 279;
    private const int PlanarConfiguration = 284;
    private const int TileWidth = 322;
    private const int TileHeight = 323;
    private const int TileOffsets = 324;
    private const int TileByteCounts = 325;

    private readonly ByteWalk _bytes;
    private readonly ByteWalk _counts;
    private readonly Dictionary<int, Values> _entries = [];
    private bool _isLittleEndian;
    private bool _isBig;
    private long _workLeft;

    private TiffDirectory(Stream body) => (_bytes, _counts, _workLeft) = (new ByteWalk(body), new ByteWalk(body), body.Length);

    // BigTIFF has the version 43, and says that its offsets have 8 bytes.
    public static bool Begins(ReadOnlySpan<byte> head) =>
        head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8) || head.StartsWith("II+\0\u0008\0\0\0"u8) || head.StartsWith("MM\0+\0\u0008\0\0"u8);

    public static ImageFault? FindFault(Stream body)
    {
        var directory = new TiffDirectory(body);
        if (!directory.TryReadHeader(out var next))
        {
            return ImageFault.BreaksOff;
        }

        // One directory a page. What is looked at comes to no more than the file, unless the chain is a circle or its directories
        // lie in each other.
        do
        {
            if (directory.Read(next, out next) is { } fault)
            {
                return fault;
            }
        }
        while (next != 0 && directory is { _workLeft: > 0, _bytes.IsOverworked: false, _counts.IsOverworked: false });

        return null;
    }

    /// <summary>Of the first page.</summary>
    public static ImageSize? SizeOf(Stream body)
    {
        var directory = new TiffDirectory(body);
        return directory.TryReadHeader(out var first) && directory.Read(first, out _) is null
            && directory.NumberOf(Width) is { } width && directory.NumberOf(Height) is { } height
            ? ImageSize.Of(width, height)
            : null;
    }

    private int OffsetLength => _isBig ? 8 : 4;

    private bool TryReadHeader(out long first)
    {
        first = 0;
        Span<byte> order = stackalloc byte[4];
        if (!_bytes.TryRead(order))
        {
            return false;
        }

        _isLittleEndian = order[0] == 'I';
        _isBig = order[_isLittleEndian ? 2 : 3] == '+';
        return (!_isBig || _bytes.TrySkip(4)) && TryReadNumber(_bytes, OffsetLength, out first);
    }

    private ImageFault? Read(long start, out long next)
    {
        next = 0;
        _entries.Clear();
        if (!_bytes.TryMoveTo(start) || !TryReadNumber(_bytes, _isBig ? 8 : 2, out var count))
        {
            return ImageFault.BreaksOff;
        }

        if (count == 0)
        {
            return ImageFault.Damaged("a directory has no entries");
        }

        for (; count > 0; count--)
        {
            if (!TryReadEntry())
            {
                return ImageFault.BreaksOff;
            }
        }

        // Some writers leave out the last zero.
        if (_bytes.Position < _bytes.Length && !TryReadNumber(_bytes, OffsetLength, out next))
        {
            return ImageFault.BreaksOff;
        }

        return AreHeld(StripOffsets, StripByteCounts, LeastLengthOfStrip) && AreHeld(TileOffsets, TileByteCounts, LeastLengthOfTile) ? null : ImageFault.BreaksOff;
    }

    private bool TryReadEntry()
    {
        var entryLength = _isBig ? 20 : 12;
        var next = _bytes.Position + entryLength;
        _workLeft -= entryLength;
        if (!TryReadNumber(_bytes, 2, out var tag) || !TryReadNumber(_bytes, 2, out var type) || !TryReadNumber(_bytes, OffsetLength, out var count))
        {
            return false;
        }

        // Types that we do not know have to be passed over (§2, "Types").
        var size = type switch { 1 or 2 or 6 or 7 => 1, 3 or 8 => 2, 4 or 9 or 11 or 13 => 4, 5 or 10 or 12 or 16 or 17 or 18 => 8, _ => 0 };
        var position = _bytes.Position;
        if (size > 0 && count > _bytes.Length / size)
        {
            return false;
        }

        if (size * count > OffsetLength && !TryReadNumber(_bytes, OffsetLength, out position))
        {
            return false;
        }

        if (tag is >= Width and <= TileByteCounts)
        {
            _entries[(int)tag] = new Values(position, count, size);
        }

        return position <= _bytes.Length - size * count && _bytes.TryMoveTo(next);
    }

    // Each of them, since writers put them in any order. A place of 0 without a length is a tile that was never written (GDAL).
    private bool AreHeld(int offsetsTag, int countsTag, Func<long, long> leastLength)
    {
        if (!_entries.TryGetValue(offsetsTag, out var offsets))
        {
            return true;
        }

        var hasCounts = _entries.TryGetValue(countsTag, out var counts) && counts.Count == offsets.Count && IsNumber(counts);
        var least = leastLength(offsets.Count);
        if (!IsNumber(offsets) || !_bytes.TryMoveTo(offsets.Position) || (hasCounts && !_counts.TryMoveTo(counts.Position)))
        {
            return false;
        }

        _workLeft -= offsets.Count * (offsets.Size + counts.Size);
        for (var left = offsets.Count; left > 0; left--)
        {
            long length = 0;
            if (!TryReadNumber(_bytes, offsets.Size, out var offset) || (hasCounts && !TryReadNumber(_counts, counts.Size, out length)))
            {
                return false;
            }

            // The last strip has fewer rows than the others, so no more than a byte can be asked of it.
            length = length > 0 ? length : offset == 0 ? 0 : left > 1 || offsets.Count == 1 ? least : 1;
            if (offset > _bytes.Length || length > _bytes.Length - offset)
            {
                return false;
            }
        }

        return true;
    }

    // Where a writer gives no length: of plain pixels the rows tell it, of packed ones nothing does.
    private long LeastLengthOfStrip(long strips) =>
        PlainLength(NumberOf(Width), Math.Min(NumberOf(RowsPerStrip) ?? (strips == 1 ? long.MaxValue : 0), NumberOf(Height) ?? 0));

    private long LeastLengthOfTile(long tiles) => PlainLength(NumberOf(TileWidth), NumberOf(TileHeight));

    private long PlainLength(long? width, long? height)
    {
        const long MostSide = 1 << 24;
        const long MostBits = 1 << 10;
        var samples = NumberOf(PlanarConfiguration) == 2 ? 1 : NumberOf(SamplesPerPixel) ?? 1;
        var bits = NumberOf(BitsPerSample) ?? 1;
        return NumberOf(Compression) is null or 1 && width is > 0 and < MostSide && height is > 0 and < MostSide && samples < MostBits && bits * samples is > 0 and < MostBits
            ? (width.Value * bits * samples + 7) / 8 * height.Value
            : 1;
    }

    private static bool IsNumber(Values values) => values is { Size: 2 or 4 or 8, Count: > 0 };

    private long? NumberOf(int tag) =>
        _entries.TryGetValue(tag, out var values) && IsNumber(values) && _counts.TryMoveTo(values.Position) && TryReadNumber(_counts, values.Size, out var number) ? number : null;

    // What is beyond counting is beyond the file.
    private bool TryReadNumber(ByteWalk bytes, int length, out long number)
    {
        Span<byte> digits = stackalloc byte[8];
        digits = digits[..length];
        var isRead = bytes.TryRead(digits);
        number = (length, _isLittleEndian) switch
        {
            (2, true) => BinaryPrimitives.ReadUInt16LittleEndian(digits),
            (2, false) => BinaryPrimitives.ReadUInt16BigEndian(digits),
            (4, true) => BinaryPrimitives.ReadUInt32LittleEndian(digits),
            (4, false) => BinaryPrimitives.ReadUInt32BigEndian(digits),
            (_, true) => (long)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(digits), long.MaxValue),
            (_, false) => (long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(digits), long.MaxValue),
        };
        return isRead;
    }

    private readonly record struct Values(long Position, long Count, int Size);
}
