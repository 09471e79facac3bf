using System.Buffers;
using System.Text;

namespace ImageSync.Images;

/// <summary>What a page or an XML document opens with, once all that may stand before its first element is passed over.</summary>
internal static class MarkupSniffer
{
    /// <summary>As many bytes as are looked through: authors put whole licences, and drawing programs their own data, before the
    /// root.</summary>
    public const int MaxLength = 1024 * 1024;

    // XmlReader takes half a minute over a content model of 50 KB. Of entities alone, as old Illustrators wrote one for every
    // style, a document type may be longer.
    private const int MaxDeclarations = 16 * 1024;

    private static readonly SearchValues<byte> EndOfName = SearchValues.Create(" \t\r\n\f/>"u8);

    private static readonly SearchValues<byte> DoctypeMarks = SearchValues.Create("\"'[]<>"u8);

    private static ReadOnlySpan<byte> WhiteSpace => " \t\r\n\f"u8;

    /// <summary>Whether what may stand before the first element goes on to the end, so that more bytes are needed to see that
    /// element.</summary>
    public static bool BreaksOff(ReadOnlySpan<byte> head)
    {
        var rest = BehindProlog(head);
        return (rest.IsEmpty || rest[0] == '<') && rest.IndexOfAny(EndOfName) < 0;
    }

    /// <summary>Whether an entity is declared before the first element.</summary>
    public static bool DeclaresEntities(ReadOnlySpan<byte> head) => AsUtf8(head).IndexOf("<!ENTITY"u8) >= 0;

    /// <summary>The root element is svg, with or without a prefix.</summary>
    public static bool IsSvg(ReadOnlySpan<byte> head)
    {
        var rest = BehindProlog(head);
        var length = rest.IndexOfAny(EndOfName);
        if (length < 1 || rest[0] != '<')
        {
            return false;
        }

        var name = rest[1..length];
        return name[(name.IndexOf((byte)':') + 1)..].SequenceEqual("svg"u8);
    }

    // The unmistakable ones among the tags of the MIME Sniffing Standard §7.1.
    public static bool IsHtml(ReadOnlySpan<byte> head)
    {
        var rest = SkipMisc(AsUtf8(head));
        return HasTag(rest, "<!doctype html"u8)
            || HasTag(rest, "<html"u8)
            || HasTag(rest, "<head"u8)
            || HasTag(rest, "<body"u8)
            || HasTag(rest, "<script"u8)
            || HasTag(rest, "<title"u8);
    }

    private static bool HasTag(ReadOnlySpan<byte> text, ReadOnlySpan<byte> tag) =>
        text.Length > tag.Length && Ascii.EqualsIgnoreCase(text[..tag.Length], tag) && EndOfName.Contains(text[tag.Length]);

    private static ReadOnlySpan<byte> AsUtf8(ReadOnlySpan<byte> head) => head switch
    {
        [0xEF, 0xBB, 0xBF, .. var text] => text,
        [0xFF, 0xFE, .. var text] => Encoding.Convert(Encoding.Unicode, Encoding.UTF8, text.ToArray()),
        [0xFE, 0xFF, .. var text] => Encoding.Convert(Encoding.BigEndianUnicode, Encoding.UTF8, text.ToArray()),
        _ => head,
    };

    private static ReadOnlySpan<byte> BehindProlog(ReadOnlySpan<byte> head) => SkipMisc(SkipDoctype(SkipMisc(AsUtf8(head))));

    // XML 1.0 §2.8, production Misc; the XML declaration has the form of a processing instruction.
    private static ReadOnlySpan<byte> SkipMisc(ReadOnlySpan<byte> text)
    {
        while (true)
        {
            text = text.TrimStart(WhiteSpace);
            if (text.StartsWith("<!--"u8))
            {
                text = Behind(text[4..], "-->"u8);
            }
            else if (text.StartsWith("<?"u8))
            {
                text = Behind(text[2..], "?>"u8);
            }
            else
            {
                return text;
            }
        }
    }

    // XML 1.0 §2.8, production doctypedecl: what closes it may also stand in a literal, a comment or its internal subset.
    private static ReadOnlySpan<byte> SkipDoctype(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("<!DOCTYPE"u8))
        {
            return text;
        }

        var whole = text.Length;
        text = text[9..];
        bool isSubset = false, isOfEntities = true;
        while (true)
        {
            var next = text.IndexOfAny(DoctypeMarks);
            if (next < 0)
            {
                return [];
            }

            var mark = text[next];
            text = text[next..];
            switch (mark)
            {
                case (byte)'<':
                    // Of a comment or an instruction nothing counts; of a declaration, its literals.
                    var rest = SkipMisc(text);
                    isOfEntities &= rest.Length < text.Length || IsEntity(text);
                    text = rest.Length < text.Length ? rest : text[1..];
                    break;
                case (byte)'"' or (byte)'\'':
                    text = Behind(text[1..], [mark]);
                    break;
                case (byte)'>' when !isSubset:
                    return isOfEntities || whole - text.Length < MaxDeclarations ? text[1..] : [];
                default:
                    isSubset = mark == '>' ? isSubset : mark == '[';
                    text = text[1..];
                    break;
            }
        }
    }

    // A parameter entity (%) can hold declarations of any kind.
    private static bool IsEntity(ReadOnlySpan<byte> declaration) =>
        declaration.StartsWith("<!ENTITY"u8) && !declaration["<!ENTITY"u8.Length..].TrimStart(WhiteSpace).StartsWith("%"u8);

    private static ReadOnlySpan<byte> Behind(ReadOnlySpan<byte> text, scoped ReadOnlySpan<byte> mark)
    {
        var index = text.IndexOf(mark);
        return index < 0 ? [] : text[(index + mark.Length)..];
    }
}
