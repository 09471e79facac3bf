using ImageSync.Testing;

namespace ImageSync.Tests.Images;

/// <summary>What each format allows and forbids between its first byte and its last.</summary>
public class ImageStructures
{
    private static readonly byte[] Jpeg = SampleImages.Jpeg();
    private static readonly byte[] Gif = SampleImages.Gif();
    private static readonly byte[] WebP = SampleImages.WebP();

    private static byte[] StartOfJpeg => Jpeg[..^4];

    private static IEnumerable<TestCaseData<byte[]>> Complete =>
    [
        Row("JPEG: stuffed FF, restarts, fill bytes", [.. StartOfJpeg, 1, 0xFF, 0, 0xD9, 0xFF, 0xD0, 2, 0xFF, 0xD7, 0xFF, 0xFF, 0xFF, 0xD9]),
        Row("JPEG: three scans", [.. StartOfJpeg, 1, .. Scan, 2, .. Scan, 3, 0xFF, 0xD9]),
        Row("JPEG: tables between scans", [.. StartOfJpeg, 1, 0xFF, 0xC4, 0, 4, 9, 9, .. Scan, 3, 0xFF, 0xD9]),
        Row("JPEG: stray bytes before a marker", [.. Jpeg[..^2], 0, 0, 7, 0xFF, 0xD9]),
        Row("JPEG: progressive", [0xFF, 0xD8, .. Frame(0xC2), .. Scan, 1, 0xFF, 0xD9]),
        Row("JPEG: arithmetic coding", [0xFF, 0xD8, .. Frame(0xC9), .. Scan, 1, 0xFF, 0xD9]),
        Row("JPEG: JPEG-LS", [0xFF, 0xD8, .. Frame(0xF7), .. Scan, 1, 0xFF, 0xD9]),
        Row("JPEG: a second image behind it (MPF)", [.. Jpeg, .. Jpeg[..^10]]),
        Row("GIF: a terminator too many", [.. Gif[..^1], 0, 0, 0x3B]),
        Row("PNG: pixels of no bytes, and others",
            [.. SampleImages.Png(1, 1, 1)[..33], .. new byte[4], .. "IDAT"u8, 0x35, 0xAF, 0x06, 0x1E, .. SampleImages.Png(1, 1, 1)[33..]]),
        Row("GIF: a spacer as small as they get, of no pixels",
            [.. "GIF89a"u8, 1, 0, 1, 0, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 0, 0x3B]),
        Row("GIF: a comment", [.. Gif[..^1], 0x21, 0xFE, 2, 0x3B, 0x3B, 0, 0x3B]),
        Row("GIF: local colours, two sub-blocks", [.. Gif[..^1], 0x2C, .. new byte[8], 0x80, .. new byte[6], 2, 1, 9, 2, 9, 9, 0, 0x3B]),
        Row("GIF: no global colours", [.. "GIF87a"u8, 1, 0, 1, 0, 0, 0, 0, .. Gif[^16..]]),
        Row("WebP: no pad behind the last chunk", [.. "RIFF"u8, 17, 0, 0, 0, .. "WEBPVP8 "u8, 5, 0, 0, 0, 1, 2, 3, 4, 5]),
        Row("WebP: frames (ANMF) alone", [.. "RIFF"u8, 28, 0, 0, 0, .. "WEBPVP8X"u8, 2, 0, 0, 0, 0, 0, .. "ANMF"u8, 6, 0, 0, 0, 1, 2, 3, 4, 5, 6]),
        Row("AVIF: 64-bit size", [.. Ftyp, .. Meta, 0, 0, 0, 1, .. "mdat"u8, 0, 0, 0, 0, 0, 0, 0, 18, 1, 2]),
        Row("AVIF: size 0, to the end", [.. Ftyp, .. Meta, 0, 0, 0, 0, .. "mdat"u8, 1, 2]),
        Row("AVIF: pixels first", [.. Ftyp, .. Mdat, .. Meta]),
        Row("AVIF: pixels in idat", [.. Ftyp, 0, 0, 0, 22, .. "meta"u8, 0, 0, 0, 0, 0, 0, 0, 10, .. "idat"u8, 1, 2]),
        Row("AVIF: mini", [.. Ftyp, 0, 0, 0, 10, .. "mini"u8, 1, 2]),
        Row("AVIF: sequence", [.. Ftyp, 0, 0, 0, 8, .. "moov"u8, .. Mdat]),
        Row("AVIF: mini, and the codec for a minor version", [0, 0, 0, 16, .. "ftypmif3avif"u8, 0, 0, 0, 10, .. "mini"u8, 1, 2]),
        Row("HEIC: mini, and the codec for a minor version", [0, 0, 0, 16, .. "ftypmif3heic"u8, 0, 0, 0, 10, .. "mini"u8, 1, 2]),
        Row("AVIF: an item in another file, one in idat, one of no extents",
            [.. Ftyp, .. MetaOf(Iloc1(0x44, 0, Item1(0, 1, 0xFFFF), Item1(1, 0, 0xFFFF), [0, 3, 0, 0, 0, 0, 0, 0])), .. Mdat]),
        Row("AVIF: an item in another file, which is not the primary one",
            [.. Ftyp, .. MetaOf([.. Primary(2), .. Iloc1(0x44, 0, Item1(0, 1, 0xFFFF))]), .. Mdat]),
        Row("AVIF: the primary item in this file, by a reference",
            [.. Ftyp, .. MetaOf([.. Primary(1), .. ReferenceTo(1), .. Iloc1(0x44, 0, Item1(0, 1, 16))]), .. Mdat]),
        Row("AVIF: an extent up to the last byte", [.. Ftyp, .. MetaOf(Iloc1(0x44, 0, Item1(0, 0, 16 + 44 + 8))), .. Mdat]),
        Row("AVIF: sixty thousand extents of no bytes", [.. Ftyp, .. MetaOf(Iloc1(0, 0, [0, 1, 0, 0, 0, 0, 0xFF, 0xFF])), .. Mdat]),
        Row("AVIF: a line of text behind it", [.. SampleImages.Avif(), .. "\nmade by hand\n"u8]),
        Row("JPEG XL: in parts", [.. StartOfJxl, .. JxlPart(0), .. JxlPart(0x80)]),
        Row("BMP: length 0, pixels all there", [.. "BM"u8, 0, 0, 0, 0, .. SampleImages.Bmp()[6..]]),
        Row("BMP: top row first", With(SampleImages.Bmp(), 22, 0xFE, 0xFF, 0xFF, 0xFF)),
        Row("BMP: OS/2", [.. "BM"u8, 30, 0, 0, 0, 0, 0, 0, 0, 26, 0, 0, 0, 12, 0, 0, 0, 1, 0, 1, 0, 1, 0, 24, 0, 1, 2, 3, 0]),
        Row("BMP: a length one too large", [.. "BM"u8, 71, 0, 0, 0, .. SampleImages.Bmp()[6..]]),
        Row("BMP: OS/2 2 in 16 bytes", Os2Bitmap(16)),
        Row("BMP: OS/2 2 in 24 bytes", Os2Bitmap(24)),
        Row("BMP: OS/2 2 in 48 bytes", Os2Bitmap(48)),
        Row("BMP: OS/2 2 in 64 bytes", Os2Bitmap(64)),
        Row("BMP: runs without an end behind the last row", [.. SampleImages.BmpOfRuns()[..^2], 0, 0]),
        Row("BMP: runs that move down to the end", [.. SampleImages.BmpOfRuns()[..62], 0, 2, 0, 2]),
        Row("BMP: no place of its pixels", With(SampleImages.Bmp(), 10, 0)),
        Row("BMP: no place of its pixels behind two colours", With(SampleImages.BmpOfRuns(), 10, 0)),
        Row("BMP: no place of its pixels, OS/2", With(SampleImages.BmpOfOs2(), 10, 0)),
        Row("BMP: no place of its pixels behind masks", Placeless(3, 16, 12 + 4)),
        Row("BMP: no place of its pixels behind 256 colours", Placeless(0, 8, 4 * 256 + 4)),
        Row("BMP: a PNG without a depth", With(Compressed(5, 4, [1, 2, 3, 4]), 28, 0)),
        Row("BMP: a JPEG without a depth, nor a place", With(With(Compressed(4, 4, [1, 2, 3, 4]), 28, 0), 10, 0)),
        Row("BMP: a PNG, as long as the header says", Compressed(5, 4, [1, 2, 3, 4])),
        Row("BMP: a PNG, as long as the file header says", [.. "BM"u8, 58, 0, 0, 0, .. Compressed(5, 0, [1, 2, 3, 4])[6..]]),
        Row("SVGZ: a second member behind a whole one", [.. SampleImages.CompressedSvg(), .. SampleImages.CompressedSvg()]),
        Row("ICO: a PNG that is shorter than its entry says", With(SampleImages.Ico(), 15, 9)),
        Row("ICO: rows and mask that are shorter than their entry says", [.. With(SampleImages.IcoOfRows(), 14, 90), .. new byte[8]]),
        Row("ICO: two images, the first one last", [0, 0, 1, 0, 2, 0, .. IconEntry(3, 40), .. IconEntry(2, 38), 1, 2, 3, 4, 5]),
        Row("TIFF: big-endian", [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 1, 0x11, 0, 3, 0, 0, 0, 1, 0, 8, 0, 0, 0, 0, 0, 0]),
        Row("TIFF: an unknown type",
            [.. "II*\0"u8, 8, 0, 0, 0, 2, 0, .. Entry(17, 8), 0, 0x99, 99, 0, .. Enumerable.Repeat((byte)255, 8), 0, 0, 0, 0]),
        Row("TIFF: no pointer behind the last page", [.. "II*\0"u8, 8, 0, 0, 0, .. Page(0)[..^4]]),
        Row("TIFF: a second page in front of the first", [.. "II*\0"u8, 26, 0, 0, 0, .. Page(0), .. Page(8)]),
        Row("TIFF: a directory of a width alone", [.. "II*\0"u8, 8, 0, 0, 0, .. PageOf(Entry(0, 2), 0)]),
        Row("TIFF: a page without strips, and one with", [.. "II*\0"u8, 8, 0, 0, 0, 2, 0, .. Entry(0, 2), .. Entry(1, 2), 38, 0, 0, 0, .. Page(0)]),
        Row("TIFF: strips in a subdirectory alone",
            [.. "II*\0"u8, 8, 0, 0, 0, 3, 0, .. Entry(0, 2), .. Entry(1, 2), .. Entry(SubIfds, 50), 0, 0, 0, 0, .. Page(0)]),
        Row("TIFF: a JPEG as TIFF 5 had it",
            [.. "II*\0"u8, 8, 0, 0, 0, 3, 0, .. Entry(0, 2), .. Entry(1, 2), 1, 2, 4, 0, 1, 0, 0, 0, 50, 0, 0, 0, 0, 0, 0, 0, 1]),
        Row("TIFF: EXIF said to lie where text is", [.. "II*\0"u8, 8, 0, 0, 0, .. PageOfExif(38), .. "made by hand"u8]),
        Row("TIFF: EXIF said to lie where zeros are", [.. "II*\0"u8, 8, 0, 0, 0, .. PageOfExif(38), .. new byte[9]]),
        Row("TIFF: a subdirectory that is the page", [.. "II*\0"u8, 8, 0, 0, 0, 2, 0, .. Entry(17, 8), .. Entry(SubIfds, 8), 0, 0, 0, 0]),
        Row("TIFF: a tile that was never written", OneStrip(0, 0)),
        Row("TIFF: a strip without a length, all there", OneStrip(OneStripAt, 0)),
        Row("BigTIFF: big-endian",
            [.. "MM\0+\0\u0008\0\0"u8, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0x11, 0, 3, 0, 0, 0, 0, 0, 0, 0, 1, 0, 16,
                .. new byte[14]]),
        Row("TIFF: a chain that is a circle", [.. "II*\0"u8, 8, 0, 0, 0, .. Page(8)]),
    ];

    private static IEnumerable<TestCaseData<byte[]>> Broken =>
    [
        Row("PNG: no pixels", [.. SampleImages.Png(1, 1, 1)[..33], .. SampleImages.Png(1, 1, 1)[^12..]]),
        Row("PNG: pixels of no bytes", [.. SampleImages.Png(1, 1, 1)[..33], .. new byte[4], .. "IDAT"u8, 0x35, 0xAF, 0x06, 0x1E,
            .. SampleImages.Png(1, 1, 1)[^12..]]),
        Row("PNG: no header", [.. SampleImages.Png(1, 1, 1)[..8], .. SampleImages.Png(1, 1, 1)[33..]]),
        Row("PNG: a chunk of 4 GB", With(SampleImages.Png(1, 1, 1), 33, 0xFF, 0xFF, 0xFF, 0xFF)),
        Row("JPEG: cut behind the thumbnail's end", CutBehindThumbnail()),
        Row("JPEG: no scan", [0xFF, 0xD8, 0xFF, 0xD9]),
        Row("JPEG: no frame", [0xFF, 0xD8, .. Scan, 1, 0xFF, 0xD9]),
        Row("JPEG: tables and a scan, no frame", [0xFF, 0xD8, 0xFF, 0xC4, 0, 4, 9, 9, .. Scan, 1, 0xFF, 0xD9]),
        Row("JPEG: a frame behind its scan", [0xFF, 0xD8, .. Scan, 1, .. Frame(0xC0), 0xFF, 0xD9]),
        Row("JPEG: ends in fill bytes", [.. Jpeg[..^1], 0xFF, 0xFF]),
        Row("JPEG: begins again", [.. StartOfJpeg, 1, .. Jpeg]),
        Row("JPEG: a segment shorter than its length", [.. StartOfJpeg, 0xFF, 0xFE, 0, 1, 0xFF, 0xD9]),
        Row("GIF: no image", [.. "GIF89a"u8, 1, 0, 1, 0, 0, 0, 0, 0x3B]),
        Row("GIF: no trailer", Gif[..^1]),
        Row("GIF: an unknown block", [.. Gif[..^1], 0x7F, 0x3B]),
        Row("WebP: no pixels", [.. "RIFF"u8, 12, 0, 0, 0, .. "WEBPEXIF"u8, 0, 0, 0, 0]),
        Row("WebP: pixels of no bytes", [.. "RIFF"u8, 12, 0, 0, 0, .. "WEBPVP8L"u8, 0, 0, 0, 0]),
        Row("WebP: a chunk longer than the file", With(WebP, 16, 0xF0, 0xFF, 0xFF, 0xFF)),
        Row("WebP: a pad that is counted, missing from a chunk that is cut",
            [.. "RIFF"u8, 18, 0, 0, 0, .. "WEBPVP8 "u8, 6, 0, 0, 0, 1, 2, 3, 4, 5]),
        Row("WebP: a pad that is counted, missing behind an even chunk",
            [.. "RIFF"u8, 17, 0, 0, 0, .. "WEBPVP8 "u8, 4, 0, 0, 0, 1, 2, 3, 4]),
        Row("WebP: a chunk longer than RIFF says", [.. WebP[..4], (byte)(WebP[4] - 2), .. WebP[5..]]),
        Row("AVIF: no pixels", [.. Ftyp, .. Meta]),
        Row("AVIF: the primary item in another file",
            [.. Ftyp, .. MetaOf([.. Primary(1), .. Iloc1(0x44, 0, Item1(0, 1, 16))]), .. Mdat]),
        Row("AVIF: the primary item in another file, by a reference",
            [.. Ftyp, .. MetaOf([.. Primary(1), .. ReferenceTo(0), .. Iloc1(0x44, 0, Item1(0, 1, 16))]), .. Mdat]),
        Row("AVIF: an item in this file, by a reference, cut",
            [.. Ftyp, .. MetaOf([.. Primary(1), .. ReferenceTo(1), .. Iloc1(0x44, 0, Item1(0, 1, 0xFFFF))]), .. Mdat]),
        Row("AVIF: an mdat of no bytes", [.. Ftyp, .. Meta, 0, 0, 0, 8, .. "mdat"u8]),
        Row("AVIF: an idat of no bytes", [.. Ftyp, 0, 0, 0, 20, .. "meta"u8, 0, 0, 0, 0, 0, 0, 0, 8, .. "idat"u8]),
        Row("AVIF: a mini of no bytes", [.. Ftyp, 0, 0, 0, 8, .. "mini"u8]),
        Row("AVIF: an mdat smaller than its items", [.. Ftyp, .. MetaOf(Iloc1(0x44, 0, Item1(0, 0, 16 + 44 + 9))), .. Mdat]),
        Row("AVIF: an item that lies behind all counting",
            [.. Ftyp, .. MetaOf(Iloc1(0x44, 0x40, [0, 1, 0, 0, 0, 0, 255, 255, 255, 255, 0, 1, 255, 255, 255, 255, 255, 255, 255, 255])),
                .. Mdat]),
        Row("AVIF: more items than iloc holds", [.. Ftyp, .. MetaOf([.. Iloc1(0x44, 0)[..^2], 0xFF, 0xFF])]),
        Row("AVIF: cut in the next box", [.. SampleImages.Avif(), 0, 0, 1, 0, .. "free"u8, 1]),
        Row("AVIF: no description", [.. Ftyp, .. Mdat]),
        Row("AVIF: a box smaller than its header", [.. Ftyp, .. Meta, .. Mdat, 0, 0, 0, 7, .. "free"u8]),
        Row("AVIF: a negative 64-bit size", [.. Ftyp, .. Meta, .. Mdat, 0, 0, 0, 1, .. "free"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
        Row("AVIF: a 64-bit size beyond counting", [.. Ftyp, .. Meta, .. Mdat, 0, 0, 0, 1, .. "free"u8, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
        Row("JPEG XL: the last part is missing", [.. StartOfJxl, .. JxlPart(0), .. JxlPart(0)]),
        Row("BMP: length 0, pixels cut", [.. "BM"u8, 0, 0, 0, 0, .. SampleImages.Bmp()[6..^1]]),
        Row("BMP: no place of its pixels, which are cut", With(SampleImages.Bmp(), 10, 0)[..^1]),
        Row("BMP: no place of its pixels, OS/2, cut", With(SampleImages.BmpOfOs2(), 10, 0)[..^1]),
        Row("BMP: no place of its pixels behind masks, cut", Placeless(3, 16, 12 + 3)),
        Row("BMP: no place of its pixels behind 256 colours, cut", Placeless(0, 8, 4 * 256 + 3)),
        Row("BMP: rows without a depth", With(SampleImages.Bmp(), 28, 0)),
        Row("BMP: no width", With(SampleImages.Bmp(), 18, 0, 0, 0, 0)),
        Row("BMP: pixels behind the end", With(SampleImages.Bmp(), 10, 0, 0, 1, 0)),
        Row("BMP: more pixels than can be counted", With([.. "BM"u8, 0, 0, 0, 0, .. SampleImages.Bmp()[6..]], 18, 0xFF, 0xFF, 0xFF, 0x7F, 0, 0, 0, 0x80, 1, 0, 0xFF, 0xFF)),
        Row("BMP: a length that its rows do not come to", [.. "BM"u8, 26, 0, 0, 0, .. SampleImages.Bmp()[6..^1]]),
        Row("BMP: OS/2 2 in 16 bytes, cut", Os2Bitmap(16)[..^1]),
        Row("BMP: OS/2 2 in 64 bytes, cut", Os2Bitmap(64)[..^1]),
        Row("BMP: a PNG that is shorter than the header says", Compressed(5, 5, [1, 2, 3, 4])),
        Row("ICO: a PNG that is cut, of which the entry says more", With(SampleImages.Ico(), 15, 9)[..^1]),
        Row("ICO: rows without the mask that their entry counts", With(SampleImages.IcoOfRows(), 14, 64)),
        Row("ICO: an image behind the end", [0, 0, 1, 0, 1, 0, .. IconEntry(5, 20), 1, 2]),
        Row("ICO: an image that begins in the directory", With(SampleImages.Ico(), 18, 0)),
        Row("ICO: an image that begins in the last entry", With(SampleImages.Ico(), 18, 21)),
        Row("ICO: two images, the first one in the second entry",
            [0, 0, 1, 0, 2, 0, .. IconEntry(3, 22), .. IconEntry(2, 38), 1, 2, 3, 4, 5]),
        Row("ICO: a PNG of no size that is cut", With(SampleImages.Ico(), 14, 0, 0)[..^1]),
        Row("ICO: rows of no size that are cut", With(SampleImages.IcoOfRows(), 14, 0)[..^1]),
        Row("ICO: an image of no bytes", [0, 0, 1, 0, 1, 0, .. IconEntry(0, 22), 1, 2]),
        Row("TIFF: directory behind the end", [.. "II*\0"u8, 255, 0, 0, 0, 0, 0]),
        Row("TIFF: an empty directory", [.. "II*\0"u8, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        Row("TIFF: a value behind the end", [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0, 1, 3, 0, 9, 0, 0, 0, 26, 0, 0, 0, 0, 0, 0, 0]),
        Row("TIFF: the last strip is cut", DirectoryInFront()[..^1]),
        Row("TIFF: the strip with the highest place is cut", SampleImages.TiffOfStrips()[..^1]),
        Row("TIFF: a strip without a length, nothing of it there", SampleImages.TiffOfStrips(0)[..50]),
        Row("TIFF: a strip without a length, its rows cut", OneStrip(OneStripAt, 0)[..^1]),
        Row("TIFF: a strip that lies behind its own cut pointer", [.. SampleImages.Tiff()[..^2]]),
        Row("TIFF: a page in front of the first is cut", [.. "II*\0"u8, 26, 0, 0, 0, .. Page(0), .. Page(4)]),
        Row("TIFF: no strips", [.. "II*\0"u8, 8, 0, 0, 0, 2, 0, .. Entry(0, 2), .. Entry(1, 2), 0, 0, 0, 0]),
        Row("TIFF: no strips, big-endian",
            [.. "MM\0*"u8, 0, 0, 0, 8, 0, 2, 1, 0, 0, 3, 0, 0, 0, 1, 0, 2, 0, 0, 1, 1, 0, 3, 0, 0, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0]),
        Row("TIFF: no strips on either page",
            [.. "II*\0"u8, 8, 0, 0, 0, .. PageOf(Entry(0, 2), 26), 2, 0, .. Entry(0, 2), .. Entry(1, 2), 0, 0, 0, 0]),
        Row("TIFF: no strips, nor any in its subdirectory",
            [.. "II*\0"u8, 8, 0, 0, 0, 3, 0, .. Entry(0, 2), .. Entry(1, 2), .. Entry(SubIfds, 50), 0, 0, 0, 0, .. PageOf(Entry(0, 2), 0)]),
        Row("TIFF: strips of a subdirectory that are cut",
            [.. "II*\0"u8, 8, 0, 0, 0, 2, 0, .. Entry(17, 8), .. Entry(SubIfds, 38), 0, 0, 0, 0, .. PageOf(Entry(17, 56), 0)]),
        Row("TIFF: EXIF behind the end", [.. "II*\0"u8, 8, 0, 0, 0, .. PageOfExif(39)]),
        Row("BigTIFF: a count beyond counting",
            [.. SampleImages.BigTiff()[..32], .. Enumerable.Repeat((byte)255, 8), .. SampleImages.BigTiff()[40..]]),
        Row("TIFF: the second page is cut", [.. SampleImages.Tiff()[..^4], 114, 0, 0, 0, 9]),
    ];

    private const byte SubIfds = 0x4A;

    private const byte OneStripAt = 8 + 2 + 5 * 12 + 4;

    private static byte[] Scan => [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0];

    private static byte[] Frame(byte marker) => [0xFF, marker, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0];

    private static byte[] Ftyp => [0, 0, 0, 16, .. "ftypavif"u8, 0, 0, 0, 0];

    private static byte[] Meta => [0, 0, 0, 12, .. "meta"u8, 0, 0, 0, 0];

    private static byte[] Mdat => [0, 0, 0, 10, .. "mdat"u8, 1, 2];

    private static byte[] StartOfJxl => SampleImages.JpegXl()[..32];

    [TestCaseSource(nameof(Complete))]
    public void Allowed(byte[] bytes) => Assert.That(SampleTable.IsCompleteImage(bytes), Is.True);

    [TestCaseSource(nameof(Broken))]
    public void Forbidden(byte[] bytes) => Assert.That(SampleTable.IsCompleteImage(bytes), Is.False);

    [Test]
    public void Strips_behind_their_directory_are_complete_with_their_last_byte() =>
        Assert.That(SampleTable.IsCompleteImage(DirectoryInFront()), Is.True);

    // Of 1 x 2 pixels, 24 bits each; fields behind the sixteenth byte are zero.
    private static byte[] Os2Bitmap(byte header) =>
        [.. "BM"u8, 0, 0, 0, 0, 0, 0, 0, 0, (byte)(14 + header), 0, 0, 0, header, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 24, 0,
            .. new byte[header - 16], .. new byte[8]];

    private static byte[] Compressed(byte compression, byte size, byte[] pixels) =>
        [.. "BM"u8, .. new byte[8], 54, 0, 0, 0, 40, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 24, 0, compression, 0, 0, 0, size, 0, 0, 0,
            .. new byte[16], .. pixels];

    // One pixel, and so many bytes behind the header.
    private static byte[] Placeless(byte compression, byte depth, int rest) =>
        [.. With(With(Compressed(compression, 0, []), 28, depth), 10, 0), .. new byte[rest]];

    // Plain pixels: 2 rows of 3 bytes.
    private static byte[] OneStrip(byte offset, byte length) =>
    [
        .. "II*\0"u8, 8, 0, 0, 0, 5, 0, .. Entry(0, 3), .. Entry(1, 2), .. Entry(2, 8), .. Entry(17, offset), .. Entry(23, length), 0, 0,
            0, 0, 1, 2, 3, 4, 5, 6,
    ];

    private static byte[] Entry(byte tag, byte value) => [tag, 1, 3, 0, 1, 0, 0, 0, value, 0, 0, 0];

    private static byte[] Page(byte next) => PageOf(Entry(17, 8), next);

    private static byte[] PageOf(byte[] entry, byte next) => [1, 0, .. entry, next, 0, 0, 0];

    private static byte[] PageOfExif(byte place) => [2, 0, .. Entry(17, 8), 0x69, 0x87, 4, 0, 1, 0, 0, 0, place, 0, 0, 0, 0, 0, 0, 0];

    private static byte[] MetaOf(byte[] box) => [0, 0, 0, (byte)(12 + box.Length), .. "meta"u8, 0, 0, 0, 0, .. box];

    private static byte[] Primary(byte item) => [0, 0, 0, 14, .. "pitm"u8, 0, 0, 0, 0, 0, item];

    // 1 is this file, 0 another.
    private static byte[] ReferenceTo(byte flags) =>
        [0, 0, 0, 36, .. "dinf"u8, 0, 0, 0, 28, .. "dref"u8, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 12, .. "url "u8, 0, 0, 0, flags];

    // Version 1: with the way an item is found (0 in the file, 1 in idat), and which file it is in.
    private static byte[] Iloc1(byte sizes, byte baseSize, params byte[][] items)
    {
        byte[] content = [1, 0, 0, 0, sizes, baseSize, 0, (byte)items.Length, .. items.SelectMany(item => item)];
        return [0, 0, 0, (byte)(8 + content.Length), .. "iloc"u8, .. content];
    }

    private static byte[] Item1(byte method, byte file, int offset) =>
        [0, 1, 0, method, 0, file, 0, 1, 0, 0, (byte)(offset >> 8), (byte)offset, 0, 0, 0, 2];

    private static byte[] CutBehindThumbnail()
    {
        var jpeg = SampleImages.JpegWithThumbnail();
        return jpeg[..(jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) + 2)];
    }

    // Two strips of four and three bytes; their offsets and lengths are too many to stand in the entries.
    private static byte[] DirectoryInFront() =>
    [
        .. "II*\0"u8, 8, 0, 0, 0, 2, 0,
        0x11, 1, 4, 0, 2, 0, 0, 0, 38, 0, 0, 0,
        0x17, 1, 3, 0, 2, 0, 0, 0, 4, 0, 3, 0,
        0, 0, 0, 0,
        46, 0, 0, 0, 50, 0, 0, 0,
        1, 2, 3, 4, 5, 6, 7,
    ];

    private static byte[] JxlPart(byte index) => [0, 0, 0, 14, .. "jxlp"u8, index, 0, 0, 0, 1, 2];

    private static byte[] IconEntry(byte size, byte offset) => [16, 16, 0, 0, 1, 0, 24, 0, size, 0, 0, 0, offset, 0, 0, 0];

    private static byte[] With(byte[] bytes, int position, params byte[] replacement)
    {
        replacement.CopyTo(bytes, position);
        return bytes;
    }

    private static TestCaseData<byte[]> Row(string name, byte[] bytes) => new(bytes) { TestName = "{m}: " + name };
}
