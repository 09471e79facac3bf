namespace ImageSync.Images;

/// <summary>The moov box of a sequence: where the bytes of its samples lie (ISO/IEC 14496-12 §8.5 to §8.7).</summary>
internal static class SampleTables
{
    private const int VersionAndFlags = 4;

    /// <summary>Whether the bytes of all samples are in the file. A table that is missing says of none where it lies.</summary>
    public static bool AreHeld(Stream body, BufferedReader bytes, IsoBox moov)
    {
        for (var rest = moov; rest.Find(bytes, "trak"u8) is { } trak; rest = rest with { Start = trak.End })
        {
            if (trak.Find(bytes, "mdia"u8)?.Find(bytes, "minf"u8)?.Find(bytes, "stbl"u8) is { } stbl && !AreChunksHeld(body, bytes, stbl))
            {
                return false;
            }
        }

        return true;
    }

    // The tables are read side by side, so each has a walk of its own.
    private static bool AreChunksHeld(Stream body, BufferedReader offsets, IsoBox stbl)
    {
        var (sizes, runs) = (new BufferedReader(body), new BufferedReader(body));
        var offsetLength = stbl.Find(offsets, "stco"u8) is not null ? 4 : stbl.Find(offsets, "co64"u8) is not null ? 8 : 0;
        if (offsetLength == 0 || stbl.Find(sizes, "stsz"u8) is null || stbl.Find(runs, "stsc"u8) is null)
        {
            return true;
        }

        if (!TryReadCount(offsets, out var chunks) || !TryReadCount(sizes, out var commonSize) || !Number(sizes, 4, out var samples)
            || !TryReadCount(runs, out var moreRuns))
        {
            return false;
        }

        // A run says how many samples each chunk has, up to the first chunk of the next run.
        ulong samplesInChunk = 0, nextRun = 0, samplesOfNextRun = 0;
        var isRead = TryReadRun();
        for (ulong chunk = 1; isRead && chunk <= chunks && samples > 0; chunk++)
        {
            while (isRead && chunk == nextRun)
            {
                samplesInChunk = samplesOfNextRun;
                isRead = TryReadRun();
            }

            var count = Math.Min(samplesInChunk, samples);
            samples -= count;
            var length = count * commonSize;
            for (; isRead && commonSize == 0 && count > 0; count--)
            {
                isRead = Number(sizes, 4, out var size);
                length += size;
            }

            isRead &= Number(offsets, offsetLength, out var offset) && offset <= (ulong)body.Length
                && length <= (ulong)body.Length - offset;
        }

        return isRead;

        bool TryReadRun()
        {
            nextRun = 0;
            if (moreRuns == 0)
            {
                return true;
            }

            moreRuns--;
            return Number(runs, 4, out nextRun) && Number(runs, 4, out samplesOfNextRun) && runs.TrySkip(4);
        }
    }

    private static bool TryReadCount(BufferedReader bytes, out ulong count)
    {
        count = 0;
        return bytes.TrySkip(VersionAndFlags) && Number(bytes, 4, out count);
    }

    private static bool Number(BufferedReader bytes, int length, out ulong number) => IsoBox.TryReadNumber(bytes, length, out number);
}
