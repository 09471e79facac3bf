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
    public static byte[] Avif(int seed = 1) => Heif("avif"u8, seed, SizeOfItem(16, 12));

    /// <summary>The same with an mdat that goes to the end of the file (its size is 0).</summary>
    public static byte[] AvifToTheEnd(int seed = 1)
    {
        var avif = Avif(seed);
        avif.AsSpan(avif.AsSpan().IndexOf("mdat"u8) - 4, 4).Clear();
        return avif;
    }

    /// <summary>An AVIF in its smallest form: 40 x 30 pixels, in one box that describes the picture and holds it.</summary>
    public static byte[] AvifMini(int seed = 1) =>
        [.. Box("ftyp"u8, "mif3avif"u8), .. Box("mini"u8, [0, 0, 0b0_0100111, 0b0_0111010, .. Noise(8, seed)])];

    /// <summary>An AVIF of two frames, one behind the other in an mdat that goes to the end; they are found by tables alone.</summary>
    public static byte[] AvifSequence(int seed = 1)
    {
        byte[] start = [.. Box("ftyp"u8, "avis\0\0\0\0avismsf1"u8), .. Movie(0)];
        return [.. start[..24], .. Movie(start.Length + 8), .. Big(0), .. "mdat"u8, .. Noise(30, seed)];

        static byte[] Movie(int offset) => Box("moov"u8, Box("trak"u8, Box("mdia"u8, Box("minf"u8, Box("stbl"u8,
        [
            .. Box("stsz"u8, [.. Big(0), .. Big(0), .. Big(2), .. Big(20), .. Big(10)]),
            .. Box("stsc"u8, [.. Big(0), .. Big(1), .. Big(1), .. Big(1), .. Big(1)]),
            .. Box("stco"u8, [.. Big(0), .. Big(2), .. Big(offset), .. Big(offset + 20)]),
        ])))));
    }

    /// <summary>The boxes of a HEIC; what stands for the coded picture is not decodable.</summary>
    public static byte[] Heic(int seed = 1) => Heif("heic"u8, seed, SizeOfItem(16, 12));

    /// <summary>The same, of whose 16 x 12 pixels only 15 x 10 are to be shown.</summary>
    public static byte[] HeicWithCleanAperture() => Heif("heic"u8, 1, SizeOfItem(16, 12),
        Box("clap"u8, [.. Big(15), .. Big(1), .. Big(20), .. Big(2), .. Big(0), .. Big(1), .. Big(0), .. Big(1)]));

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

    /// <summary>The same in gzip (SVGZ).</summary>
    public static byte[] CompressedSvg(int seed = 1)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(Svg(seed));
        }

        return packed.ToArray();
    }

    /// <summary>A decodable icon of one PNG.</summary>
    public static byte[] Ico(int seed = 1)
    {
        var png = Png(16, 16, seed);
        return [0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 24, 0, .. Little(png.Length), .. Little(22), .. png];
    }

    /// <summary>A decodable icon of 2 x 2 pixels, 32 bits each, whose directory gives as many bytes as its header has.</summary>
    public static byte[] IcoOfRows(int seed = 1) =>
    [
        0, 0, 1, 0, 1, 0, 2, 2, 0, 0, 1, 0, 32, 0, .. Little(40), .. Little(22),
        .. Little(40), .. Little(2), .. Little(4), 1, 0, 32, 0, .. new byte[24], .. Noise(16, seed),
    ];

    /// <summary>The same, whose directory gives a byte of its PNG.</summary>
    public static byte[] IcoOfShortPng(int seed = 1)
    {
        var ico = Ico(seed);
        ico.AsSpan(14, 4).Clear();
        ico[14] = 1;
        return ico;
    }

    /// <summary>A decodable BMP of 2 x 2 pixels, 24 bits each.</summary>
    public static byte[] Bmp(int seed = 1) =>
    [
        .. "BM"u8, .. Little(70), .. Little(0), .. Little(54),
        .. Little(40), .. Little(2), .. Little(2), 1, 0, 24, 0, .. Little(0), .. Little(16), .. new byte[16],
        .. Noise(6, seed), 0, 0, .. Noise(6, seed + 1), 0, 0,
    ];

    /// <summary>A decodable BMP of 2 x 2 pixels as OS/2 writes it: with the length of its headers where that of the file should
    /// be.</summary>
    public static byte[] BmpOfOs2(int seed = 1) =>
        [.. "BM"u8, .. Little(26), .. Little(0), .. Little(26), .. Little(12), 2, 0, 2, 0, 1, 0, 24, 0, .. Noise(6, seed), 0, 0,
            .. Noise(6, seed + 1), 0, 0];

    /// <summary>A decodable BMP of 4 x 2 pixels, 8 bits each, run-length encoded: a run, an end of row, pixels, an end.</summary>
    public static byte[] BmpOfRuns(int seed = 1) =>
    [
        .. "BM"u8, .. Little(0), .. Little(0), .. Little(62),
        .. Little(40), .. Little(4), .. Little(2), 1, 0, 8, 0, .. Little(1), .. Little(0), .. new byte[8], .. Little(2), .. Little(0),
            .. Noise(8, seed),
        4, 1, 0, 0, 0, 3, 0, 1, 0, 0, 1, 1, 0, 1,
    ];

    /// <summary>A decodable grey TIFF of 2 x 2 pixels, whose directory stands behind them.</summary>
    public static byte[] Tiff(int seed = 1) =>
    [
        .. "II*\0"u8, .. Little(12), .. Noise(4, seed), .. Little16(8),
        .. TiffEntry(256, 3, 2), .. TiffEntry(257, 3, 2), .. TiffEntry(258, 3, 8), .. TiffEntry(259, 3, 1),
        .. TiffEntry(262, 3, 1), .. TiffEntry(273, 4, 8), .. TiffEntry(278, 3, 2), .. TiffEntry(279, 4, 4), .. Little(0),
    ];

    /// <summary>The same as a BigTIFF.</summary>
    public static byte[] BigTiff(int seed = 1) =>
    [
        .. "II+\0"u8, 8, 0, 0, 0, .. Long(20), .. Noise(4, seed), .. Long(8),
        .. BigTiffEntry(256, 3, 2), .. BigTiffEntry(257, 3, 2), .. BigTiffEntry(258, 3, 8), .. BigTiffEntry(259, 3, 1),
        .. BigTiffEntry(262, 3, 1), .. BigTiffEntry(273, 16, 16), .. BigTiffEntry(278, 3, 2), .. BigTiffEntry(279, 16, 4), .. Long(0),
    ];

    /// <summary>A TIFF of two strips behind their directory, the second one first; their lengths are those given.</summary>
    public static byte[] TiffOfStrips(byte firstLength = 3, byte secondLength = 4) =>
    [
        .. "II*\0"u8, .. Little(8), 2, 0,
        0x11, 1, 4, 0, 2, 0, 0, 0, 38, 0, 0, 0,
        0x17, 1, 3, 0, 2, 0, 0, 0, firstLength, 0, secondLength, 0,
        .. Little(0), .. Little(50), .. Little(46), 1, 2, 3, 4, 5, 6, 7,
    ];

    /// <summary>A TIFF of one strip, behind which lie the directories of EXIF, of its interoperability, and of GPS.</summary>
    public static byte[] TiffWithExif(int seed = 1) =>
    [
        .. "II*\0"u8, .. Little(8), .. Little16(4),
        .. TiffEntry(273, 4, 62), .. TiffEntry(279, 4, 4), .. TiffEntry(0x8769, 4, 66), .. TiffEntry(0x8825, 4, 122), .. Little(0),
        .. Noise(4, seed),
        .. Little16(2), .. TiffEntry(0x829A, 5, 96), .. TiffEntry(0xA005, 4, 104), .. Little(0), .. Little(1), .. Little(60),
        .. Little16(1), .. TiffEntry(0x1001, 3, 8), .. Little(0),
        .. Little16(1), .. TiffEntry(6, 5, 140), .. Little(0), .. Little(440), .. Little(1),
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

    /// <summary>The boxes of a HEIF of two items: a thumbnail of 4 x 3 pixels, and the primary one, which has the properties
    /// given.</summary>
    public static byte[] Heif(ReadOnlySpan<byte> brand, int seed, params byte[][] properties)
    {
        byte[] type = [.. Box("ftyp"u8, [.. brand, .. Big(0), .. "mif1"u8, .. brand])];
        return [.. type, .. Meta(properties, type.Length + Meta(properties, 0).Length + 8), .. Box("mdat"u8, Noise(32, seed))];
    }

    /// <summary>The property of an item of HEIF that tells its size.</summary>
    public static byte[] SizeOfItem(int width, int height) => Box("ispe"u8, [.. Big(0), .. Big(width), .. Big(height)]);

    private static byte[] Meta(byte[][] properties, int pixels) => Box("meta"u8,
    [
        .. Big(0), .. Box("hdlr"u8, [.. new byte[8], .. "pict"u8, .. new byte[13]]), .. Box("pitm"u8, [.. Big(0), 0, 2]),
        .. Box("iloc"u8, [.. Big(0), 0x44, 0, 0, 2, .. ItemAt(1, pixels, 8), .. ItemAt(2, pixels + 8, 24)]),
        .. Box("iprp"u8,
        [
            .. Box("ipco"u8, [.. SizeOfItem(4, 3), .. properties.SelectMany(property => property)]),
            .. Box("ipma"u8, [.. Big(0), .. Big(2), 0, 1, 1, 1, 0, 2, (byte)properties.Length,
                .. properties.Select((_, index) => (byte)(0x80 | (index + 2)))]),
        ]),
    ]);

    private static byte[] ItemAt(byte item, int offset, int length) => [0, item, 0, 0, 0, 1, .. Big(offset), .. Big(length)];

    private static byte[] Box(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data) => [.. Big(8 + data.Length), .. type, .. data];

    private static byte[] TiffEntry(int tag, int type, int value) => [.. Little16(tag), .. Little16(type), .. Little(1), .. Little(value)];

    private static byte[] BigTiffEntry(int tag, int type, int value) => [.. Little16(tag), .. Little16(type), .. Long(1), .. Long(value)];

    private static byte[] Long(int value) => [.. Little(value), .. Little(0)];

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
