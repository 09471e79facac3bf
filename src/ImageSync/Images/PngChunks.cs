using System.Buffers.Binary;

namespace ImageSync.Images;

/// <summary>PNG, and APNG with it: a signature and chunks up to IEND (PNG third edition §5).</summary>
internal static class PngChunks
{
    private const int CrcLength = 4;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static bool Begins(ReadOnlySpan<byte> head) => head.StartsWith(Signature);

    /// <summary>Whether these few bytes could be the first ones of a PNG.</summary>
    public static bool BeginsToBegin(ReadOnlySpan<byte> bytes) => Signature.StartsWith(bytes);

    public static ImageFault? FindFault(Stream body) => FindFault(new BufferedReader(body), long.MaxValue, out _);

    /// <summary>Looks for faults of a PNG that begins where the walk stands, and may lie among other bytes.</summary>
    /// <param name="bytes">Left behind its end, where it has one.</param>
    /// <param name="maxChunks">As many chunks as are looked at.</param>
    /// <param name="chunks">How many those were.</param>
    public static ImageFault? FindFault(BufferedReader bytes, long maxChunks, out long chunks)
    {
        Span<byte> chunk = stackalloc byte[8];
        var hasPixels = false;
        bytes.TrySkip(Signature.Length);
        for (chunks = 0; chunks < maxChunks; chunks++)
        {
            if (bytes.Position == bytes.Length && hasPixels)
            {
                return ImageFault.Unended("the chunk that ends one (IEND)");
            }

            if (!TryReadChunk(bytes, chunk))
            {
                return ImageFault.BreaksOff;
            }

            if (chunks == 0 && !chunk[4..].SequenceEqual("IHDR"u8))
            {
                return ImageFault.Damaged($"it does not begin with a header (IHDR)");
            }

            if (chunk[4..].SequenceEqual("IEND"u8))
            {
                return hasPixels ? null : ImageFault.Without("a picture (IDAT)");
            }

            hasPixels |= chunk[4..].SequenceEqual("IDAT"u8) && BinaryPrimitives.ReadUInt32BigEndian(chunk) > 0;
        }

        return ImageFault.Damaged($"it has more chunks than bytes for them");
    }

    /// <summary>From IHDR, which is the first chunk.</summary>
    public static ImageSize? SizeOf(Stream body)
    {
        Span<byte> head = stackalloc byte[24];
        return new BufferedReader(body).TryRead(head) && head[12..].StartsWith("IHDR"u8)
            ? ImageSize.Of(BinaryPrimitives.ReadUInt32BigEndian(head[16..]), BinaryPrimitives.ReadUInt32BigEndian(head[20..]))
            : null;
    }

    private static bool TryReadChunk(BufferedReader bytes, Span<byte> lengthAndType) =>
        bytes.TryRead(lengthAndType) && bytes.TrySkip((long)BinaryPrimitives.ReadUInt32BigEndian(lengthAndType) + CrcLength);
}
