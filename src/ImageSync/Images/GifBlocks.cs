using System.Buffers.Binary;

namespace ImageSync.Images;

/// <summary>GIF: blocks up to the trailer (GIF89a §§15–27).</summary>
internal static class GifBlocks
{
    private const byte ImageSeparator = 0x2C;
    private const byte ExtensionIntroducer = 0x21;
    private const byte Trailer = 0x3B;

    public static bool Begins(ReadOnlySpan<byte> head) => head.StartsWith("GIF89a"u8) || head.StartsWith("GIF87a"u8);

    public static ImageFault? FindFault(Stream body)
    {
        var bytes = new BufferedReader(body);
        Span<byte> screen = stackalloc byte[13];
        if (!bytes.TryRead(screen) || !bytes.TrySkip(ColorTableLength(screen[10])))
        {
            return ImageFault.BreaksOff;
        }

        var hasImage = false;
        while (bytes.TryReadByte(out var introducer))
        {
            switch (introducer)
            {
                case Trailer:
                    return hasImage ? null : ImageFault.Without("a picture");
                case ImageSeparator:
                    hasImage = true;
                    if (!TrySkipImage(bytes))
                    {
                        return ImageFault.BreaksOff;
                    }

                    break;
                case ExtensionIntroducer:
                    if (!bytes.TrySkip(1) || !TrySkipSubBlocks(bytes))
                    {
                        return ImageFault.BreaksOff;
                    }

                    break;
                // Not in the grammar, but in files: encoders that write one terminator too many. Browsers show those (golang/go#38853).
                case 0:
                    break;
                default:
                    return ImageFault.Damaged(
                        $"there is no block that begins with {introducer:X2}, as the one at byte {bytes.Position - 1}");
            }
        }

        return hasImage ? ImageFault.Unended("the trailer that ends one") : ImageFault.BreaksOff;
    }

    /// <summary>The logical screen, on which the frames are drawn.</summary>
    public static ImageSize? SizeOf(Stream body)
    {
        Span<byte> screen = stackalloc byte[10];
        return new BufferedReader(body).TryRead(screen)
            ? ImageSize.Of(BinaryPrimitives.ReadUInt16LittleEndian(screen[6..]), BinaryPrimitives.ReadUInt16LittleEndian(screen[8..]))
            : null;
    }

    private static bool TrySkipImage(BufferedReader bytes)
    {
        const int CodeSizeLength = 1;
        Span<byte> descriptor = stackalloc byte[9];
        return bytes.TryRead(descriptor) && bytes.TrySkip(ColorTableLength(descriptor[8]) + CodeSizeLength) && TrySkipSubBlocks(bytes);
    }

    private static bool TrySkipSubBlocks(BufferedReader bytes)
    {
        while (bytes.TryReadByte(out var length))
        {
            if (length == 0)
            {
                return true;
            }

            if (!bytes.TrySkip(length))
            {
                return false;
            }
        }

        return false;
    }

    private static int ColorTableLength(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
}
