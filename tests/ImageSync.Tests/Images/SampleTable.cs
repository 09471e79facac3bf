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
        Row("image/avif", SampleImages.AvifToTheEnd(), "AVIF, mdat to the end"),
        Row("image/avif", SampleImages.AvifMini(), "AVIF, mini"),
        Row("image/avif", SampleImages.AvifSequence(), "AVIF, sequence"),
        Row("image/heic", SampleImages.Heic(), "HEIC"),
        Row("image/jxl", SampleImages.JpegXl(), "JPEG XL"),
        Row("image/svg+xml", SampleImages.Svg(), "SVG"),
        Row("image/svg+xml", SampleImages.CompressedSvg(), "SVGZ"),
        Row("image/svg+xml", WithGzipFields(SampleImages.CompressedSvg()), "SVGZ, all fields in its header"),
        Row("image/x-icon", SampleImages.Ico(), "ICO"),
        Row("image/x-icon", SampleImages.IcoOfRows(), "ICO, rows behind the size given"),
        Row("image/x-icon", SampleImages.IcoOfShortPng(), "ICO, PNG behind the size given"),
        Row("image/x-icon", With(SampleImages.IcoOfRows(), 14, 0), "ICO, rows of no size"),
        Row("image/x-icon", With(SampleImages.IcoOfShortPng(), 14, 0), "ICO, PNG of no size"),
        Row("image/bmp", SampleImages.Bmp(), "BMP"),
        Row("image/bmp", SampleImages.BmpOfOs2(), "BMP, rows behind the length given"),
        Row("image/bmp", SampleImages.BmpOfRuns(), "BMP, run-length encoded"),
        Row("image/bmp", With(SampleImages.Bmp(), 10, 0), "BMP, no place of its pixels"),
        Row("image/tiff", SampleImages.Tiff(), "TIFF"),
        Row("image/tiff", SampleImages.BigTiff(), "BigTIFF"),
        Row("image/tiff", SampleImages.TiffOfStrips(), "TIFF, strips in another order"),
        Row("image/tiff", SampleImages.TiffWithExif(), "TIFF, EXIF and GPS behind its strip"),
    ];

    /// <summary>
    /// Where a sample can be cut and all of its picture stays: before the last pointer of a TIFF, which is a zero, and before the pad
    /// of the last chunk of a WebP. Writers leave these out.
    /// </summary>
    public static int[] HarmlessCuts(byte[] bytes) => bytes switch
    {
        [(byte)'R', ..] => [bytes.Length - 1],
        [(byte)'I', (byte)'I', (byte)'*', ..] when bytes.SequenceEqual(SampleImages.Tiff()) => [bytes.Length - 4],
        [(byte)'I', (byte)'I', (byte)'+', ..] => [bytes.Length - 8],
        _ => [],
    };

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

    // RFC 1952 §2.3: an extra field of three bytes, a name, a comment, and a checksum.
    private static byte[] WithGzipFields(byte[] gzip) =>
        [.. gzip[..3], 0x1E, .. gzip[4..10], 3, 0, 0, 1, 2, .. "a.svg\0by hand\0"u8, 9, 9, .. gzip[10..]];

    private static byte[] With(byte[] bytes, int position, byte value)
    {
        bytes[position] = value;
        return bytes;
    }

    private static TestCaseData<string, byte[]> Row(string mediaType, byte[] bytes, string name) =>
        new(mediaType, bytes) { TestName = "{m}: " + name };
}
