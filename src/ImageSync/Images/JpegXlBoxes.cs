namespace ImageSync.Images;

/// <summary>JPEG XL: a codestream, bare or in boxes (ISO/IEC 18181-2 §9).</summary>
internal static class JpegXlBoxes
{
    private const int LastPart = 0x80;

    private static ReadOnlySpan<byte> FirstBox => [0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', (byte)' ', 0x0D, 0x0A, 0x87, 0x0A];

    private static ReadOnlySpan<byte> Codestream => [0xFF, 0x0A];

    // What is none of these behind the last box was put there by somebody, and is no part of the picture.
    private static ReadOnlySpan<byte> Boxes => "JXL ftypjxlljxlcjxlpjxlijbrdjhgmjumbbrobExifxml uuidfreeskip"u8;

    public static bool Begins(ReadOnlySpan<byte> head) => head.StartsWith(FirstBox) || head.StartsWith(Codestream);

    public static ImageFault? FindFault(Stream body)
    {
        var bytes = new BufferedReader(body);
        Span<byte> word = stackalloc byte[4];
        if (bytes.TryRead(word[..2]) && word[..2].SequenceEqual(Codestream))
        {
            // Without a container, only decoding would show where the picture ends.
            return null;
        }

        bool hasBrand = false, hasPixels = false;
        for (long next = 0; next < bytes.Length;)
        {
            if (!bytes.TryMoveTo(next) || !IsoBox.TryRead(bytes, bytes.Length, word, out var box))
            {
                if (HeifBoxes.IsOneOf(Boxes, word))
                {
                    return ImageFault.BreaksOff;
                }

                break;
            }

            next = box.End;
            hasBrand |= word.SequenceEqual("ftyp"u8);
            hasPixels |= word.SequenceEqual("jxlc"u8);
            if (word.SequenceEqual("jxlp"u8))
            {
                // §9.9: a part's number; the highest bit marks the last part.
                hasPixels |= bytes.TryRead(word) && word[0] >= LastPart;
            }
        }

        return !hasBrand ? ImageFault.BreaksOff : hasPixels ? null : ImageFault.Without("the end of its picture (jxlc, jxlp)");
    }

    /// <summary>From the codestream, which may lie in a box, or in parts of which the first has the number 0.</summary>
    public static ImageSize? SizeOf(Stream body)
    {
        var bytes = new BufferedReader(body);
        Span<byte> type = stackalloc byte[4];
        var isBare = bytes.TryRead(type) && type[..2].SequenceEqual(Codestream);
        for (long next = 0; !isBare && next < bytes.Length;)
        {
            if (!bytes.TryMoveTo(next) || !IsoBox.TryRead(bytes, bytes.Length, type, out var box))
            {
                return null;
            }

            next = box.End;
            if (type.SequenceEqual("jxlc"u8) || (type.SequenceEqual("jxlp"u8) && bytes.TrySkip(4)))
            {
                return SizeAt(bytes.Position);
            }
        }

        return isBare ? SizeAt(0) : null;

        ImageSize? SizeAt(long position)
        {
            var head = new byte[JpegXlHeader.Length];
            return bytes.TryMoveTo(position) && bytes.TryRead(head.AsSpan(0, (int)Math.Min(head.Length, bytes.Length - position)))
                ? JpegXlHeader.SizeOf(head)
                : null;
        }
    }
}
