using System.Globalization;
using System.Text;
using ImageSync.Storage;

namespace ImageSync.Tests.Storage;

/// <summary>Names of files that are more than names where a log is read along, and what becomes such on its way there.</summary>
public class DeceptiveTextTests
{
    private const string Command = "has a part that a CI system or a console reads as a command";
    private const string Another = ", which makes text look like another";

    // The code pages of Windows consoles and of Windows itself that .NET has best fits of.
    private static readonly int[] CodePages =
    [
        437, 720, 737, 775, 850, 852, 855, 857, 858, 860, 861, 862, 863, 864, 865, 866, 869, 874, 932, 936, 949, 950,
        1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258, 28591, 28605,
    ];

    [TestCase("img/##vso[task.complete]a.png")]
    [TestCase("##[group]a.png")]
    [TestCase("img/a###teamcity[buildStop].png")]
    [TestCase("\uFF03\uFF03vso\uFF3Ba", TestName = "full width")]
    [TestCase("#\uFE5F\uFF56\uFF53\uFF4F\uFE47a", TestName = "forms of all kinds")]
    [TestCase("#\u200B#vso[a", TestName = "apart by nothing that is seen")]
    [TestCase("##\u200Bvso\u200B[a")]
    [TestCase("##\u301Aa", TestName = "a best fit")]
    [TestCase("::set-env name=PATH::a.png")]
    [TestCase("img/::warning::a.png", TestName = "a name of its own")]
    [TestCase("img/ \u3000::a.png", TestName = "behind blanks")]
    [TestCase("\uFF1A\uFE55a", TestName = "colons of other widths")]
    [TestCase(":\u200B:a", TestName = "colons apart by nothing that is seen")]
    [TestCase("\u2A74a::", TestName = "two colons in one")]
    [TestCase("a\u25D9::set-env", TestName = "behind a line feed of code page 437")]
    [TestCase("a\u2190[2J.png", TestName = "an escape of code page 437")]
    public void A_command_is_refused(string path) => Assert.That(DeceptiveText.ObjectionTo(path), Is.EqualTo(Command));

    [TestCase('\u061C')]
    [TestCase('\u200E')]
    [TestCase('\u200F')]
    [TestCase('\u202A')]
    [TestCase('\u202B')]
    [TestCase('\u202C')]
    [TestCase('\u202D')]
    [TestCase('\u202E')]
    [TestCase('\u2066')]
    [TestCase('\u2067')]
    [TestCase('\u2068')]
    [TestCase('\u2069')]
    [TestCase('\u2028')]
    [TestCase('\u2029')]
    public void A_name_that_looks_like_another_is_refused(char control) =>
        Assert.That(DeceptiveText.ObjectionTo($"img/a{control}gnp.exe"), Is.EqualTo($"has the character U+{(int)control:X4}{Another}"));

    [TestCase("img/logo.png")]
    [TestCase("img/größe 中文 عربي עברית.png")]
    [TestCase("img/#1 and #2 [final].png")]
    [TestCase("img/## notes.png")]
    [TestCase("img/C# [1].png")]
    [TestCase("img/##1[a].png")]
    [TestCase("a::b.png")]
    [TestCase("img/a:b.png")]
    [TestCase("img/\uD83D\uDC69\u200D\uD83D\uDCBB\uFE0F.png", TestName = "an emoji with joiners")]
    [TestCase("img/می\u200Cخواهم.png", TestName = "Persian with a joiner")]
    [TestCase("img/♀ ♪ → • § a.png")]
    [TestCase("img/……后来.png", TestName = "a Chinese ellipsis")]
    [TestCase("img/第一章：甲：乙.png", TestName = "Chinese colons")]
    [TestCase("img/#话题#[图片].png", TestName = "a Chinese topic")]
    public void Any_other_name_is_one(string path) => Assert.That(DeceptiveText.ObjectionTo(path), Is.Null);

    [Test]
    public void Every_character_that_becomes_part_of_a_command_is_known()
    {
        var missing = new List<string>();
        for (var c = 0x80; c <= char.MaxValue; c++)
        {
            if (char.IsSurrogate((char)c))
            {
                continue;
            }

            foreach (var form in Forms((char)c).Distinct())
            {
                var isKnown = form switch
                {
                    "#" => DeceptiveText.IsHash((char)c),
                    "[" => DeceptiveText.IsBracket((char)c),
                    ":" => DeceptiveText.IsColon((char)c) || DeceptiveText.IsColonSomewhere((char)c),
                    "::=" => DeceptiveText.IsDoubleColon((char)c),
                    "\b" or "\n" or "\v" or "\f" or "\r" or "\u000E" or "\u001B" => DeceptiveText.IsGlyphOfControl((char)c),
                    _ => !form.AsSpan().ContainsAny("#[\n\r\u001B") && !form.Contains("::", StringComparison.Ordinal),
                };
                if (!isKnown)
                {
                    missing.Add(FormattableString.Invariant($"U+{c:X4} becomes {form}"));
                }
            }
        }

        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void Every_format_character_is_invisible()
    {
        var seen = Enumerable.Range(0, 0x110000).Where(c => c is < 0xD800 or > 0xDFFF).Select(char.ConvertFromUtf32)
            .Where(text => CharUnicodeInfo.GetUnicodeCategory(text, 0) == UnicodeCategory.Format && !DeceptiveText.IsInvisible(text, 0));
        Assert.That(seen.Select(text => FormattableString.Invariant($"U+{char.ConvertToUtf32(text, 0):X4}")), Is.Empty);
    }

    private static IEnumerable<string> Forms(char c) => CodePages.Select(page =>
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(page) ?? Encoding.GetEncoding(page);
        return encoding.GetBytes([c]) is [< 128 and var octet] ? ((char)octet).ToString() : "";
    }).Append(c.ToString().Normalize(NormalizationForm.FormKC));
}
