using ImageSync.Reporting;

namespace ImageSync.Tests.Reporting;

/// <summary>Foreign text as it is shown: on one line, all of it to be seen, and no command to those who read along.</summary>
public class UntrustedTextTests
{
    [TestCase("", "")]
    [TestCase(null, "")]
    [TestCase("a\r\nb\u0085c\u2028d\u2029e\u001B[2Jf\u009Bg\0h\u007Fi", "a  b c d e [2Jf g h i", TestName = "controls and line ends")]
    [TestCase("##vso[a]", "# #vso[a]")]
    [TestCase("###vso[a]", "# # #vso[a]")]
    [TestCase("x ##vso[a] ##teamcity[b]", "x # # vso[a] # #teamcity[b]")]
    [TestCase("\uFF03\uFF03vso\uFF3Ba\uFF3D", "\uFF03 \uFF03vso\uFF3Ba\uFF3D", TestName = "full width")]
    [TestCase("#\uFE5Fvso\uFE47a", "# \uFE5Fvso\uFE47a", TestName = "small and vertical forms")]
    [TestCase("#\u4E2D#vso[a", "# \u4E2D#vso[a", TestName = "what a conversion may leave out between")]
    [TestCase("#\u200B#vso[a", "# \\u200B#vso[a", TestName = "what nobody sees between")]
    [TestCase("::set-env name=A::b", ": : set-env name=A::b")]
    [TestCase(" \r\n::debug::", "   : : debug::", TestName = "behind a line end")]
    [TestCase("\u00A0\u3000::debug::", "\u00A0\u3000: : debug::", TestName = "behind blanks")]
    [TestCase("\uFF1A\uFF1Adebug", "\uFF1A \uFF1A debug", TestName = "full-width colons")]
    [TestCase("…::debug::", "… : : debug::", TestName = "behind a colon of code page 866")]
    [TestCase(":中:debug::", ": 中: debug::", TestName = "colons apart by what a conversion may leave out")]
    [TestCase("\u2A74debug::", "\\u2A74debug::", TestName = "two colons in one")]
    [TestCase("\u2190[2J\u25D9::debug::", "\\u2190[2J\\u25D9::debug::", TestName = "glyphs that are controls in code page 437")]
    [TestCase("a\u202Egnp.exe", "a\\u202Egnp.exe", TestName = "the order turned around")]
    [TestCase("\u061C\u200E\u200F\u202A\u2066\u2069", "\\u061C\\u200E\\u200F\\u202A\\u2066\\u2069", TestName = "directions")]
    [TestCase("\u00AD\u200B\u2060\uFEFF\uFE0F\u3164", "\\u00AD\\u200B\\u2060\\uFEFF\\uFE0F\\u3164", TestName = "nothing to be seen")]
    [TestCase("\U000E0041\U000E0001", "\\uDB40\\uDC41\\uDB40\\uDC01", TestName = "tags")]
    public void Is_shown(string? text, string expected) => Assert.That(UntrustedText.EscapeForLog(text), Is.EqualTo(expected));

    // A half of a character cannot be an argument of a test.
    [Test]
    public void Half_a_character_is_shown() =>
        Assert.That(UntrustedText.EscapeForLog("a" + '\uD83D' + "b" + '\uDE00'), Is.EqualTo("a\\uD83Db\\uDE00"));

    [TestCase("https://cdn.example/a.png?v=1#top")]
    [TestCase("the origin sent #1 [of 2], a::b, 34 KB … – → größe 中文 \uD83D\uDE00")]
    [TestCase("## notes")]
    [TestCase("a [b] ##")]
    [TestCase(": a")]
    public void Is_left_as_it_is(string text) => Assert.That(UntrustedText.EscapeForLog(text), Is.EqualTo(text));

    [Test]
    public void Ordinary_text_costs_no_memory()
    {
        const string Text = "the origin sent 34 KB … – größe 中文 \uD83D\uDE00";
        Assert.That(UntrustedText.EscapeForLog(Text), Is.SameAs(Text));
        var before = GC.GetAllocatedBytesForCurrentThread();
        UntrustedText.EscapeForLog(Text);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}
