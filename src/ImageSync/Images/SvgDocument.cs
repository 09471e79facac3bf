using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace ImageSync.Images;

/// <summary>SVG: an XML document that can be parsed to its end, with what it brings itself and nothing from elsewhere.</summary>
internal static partial class SvgDocument
{
    // Generous, because old Illustrators wrote every style of every path as an entity.
    private const int MaxEntityCharacters = 2_000_000;

    private const int WorkAtLeast = 100_000;

    public static bool Begins(ReadOnlySpan<byte> head) => MarkupOpening.IsSvg(head);

    public static bool IsComplete(Stream body)
    {
        body.Position = 0;
        var head = new byte[ImageFormat.HeadLength];
        var opening = head.AsSpan(0, body.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));

        // This bounds the DOCTYPE too, and has to: XmlReader takes half a minute over a content model of 50 KB.
        if (!MarkupOpening.IsSvg(opening))
        {
            return false;
        }

        body.Position = 0;
        try
        {
            using var reader = Open(body, DeclaredCodePage(opening));
            return TryReadToEnd(reader, body.Length / 2 + WorkAtLeast);
        }
        catch (XmlException)
        {
            return false;
        }
    }

    /// <summary>Of the root element: its width and height where both are plain numbers or pixels, otherwise its viewBox.</summary>
    public static ImageSize? SizeOf(Stream body)
    {
        body.Position = 0;
        var head = new byte[ImageFormat.HeadLength];
        var opening = head.AsSpan(0, body.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
        body.Position = 0;
        try
        {
            using var reader = Open(body, DeclaredCodePage(opening));
            if (reader.MoveToContent() != XmlNodeType.Element)
            {
                return null;
            }

            var box = reader.GetAttribute("viewBox")?.Split((char[]?)[' ', ',', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
            var (width, height) = (Pixels(reader.GetAttribute("width")), Pixels(reader.GetAttribute("height")));
            return width is not null && height is not null ? ImageSize.Of(width.Value, height.Value)
                : box is { Length: 4 } ? ImageSize.Of(Pixels(box[2]) ?? 0, Pixels(box[3]) ?? 0)
                : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static long? Pixels(string? length) =>
        double.TryParse(length?.Trim().Replace("px", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var pixels) && pixels is > 0 and < int.MaxValue
            ? (long)Math.Ceiling(pixels)
            : null;

    // Two characters make one node or attribute at most (<g/>x<g/>x), but a DTD can give a thousand attributes to each
    // element, and an entity can hold elements.
    private static bool TryReadToEnd(XmlReader reader, long maxWork)
    {
        for (long work = 0; reader.Read(); work += 1 + reader.AttributeCount)
        {
            if (work > maxWork)
            {
                return false;
            }
        }

        return true;
    }

    private static XmlReader Open(Stream body, Encoding? codePage)
    {
        var settings = new XmlReaderSettings
        {
            // Adobe Illustrator declares its namespaces as entities. Without a resolver nothing outside the file is read.
            DtdProcessing = DtdProcessing.Parse,
            XmlResolver = null,
            MaxCharactersFromEntities = MaxEntityCharacters,
        };
        return codePage is null
            ? XmlReader.Create(body, settings)
            : XmlReader.Create(new StreamReader(body, codePage, detectEncodingFromByteOrderMarks: false, leaveOpen: true), settings);
    }

    // XmlReader knows the encodings that .NET has by itself; windows-1251, gb2312 and their like come from a provider,
    // and to register that would change the process that we are guests in.
    private static Encoding? DeclaredCodePage(ReadOnlySpan<byte> head)
    {
        var declaration = EncodingDeclaration().Match(Encoding.Latin1.GetString(head[..Math.Min(head.Length, 200)]));
        return declaration.Success ? CodePagesEncodingProvider.Instance.GetEncoding(declaration.Groups[1].Value) : null;
    }

    [GeneratedRegex("""^<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")]
    private static partial Regex EncodingDeclaration();
}
