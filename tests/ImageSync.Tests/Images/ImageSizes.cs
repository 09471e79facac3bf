using System.Text;
using ImageSync.Images;
using ImageSync.Testing;

namespace ImageSync.Tests.Images;

/// <summary>How large the picture is, by the format's own word.</summary>
public class ImageSizes
{
    private static IEnumerable<TestCaseData<byte[], string>> Sizes =>
    [
        Row("PNG", SampleImages.Png(5, 3, 1), "5×3"),
        Row("APNG", SampleImages.AnimatedPng(), "4×4"),
        Row("JPEG", SampleImages.Jpeg(), "8×8"),
        Row("JPEG, behind a thumbnail", SampleImages.JpegWithThumbnail(), "8×8"),
        Row("JPEG, progressive, behind a profile", [0xFF, 0xD8, 0xFF, 0xE2, 0xFF, 0xFF, .. new byte[0xFFFD], 0xFF, 0xC4, 0, 7, .. new byte[5], 0xFF, 0xC2, 0, 11, 8, 1, 0, 2, 0, 1, 1, 0x11, 0, 0], "512×256"),
        Row("GIF", SampleImages.AnimatedGif(), "1×1"),
        Row("WebP, lossless", SampleImages.WebP(), "8×8"),
        Row("WebP, extended", SampleImages.ExtendedWebP(), "8×8"),
        Row("WebP, lossy", [.. "RIFF"u8, 22, 0, 0, 0, .. "WEBPVP8 "u8, 10, 0, 0, 0, 0, 0, 0, 0x9D, 1, 0x2A, 0x80, 0x42, 0xF0, 0x80], "640×240"),
        Row("WebP, lossless and shorter than any other", [.. "RIFF"u8, 18, 0, 0, 0, .. "WEBPVP8L"u8, 6, 0, 0, 0, 0x2F, 3, 0x40, 0, 0, 0],
            "4×2"),
        Row("AVIF", SampleImages.Avif(), "16×12"),
        Row("AVIF, smaller than another item", SampleImages.Heif("avif"u8, 1, SampleImages.SizeOfItem(3, 2)), "3×2"),
        Row("AVIF, the largest where none is the primary one", WithoutPrimary(SampleImages.Avif()), "16×12"),
        Row("AVIF, mini", SampleImages.AvifMini(), "40×30"),
        Row("AVIF, mini, large", [.. SampleImages.AvifMini()[..26], 0b1_0000010, 0b0111_1111, 0b0000_0011, 0b1011_1110, .. new byte[6]],
            "640×480"),
        Row("HEIC", SampleImages.Heic(), "16×12"),
        Row("HEIC, cut to its clean aperture", SampleImages.HeicWithCleanAperture(), "15×10"),
        Row("HEIC, a clean aperture that is larger",
            SampleImages.Heif("heic"u8, 1, SampleImages.SizeOfItem(4, 3), SampleImages.HeicWithCleanAperture()[CleanAperture]), "4×3"),
        Row("JPEG XL, small and square", [0xFF, 0x0A, 0x41, 0], "8×8"),
        Row("JPEG XL, 4:3", [0xFF, 0x0A, 0xF8, 0x3E], "640×480"),
        Row("JPEG XL, in a container", SampleImages.JpegXl(), "129×1"),
        Row("SVG, viewBox", SampleImages.Svg(), "16×16"),
        Row("SVG, its own size first", Utf8("""<svg xmlns="http://www.w3.org/2000/svg" width="120px" height="80" viewBox="0 0 16 16"/>"""), "120×80"),
        Row("SVG, a size of the page's", Utf8("""<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="2em" viewBox="0,0,33.5,16"/>"""), "34×16"),
        Row("ICO", SampleImages.Ico(), "16×16"),
        Row("ICO, the largest of three", [0, 0, 1, 0, 3, 0, 16, 16, .. new byte[14], 0, 0, .. new byte[14], 48, 48, .. new byte[14]], "256×256"),
        Row("BMP", SampleImages.Bmp(), "2×2"),
        Row("BMP, top row first", [.. SampleImages.Bmp()[..22], 0xFE, 0xFF, 0xFF, 0xFF, .. SampleImages.Bmp()[26..]], "2×2"),
        Row("TIFF", SampleImages.Tiff(), "2×2"),
        Row("BigTIFF", SampleImages.BigTiff(), "2×2"),
        Row("SVGZ", SampleImages.CompressedSvg(), "16×16"),
        Row("SVG, behind a long comment", [.. "<!--"u8, .. new byte[20_000].Select(_ => (byte)'a'), .. "-->"u8, .. SampleImages.Svg()],
            "16×16"),
    ];

    private static IEnumerable<TestCaseData<byte[]>> Without =>
    [
        new TestCaseData<byte[]>(Utf8("<svg xmlns='http://www.w3.org/2000/svg'/>")) { TestName = "{m}: SVG without any" },
        new TestCaseData<byte[]>(Utf8("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 NaN Infinity'/>")) { TestName = "{m}: SVG, no numbers" },
        new TestCaseData<byte[]>(Utf8("<svg xmlns='http://www.w3.org/2000/svg' width='1' width='2'/>")) { TestName = "{m}: SVG, no XML" },
        new TestCaseData<byte[]>([.. SampleImages.Jpeg()[..2], 0xFF, 0xDA, 0, 2]) { TestName = "{m}: JPEG without a frame" },
        new TestCaseData<byte[]>([.. SampleImages.Png(5, 3, 1)[..16], .. new byte[8]]) { TestName = "{m}: PNG of nothing" },
    ];

    [TestCaseSource(nameof(Sizes))]
    public void A_picture_says_how_large_it_is(byte[] bytes, string expected) => Assert.That(SizeOf(bytes)?.ToString(), Is.EqualTo(expected));

    [TestCaseSource(nameof(Without))]
    public void One_that_does_not_say_has_no_size(byte[] bytes) => Assert.That(SizeOf(bytes), Is.Null);

    [TestCaseSource(typeof(SampleTable), nameof(SampleTable.All))]
    public void A_file_that_breaks_off_anywhere_is_read_without_harm(string mediaType, byte[] bytes)
    {
        var format = ImageFormat.Detect(bytes)!;
        var whole = format.SizeOf(new MemoryStream(bytes));
        Assert.That(format.SizeOf(SampleTable.Shown(bytes)), Is.EqualTo(whole));
        for (var length = 0; length < Math.Min(bytes.Length, 2000); length++)
        {
            Assert.That(format.SizeOf(new MemoryStream(bytes[..length])), Is.Null.Or.EqualTo(whole).Or.EqualTo(new ImageSize(4, 3)).Or.EqualTo(new ImageSize(1, 1)));
        }
    }

    private static ImageSize? SizeOf(byte[] bytes) => ImageFormat.Detect(new MemoryStream(bytes))!.SizeOf(new MemoryStream(bytes));

    private static Range CleanAperture
    {
        get
        {
            var start = SampleImages.HeicWithCleanAperture().AsSpan().IndexOf("clap"u8) - 4;
            return start..(start + 40);
        }
    }

    private static byte[] WithoutPrimary(byte[] heif)
    {
        "free"u8.CopyTo(heif.AsSpan(heif.AsSpan().IndexOf("pitm"u8)));
        return heif;
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static TestCaseData<byte[], string> Row(string name, byte[] bytes, string expected) => new(bytes, expected) { TestName = "{m}: " + name };
}
