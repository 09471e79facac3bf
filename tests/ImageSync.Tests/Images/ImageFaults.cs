using System.Text;
using ImageSync.Images;
using ImageSync.Testing;

namespace ImageSync.Tests.Images;

/// <summary>What people are told of bytes that are not in order: damaged is said of such alone as are, and of a cut what a cut
/// is.</summary>
public class ImageFaults
{
    private const string BreaksOff = "that breaks off before its end";

    private static readonly byte[] Png = SampleImages.Png(2, 2, 1);
    private static readonly byte[] Jpeg = SampleImages.Jpeg();
    private static readonly byte[] Gif = SampleImages.Gif();

    private static IEnumerable<TestCaseData<byte[], string>> Faults =>
    [
        Row("PNG, cut in a chunk", Png[..^13], BreaksOff),
        Row("PNG, no end", Png[..^12], "without the chunk that ends one (IEND), so that it cannot be told whether it breaks off"),
        Row("PNG, no picture", [.. Png[..33], .. Png[^12..]], "without a picture (IDAT)"),
        Row("PNG, no header", [.. Png[..8], .. Png[33..]], "that is damaged: it does not begin with a header (IHDR)"),
        Row("GIF, cut in a block", Gif[..^3], BreaksOff),
        Row("GIF, no end", Gif[..^1], "without the trailer that ends one, so that it cannot be told whether it breaks off"),
        Row("GIF, no picture", [.. "GIF89a"u8, 1, 0, 1, 0, 0, 0, 0, 0x3B], "without a picture"),
        Row("GIF, an unknown block", [.. Gif[..^1], 0x7F, 0x3B],
            "that is damaged: there is no block that begins with 7F, as the one at byte 42"),
        Row("JPEG, cut in a segment", Jpeg[..50], BreaksOff),
        Row("JPEG, no end", Jpeg[..^2], "without the marker that ends one (EOI), so that it cannot be told whether it breaks off"),
        Row("JPEG, no picture", [0xFF, 0xD8, 0xFF, 0xD9], "without a picture"),
        Row("JPEG, no frame", [0xFF, 0xD8, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 1, 0xFF, 0xD9], "without a picture"),
        Row("JPEG, begins again", [.. Jpeg[..^2], .. Jpeg], "that is damaged: another one begins in it, at byte 166"),
        Row("JPEG, a segment without room", [0xFF, 0xD8, 0xFF, 0xFE, 0, 1, 0xFF, 0xD9],
            "that is damaged: the segment at byte 2 is shorter than its length"),
        Row("WebP, cut", SampleImages.WebP()[..^2], BreaksOff),
        Row("WebP, no picture", [.. "RIFF"u8, 12, 0, 0, 0, .. "WEBPEXIF"u8, 0, 0, 0, 0], "without a picture"),
        Row("WebP, a chunk too long", [.. "RIFF"u8, 14, 0, 0, 0, .. "WEBPVP8 "u8, 9, 0, 0, 0, 1, 2],
            "that is damaged: the chunk at byte 12 is longer than the file says to be"),
        Row("AVIF, no picture", [0, 0, 0, 16, .. "ftypavif"u8, 0, 0, 0, 0, 0, 0, 0, 12, .. "meta"u8, 0, 0, 0, 0],
            "without a picture (mdat)"),
        Row("AVIF, no description", [0, 0, 0, 16, .. "ftypavif"u8, 0, 0, 0, 0, 0, 0, 0, 9, .. "mdat"u8, 1],
            "without a description of what is in it (meta)"),
        Row("AVIF, its picture elsewhere",
            [
                .. "\0\0\0\u0010ftypavif\0\0\0\0\0\0\0\u0032meta\0\0\0\0\0\0\0\u000Epitm\0\0\0\0\0\u0001"u8,
                .. "\0\0\0\u0018iloc\u0001\0\0\0\0\0\0\u0001\0\u0001\0\0\0\u0001"u8, 0, 0, 0, 0, 0, 9, .. "mdat"u8, 1,
            ],
            "without its picture, which is in another file"),
        Row("AVIF, its list of places cut", [.. "\0\0\0\u0010ftypavif\0\0\0\0\0\0\0\u0018meta\0\0\0\0\0\0\0\u000Ciloc\u0001\0\0\0"u8],
            "that is damaged: the list of places of its items (iloc) ends too early"),
        Row("JPEG XL, no last part", [.. SampleImages.JpegXl()[..32], 0, 0, 0, 13, .. "jxlp"u8, 0, 0, 0, 0, 1],
            "without the end of its picture (jxlc, jxlp)"),
        Row("ICO, an image of no bytes", [0, 0, 1, 0, 1, 0, .. new byte[16], 1], "that is damaged: one of its images has no bytes"),
        Row("ICO, a place of no image", [.. SampleImages.Ico()[..18], 0, .. SampleImages.Ico()[19..]],
            "that is damaged: one of its images is said to begin in its directory"),
        Row("BMP, cut", SampleImages.Bmp()[..^1], BreaksOff),
        Row("BMP, no width", [.. SampleImages.Bmp()[..18], 0, .. SampleImages.Bmp()[19..]], "without width, height or colours"),
        Row("BMP, pixels in the headers", [.. SampleImages.Bmp()[..10], 9, .. SampleImages.Bmp()[11..]],
            "that is damaged: its pixels are said to begin in its headers"),
        Row("TIFF, cut", SampleImages.TiffOfStrips()[..^1], BreaksOff),
        Row("TIFF, an empty directory", [.. "II*\0"u8, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0], "that is damaged: a directory has no entries"),
        Row("TIFF, no strips",
            [.. "II*\0"u8, 8, 0, 0, 0, 2, 0, 0, 1, 3, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 1, 3, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0],
            "without a picture (strips or tiles)"),
        Row("SVG, cut", SampleImages.Svg()[..^1], BreaksOff),
        Row("SVG, cut in its first tag", SampleImages.Svg()[..20], BreaksOff),
        Row("SVG, wrong", Utf8("<svg xmlns='http://www.w3.org/2000/svg'>\n<g></svg>"), "that is no well-formed XML (line 2, position 6)"),
        Row("SVG, wrong, with entities", Utf8("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'>&c;</svg>"),
            "that is no well-formed XML, or has entities that become too many characters (line 1, position 74)"),
        Row("SVG, not in its encoding", [.. "<svg xmlns='http://www.w3.org/2000/svg'>"u8, 0xA9, .. "</svg>"u8],
            "that is no well-formed XML (line 1, position 41)"),
        Row("SVG, no namespace", Utf8("<svg/>"), NoNamespace),
        Row("SVG, another namespace", Utf8("<svg xmlns='http://www.w3.org/2000/svg/'/>"), NoNamespace),
        Row("SVGZ, cut in its trailer", SampleImages.CompressedSvg()[..^1], BreaksOff),
        Row("SVGZ, no namespace", Gzip("<svg/>"), NoNamespace),
        Row("SVGZ, cut before it was packed", Gzip("<svg xmlns='http://www.w3.org/2000/svg'>"), BreaksOff),
        Row("SVGZ, cut in two, and packed in two members",
            [.. Gzip("<svg xmlns='http://www.w3.org/2000/svg'>"), .. Gzip("</svg>")], Members),
        Row("SVGZ, another length", [.. Gzip("<svg xmlns='http://www.w3.org/2000/svg'/>")[..^4], 42, 0, 0, 0],
            "that is damaged: unpacked it is 41 bytes long, and not as long as its end says"),
        Row("SVGZ, damaged",
            [0x1F, 0x8B, 8, .. new byte[7], 0, 0x50, 0xC3, 0xAF, 0x3C, .. Utf8("<svg>".PadRight(50_000)), 7, .. new byte[9]],
            "that is damaged: it cannot be unpacked to its end"),
        Row("SVGZ, too much", Gzip("<svg xmlns='http://www.w3.org/2000/svg'>" + new string(' ', 65 * 1024 * 1024)),
            "that is larger than 64 MiB once it is unpacked"),
    ];

    private const string Members = "that is packed in several parts (gzip members), of which browsers unpack the first alone";

    private static string NoNamespace =>
        "without the namespace of SVG, xmlns=\"http://www.w3.org/2000/svg\" on its root: browsers show no such image";

    [TestCaseSource(nameof(Faults))]
    public void Told(byte[] bytes, string clause) =>
        Assert.That(ImageFormat.Detect(bytes)!.FindFault(new MemoryStream(bytes))?.Clause, Is.EqualTo(clause));

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Gzip(string text)
    {
        var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest))
        {
            gzip.Write(Utf8(text));
        }

        return packed.ToArray();
    }

    private static TestCaseData<byte[], string> Row(string name, byte[] bytes, string clause) =>
        new(bytes, clause) { TestName = "{m}: " + name };
}
