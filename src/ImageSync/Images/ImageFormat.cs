namespace ImageSync.Images;

/// <summary>A format of images: how it is named, how its files begin, whether one is all there, and how large the picture is.</summary>
internal sealed record ImageFormat(
    string Name,
    string Noun,
    string MediaType,
    IReadOnlyList<string> OtherMediaTypes,
    IReadOnlyList<string> Extensions,
    ImageFormat.Signature Begins,
    Func<Stream, ImageFault?> FindFault,
    Func<Stream, ImageSize?> SizeOf)
{
    /// <summary>As many bytes as a signature needs, but for markup with more than that before its root element.</summary>
    public const int HeadLength = 16 * 1024;

    public static readonly IReadOnlyList<ImageFormat> All =
    [
        new("png", "a PNG image", "image/png", ["image/apng", "image/x-png"], [".png", ".apng"], PngChunks.Begins, PngChunks.FindFault,
            PngChunks.SizeOf),
        new("jpeg", "a JPEG image", "image/jpeg", ["image/jpg", "image/pjpeg"], [".jpg", ".jpeg", ".jpe", ".jfif", ".pjpeg", ".pjp"],
            JpegSegments.Begins, JpegSegments.FindFault, JpegSegments.SizeOf),
        new("gif", "a GIF image", "image/gif", [], [".gif"], GifBlocks.Begins, GifBlocks.FindFault, GifBlocks.SizeOf),
        new("webp", "a WebP image", "image/webp", [], [".webp"], WebPChunks.Begins, WebPChunks.FindFault, WebPChunks.SizeOf),
        new("avif", "an AVIF image", "image/avif", ["image/avif-sequence"], [".avif", ".avifs"], HeifBoxes.BeginsAvif, HeifBoxes.FindFault,
            HeifBoxes.SizeOf),
        new("heic", "a HEIC image", "image/heic", ["image/heif", "image/heic-sequence", "image/heif-sequence"],
            [".heic", ".heif", ".hif", ".heics", ".heifs"], HeifBoxes.BeginsHeic, HeifBoxes.FindFault, HeifBoxes.SizeOf),
        new("jxl", "a JPEG XL image", "image/jxl", [], [".jxl"], JpegXlBoxes.Begins, JpegXlBoxes.FindFault, JpegXlBoxes.SizeOf),
        new("ico", "an icon (ICO)", "image/x-icon", ["image/vnd.microsoft.icon"], [".ico", ".cur"], IconDirectory.Begins,
            IconDirectory.FindFault, IconDirectory.SizeOf),
        new("bmp", "a BMP image", "image/bmp", ["image/x-ms-bmp", "image/x-bmp"], [".bmp", ".dib"], BitmapHeader.Begins,
            BitmapHeader.FindFault, BitmapHeader.SizeOf),
        new("tiff", "a TIFF image", "image/tiff", [], [".tif", ".tiff"], TiffPages.Begins, TiffPages.FindFault, TiffPages.SizeOf),
        new("svg", "an SVG image", "image/svg+xml", [], [".svg"], SvgDocument.Begins, SvgDocument.FindFault, SvgDocument.SizeOf),

        // The media type is the same (SVG 1.1 appendix P); a server that serves the file has to add the coding.
        new("svgz", "an SVG image in gzip (SVGZ)", "image/svg+xml", [], [".svgz"], CompressedSvg.Begins, CompressedSvg.FindFault,
            CompressedSvg.SizeOf)
        {
            Coding = "gzip",
        },
    ];

    /// <summary>The content coding that a server has to name for browsers to show such a file; null for none.</summary>
    public string? Coding { get; private init; }

    /// <summary>The media type, with the coding that its files are in.</summary>
    public string CodedMediaType => Coding is null ? MediaType : $"{MediaType} in {Coding}";

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

    /// <summary>The format of a body; null where it is none of these.</summary>
    public static ImageFormat? Detect(Stream body) => Detect(Head(body));

    /// <summary>The beginning of a body, in which every signature can be found.</summary>
    public static ReadOnlySpan<byte> Head(Stream body)
    {
        var head = Head(body, HeadLength);
        return body.Length > head.Length && MarkupSniffer.BreaksOff(head) ? Head(body, MarkupSniffer.MaxLength) : head;
    }

    /// <summary>Whether the bytes are all there.</summary>
    public bool IsComplete(Stream body) => FindFault(body) is null;

    /// <summary>The format of a name; null where it is none.</summary>
    public static ImageFormat? Named(ReadOnlySpan<char> name)
    {
        foreach (var format in All)
        {
            if (name.SequenceEqual(format.Name))
            {
                return format;
            }
        }

        return null;
    }

    /// <summary>The one name for a media type that has several; any other type as it is.</summary>
    public static string PreferredName(string mediaType) =>
        All.FirstOrDefault(format => format.OtherMediaTypes.Contains(mediaType, StringComparer.OrdinalIgnoreCase))?.MediaType ?? mediaType;

    /// <summary>Whether bytes can be told to be of a type, so that an item can ask for it.</summary>
    public static bool IsMediaType(string mediaType) => All.Any(format => format.MediaType == PreferredName(mediaType));

    /// <summary>The type that somebody means who writes another, such as image/svg; null where it cannot be told.</summary>
    public static string? MediaTypeMeant(string mediaType)
    {
        var name = mediaType[(mediaType.IndexOf('/') + 1)..];
        name = name.StartsWith("x-", StringComparison.Ordinal) ? name[2..] : name;
        return All.FirstOrDefault(format => format.Claims("." + name))?.MediaType;
    }

    /// <summary>The path's extension is one of this format's, or says nothing about images at all.</summary>
    public bool FitsExtension(string path)
    {
        var extension = Path.GetExtension(path);
        return Claims(extension) || !IsImageExtension(extension);
    }

    /// <summary>Whether a path has the extension of an image, or none. No build, editor or server takes such a file for code.</summary>
    public static bool IsNameOfImage(string path) =>
        Path.GetExtension(path) is var extension && (extension.Length == 0 || IsImageExtension(extension));

    /// <summary>The beginning of a body, of so many bytes at most.</summary>
    public static ReadOnlySpan<byte> Head(Stream body, int length)
    {
        length = (int)Math.Min(body.Length, length);
        if (BufferedReader.InMemory(body, out var bytes))
        {
            return bytes.AsSpan(0, length);
        }

        var head = new byte[length];
        body.Position = 0;
        return head.AsSpan(0, body.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
    }

    private static bool IsImageExtension(string extension) => All.Any(format => format.Claims(extension));

    private bool Claims(string extension) => Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase);
}
