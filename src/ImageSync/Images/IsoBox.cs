using System.Buffers.Binary;

namespace ImageSync.Images;

/// <summary>A box of the ISO base media file format (ISO/IEC 14496-12 §4.2): where its content lies.</summary>
/// <param name="Start">Where its content begins.</param>
/// <param name="End">Where the next box begins.</param>
internal readonly record struct IsoBox(long Start, long End)
{
    /// <summary>How many bytes its content has.</summary>
    public long Length => End - Start;

    /// <summary>Reads the head of a box, whose content begins where the walk stands then.</summary>
    /// <param name="bytes">Stands where the box begins.</param>
    /// <param name="end">Where that ends which the box is in.</param>
    /// <param name="type">Takes its four characters, also of a box that does not fit.</param>
    /// <param name="box">The box.</param>
    public static bool TryRead(BufferedReader bytes, long end, Span<byte> type, out IsoBox box)
    {
        Span<byte> number = stackalloc byte[8];
        type.Clear();
        box = default;
        var start = bytes.Position;
        if (!bytes.TryRead(number[..4]) || !bytes.TryRead(type))
        {
            return false;
        }

        long size = BinaryPrimitives.ReadUInt32BigEndian(number);
        if (size == 1)
        {
            if (!bytes.TryRead(number))
            {
                return false;
            }

            size = BinaryPrimitives.ReadInt64BigEndian(number);
        }
        else if (size == 0)
        {
            size = end - start;
        }

        // A box no larger than its own header would have us read it for ever.
        if (size < bytes.Position - start || size > end - start)
        {
            return false;
        }

        box = new IsoBox(bytes.Position, start + size);
        return true;
    }

    /// <summary>The first box of a type in this one; null where there is none.</summary>
    /// <param name="bytes">The walk, left at the content of the box that is found.</param>
    /// <param name="wanted">Its type.</param>
    /// <param name="skip">How much of this box's content comes before the boxes in it.</param>
    public IsoBox? Find(BufferedReader bytes, ReadOnlySpan<byte> wanted, int skip = 0)
    {
        Span<byte> type = stackalloc byte[4];
        for (var next = Start + skip; next < End && bytes.TryMoveTo(next) && TryRead(bytes, End, type, out var box); next = box.End)
        {
            if (type.SequenceEqual(wanted))
            {
                return box;
            }
        }

        return null;
    }

    /// <summary>Reads a number of up to eight bytes.</summary>
    public static bool TryReadNumber(BufferedReader bytes, int length, out ulong number)
    {
        Span<byte> digits = stackalloc byte[8];
        digits.Clear();
        var isRead = length <= digits.Length && bytes.TryRead(digits[(digits.Length - length)..]);
        number = BinaryPrimitives.ReadUInt64BigEndian(digits);
        return isRead;
    }
}
