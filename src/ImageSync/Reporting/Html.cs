using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace ImageSync.Reporting;

/// <summary>
/// HTML, written as an interpolated string: <c>Html cell = $"&lt;td&gt;{name}&lt;/td&gt;"</c>. Whatever stands in a hole is text
/// and is encoded as such, unless it is HTML itself: so no foreign text becomes markup by an oversight.
/// </summary>
/// <remarks>Attributes stand in double quotes, always; then the encoding is right for them too.</remarks>
[InterpolatedStringHandler]
internal readonly struct Html
{
    private readonly StringBuilder _text;

    public Html(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + (16 * formattedCount));

    private Html(StringBuilder text) => _text = text;

    /// <summary>Nothing.</summary>
    public static Html None => Raw("");

    /// <summary>Markup as it is, from our own resources.</summary>
    public static Html Raw(string markup) => new(new StringBuilder(markup));

    /// <summary>One behind the other.</summary>
    public static Html Concat(IEnumerable<Html> parts) =>
        new(parts.Aggregate(new StringBuilder(), (text, part) => text.Append(part._text)));

    public void AppendLiteral(string literal) => _text.Append(literal);

    public void AppendFormatted(Html html) => _text.Append(html._text);

    public void AppendFormatted(string? text) => _text.Append(WebUtility.HtmlEncode(UntrustedText.EscapeForLog(text)));

    public void AppendFormatted<T>(T value, string? format = null)
        where T : IFormattable => AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));

    public override string ToString() => _text.ToString();
}
