using System.Buffers.Binary;

namespace ImageSync.Images;

/// <summary>
/// TIFF and BigTIFF: a directory anywhere in the file, whose entries point at values and pixels anywhere else (TIFF 6.0 §2).
/// </summary>
internal sealed class TiffDirectory
{
    private const int Width = 256;
    private const int Height = 257;

    private readonly Dictionary<long, TiffValues> _entries = [];
    private bool _isLittleEndian;
    private bool _isBig;

    private TiffDirectory(Stream body) => (Bytes, OtherBytes, WorkLeft) = (new ByteWalk(body), new ByteWalk(body), body.Length);

    /// <summary>A walk over the file, which the directory itself is read with.</summary>
    public ByteWalk Bytes { get; }

    /// <summary>Another one, for tables that are read side by side and for single values.</summary>
    public ByteWalk OtherBytes { get; }

    /// <summary>
    /// How much may still be looked at. In all that is no more than the file, unless the chain of directories is a circle or they
    /// lie in each other.
    /// </summary>
    public long WorkLeft { get; set; }

    private int OffsetLength => _isBig ? 8 : 4;

    // BigTIFF has the version 43, and says that its offsets have 8 bytes.
    public static bool Begins(ReadOnlySpan<byte> head) =>
        head.StartsWith("II*\0"u8) || head.StartsWith("II+\0\u0008\0\0\0"u8)
        || head.StartsWith("MM\0*"u8) || head.StartsWith("MM\0+\0\u0008\0\0"u8);

    public static ImageFault? FindFault(Stream body)
    {
        var directory = new TiffDirectory(body);
        if (!directory.TryReadHeader(out var next))
        {
            return ImageFault.BreaksOff;
        }

        // One directory a page.
        do
        {
            var fault = directory.Read(next, out next) ?? (TiffPixels.AreHeld(directory) ? null : ImageFault.BreaksOff);
            if (fault is not null)
            {
                return fault;
            }
        }
        while (next != 0 && directory is { WorkLeft: > 0, Bytes.IsOverworked: false, OtherBytes.IsOverworked: false });

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

    /// <summary>Where the numbers of an entry lie; null where there is none, or it has no numbers.</summary>
    public TiffValues? NumbersOf(long tag) =>
        _entries.TryGetValue(tag, out var values) && values is { Size: 2 or 4 or 8, Count: > 0 } ? values : null;

    /// <summary>The first number of an entry; null where there is none.</summary>
    public long? NumberOf(long tag) =>
        NumbersOf(tag) is { } values && OtherBytes.TryMoveTo(values.Position) && TryReadNumber(OtherBytes, values.Size, out var number)
            ? number
            : null;

    /// <summary>Whether there is an entry.</summary>
    public bool Has(long tag) => _entries.ContainsKey(tag);

    /// <summary>Reads a number in the file's order of bytes. What is beyond counting is beyond the file.</summary>
    public bool TryReadNumber(ByteWalk bytes, int length, out long number)
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

    private bool TryReadHeader(out long first)
    {
        first = 0;
        Span<byte> order = stackalloc byte[4];
        if (!Bytes.TryRead(order))
        {
            return false;
        }

        _isLittleEndian = order[0] == 'I';
        _isBig = order[_isLittleEndian ? 2 : 3] == '+';
        return (!_isBig || Bytes.TrySkip(4)) && TryReadNumber(Bytes, OffsetLength, out first);
    }

    private ImageFault? Read(long start, out long next)
    {
        next = 0;
        _entries.Clear();
        if (!Bytes.TryMoveTo(start) || !TryReadNumber(Bytes, _isBig ? 8 : 2, out var count))
        {
            return ImageFault.BreaksOff;
        }

        if (count == 0)
        {
            return ImageFault.Damaged($"a directory has no entries");
        }

        for (; count > 0; count--)
        {
            if (!TryReadEntry())
            {
                return ImageFault.BreaksOff;
            }
        }

        // Some writers leave out the last zero.
        return Bytes.Position == Bytes.Length || TryReadNumber(Bytes, OffsetLength, out next) ? null : ImageFault.BreaksOff;
    }

    private bool TryReadEntry()
    {
        var entryLength = _isBig ? 20 : 12;
        var next = Bytes.Position + entryLength;
        WorkLeft -= entryLength;
        if (!TryReadNumber(Bytes, 2, out var tag) || !TryReadNumber(Bytes, 2, out var type)
            || !TryReadNumber(Bytes, OffsetLength, out var count))
        {
            return false;
        }

        // Types that we do not know have to be passed over (§2, "Types").
        var size = type switch
        {
            1 or 2 or 6 or 7 => 1,
            3 or 8 => 2,
            4 or 9 or 11 or 13 => 4,
            5 or 10 or 12 or 16 or 17 or 18 => 8,
            _ => 0,
        };
        var position = Bytes.Position;
        if ((size > 0 && count > Bytes.Length / size) || (size * count > OffsetLength && !TryReadNumber(Bytes, OffsetLength, out position)))
        {
            return false;
        }

        if (TiffPixels.Needs(tag))
        {
            _entries[tag] = new TiffValues(position, count, size);
        }

        return position <= Bytes.Length - size * count && Bytes.TryMoveTo(next);
    }
}

/// <summary>Where the values of an entry lie.</summary>
/// <param name="Position">Of the first one.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Size">The bytes of each; 0 where the type is unknown.</param>
internal readonly record struct TiffValues(long Position, long Count, int Size);
