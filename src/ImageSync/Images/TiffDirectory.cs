using System.Buffers.Binary;

namespace ImageSync.Images;

/// <summary>A directory of a TIFF, anywhere in the file; its entries point at values anywhere else (TIFF 6.0 §2).</summary>
internal sealed class TiffDirectory
{
    private readonly Dictionary<long, TiffValues> _entries = [];
    private bool _isLittleEndian;
    private bool _isBig;

    public TiffDirectory(Stream body) => (Bytes, OtherBytes, WorkLeft) = (new BufferedReader(body), new BufferedReader(body), body.Length);

    /// <summary>A walk over the file, which the directory itself is read with.</summary>
    public BufferedReader Bytes { get; }

    /// <summary>Another one, for tables that are read side by side and for single values.</summary>
    public BufferedReader OtherBytes { get; }

    /// <summary>
    /// How much may still be looked at. In all that is no more than the file, unless the chain of directories is a circle or they
    /// lie in each other.
    /// </summary>
    public long WorkLeft { get; set; }

    /// <summary>Whether what was read is a directory, as far as its entries tell: they are of known types, and there are some.</summary>
    public bool IsLikely { get; private set; }

    /// <summary>Whether so much was looked at that no honest file is the cause.</summary>
    public bool IsOverworked => WorkLeft <= 0 || Bytes.IsOverworked || OtherBytes.IsOverworked;

    private int OffsetLength => _isBig ? 8 : 4;

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
    public bool TryReadNumber(BufferedReader bytes, int length, out long number)
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

    /// <summary>Reads where the first directory lies.</summary>
    public bool TryReadHeader(out long first)
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

    /// <summary>Reads a directory, in the place of the one before.</summary>
    /// <param name="start">Where it lies.</param>
    /// <param name="next">Where the next page's lies; 0 for none.</param>
    public ImageFault? Read(long start, out long next)
    {
        next = 0;
        _entries.Clear();
        IsLikely = true;
        if (!Bytes.TryMoveTo(start) || !TryReadNumber(Bytes, _isBig ? 8 : 2, out var count))
        {
            return ImageFault.BreaksOff;
        }

        if (count == 0)
        {
            IsLikely = false;
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
        IsLikely &= size > 0;
        var position = Bytes.Position;
        if ((size > 0 && count > Bytes.Length / size) || (size * count > OffsetLength && !TryReadNumber(Bytes, OffsetLength, out position)))
        {
            return false;
        }

        if (TiffPixels.Needs(tag) || TiffPages.Needs(tag))
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
