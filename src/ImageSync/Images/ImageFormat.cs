namespace ImageSync.Images;

/// <summary>A format of images: how it is named, how its files begin, whether one is all there, and how large the picture is.</summary>
internal sealed record ImageFormat(
    string Noun,
    string MediaType,
    IReadOnlyList<string> OtherMediaTypes,
    IReadOnlyList<string> Extensions,
    ImageFormat.Signature Begins,
    Func<Stream, bool> IsComplete,
    Func<Stream, ImageSize?> SizeOf)
{
    /// <summary>As many bytes as any signature may need: an SVG may have a licence and a DOCTYPE before its root element.</summary>
    public const int HeadLength = 16 * 1024;

    public static readonly IReadOnlyList<ImageFormat> All =
    [
        new("a PNG image", "image/png", ["image/apng", "image/x-png"], [".png", ".apng"], PngChunks.Begins, PngChunks.IsComplete, PngChunks.SizeOf),
        new("a JPEG image", "image/jpeg", ["image/jpg", "image/pjpeg"], [".jpg", ".jpeg", ".jpe", ".jfif", ".pjpeg", ".pjp"],
            JpegSegments.Begins, JpegSegments.IsComplete, JpegSegments.SizeOf),
        new("a GIF image", "image/gif", [], [".gif"], GifBlocks.Begins, GifBlocks.IsComplete, GifBlocks.SizeOf),
        new("a WebP image", "image/webp", [], [".webp"], WebPChunks.Begins, WebPChunks.IsComplete, WebPChunks.SizeOf),
        new("an AVIF image", "image/avif", ["image/avif-sequence"], [".avif", ".avifs"], IsoBoxes.BeginsAvif, IsoBoxes.IsCompleteHeif, IsoBoxes.SizeOfHeif),
        new("a HEIC image", "image/heic", ["image/heif", "image/heic-sequence", "image/heif-sequence"],
            [".heic", ".heif", ".hif", ".heics", ".heifs"], IsoBoxes.BeginsHeic, IsoBoxes.IsCompleteHeif, IsoBoxes.SizeOfHeif),
        new("a JPEG XL image", "image/jxl", [], [".jxl"], IsoBoxes.BeginsJpegXl, IsoBoxes.IsCompleteJpegXl, IsoBoxes.SizeOfJpegXl),
        new("an icon (ICO)", "image/x-icon", ["image/vnd.microsoft.icon"], [".ico", ".cur"], IconDirectory.Begins, IconDirectory.IsComplete, IconDirectory.SizeOf),
        new("a BMP image", "image/bmp", ["image/x-ms-bmp", "image/x-bmp"], [".bmp", ".dib"], BitmapHeader.Begins, BitmapHeader.IsComplete, BitmapHeader.SizeOf),
        new("a TIFF image", "image/tiff", [], [".tif", ".tiff"], TiffDirectory.Begins, TiffDirectory.IsComplete, TiffDirectory.SizeOf),
        new("an SVG image", "image/svg+xml", [], [".svg", ".svgz"], SvgDocument.Begins, SvgDocument.IsComplete, SvgDocument.SizeOf),
    ];

    internal delegate bool Signature(ReadOnlySpan<byte> head);

    public static ImageFormat? Detect(ReadOnlySpan<byte> head)
    {
        foreach (var format in All)
        {
            if (format.Begins(head))
            {
                return format;
            }
        }

        return null;
    }

    /// <summary>The one name for a media type that has several; any other type as it is.</summary>
    public static string PreferredName(string mediaType) =>
        All.FirstOrDefault(format => format.OtherMediaTypes.Contains(mediaType, StringComparer.OrdinalIgnoreCase))?.MediaType ?? mediaType;

    /// <summary>The path's extension is one of this format's, or says nothing about images at all.</summary>
    public bool FitsExtension(string path)
    {
        var extension = Path.GetExtension(path);
        return Claims(extension) || !IsImageExtension(extension);
    }

    /// <summary>Whether a path has the extension of an image, or none. No build, editor or server takes such a file for code.</summary>
    public static bool IsNameOfImage(string path) =>
        Path.GetExtension(path) is var extension && (extension.Length == 0 || IsImageExtension(extension));

    private static bool IsImageExtension(string extension) => All.Any(format => format.Claims(extension));

    private bool Claims(string extension) => Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase);
}
