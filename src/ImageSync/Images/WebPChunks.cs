using System.Buffers.Binary;

namespace ImageSync.Images;

/// <summary>WebP: RIFF chunks inside the size that the file declares (RFC 9649 §2).</summary>
internal static class WebPChunks
{
    public static bool Begins(ReadOnlySpan<byte> head) =>
        head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8);

    public static bool IsComplete(Stream body)
    {
        var bytes = new ByteWalk(body);
        Span<byte> header = stackalloc byte[12];
        if (!bytes.TryRead(header))
        {
            return false;
        }

        var end = 8L + BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        if (end > bytes.Length)
        {
            return false;
        }

        var hasPixels = false;
        var chunk = header[..8];
        while (end - bytes.Position >= chunk.Length && bytes.TryRead(chunk))
        {
            long size = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (size > end - bytes.Position)
            {
                return false;
            }

            var type = chunk[..4];
            hasPixels |= type.SequenceEqual("VP8 "u8) || type.SequenceEqual("VP8L"u8) || type.SequenceEqual("ANMF"u8);

            // §2.3 pads to even sizes; a writer that forgets the pad of its last chunk loses nothing.
            bytes.TryMoveTo(Math.Min(bytes.Position + size + (size & 1), end));
        }

        return hasPixels;
    }

    /// <summary>From the first chunk: the canvas (VP8X), or the head of the one picture (VP8L, VP8; RFC 6386 §9.1).</summary>
    public static ImageSize? SizeOf(Stream body)
    {
        Span<byte> head = stackalloc byte[30];
        if (!new ByteWalk(body).TryRead(head))
        {
            return null;
        }

        var type = head[12..16];
        var data = head[20..];
        if (type.SequenceEqual("VP8X"u8))
        {
            return ImageSize.Of(1 + (BinaryPrimitives.ReadUInt32LittleEndian(data[3..]) >> 8), 1 + (BinaryPrimitives.ReadUInt32LittleEndian(data[6..]) >> 8));
        }

        if (type.SequenceEqual("VP8L"u8))
        {
            var sides = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
            return ImageSize.Of(1 + (sides & 0x3FFF), 1 + (sides >> 14 & 0x3FFF));
        }

        return type.SequenceEqual("VP8 "u8)
            ? ImageSize.Of(BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF)
            : null;
    }
}
