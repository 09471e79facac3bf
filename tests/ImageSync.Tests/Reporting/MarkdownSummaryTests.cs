using System.Net;
using ImageSync.Reporting;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Reporting;

/// <summary>The summary for a pipeline's page: short, bounded, and nothing in it but what we say.</summary>
public class MarkdownSummaryTests
{
    [Test]
    public void Nothing_new_is_one_line() =>
        Assert.That(MarkdownSummary.Write(Reports.Of(Reports.NotModified("a.png"), Reports.NotModified("b.png"))), Is.EqualTo("### App: the outcome\n\n"));

    [Test]
    public void What_changed_is_a_table_with_sizes_before_and_after()
    {
        var report = Reports.Of(Reports.NotModified("c.png"), new SyncOutcome("b.png", "https://cdn.example/b.png", SyncStatus.Added) { Length = 3000 }, Reports.Updated("img/a.png"));
        var old = new TestDirectory().Write("old.png", SampleImages.Png(4, 3, 1));
        Directory.CreateDirectory(Path.Combine(report.ProjectDirectory, "img"));
        File.WriteAllBytes(Path.Combine(report.ProjectDirectory, "img/a.png"), SampleImages.Png(8, 6, 1));
        report = report with { Run = report.Run with { Outcomes = [.. report.Run.Outcomes.Take(2), report.Run.Outcomes[2] with { Replaced = new ReplacedImage(4000, old) }] } };
        Assert.That(MarkdownSummary.Write(report), Is.EqualTo("""
            ### App: the outcome

            | changed | before | after | origin |
            |---|--:|--:|---|
            | <code>img/a.png</code> | 4 KB, 4×3 | 5 KB, 8×6 | <a href="https&#58;//cdn.example/a.png">cdn.example</a> |
            | <code>b.png</code> | new | 3 KB | <a href="https&#58;//cdn.example/b.png">cdn.example</a> |


            """));
    }

    [Test]
    public void What_failed_says_why_and_what_to_do() =>
        Assert.That(MarkdownSummary.Write(Reports.Of(Reports.Failed("a.png", "it answered 404."))), Does.Contain(
            "| <code>a.png</code>, kept | it answered 404. The local copy was kept. | Do this. <a href=\"https&#58;//docs.example/IMGSYNC2003.md\">IMGSYNC2003</a> |\n"));

    [Test]
    public void Thousands_stay_far_below_what_a_pipeline_takes()
    {
        var many = Enumerable.Range(0, 5000).SelectMany(i => new[] { Reports.Updated($"{i}/" + new string('|', 2000)), Reports.Failed($"{i}.png", new string('<', 5000)) });
        var text = MarkdownSummary.Write(Reports.Of([.. many]));
        Assert.That(text, Has.Length.LessThan(256 * 1024));
        Assert.That(text, Does.Match(@"… and 4,9\d\d more changed\.").And.Match(@"… and 4,9\d\d more to look at\."));
    }

    [Test]
    public void Foreign_text_stays_text()
    {
        var escaped = MarkdownSummary.Escape(Reports.Hostile);
        Assert.That(escaped, Does.Not.Match("[|`<>*_\\[\\](){}\"'\r\n\u0000\u001B@]"));
        Assert.That(escaped, Does.Not.Contain("://").And.Not.Contain("www."));
        Assert.That(WebUtility.HtmlDecode(escaped), Is.EqualTo(ReportText.Short(Reports.Hostile)));
    }

    [TestCase("https://cdn.example/a.png?v=1", "href=\"https&#58;//cdn.example/a.png&#63;v=1\"")]
    [TestCase("https://cdn.example/a.png?sig=abcdef0123", "sig=…")]
    [TestCase("javascript:alert(1)", "| javascript:alert&#40;1&#41; |")]
    public void A_link_leads_to_an_origin_and_betrays_no_secret(string url, string expected)
    {
        var text = MarkdownSummary.Write(Reports.Of(Reports.Updated("a.png", url)));
        Assert.That(text, Does.Contain(expected).And.Not.Contain("abcdef0123").And.Not.Contain("href=\"javascript"));
        Assert.That(text.Split('\n').Where(line => line.StartsWith('|')).Select(line => line.Count(c => c == '|')), Is.All.EqualTo(5));
    }
}
