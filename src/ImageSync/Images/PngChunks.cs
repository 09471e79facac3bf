using System.Buffers.Binary;

namespace ImageSync.Images;

/// <summary>PNG, and APNG with it: a signature and chunks up to IEND (PNG third edition §5).</summary>
internal static class PngChunks
{
    private const int CrcLength = 4;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static bool Begins(ReadOnlySpan<byte> head) => head.StartsWith(Signature);

    public static bool IsComplete(Stream body)
    {
        var bytes = new ByteWalk(body);
        Span<byte> chunk = stackalloc byte[8];
        if (!bytes.TryRead(chunk) || !TryReadChunk(bytes, chunk) || !chunk[4..].SequenceEqual("IHDR"u8))
        {
            return false;
        }

        var hasPixels = false;
        while (TryReadChunk(bytes, chunk))
        {
            if (chunk[4..].SequenceEqual("IEND"u8))
            {
                return hasPixels;
            }

            hasPixels |= chunk[4..].SequenceEqual("IDAT"u8);
        }

        return false;
    }

    /// <summary>From IHDR, which is the first chunk.</summary>
    public static ImageSize? SizeOf(Stream body)
    {
        Span<byte> head = stackalloc byte[24];
        return new ByteWalk(body).TryRead(head) && head[12..].StartsWith("IHDR"u8)
            ? ImageSize.Of(BinaryPrimitives.ReadUInt32BigEndian(head[16..]), BinaryPrimitives.ReadUInt32BigEndian(head[20..]))
            : null;
    }

    private static bool TryReadChunk(ByteWalk bytes, Span<byte> lengthAndType) =>
        bytes.TryRead(lengthAndType) && bytes.TrySkip((long)BinaryPrimitives.ReadUInt32BigEndian(lengthAndType) + CrcLength);
}
