namespace ImageSync.Images;

/// <summary>BMP's run-length encoding (Windows GDI, "Bitmap Compression"): runs, pixels as they are, and marks between them.</summary>
internal static class RunLengths
{
    private const byte EndOfRow = 0;
    private const byte EndOfBitmap = 1;
    private const byte Move = 2;

    /// <summary>Whether the runs come to their end: to its mark, or to the end of the last row where a writer leaves that out.</summary>
    /// <param name="bytes">Stands at the first run.</param>
    /// <param name="height">How many rows there are.</param>
    /// <param name="bitsPerPixel">4 or 8.</param>
    public static bool AreHeld(BufferedReader bytes, long height, int bitsPerPixel)
    {
        for (long rows = 0; rows < height;)
        {
            if (!bytes.TryReadByte(out var count) || !bytes.TryReadByte(out var value))
            {
                return false;
            }

            switch (count, value)
            {
                case (0, EndOfBitmap):
                    return true;
                case (0, EndOfRow):
                    rows++;
                    break;
                case (0, Move):
                    if (!bytes.TrySkip(1) || !bytes.TryReadByte(out var down))
                    {
                        return false;
                    }

                    rows += down;
                    break;
                case (0, _):
                    // As many pixels as they are, padded to two bytes.
                    if (!bytes.TrySkip((value * bitsPerPixel + 15) / 16 * 2))
                    {
                        return false;
                    }

                    break;
            }
        }

        return true;
    }
}
