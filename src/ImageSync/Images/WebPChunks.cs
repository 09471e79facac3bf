using System.Buffers.Binary;

namespace ImageSync.Images;

/// <summary>WebP: RIFF chunks inside the size that the file declares (RFC 9649 §2).</summary>
internal static class WebPChunks
{
    public static bool Begins(ReadOnlySpan<byte> head) =>
        head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8);

    public static ImageFault? FindFault(Stream body)
    {
        var bytes = new BufferedReader(body);
        Span<byte> header = stackalloc byte[12];
        if (!bytes.TryRead(header))
        {
            return ImageFault.BreaksOff;
        }

        // §2.3 pads to even sizes; a writer that forgets the pad of its last chunk loses nothing, whether it counts it or not.
        var end = 8L + BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        var lacksPad = end == bytes.Length + 1;
        end = lacksPad ? bytes.Length : end;
        if (end > bytes.Length)
        {
            return ImageFault.BreaksOff;
        }

        bool hasPixels = false, isPadded = true;
        var chunk = header[..8];
        while (end - bytes.Position >= chunk.Length && bytes.TryRead(chunk))
        {
            long size = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            var next = bytes.Position + size + (size & 1);
            if (size > end - bytes.Position)
            {
                return lacksPad ? ImageFault.BreaksOff
                    : ImageFault.Damaged($"the chunk at byte {bytes.Position - chunk.Length} is longer than the file says to be");
            }

            var type = chunk[..4];
            hasPixels |= size > 0 && (type.SequenceEqual("VP8 "u8) || type.SequenceEqual("VP8L"u8) || type.SequenceEqual("ANMF"u8));
            isPadded = next <= end;
            bytes.TryMoveTo(Math.Min(next, end));
        }

        return lacksPad && isPadded ? ImageFault.BreaksOff : hasPixels ? null : ImageFault.Without("a picture");
    }

    /// <summary>From the first chunk: the canvas (VP8X), or the head of the one picture (VP8L, VP8; RFC 6386 §9.1).</summary>
    public static ImageSize? SizeOf(Stream body)
    {
        // A lossless picture may be shorter than this; of the others every byte is needed.
        const int LosslessLength = 25;
        Span<byte> head = stackalloc byte[30];
        head.Clear();
        var type = head[12..16];
        if (!new BufferedReader(body).TryRead(head[..(int)Math.Min(body.Length, head.Length)])
            || body.Length < (type.SequenceEqual("VP8L"u8) ? LosslessLength : head.Length))
        {
            return null;
        }

        var data = head[20..];
        if (type.SequenceEqual("VP8X"u8))
        {
            return ImageSize.Of(
                1 + (BinaryPrimitives.ReadUInt32LittleEndian(data[3..]) >> 8),
                1 + (BinaryPrimitives.ReadUInt32LittleEndian(data[6..]) >> 8));
        }

        if (type.SequenceEqual("VP8L"u8))
        {
            var sides = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
            return ImageSize.Of(1 + (sides & 0x3FFF), 1 + (sides >> 14 & 0x3FFF));
        }

        return type.SequenceEqual("VP8 "u8)
            ? ImageSize.Of(
                BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF,
                BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF)
            : null;
    }
}
