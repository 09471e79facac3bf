using System.Buffers.Binary;

namespace ImageSync.Images;

/// <summary>AVIF, HEIC and JPEG XL: boxes of the ISO base media file format (ISO/IEC 14496-12 §4.2).</summary>
internal static class IsoBoxes
{
    private static ReadOnlySpan<byte> JpegXlBox => [0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', (byte)' ', 0x0D, 0x0A, 0x87, 0x0A];

    private static ReadOnlySpan<byte> JpegXlCodestream => [0xFF, 0x0A];

    public static bool BeginsAvif(ReadOnlySpan<byte> head) => HasBrand(head, "avifavis"u8);

    // ISO/IEC 23008-12 §10: mif1 and msf1 name no codec. AVIF lists them too, so AVIF is asked for first.
    public static bool BeginsHeic(ReadOnlySpan<byte> head) => HasBrand(head, "heicheixheimheishevchevxhevmhevsmif1msf1"u8);

    public static bool BeginsJpegXl(ReadOnlySpan<byte> head) => head.StartsWith(JpegXlBox) || head.StartsWith(JpegXlCodestream);

    public static bool IsCompleteHeif(Stream body)
    {
        var bytes = new ByteWalk(body);
        Span<byte> type = stackalloc byte[4];
        bool hasBrand = false, isDescribed = false, hasPixels = false;
        while (bytes.Position < bytes.Length)
        {
            if (!TryReadBox(bytes, type, out var next))
            {
                return false;
            }

            hasBrand |= type.SequenceEqual("ftyp"u8);
            var holdsBoth = type.SequenceEqual("mini"u8);
            var isMeta = type.SequenceEqual("meta"u8);
            isDescribed |= holdsBoth || isMeta || type.SequenceEqual("moov"u8);
            hasPixels |= holdsBoth || type.SequenceEqual("mdat"u8) || type.SequenceEqual("idat"u8);

            // Into meta and not over it: small pictures may lie in its idat (§8.11.11). It begins with a version and flags.
            if (!bytes.TryMoveTo(isMeta ? bytes.Position + 4 : next))
            {
                return false;
            }
        }

        return hasBrand && isDescribed && hasPixels;
    }

    public static bool IsCompleteJpegXl(Stream body)
    {
        var bytes = new ByteWalk(body);
        Span<byte> word = stackalloc byte[4];
        if (bytes.TryRead(word[..2]) && word[..2].SequenceEqual(JpegXlCodestream))
        {
            // Without a container, only decoding would show where the picture ends.
            return true;
        }

        bool hasBrand = false, hasPixels = false;
        for (long next = 0; next < bytes.Length;)
        {
            if (!bytes.TryMoveTo(next) || !TryReadBox(bytes, word, out next))
            {
                return false;
            }

            hasBrand |= word.SequenceEqual("ftyp"u8);
            hasPixels |= word.SequenceEqual("jxlc"u8);
            if (word.SequenceEqual("jxlp"u8))
            {
                // ISO/IEC 18181-2 §9.9: a part's number; the highest bit marks the last part.
                hasPixels |= bytes.TryRead(word) && word[0] >= 0x80;
            }
        }

        return hasBrand && hasPixels;
    }

    /// <summary>The largest ispe (ISO/IEC 23008-12 §6.5.3): the others are those of tiles, thumbnails and transparency.</summary>
    public static ImageSize? SizeOfHeif(Stream body)
    {
        var bytes = new ByteWalk(body);
        Span<byte> type = stackalloc byte[4];
        Span<byte> extent = stackalloc byte[12];
        ImageSize? largest = null;
        while (bytes.Position < bytes.Length && TryReadBox(bytes, type, out var next))
        {
            if (type.SequenceEqual("ispe"u8) && bytes.TryRead(extent))
            {
                var size = ImageSize.Of(BinaryPrimitives.ReadUInt32BigEndian(extent[4..]), BinaryPrimitives.ReadUInt32BigEndian(extent[8..]));
                largest = size?.Width > (largest?.Width ?? 0) ? size : largest;
            }

            var into = type.SequenceEqual("meta"u8) ? bytes.Position + 4
                : type.SequenceEqual("iprp"u8) || type.SequenceEqual("ipco"u8) ? bytes.Position
                : next;
            if (!bytes.TryMoveTo(into))
            {
                break;
            }
        }

        return largest;
    }

    /// <summary>From the codestream, which may lie in a box, or in parts of which the first has the number 0.</summary>
    public static ImageSize? SizeOfJpegXl(Stream body)
    {
        var bytes = new ByteWalk(body);
        Span<byte> type = stackalloc byte[4];
        var isBare = bytes.TryRead(type) && type[..2].SequenceEqual(JpegXlCodestream);
        for (long next = 0; !isBare && next < bytes.Length;)
        {
            if (!bytes.TryMoveTo(next) || !TryReadBox(bytes, type, out next))
            {
                return null;
            }

            if (type.SequenceEqual("jxlc"u8) || (type.SequenceEqual("jxlp"u8) && bytes.TrySkip(4)))
            {
                return SizeAt(bytes.Position);
            }
        }

        return isBare ? SizeAt(0) : null;

        ImageSize? SizeAt(long position)
        {
            var head = new byte[JpegXlHeader.Length];
            return bytes.TryMoveTo(position) && bytes.TryRead(head.AsSpan(0, (int)Math.Min(head.Length, bytes.Length - position))) ? JpegXlHeader.SizeOf(head) : null;
        }
    }

    private static bool TryReadBox(ByteWalk bytes, Span<byte> type, out long next)
    {
        Span<byte> number = stackalloc byte[8];
        var start = bytes.Position;
        next = start;
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
            size = bytes.Length - start;
        }

        // A box no larger than its own header would have us read it for ever.
        if (size < bytes.Position - start || size > bytes.Length - start)
        {
            return false;
        }

        next = start + size;
        return true;
    }

    private static bool HasBrand(ReadOnlySpan<byte> head, ReadOnlySpan<byte> brands)
    {
        const int MinorVersion = 12;
        if (head.Length < MinorVersion || !head[4..].StartsWith("ftyp"u8))
        {
            return false;
        }

        var end = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(head), head.Length);
        for (var at = 8; at + 4 <= end; at += 4)
        {
            for (var brand = 0; at != MinorVersion && brand < brands.Length; brand += 4)
            {
                if (head.Slice(at, 4).SequenceEqual(brands.Slice(brand, 4)))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
