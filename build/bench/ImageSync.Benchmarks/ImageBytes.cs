using BenchmarkDotNet.Attributes;
using ImageSync.Images;
using ImageSync.Testing;

namespace ImageSync.Benchmarks;

/// <summary>Judging the bytes of an image that was received: what it is, and whether it is all there.</summary>
public class ImageBytes
{
    private static readonly Dictionary<string, byte[]> Images = new()
    {
        ["PNG"] = SampleImages.Png(16, 16, seed: 1),
        ["PNG 60 KB"] = SampleImages.Png(seed: 1, approximateBytes: 60_000),
        ["JPEG"] = SampleImages.Jpeg(),
        ["GIF"] = SampleImages.Gif(),
        ["WebP"] = SampleImages.WebP(),
        ["AVIF"] = SampleImages.Avif(),
        ["HEIC"] = SampleImages.Heic(),
        ["JPEG XL"] = SampleImages.JpegXl(),
        ["ICO"] = SampleImages.Ico(),
        ["BMP"] = SampleImages.Bmp(),
        ["TIFF"] = SampleImages.Tiff(),
        ["SVG"] = SampleImages.Svg(),
    };

    private byte[] _bytes = [];
    private string? _mediaType;

    public static IEnumerable<string> Formats => Images.Keys;

    [ParamsSource(nameof(Formats))]
    public string Format { get; set; } = "";

    [GlobalSetup]
    public void Choose()
    {
        _bytes = Images[Format];
        _mediaType = ImageFormat.Detect(_bytes)?.MediaType;
        if (MediaTypeCheck.Judge(MediaRange.Images, _mediaType, new MemoryStream(_bytes)).Problem is { } problem)
        {
            throw new InvalidOperationException($"The {Format} {problem}.");
        }
    }

    [Benchmark]
    public object? Detect() => ImageFormat.Detect(_bytes);

    [Benchmark]
    public object Judge() => MediaTypeCheck.Judge(MediaRange.Images, _mediaType, new MemoryStream(_bytes));
}
