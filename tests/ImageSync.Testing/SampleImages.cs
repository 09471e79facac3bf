using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ImageSync.Testing;

/// <summary>Small images of every known format, made in code; the seed goes into the bytes, so that two seeds are two images.</summary>
public static class SampleImages
{
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(CrcOfByte)];

    /// <summary>A decodable PNG of random RGB pixels.</summary>
    public static byte[] Png(int width, int height, int seed) =>
    [
        .. PngSignature, .. PngHeader(width, height), .. PngChunk("IDAT"u8, PngPixels(width, height, seed)), .. PngChunk("IEND"u8, []),
    ];

    /// <summary>A decodable PNG of roughly so many bytes, which no transfer coding makes smaller.</summary>
    public static byte[] Png(int seed, int approximateBytes)
    {
        const int BytesBesidePixels = 68;
        var side = Math.Max(1, (int)Math.Sqrt(Math.Max(0, approximateBytes - BytesBesidePixels) / 3.0));
        return Png(side, side, seed);
    }

    /// <summary>A decodable PNG of two frames (APNG).</summary>
    public static byte[] AnimatedPng(int seed = 1) =>
    [
        .. PngSignature, .. PngHeader(4, 4), .. PngChunk("acTL"u8, [.. Big(2), .. Big(0)]),
        .. PngChunk("fcTL"u8, FrameControl(0)), .. PngChunk("IDAT"u8, PngPixels(4, 4, seed)),
        .. PngChunk("fcTL"u8, FrameControl(1)), .. PngChunk("fdAT"u8, [.. Big(2), .. PngPixels(4, 4, seed + 1)]),
        .. PngChunk("IEND"u8, []),
    ];

    /// <summary>A decodable grey JPEG of 8 x 8 pixels.</summary>
    public static byte[] Jpeg(int seed = 1) => [.. JpegStart, .. JpegBody(seed)];

    /// <summary>The same with EXIF, whose thumbnail is a whole JPEG of its own.</summary>
    public static byte[] JpegWithThumbnail(int seed = 1)
    {
        // EXIF 2.3 §4.5: IFD 0 is empty here, IFD 1 says where the thumbnail lies, counted from the byte order mark.
        var thumbnail = Jpeg(seed + 1);
        byte[] exif =
        [
            .. "Exif\0\0II*\0"u8, .. Little(8), .. Little16(0), .. Little(14),
            .. Little16(2), .. TiffEntry(0x0201, 4, 44), .. TiffEntry(0x0202, 4, thumbnail.Length), .. Little(0), .. thumbnail,
        ];
        return [.. JpegStart, .. JpegSegment(0xE1, exif), .. JpegBody(seed)];
    }

    /// <summary>A decodable GIF of one pixel.</summary>
    public static byte[] Gif(int seed = 1) => [.. GifHeader(seed), .. GifFrame, 0x3B];

    /// <summary>A decodable GIF of two frames that repeat.</summary>
    public static byte[] AnimatedGif(int seed = 1) =>
        [.. GifHeader(seed), 0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0, .. GifFrame, .. GifFrame, 0x3B];

    /// <summary>A decodable lossless WebP of 8 x 8 pixels.</summary>
    public static byte[] WebP(int seed = 1) => Riff(RiffChunk("VP8L"u8, LosslessWebP(8, 8, seed)));

    /// <summary>The same in the extended form (VP8X), with metadata of an odd length behind the pixels.</summary>
    public static byte[] ExtendedWebP(int seed = 1) => Riff(
    [
        .. RiffChunk("VP8X"u8, [0x04, 0, 0, 0, 7, 0, 0, 7, 0, 0]), .. RiffChunk("VP8L"u8, LosslessWebP(8, 8, seed)),
        .. RiffChunk("XMP "u8, "<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"u8),
    ]);

    /// <summary>The boxes of an AVIF; what stands for the coded picture is not decodable.</summary>
    public static byte[] Avif(int seed = 1) => Heif("avif"u8, seed);

    /// <summary>The boxes of a HEIC; what stands for the coded picture is not decodable.</summary>
    public static byte[] Heic(int seed = 1) => Heif("heic"u8, seed);

    /// <summary>The boxes of a JPEG XL; what stands for the coded picture is not decodable.</summary>
    public static byte[] JpegXl(int seed = 1) =>
    [
        .. Box("JXL "u8, [0x0D, 0x0A, 0x87, 0x0A]), .. Box("ftyp"u8, "jxl \0\0\0\0jxl "u8), .. Box("jxlc"u8, JpegXlCodestream(seed)),
    ];

    /// <summary>The start of a JPEG XL codestream without a container; not decodable.</summary>
    public static byte[] JpegXlCodestream(int seed = 1) => [0xFF, 0x0A, .. Big(seed), .. Big(~seed)];

    /// <summary>An SVG of one coloured square.</summary>
    public static byte[] Svg(int seed = 1) => Encoding.UTF8.GetBytes(
        $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" fill="#{seed & 0xFFFFFF:x6}"/></svg>""");

    /// <summary>A decodable icon of one PNG.</summary>
    public static byte[] Ico(int seed = 1)
    {
        var png = Png(16, 16, seed);
        return [0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 24, 0, .. Little(png.Length), .. Little(22), .. png];
    }

    /// <summary>A decodable BMP of 2 x 2 pixels, 24 bits each.</summary>
    public static byte[] Bmp(int seed = 1) =>
    [
        .. "BM"u8, .. Little(70), .. Little(0), .. Little(54),
        .. Little(40), .. Little(2), .. Little(2), 1, 0, 24, 0, .. Little(0), .. Little(16), .. new byte[16],
        .. Noise(6, seed), 0, 0, .. Noise(6, seed + 1), 0, 0,
    ];

    /// <summary>A decodable grey TIFF of 2 x 2 pixels, whose directory stands behind them.</summary>
    public static byte[] Tiff(int seed = 1) =>
    [
        .. "II*\0"u8, .. Little(12), .. Noise(4, seed), .. Little16(8),
        .. TiffEntry(256, 3, 2), .. TiffEntry(257, 3, 2), .. TiffEntry(258, 3, 8), .. TiffEntry(259, 3, 1),
        .. TiffEntry(262, 3, 1), .. TiffEntry(273, 4, 8), .. TiffEntry(278, 3, 2), .. TiffEntry(279, 4, 4), .. Little(0),
    ];

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static byte[] PngHeader(int width, int height) => PngChunk("IHDR"u8, [.. Big(width), .. Big(height), 8, 2, 0, 0, 0]);

    private static byte[] PngChunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        byte[] covered = [.. type, .. data];
        return [.. Big(data.Length), .. covered, .. Big((int)Crc(covered))];
    }

    private static uint Crc(byte[] covered)
    {
        var crc = ~0u;
        foreach (var next in covered)
        {
            crc = CrcTable[(byte)(crc ^ next)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static byte[] PngPixels(int width, int height, int seed)
    {
        var row = new byte[1 + 3 * width];
        var random = new Random(seed);
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.NoCompression))
        {
            for (var y = 0; y < height; y++)
            {
                random.NextBytes(row.AsSpan(1));
                zlib.Write(row);
            }
        }

        return packed.ToArray();
    }

    private static byte[] FrameControl(int sequence) => [.. Big(sequence), .. Big(4), .. Big(4), .. Big(0), .. Big(0), 0, 1, 0, 10, 0, 0];

    private static uint CrcOfByte(int value) => Enumerable.Range(0, 8).Aggregate((uint)value, (crc, _) => (crc >> 1) ^ ((crc & 1) * 0xEDB88320));

    private static ReadOnlySpan<byte> JpegStart => [0xFF, 0xD8];

    // Each Huffman table has one code of one bit. DC: a difference of seven bits follows; AC: the block ends.
    private static byte[] JpegBody(int seed) =>
    [
        .. JpegSegment(0xE0, "JFIF\0\u0001\u0001\0\0\u0001\0\u0001\0\0"u8),
        .. JpegSegment(0xFE, Big(seed)),
        .. JpegSegment(0xDB, [0, .. Enumerable.Repeat((byte)8, 64)]),
        .. JpegSegment(0xC0, [8, 0, 8, 0, 8, 1, 1, 0x11, 0]),
        .. JpegSegment(0xC4, [0x00, 1, .. new byte[15], 7]),
        .. JpegSegment(0xC4, [0x10, 1, .. new byte[15], 0]),
        .. JpegSegment(0xDA, [1, 1, 0, 0, 63, 0]),
        (byte)(seed & 0x7F), 0x7F,
        0xFF, 0xD9,
    ];

    private static byte[] JpegSegment(byte marker, ReadOnlySpan<byte> data) =>
        [0xFF, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data];

    private static byte[] GifHeader(int seed) => [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, .. Big(seed).AsSpan(1), 0xFF, 0xFF, 0xFF];

    private static ReadOnlySpan<byte> GifFrame =>
        [0x21, 0xF9, 4, 0, 10, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];

    private static byte[] Riff(ReadOnlySpan<byte> chunks) => [.. "RIFF"u8, .. Little(4 + chunks.Length), .. "WEBP"u8, .. chunks];

    private static byte[] RiffChunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data) =>
        [.. type, .. Little(data.Length), .. data, .. new byte[data.Length & 1]];

    // WebP Lossless §3 and §6: no transform, no cache, one group of five codes with a single symbol each, so that a pixel takes no bit at all.
    private static byte[] LosslessWebP(int width, int height, int seed)
    {
        ulong bits = 0;
        var used = 3;
        foreach (var symbol in (ReadOnlySpan<byte>)[(byte)(seed >> 8), (byte)(seed >> 16), (byte)seed, 0xFF])
        {
            bits |= (0b101ul | ((ulong)symbol << 3)) << used;
            used += 11;
        }

        bits |= 1ul << used;
        var pixels = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(pixels, bits);
        return [0x2F, .. Little((width - 1) | ((height - 1) << 14)), .. pixels];
    }

    private static byte[] Heif(ReadOnlySpan<byte> brand, int seed) =>
    [
        .. Box("ftyp"u8, [.. brand, .. Big(0), .. "mif1"u8, .. brand]),
        .. Box("meta"u8, [.. Big(0), .. Box("hdlr"u8, [.. new byte[8], .. "pict"u8, .. new byte[13]]), .. Box("pitm"u8, [.. Big(0), 0, 1]),
            .. Box("iprp"u8, Box("ipco"u8, [.. Box("ispe"u8, [.. Big(0), .. Big(4), .. Big(3)]), .. Box("ispe"u8, [.. Big(0), .. Big(16), .. Big(12)])]))]),
        .. Box("mdat"u8, Noise(32, seed)),
    ];

    private static byte[] Box(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data) => [.. Big(8 + data.Length), .. type, .. data];

    private static byte[] TiffEntry(int tag, int type, int value) => [.. Little16(tag), .. Little16(type), .. Little(1), .. Little(value)];

    private static byte[] Noise(int length, int seed)
    {
        var noise = new byte[length];
        new Random(seed).NextBytes(noise);
        return noise;
    }

    private static byte[] Big(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static byte[] Little(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)];

    private static byte[] Little16(int value) => [(byte)value, (byte)(value >> 8)];
}
