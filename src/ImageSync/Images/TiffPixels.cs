namespace ImageSync.Images;

/// <summary>Whether the pixels are there that a directory of a TIFF points at: strips or tiles (TIFF 6.0 §3 and §15).</summary>
internal static class TiffPixels
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
    private const int JpegOfTiff5 = 513;

    /// <summary>Whether an entry may be asked for.</summary>
    public static bool Needs(long tag) => tag is (>= Width and <= TileByteCounts) or JpegOfTiff5;

    /// <summary>Whether a directory has pixels, wherever they lie.</summary>
    public static bool AreIn(TiffDirectory directory) =>
        directory.Has(StripOffsets) || directory.Has(TileOffsets) || directory.Has(JpegOfTiff5);

    /// <summary>Whether all strips and tiles are in the file.</summary>
    public static bool AreHeld(TiffDirectory directory) =>
        AreHeld(directory, StripOffsets, StripByteCounts, LeastLengthOfStrip(directory))
        && AreHeld(directory, TileOffsets, TileByteCounts,
            PlainLength(directory, directory.NumberOf(TileWidth), directory.NumberOf(TileHeight)));

    // Each of them, since writers put them in any order.
    private static bool AreHeld(TiffDirectory directory, int offsetsTag, int countsTag, long leastLength)
    {
        if (!directory.Has(offsetsTag))
        {
            return true;
        }

        var (bytes, otherBytes) = (directory.Bytes, directory.OtherBytes);
        if (directory.NumbersOf(offsetsTag) is not { } offsets || !bytes.TryMoveTo(offsets.Position))
        {
            return false;
        }

        var counts = directory.NumbersOf(countsTag) ?? default;
        counts = counts.Count == offsets.Count && otherBytes.TryMoveTo(counts.Position) ? counts : default;
        directory.WorkLeft -= offsets.Count * (offsets.Size + counts.Size);
        for (var left = offsets.Count; left > 0; left--)
        {
            long length = 0;
            if (!directory.TryReadNumber(bytes, offsets.Size, out var offset)
                || (counts.Size > 0 && !directory.TryReadNumber(otherBytes, counts.Size, out length)))
            {
                return false;
            }

            // Some writers give no length. A place of 0 without one is a tile that was never written (GDAL); the last strip has
            // fewer rows than the others, so that no more than a byte can be asked of it.
            length = length > 0 ? length
                : offset == 0 ? 0
                : left > 1 || offsets.Count == 1 ? leastLength
                : 1;
            if (offset > bytes.Length || length > bytes.Length - offset)
            {
                return false;
            }
        }

        return true;
    }

    private static long LeastLengthOfStrip(TiffDirectory directory)
    {
        var height = directory.NumberOf(Height);
        var rows = directory.NumberOf(RowsPerStrip) ?? (directory.NumbersOf(StripOffsets)?.Count == 1 ? height : null);
        return PlainLength(directory, directory.NumberOf(Width), rows < height ? rows : height is null || rows is null ? null : height);
    }

    // Of plain pixels the rows tell the length, of packed ones nothing does.
    private static long PlainLength(TiffDirectory directory, long? width, long? height)
    {
        const long MostSide = 1 << 24;
        const long MostBits = 1 << 10;
        var samples = directory.NumberOf(PlanarConfiguration) == 2 ? 1 : directory.NumberOf(SamplesPerPixel) ?? 1;
        var bits = directory.NumberOf(BitsPerSample) ?? 1;
        var isPlain = directory.NumberOf(Compression) is null or 1
            && width is > 0 and < MostSide && height is > 0 and < MostSide && samples is > 0 and < MostBits && bits is > 0 and < MostBits;
        return isPlain ? (width!.Value * bits * samples + 7) / 8 * height!.Value : 1;
    }
}
