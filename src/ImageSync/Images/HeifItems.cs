namespace ImageSync.Images;

/// <summary>The meta box: which items there are, where their bytes lie, and how large they are (ISO/IEC 14496-12 §8.11).</summary>
internal static class HeifItems
{
    private const int VersionAndFlags = 4;

    /// <summary>A box in meta; null where there is none.</summary>
    public static IsoBox? Find(BufferedReader bytes, IsoBox meta, ReadOnlySpan<byte> type) => meta.Find(bytes, type, VersionAndFlags);

    /// <summary>Sees whether the bytes of all items that lie in the file are in it (iloc, §8.11.3).</summary>
    public static ImageFault? FindFault(BufferedReader bytes, IsoBox meta)
    {
        var isPrimaryKnown = TryReadPrimary(bytes, meta, out var primary);
        var ownReferences = ReferencesToFile(bytes, meta);
        var damaged = ImageFault.Damaged($"the list of places of its items (iloc) ends too early");
        if (Find(bytes, meta, "iloc"u8) is not { } iloc)
        {
            return null;
        }

        if (!bytes.TryMoveTo(iloc.Start) || !Number(1, out var version) || !bytes.TrySkip(3)
            || !Number(1, out var sizes) || !Number(1, out var moreSizes) || !Number(version < 2 ? 2 : 4, out var items))
        {
            return damaged;
        }

        var (offsetSize, lengthSize, baseSize) = ((int)sizes >> 4, (int)sizes & 15, (int)moreSizes >> 4);
        var indexSize = version == 0 ? 0 : (int)moreSizes & 15;
        for (; items > 0; items--)
        {
            // How an item is found: 0 is in the file, the others are in idat or in other items. It may also be in another file.
            ulong method = 0;
            if (!Number(version < 2 ? 2 : 4, out var item) || (version > 0 && !Number(2, out method)) || !Number(2, out var file)
                || !Number(baseSize, out var start) || !Number(2, out var extents))
            {
                return damaged;
            }

            var isElsewhere = (method & 15) == 0 && file > 0 && !ownReferences.Contains(file);
            if (isElsewhere && isPrimaryKnown && item == primary)
            {
                return ImageFault.Without("its picture, which is in another file");
            }

            // Extents of no bytes each would be looked at for ever.
            extents = indexSize + offsetSize + lengthSize == 0 ? Math.Min(extents, 1) : extents;
            for (; extents > 0; extents--)
            {
                if (!bytes.TrySkip(indexSize) || !Number(offsetSize, out var offset) || !Number(lengthSize, out var length))
                {
                    return damaged;
                }

                if ((method & 15) == 0 && !isElsewhere && !IsHeld(start, offset, length, (ulong)bytes.Length))
                {
                    return ImageFault.BreaksOff;
                }
            }
        }

        return null;

        bool Number(int length, out ulong number) => IsoBox.TryReadNumber(bytes, length, out number) && bytes.Position <= iloc.End;
    }

    /// <summary>The size of the primary item, cut to its clean aperture (ISO/IEC 23008-12 §6.5.3, §6.5.9); null for none.</summary>
    public static ImageSize? SizeOfPrimary(BufferedReader bytes, IsoBox meta)
    {
        if (!TryReadPrimary(bytes, meta, out var primary) || Find(bytes, meta, "iprp"u8) is not { } iprp
            || PropertiesOf(bytes, iprp, primary) is not { } wanted || iprp.Find(bytes, "ipco"u8) is not { } ipco)
        {
            return null;
        }

        Span<byte> type = stackalloc byte[4];
        ImageSize? size = null, cleanAperture = null;
        var index = 0;
        for (var next = ipco.Start; next < ipco.End && bytes.TryMoveTo(next) && IsoBox.TryRead(bytes, ipco.End, type, out var property);)
        {
            next = property.End;
            index++;
            if (wanted.Contains(index))
            {
                size = type.SequenceEqual("ispe"u8) ? ReadExtents(bytes) : size;
                cleanAperture = type.SequenceEqual("clap"u8) ? ReadCleanAperture(bytes) : cleanAperture;
            }
        }

        return cleanAperture is { } clean && size is { } whole && clean.Width <= whole.Width && clean.Height <= whole.Height ? clean : size;
    }

    /// <summary>The largest size that any item has.</summary>
    public static ImageSize? LargestSize(BufferedReader bytes, IsoBox meta)
    {
        ImageSize? largest = null;
        if (Find(bytes, meta, "iprp"u8) is { } iprp && iprp.Find(bytes, "ipco"u8) is { } rest)
        {
            while (rest.Find(bytes, "ispe"u8) is { } ispe)
            {
                var size = ReadExtents(bytes);
                largest = size?.Width > (largest?.Width ?? 0) ? size : largest;
                rest = rest with { Start = ispe.End };
            }
        }

        return largest;
    }

    private static bool IsHeld(ulong start, ulong offset, ulong length, ulong fileLength) =>
        start <= fileLength && offset <= fileLength - start && length <= fileLength - start - offset;

    // The indices, from 1, of an item's properties (ipma, ISO/IEC 23008-12 §9.3.1).
    private static List<int>? PropertiesOf(BufferedReader bytes, IsoBox iprp, ulong item)
    {
        for (var rest = iprp; rest.Find(bytes, "ipma"u8) is { } ipma; rest = rest with { Start = ipma.End })
        {
            if (!IsoBox.TryReadNumber(bytes, VersionAndFlags, out var flags) || !IsoBox.TryReadNumber(bytes, 4, out var entries))
            {
                return null;
            }

            var indexSize = (flags & 1) + 1;
            for (; entries > 0 && bytes.Position < ipma.End; entries--)
            {
                if (!IsoBox.TryReadNumber(bytes, flags >> 24 == 0 ? 2 : 4, out var id) || !IsoBox.TryReadNumber(bytes, 1, out var count))
                {
                    return null;
                }

                var indices = new List<int>();
                for (; count > 0 && IsoBox.TryReadNumber(bytes, (int)indexSize, out var index); count--)
                {
                    // The highest bit says that a reader must know the property.
                    indices.Add((int)index & (indexSize == 1 ? 0x7F : 0x7FFF));
                }

                if (id == item)
                {
                    return indices;
                }
            }
        }

        return null;
    }

    private static bool TryReadPrimary(BufferedReader bytes, IsoBox meta, out ulong item)
    {
        item = 0;
        return Find(bytes, meta, "pitm"u8) is not null && IsoBox.TryReadNumber(bytes, 1, out var version) && bytes.TrySkip(3)
            && IsoBox.TryReadNumber(bytes, version > 0 ? 4 : 2, out item);
    }

    // The references, counted from 1, that say that they are to the file itself (dref, ISO/IEC 14496-12 §8.7.2).
    private static HashSet<ulong> ReferencesToFile(BufferedReader bytes, IsoBox meta)
    {
        const int CountLength = 4;
        const ulong IsSelf = 1;
        var own = new HashSet<ulong>();
        if (Find(bytes, meta, "dinf"u8)?.Find(bytes, "dref"u8) is not { } dref)
        {
            return own;
        }

        Span<byte> type = stackalloc byte[4];
        ulong index = 0;
        for (var next = dref.Start + VersionAndFlags + CountLength;
            next < dref.End && index < ushort.MaxValue && bytes.TryMoveTo(next) && IsoBox.TryRead(bytes, dref.End, type, out var entry);
            next = entry.End)
        {
            index++;
            if (IsoBox.TryReadNumber(bytes, VersionAndFlags, out var flags) && (flags & IsSelf) != 0)
            {
                own.Add(index);
            }
        }

        return own;
    }

    private static ImageSize? ReadExtents(BufferedReader bytes) =>
        bytes.TrySkip(VersionAndFlags) && IsoBox.TryReadNumber(bytes, 4, out var width) && IsoBox.TryReadNumber(bytes, 4, out var height)
            ? ImageSize.Of((long)width, (long)height)
            : null;

    private static ImageSize? ReadCleanAperture(BufferedReader bytes) =>
        IsoBox.TryReadNumber(bytes, 4, out var width) && IsoBox.TryReadNumber(bytes, 4, out var widthPart) && widthPart > 0
        && IsoBox.TryReadNumber(bytes, 4, out var height) && IsoBox.TryReadNumber(bytes, 4, out var heightPart) && heightPart > 0
            ? ImageSize.Of((long)(width / widthPart), (long)(height / heightPart))
            : null;
}
