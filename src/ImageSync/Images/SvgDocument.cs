using System.Globalization;
using System.Xml;

namespace ImageSync.Images;

/// <summary>SVG: an XML document that can be parsed to its end, with what it brings itself and nothing from elsewhere.</summary>
internal static class SvgDocument
{
    // Generous, because old Illustrators wrote every style of every path as an entity: some twenty characters for one.
    private const int EntityCharactersAtLeast = 2_000_000;
    private const int EntityCharactersAtMost = 10_000_000;
    private const int EntityCharactersForByte = 20;

    private const int WorkAtLeast = 100_000;

    private const string Namespace = "http://www.w3.org/2000/svg";

    public static bool Begins(ReadOnlySpan<byte> head) => MarkupSniffer.IsSvg(head);

    public static ImageFault? FindFault(Stream body)
    {
        var opening = ImageFormat.Head(body);
        body.Position = 0;
        return FindFault(body, opening, body.Length);
    }

    /// <summary>Looks for faults of a document that may come out of a decoder.</summary>
    /// <param name="document">At its beginning.</param>
    /// <param name="opening">Its first bytes.</param>
    /// <param name="length">How many bytes it takes to send it.</param>
    public static ImageFault? FindFault(Stream document, ReadOnlySpan<byte> opening, long length)
    {
        // This bounds the DOCTYPE too.
        if (!MarkupSniffer.IsSvg(opening))
        {
            return ImageFault.Damaged($"its root is not svg");
        }

        var text = XmlText.Open(document, opening);
        try
        {
            using var reader = Open(text, length);
            return FindFault(reader, text);
        }
        catch (XmlException exception)
        {
            var entities = MarkupSniffer.DeclaresEntities(opening) ? ", or has entities that become too many characters" : "";
            var place = FormattableString.Invariant($"(line {exception.LineNumber}, position {exception.LinePosition})");
            return text.WasLeftWanting ? ImageFault.BreaksOff : new ImageFault($"that is no well-formed XML{entities} {place}");
        }
    }

    /// <summary>Of the root element: its width and height where both are plain numbers or pixels, otherwise its viewBox.</summary>
    public static ImageSize? SizeOf(Stream body)
    {
        var opening = ImageFormat.Head(body);
        body.Position = 0;
        return SizeOf(body, opening);
    }

    /// <summary>The size of a document that may come out of a decoder.</summary>
    public static ImageSize? SizeOf(Stream document, ReadOnlySpan<byte> opening)
    {
        if (!MarkupSniffer.IsSvg(opening))
        {
            return null;
        }

        try
        {
            using var reader = Open(XmlText.Open(document, opening), length: 0);
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
        double.TryParse(
            length?.Trim().Replace("px", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var pixels)
        && pixels is > 0 and < int.MaxValue
            ? (long)Math.Ceiling(pixels)
            : null;

    // Two characters make one node or attribute at most (<g/>x<g/>x), but a DTD can give a thousand attributes to each
    // element, and an entity can hold elements.
    private static ImageFault? FindFault(XmlReader reader, XmlText text)
    {
        ImageFault? fault = null;
        for (long work = 0; reader.Read(); work += 1 + reader.AttributeCount)
        {
            if (work > text.Count / 2 + WorkAtLeast)
            {
                return new ImageFault("whose DOCTYPE makes far more of it than it holds");
            }

            // An outer svg is all that a browser asks (SVG 2 §5.1.1), and what one without its namespace is, it cannot know.
            if (reader is { NodeType: XmlNodeType.Element, Depth: 0 } && reader.NamespaceURI != Namespace)
            {
                fault = ImageFault.Without($"the namespace of SVG, xmlns=\"{Namespace}\" on its root: browsers show no such image");
            }
        }

        return fault;
    }

    private static XmlReader Open(XmlText text, long length) => XmlReader.Create(text, new XmlReaderSettings
    {
        // Adobe Illustrator declares its namespaces as entities. Without a resolver nothing outside the file is read.
        DtdProcessing = DtdProcessing.Parse,
        XmlResolver = null,
        MaxCharactersFromEntities = Math.Clamp(Math.Min(length, EntityCharactersAtMost) * EntityCharactersForByte,
            EntityCharactersAtLeast, EntityCharactersAtMost),
        CloseInput = true,
    });
}
