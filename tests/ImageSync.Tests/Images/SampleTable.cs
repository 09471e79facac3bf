using ImageSync.Images;
using ImageSync.Testing;

namespace ImageSync.Tests.Images;

/// <summary>Every kind of sample image as a row of a table.</summary>
internal static class SampleTable
{
    public static IEnumerable<TestCaseData<string, byte[]>> All =>
    [
        Row("image/png", SampleImages.Png(5, 3, 1), "PNG"),
        Row("image/png", SampleImages.Png(1, 20_000), "PNG, larger than a buffer"),
        Row("image/png", SampleImages.AnimatedPng(), "APNG"),
        Row("image/jpeg", SampleImages.Jpeg(), "JPEG"),
        Row("image/jpeg", SampleImages.JpegWithThumbnail(), "JPEG, EXIF thumbnail"),
        Row("image/gif", SampleImages.Gif(), "GIF"),
        Row("image/gif", SampleImages.AnimatedGif(), "GIF, animated"),
        Row("image/webp", SampleImages.WebP(), "WebP"),
        Row("image/webp", SampleImages.ExtendedWebP(), "WebP, VP8X"),
        Row("image/avif", SampleImages.Avif(), "AVIF"),
        Row("image/heic", SampleImages.Heic(), "HEIC"),
        Row("image/jxl", SampleImages.JpegXl(), "JPEG XL"),
        Row("image/svg+xml", SampleImages.Svg(), "SVG"),
        Row("image/x-icon", SampleImages.Ico(), "ICO"),
        Row("image/bmp", SampleImages.Bmp(), "BMP"),
        Row("image/tiff", SampleImages.Tiff(), "TIFF"),
    ];

    /// <summary>Whether the bytes are a whole image: the same whether they are read through a buffer or looked at where they are.</summary>
    public static bool IsCompleteImage(byte[] bytes)
    {
        var format = ImageFormat.Detect(bytes);
        var isComplete = format?.IsComplete(new MemoryStream(bytes)) ?? false;
        Assert.That(format?.IsComplete(Shown(bytes)) ?? false, Is.EqualTo(isComplete));
        return isComplete;
    }

    /// <summary>A stream that shows the bytes that it has in memory.</summary>
    public static MemoryStream Shown(byte[] bytes) => new(bytes, 0, bytes.Length, writable: false, publiclyVisible: true);

    private static TestCaseData<string, byte[]> Row(string mediaType, byte[] bytes, string name) =>
        new(mediaType, bytes) { TestName = "{m}: " + name };
}
