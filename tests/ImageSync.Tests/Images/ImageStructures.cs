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
        Row("JPEG: a second image behind it (MPF)", [.. Jpeg, .. Jpeg[..^10]]),
        Row("GIF: a terminator too many", [.. Gif[..^1], 0, 0, 0x3B]),
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
        Row("JPEG XL: in parts", [.. StartOfJxl, .. JxlPart(0), .. JxlPart(0x80)]),
        Row("BMP: length 0, pixels all there", [.. "BM"u8, 0, 0, 0, 0, .. SampleImages.Bmp()[6..]]),
        Row("BMP: top row first", With(SampleImages.Bmp(), 22, 0xFE, 0xFF, 0xFF, 0xFF)),
        Row("BMP: OS/2", [.. "BM"u8, 30, 0, 0, 0, 0, 0, 0, 0, 26, 0, 0, 0, 12, 0, 0, 0, 1, 0, 1, 0, 1, 0, 24, 0, 1, 2, 3, 0]),
        Row("ICO: two images, the first one last", [0, 0, 1, 0, 2, 0, .. IconEntry(3, 40), .. IconEntry(2, 38), 1, 2, 3, 4, 5]),
        Row("TIFF: big-endian, a page without strips", [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 1, 0, 0, 3, 0, 0, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0]),
        Row("TIFF: an unknown type", [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0, 0x99, 99, 0, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0]),
        Row("TIFF: a chain that is a circle", [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0, 1, 3, 0, 1, 0, 0, 0, 2, 0, 0, 0, 8, 0, 0, 0]),
    ];

    private static IEnumerable<TestCaseData<byte[]>> Broken =>
    [
        Row("PNG: no pixels", [.. SampleImages.Png(1, 1, 1)[..33], .. SampleImages.Png(1, 1, 1)[^12..]]),
        Row("PNG: no header", [.. SampleImages.Png(1, 1, 1)[..8], .. SampleImages.Png(1, 1, 1)[33..]]),
        Row("PNG: a chunk of 4 GB", With(SampleImages.Png(1, 1, 1), 33, 0xFF, 0xFF, 0xFF, 0xFF)),
        Row("JPEG: cut behind the thumbnail's end", CutBehindThumbnail()),
        Row("JPEG: no scan", [0xFF, 0xD8, 0xFF, 0xD9]),
        Row("JPEG: ends in fill bytes", [.. Jpeg[..^1], 0xFF, 0xFF]),
        Row("JPEG: begins again", [.. StartOfJpeg, 1, .. Jpeg]),
        Row("JPEG: a segment shorter than its length", [.. StartOfJpeg, 0xFF, 0xFE, 0, 1, 0xFF, 0xD9]),
        Row("GIF: no image", [.. "GIF89a"u8, 1, 0, 1, 0, 0, 0, 0, 0x3B]),
        Row("GIF: no trailer", Gif[..^1]),
        Row("GIF: an unknown block", [.. Gif[..^1], 0x7F, 0x3B]),
        Row("WebP: no pixels", [.. "RIFF"u8, 12, 0, 0, 0, .. "WEBPEXIF"u8, 0, 0, 0, 0]),
        Row("WebP: a chunk longer than the file", With(WebP, 16, 0xF0, 0xFF, 0xFF, 0xFF)),
        Row("WebP: a chunk longer than RIFF says", [.. WebP[..4], (byte)(WebP[4] - 2), .. WebP[5..]]),
        Row("AVIF: no pixels", [.. Ftyp, .. Meta]),
        Row("AVIF: no description", [.. Ftyp, .. Mdat]),
        Row("AVIF: a box smaller than its header", [.. Ftyp, .. Meta, .. Mdat, 0, 0, 0, 7, .. "free"u8]),
        Row("AVIF: a negative 64-bit size", [.. Ftyp, .. Meta, .. Mdat, 0, 0, 0, 1, .. "free"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
        Row("AVIF: a 64-bit size beyond counting", [.. Ftyp, .. Meta, .. Mdat, 0, 0, 0, 1, .. "free"u8, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
        Row("JPEG XL: the last part is missing", [.. StartOfJxl, .. JxlPart(0), .. JxlPart(0)]),
        Row("BMP: length 0, pixels cut", [.. "BM"u8, 0, 0, 0, 0, .. SampleImages.Bmp()[6..^1]]),
        Row("BMP: no width", With(SampleImages.Bmp(), 18, 0, 0, 0, 0)),
        Row("BMP: pixels behind the end", With(SampleImages.Bmp(), 10, 0, 0, 1, 0)),
        Row("BMP: more pixels than can be counted", With([.. "BM"u8, 0, 0, 0, 0, .. SampleImages.Bmp()[6..]], 18, 0xFF, 0xFF, 0xFF, 0x7F, 0, 0, 0, 0x80, 1, 0, 0xFF, 0xFF)),
        Row("ICO: an image behind the end", [0, 0, 1, 0, 1, 0, .. IconEntry(5, 20), 1, 2]),
        Row("ICO: an image of no bytes", [0, 0, 1, 0, 1, 0, .. IconEntry(0, 22), 1, 2]),
        Row("TIFF: directory behind the end", [.. "II*\0"u8, 255, 0, 0, 0, 0, 0]),
        Row("TIFF: an empty directory", [.. "II*\0"u8, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        Row("TIFF: a value behind the end", [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0, 1, 3, 0, 9, 0, 0, 0, 26, 0, 0, 0, 0, 0, 0, 0]),
        Row("TIFF: the last strip is cut", DirectoryInFront()[..^1]),
        Row("TIFF: the second page is cut", [.. SampleImages.Tiff()[..^4], 114, 0, 0, 0, 9]),
    ];

    private static byte[] Scan => [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0];

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
