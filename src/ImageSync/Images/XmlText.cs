using System.Text;
using System.Text.RegularExpressions;

namespace ImageSync.Images;

/// <summary>
/// The characters of an XML document as browsers read them: a byte order mark tells the encoding, and otherwise the declaration
/// does where the bytes can be in it. XmlReader refuses what contradicts, and XML 1.1, so it is shown a declaration that does not.
/// </summary>
internal sealed partial class XmlText : TextReader
{
    private const int LongestDeclaration = 512;
    private const string ShownDeclaration = "<?xml version=\"1.0\"?>";

    private readonly StreamReader _text;
    private readonly LenientNames _names = new();
    private string _next;

    private XmlText(StreamReader text, string next) => (_text, _next) = (text, next);

    /// <summary>Characters that were read so far.</summary>
    public long Count { get; private set; }

    /// <summary>Whether more characters were wanted than there are.</summary>
    public bool WasLeftWanting { get; private set; }

    /// <summary>Begins to read.</summary>
    /// <param name="document">At its beginning; it stays open.</param>
    /// <param name="opening">Its first bytes.</param>
    public static XmlText Open(Stream document, ReadOnlySpan<byte> opening)
    {
        var (mark, encoding) = Marked(opening);
        var first = opening[mark..Math.Min(opening.Length, mark + LongestDeclaration)];
        var declaration = Declaration().Match((encoding ?? Encoding.Latin1).GetString(first));
        encoding ??= Declared(declaration.Groups[1].Value.ToLowerInvariant());

        // It passes over the mark of its encoding by itself.
        var text = new StreamReader(document, encoding, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        text.ReadBlock(new char[declaration.Length], 0, declaration.Length);
        return new XmlText(text, declaration.Success ? ShownDeclaration : "");
    }

    public override int Read() => throw new NotSupportedException();

    public override int Read(char[] buffer, int index, int count)
    {
        int read;
        if (_next.Length > 0)
        {
            read = Math.Min(count, _next.Length);
            _next.CopyTo(0, buffer, index, read);
            _next = _next[read..];
        }
        else
        {
            read = _text.Read(buffer, index, count);
        }

        _names.Relax(buffer.AsSpan(index, read));
        Count += read;
        WasLeftWanting |= read == 0 && count > 0;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        _text.Dispose();
        base.Dispose(disposing);
    }

    private static (int Length, Encoding? Encoding) Marked(ReadOnlySpan<byte> opening) => opening switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (3, Strict("utf-8")),
        [0xFF, 0xFE, ..] => (2, Strict("utf-16")),
        [0xFE, 0xFF, ..] => (2, Strict("utf-16BE")),
        _ => (0, null),
    };

    // windows-1251, gb2312 and their like come from a provider; to register that would change the whole process.
    // A declaration that could be read is in no encoding that has ASCII elsewhere, whatever it says (HTML §13.2.3.2 takes UTF-8
    // for UTF-16 then); a label that nobody knows stands for UTF-8 as well.
    private static Encoding Declared(string label) =>
        CodePagesEncodingProvider.Instance.GetEncoding(label) is { } known && HoldsAscii(known) ? known
        : LikeAscii().IsMatch(label) ? Encoding.Latin1
        : Strict("utf-8");

    private static bool HoldsAscii(Encoding encoding) => encoding.GetString("<?xml"u8) == "<?xml";

    // What is no character becomes one that XML does not have, so that XmlReader tells where it is.
    private static Encoding Strict(string name) =>
        Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFF"));

    // XML 1.0 §2.8, production XMLDecl. Browsers take every version 1.x, as the fifth edition wants it.
    [GeneratedRegex(
        """^<\?xml\s+version\s*=\s*["']1\.[0-9]+["']"""
        + """(?:\s+encoding\s*=\s*["']\s*([A-Za-z][A-Za-z0-9._:-]*)\s*["'])?"""
        + """(?:\s+standalone\s*=\s*["'](?:yes|no)["'])?\s*\?>""")]
    private static partial Regex Declaration();

    // Labels of the Encoding Standard §4.2 that .NET does not know. What is markup in these is ASCII, and that is all that matters.
    [GeneratedRegex(@"^(?:(?:us-)?ascii|ansi_x3|cp|cs|gb_|ibm|iso|koi|l[0-9]|latin|mac|ms|sun_|windows-|x-)")]
    private static partial Regex LikeAscii();
}
