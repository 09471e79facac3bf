namespace ImageSync.Images;

/// <summary>
/// TIFF and BigTIFF: a chain of directories, one a page, and others that these point at (TIFF 6.0 §2; TIFF Technical Note 1).
/// </summary>
internal static class TiffPages
{
    private const int Width = 256;
    private const int Height = 257;
    private const int SubIfds = 330;
    private const int Exif = 34665;
    private const int Gps = 34853;
    private const int Interoperability = 40965;

    // A list of them can be as long as the file, and would be kept in memory.
    private const int MostSubdirectories = 1 << 12;

    private static readonly int[] Subdirectories = [SubIfds, Exif, Gps, Interoperability];

    // BigTIFF has the version 43, and says that its offsets have 8 bytes.
    public static bool Begins(ReadOnlySpan<byte> head) =>
        head.StartsWith("II*\0"u8) || head.StartsWith("II+\0\u0008\0\0\0"u8)
        || head.StartsWith("MM\0*"u8) || head.StartsWith("MM\0+\0\u0008\0\0"u8);

    /// <summary>Whether an entry may be asked for.</summary>
    public static bool Needs(long tag) => tag is SubIfds or Exif or Gps or Interoperability;

    public static ImageFault? FindFault(Stream body)
    {
        var directory = new TiffDirectory(body);
        if (!directory.TryReadHeader(out var next))
        {
            return ImageFault.BreaksOff;
        }

        bool hasPicture = false, hasSides = false;
        var subdirectories = new Queue<long>();
        do
        {
            var fault = Read(directory, next, out next);
            if (fault is not null)
            {
                return fault;
            }

            hasPicture |= TiffPixels.AreIn(directory);
            hasSides |= directory.Has(Width) && directory.Has(Height);
            Enlist(directory, subdirectories);
            while (!directory.IsOverworked && subdirectories.TryDequeue(out var place))
            {
                fault = Read(directory, place, out _);

                // Editors copy the place of EXIF into files that have none. What is there then is seldom a directory, and nobody's loss.
                if (!directory.IsLikely)
                {
                    continue;
                }

                if (fault is not null)
                {
                    return fault;
                }

                hasPicture |= TiffPixels.AreIn(directory);
                Enlist(directory, subdirectories);
            }
        }
        while (next != 0 && !directory.IsOverworked);

        // Every image has a width and a height (§8). Nothing is asked of a directory that lacks one of them: it may be something else.
        return hasPicture || !hasSides ? null : ImageFault.Without("a picture (strips or tiles)");
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

    private static ImageFault? Read(TiffDirectory directory, long place, out long next) =>
        directory.Read(place, out next) ?? (TiffPixels.AreHeld(directory) ? null : ImageFault.BreaksOff);

    private static void Enlist(TiffDirectory directory, Queue<long> subdirectories)
    {
        foreach (var tag in Subdirectories)
        {
            if (directory.NumbersOf(tag) is not { } places || !directory.OtherBytes.TryMoveTo(places.Position))
            {
                continue;
            }

            for (var left = places.Count; left > 0 && subdirectories.Count < MostSubdirectories; left--)
            {
                directory.WorkLeft -= places.Size;
                if (directory.TryReadNumber(directory.OtherBytes, places.Size, out var place) && place > 0)
                {
                    subdirectories.Enqueue(place);
                }
            }
        }
    }
}
