using System.Buffers.Binary;

namespace ImageSync.Images;

/// <summary>AVIF and HEIC: boxes that describe pictures, and boxes that hold their bytes (HEIF, ISO/IEC 23008-12).</summary>
internal static class HeifBoxes
{
    // What is none of these behind the last box was put there by somebody, and is no part of the picture.
    private static ReadOnlySpan<byte> TopLevelBoxes => "ftypmetamdatmoovminiidatfreeskipuuidmoofmfrasidxstypetypmpvd"u8;

    public static bool BeginsAvif(ReadOnlySpan<byte> head) => HasBrand(head, "avifavis"u8);

    // ISO/IEC 23008-12 §10: mif1 and msf1 name no codec. AVIF lists them too, so AVIF is asked for first.
    public static bool BeginsHeic(ReadOnlySpan<byte> head) => HasBrand(head, "heicheixheimheishevchevxhevmhevsmif1msf1"u8);

    public static ImageFault? FindFault(Stream body)
    {
        var bytes = new BufferedReader(body);
        Span<byte> type = stackalloc byte[4];
        bool isDescribed = false, hasPixels = false;
        for (long next = 0; next < bytes.Length;)
        {
            if (!bytes.TryMoveTo(next) || !IsoBox.TryRead(bytes, bytes.Length, type, out var box))
            {
                if (IsOneOf(TopLevelBoxes, type))
                {
                    return ImageFault.BreaksOff;
                }

                break;
            }

            next = box.End;
            var holdsBoth = type.SequenceEqual("mini"u8);
            var isMeta = type.SequenceEqual("meta"u8);
            var isMovie = type.SequenceEqual("moov"u8);
            isDescribed |= holdsBoth || isMeta || isMovie;

            // Small pictures may lie in the idat of meta (ISO/IEC 14496-12 §8.11.11).
            hasPixels |= (box.Length > 0 && (holdsBoth || type.SequenceEqual("mdat"u8)))
                || (isMeta && HeifItems.Find(bytes, box, "idat"u8)?.Length > 0);
            var fault = isMeta ? HeifItems.FindFault(bytes, box)
                : isMovie && !SampleTables.AreHeld(body, bytes, box) ? ImageFault.BreaksOff
                : null;
            if (fault is not null)
            {
                return fault;
            }
        }

        return !isDescribed ? ImageFault.Without("a description of what is in it (meta)")
            : hasPixels ? null
            : ImageFault.Without("a picture (mdat)");
    }

    /// <summary>Of the primary item; where none is named, the largest: the others are tiles, thumbnails and transparency.</summary>
    public static ImageSize? SizeOf(Stream body)
    {
        var bytes = new BufferedReader(body);
        var file = new IsoBox(0, bytes.Length);
        return file.Find(bytes, "meta"u8) is { } meta ? HeifItems.SizeOfPrimary(bytes, meta) ?? HeifItems.LargestSize(bytes, meta)
            : file.Find(bytes, "mini"u8) is not null ? SizeOfMinimized(bytes)
            : null;
    }

    /// <summary>Whether a type is among several that are written one behind the other.</summary>
    public static bool IsOneOf(ReadOnlySpan<byte> types, ReadOnlySpan<byte> type)
    {
        for (var at = 0; at < types.Length; at += 4)
        {
            if (types.Slice(at, 4).SequenceEqual(type))
            {
                return true;
            }
        }

        return false;
    }

    // MinimizedImageBox (ISO/IEC 23008-12 Amd 1): 16 bits, one that says how long the next two numbers are, and those, less one.
    private static ImageSize? SizeOfMinimized(BufferedReader bytes)
    {
        Span<byte> bits = stackalloc byte[8];
        bits.Clear();
        bytes.TryRead(bits[..(int)Math.Min(bits.Length, bytes.Length - bytes.Position)]);
        var sides = BinaryPrimitives.ReadUInt64BigEndian(bits) << 16;
        var length = sides >> 63 == 1 ? 15 : 7;
        return ImageSize.Of(1 + (long)(sides << 1 >> (64 - length)), 1 + (long)(sides << (1 + length) >> (64 - length)));
    }

    // A file of the brand mif3 names its codec where others have a minor version (ISO/IEC 23008-12 Amd 1).
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
            if ((at != MinorVersion || head[8..].StartsWith("mif3"u8)) && IsOneOf(brands, head.Slice(at, 4)))
            {
                return true;
            }
        }

        return false;
    }
}
