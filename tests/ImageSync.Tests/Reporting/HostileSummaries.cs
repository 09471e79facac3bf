using System.Net;
using System.Text.RegularExpressions;
using ImageSync.Reporting;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Reporting;

/// <summary>
/// Summaries whose every text is markup that means harm. No renderer of Markdown is at hand, so the rule is looked at: what is
/// not our own markup holds no character that means something to Markdown (GFM) or HTML, and decoded it is the text again.
/// </summary>
public partial class HostileSummaries
{
    [Test]
    public void Are_what_they_are_with_plain_words()
    {
        var plain = 0;
        var expected = Skeleton(Write(() => $"plain{plain++}"));
        foreach (var seed in HostileCases.Seeds(300))
        {
            var random = new Random(seed);
            var summary = Write(() => HostileMarkup.Any(random));
            Assert.That(Skeleton(summary), Is.EqualTo(expected), $"IMAGESYNC_FUZZ_SEED={seed}\n{summary}");
        }
    }

    [Test]
    public void Say_what_was_to_be_said()
    {
        foreach (var seed in HostileCases.Seeds(3000))
        {
            var text = HostileMarkup.Any(new Random(seed));
            var shown = WebUtility.HtmlDecode(MarkdownSummary.Escape(text));
            Assert.That(shown, Is.EqualTo(ReportText.Short(text)), $"IMAGESYNC_FUZZ_SEED={seed}");
        }
    }

    [Test]
    public void A_text_that_is_not_escaped_shows()
    {
        var expected = Skeleton(Write(() => "plain"));
        string[] holes = ["|", "\n", "<b>", "`", "*a*", "[x](y)", "https://h/", "www.h", "@you", "#1", "a_b", "\\"];
        foreach (var hole in holes)
        {
            var summary = Write(() => "plain").Replace("plain.png", hole, StringComparison.Ordinal);
            Assert.That(Skeleton(summary), Is.Not.EqualTo(expected), hole);
        }
    }

    private static string Write(Func<string> text)
    {
        var outcomes = new List<SyncOutcome>();
        for (var i = 0; i < 4; i++)
        {
            outcomes.Add(Reports.Updated(Path(), text()) with { EntityTag = text(), MediaType = text() });
            outcomes.Add(Reports.Updated(Path(), "https://cdn.example/" + text()));
            outcomes.Add(Reports.Failed($"{text()}.png", text(), text()) with { Url = text() });
        }

        var report = Reports.Of([.. outcomes]) with { Title = text(), Summary = text() };
        var told = new Problem(DiagnosticCode.CacheNotSaved, text(), text()).ToDiagnostic(text(), LocalCopy.Good, optional: false);
        return MarkdownSummary.Write(report with { Run = report.Run with { Diagnostics = [told] } });

        // Of a file that there is, which no path with this character names.
        string Path() => text().Replace("\0", "", StringComparison.Ordinal) + ".png";
    }

    // Texts are left out, so that what is left of any of them is a difference. A URL may be a link or not.
    private static string Skeleton(string summary) => Text().Replace(Link().Replace(summary, "x"), "x");

    [GeneratedRegex("<a href=\"https?&#58;//[^\"<>|\\n]*\">[a-z0-9.\u0080-\uffff-]+</a>(?= \\|\\n)")]
    private static partial Regex Link();

    // Letters, digits, what is not ASCII, references, and the few signs that mean nothing within a line; no "www." and no "://".
    [GeneratedRegex(@"(?:(?!www\.|://)(?:[A-Za-z0-9 ,./:=\u0080-\uffff-]|&#[0-9]+;|&(?:amp|lt|gt|quot);))+")]
    private static partial Regex Text();
}
