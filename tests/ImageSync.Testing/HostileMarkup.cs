namespace ImageSync.Testing;

/// <summary>Text that would like to be markup wherever it lands: HTML in any context, Markdown, a template, a script.</summary>
public static class HostileMarkup
{
    /// <summary>In place of this a test puts the URL of an origin that nobody may ask.</summary>
    public const string Beacon = "http://beacon.invalid/";

    private static readonly string[] Pieces =
    [
        // Elements that run or load something, and their attributes.
        "<script>console.error('ran')</script>", $"<script src=\"{Beacon}\"></script>",
        $"<img src={Beacon} onerror=console.error('ran')>", "<svg onload=console.error('ran')>",
        "<svg><script>console.error('ran')</script></svg>", $"<svg><image href='{Beacon}'/></svg>",
        $"<svg><use href='{Beacon}#a'/></svg>", "<math><mi//xlink:href=\"data:x,<script>console.error('ran')</script>\">",
        $"<style>*{{background:url({Beacon})}}</style>", $"<style>@import '{Beacon}';</style>",
        $"<link rel=stylesheet href={Beacon}>", $"<link rel=prefetch href={Beacon}>",
        $"<meta http-equiv=refresh content=\"0;url={Beacon}\">", $"<base href={Beacon}>", $"<iframe src={Beacon}></iframe>",
        "<iframe srcdoc=\"<script>parent.console.error('ran')</script>\">",
        $"<object data={Beacon}></object>", $"<embed src={Beacon}>", $"<video src={Beacon} autoplay>",
        $"<form action={Beacon}><input autofocus onfocus=console.error('ran')>",
        "<details open ontoggle=console.error('ran')>",
        "<template>", "<noscript>", "<plaintext>", "<textarea>", "<title>", "<xmp>", "<select>", "<table>",
        "<a href=javascript:console.error('ran')>x</a>", $"<a href=x ping={Beacon}>",

        // The ends of what we are in.
        "\"", "'", "`", "\">", "'>", "\" onmouseover=\"console.error('ran')", "' autofocus onfocus='console.error(1)",
        "</script>", "</SCRIPT >", "</style>", "</title>", "</li></ul></main></body></html>",
        "-->", "--!>", "<!--", "<!-->", "]]>", "<![CDATA[", "<?xml?>", "<!DOCTYPE html>", "/>", "</", "<", ">", "&",

        // References, templates, addresses.
        "&lt;script&gt;", "&#60;img src=x onerror=console.error('ran')&#62;", "&#x3c;svg&#x3e;", "&quot;", "&#0;", "&#xD800;",
        "&#39", "&amp;lt;", "&NewLine;", "{{title}}", "{{script}}", "{{style-hash}}", "${title}", "<%=",
        "javascript:console.error('ran')", "JaVaScRiPt&colon;console.error('ran')",
        "data:text/html,<script>console.error('ran')</script>", "vbscript:x", Beacon, "//beacon.invalid/",
        "www.beacon.invalid",

        // Markdown, and what pipelines make of it.
        "![x](" + Beacon + ")", "[x](javascript:console.error('ran'))", "[x]: " + Beacon, "|", "||",
        "\n| a | b |\n|---|---|\n", "\n### h\n", "\n- a", "\n1. a", "\n> a", "\n---\n", "\n===\n", "```\n", "~~~", "***",
        "__a__", "~~a~~",
        "$$x$$", "$`x`$", "@you", "#1", ":smile:", "<details>", "<!-- -->", "\\", "\\|", "[^1]", "- [x]",

        // Characters.
        "\0", "\t", "\r", "\n", "\r\n", "\u000b", "\u000c", "\u001b[31m", "\u0085", "\u00a0", "\u00ad", "\u200b", "\u200e",
        "\u202e", "\u2066", "\u2028", "\u2029", "\ufeff", "\ufffe", "\uffff", "\ud800", "\udc00", "\U0001F600",
        "＜script＞", "ʺ", "％", new('x', 700), new('<', 300),
    ];

    /// <summary>A few of these, one behind the other, some of them changed.</summary>
    public static string Any(Random random, string beacon = Beacon)
    {
        var text = random.Pieces(Pieces, most: 4).Replace(Beacon, beacon, StringComparison.Ordinal);
        return random.Next(3) == 0 ? random.Mutated(text) : text;
    }
}
