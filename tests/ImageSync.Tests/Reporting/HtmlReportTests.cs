using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ImageSync.Reporting;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Reporting;

/// <summary>The page as text: what is foreign is encoded, what runs is ours alone, what is large stays outside.</summary>
public partial class HtmlReportTests
{
    [Test]
    public void Whatever_stands_in_a_hole_is_text()
    {
        Html inner = $"<b title=\"{Reports.Hostile}\">{12345:N0}</b>";
        Html outer = $"<p>{inner}{(string?)null}</p>";
        Assert.That(outer.ToString(), Does.StartWith("<p><b title=\"a|b`c`&lt;img src=x onerror=alert(1)&gt;&quot;&#39;").And.EndWith("\">12,345</b></p>"));
    }

    [Test]
    public void Foreign_text_adds_no_element_and_no_attribute_to_the_page()
    {
        var plain = Write(Outcomes("plain"));
        var hostile = Write(Outcomes(Reports.Hostile));
        Assert.That(hostile, Does.Not.Contain("<img src=x").And.Not.Contain("href=\"javascript").And.Not.Contain("\u001B"));
        Assert.That(Markup().Matches(hostile).Select(tag => tag.Value), Is.EqualTo(Markup().Matches(plain).Select(tag => tag.Value)));

        // No link: neither is a URL that leads somewhere.
        static SyncOutcome[] Outcomes(string text) =>
            [Reports.Updated(text.Replace("\0", "", StringComparison.Ordinal), text) with { LastModified = text }, Reports.Failed(text, text, text) with { Url = "!" + text }, Reports.NotModified("b.png") with { EntityTag = text, MediaType = text }];
    }

    [Test]
    public void Only_our_own_style_and_script_may_run_and_nothing_may_be_loaded()
    {
        var page = Write(Reports.NotModified("a.png"));
        Assert.That(page, Does.Contain($"default-src 'none'; style-src '{Hash(page, "style")}'; script-src '{Hash(page, "script")}'; img-src data: file:; base-uri 'none'; form-action 'none'"));
        Assert.That(page, Does.Not.Contain("{{").And.Not.Contain(" style=").And.Not.Match(" on[a-z]+=\"").And.Not.Contain("@import").And.Not.Contain("url("));
    }

    [TestCase("https://cdn.example/a.png?token=abcdef0123")]
    [TestCase("https://me:abcdef0123@cdn.example/a.png")]
    public void A_secret_in_a_URL_stays_one(string url) => Assert.That(
        Write(Reports.Updated("a.png", url), Reports.NotModified("b.png") with { Url = url, EffectiveUrl = url }, Reports.Failed("c.png", "it failed.") with { Url = url }),
        Does.Not.Contain("abcdef0123"));

    [Test]
    public void A_URL_that_held_a_secret_is_shown_and_leads_nowhere()
    {
        var page = Write(Reports.Updated("a.png", "https://cdn.example/***/a.png"));
        Assert.That(page, Does.Contain("https://cdn.example/***/a.png").And.Not.Contain("href=\"https://cdn.example/***"));
    }

    [Test]
    public void What_changed_is_part_of_the_page_and_the_rest_lies_beside_it()
    {
        var directory = new TestDirectory();
        var (before, after, large) = (SampleImages.Png(1, 3000), SampleImages.Jpeg(), SampleImages.Png(2, 300_000));
        directory.Write("img/a b.png", after);
        directory.Write("img/large.png", large);
        directory.Write("img/same.gif", SampleImages.Gif());
        directory.Write("img/scan.tiff", SampleImages.Tiff());
        var report = Reports.Of(
            Reports.Updated("img/a b.png") with { Replaced = new ReplacedImage(before.Length, directory.Write("obj/old/a.png", before)) },
            Reports.Updated("img/large.png"), Reports.NotModified("img/same.gif"), Reports.NotModified("img/scan.tiff")) with { ProjectDirectory = directory.FullPath };
        var page = HtmlReport.Write(report, directory.PathOf("artifacts"));
        Assert.That(Image().Matches(page).Select(image => image.Groups[1].Value), Is.EqualTo(new[]
        {
            "data:image/png;base64," + Convert.ToBase64String(before), "data:image/jpeg;base64," + Convert.ToBase64String(after), "../img/large.png",
            "../img/a%20b.png", "../img/large.png", "../img/same.gif",
        }));
        Assert.That(page, Does.Contain("<span>TIFF</span>").Or.Contain("<span>TIF</span>"), "no browser draws it");
    }

    [Test]
    public void A_first_sync_of_thousands_shows_some_changes_and_all_images()
    {
        var page = Write([.. Enumerable.Range(0, 2000).Select(i => new SyncOutcome($"{i}.png", "https://cdn.example/a.png", SyncStatus.Added))]);
        Assert.That(page, Does.Contain("… and 1,800 more, which are among all images below."));
        Assert.That(Regex.Count(page, "data-status=\"Added\""), Is.EqualTo(2000));
    }

    [Test]
    public void The_chart_begins_with_the_second_run()
    {
        var run = new PastRun(Tests.Sync.Given.Now, TimeSpan.FromSeconds(1)) { BytesReceived = 1000, Counts = new Dictionary<SyncStatus, long> { [SyncStatus.Kept] = 1, [SyncStatus.Added] = 2 } };
        Assert.That(HtmlChart.Write([run]).ToString(), Is.Empty);
        Assert.That(HtmlChart.Write([run, run with { BytesReceived = 0 }]).ToString(), Does.Contain("In the last 2 runs 1 KB came over the wire").And.Contain("<rect class=\"received\" x=\"1\" y=\"0\" width=\"8\" height=\"100\"/>"));
        Assert.That(HtmlChart.Write([new PastRun(run.Time, TimeSpan.Zero), new PastRun(run.Time, TimeSpan.Zero)]).ToString(), Does.Not.Contain("NaN"));
    }

    [TestCase("https://cdn.example/a.png", "cdn.example")]
    [TestCase("https://me:abcdef0123@CDN.example:8443/a.png", "cdn.example:8443")]
    [TestCase("https://cdn.example:443/a.png", "cdn.example")]
    [TestCase("ftp://cdn.example/a.png", null)]
    [TestCase("https://", null)]
    [TestCase("a.png", null)]
    public void Images_are_filtered_by_the_host_of_their_URL(string url, string? host)
    {
        Assert.That(ReportText.HostOf(url), Is.EqualTo(host));
        var page = Write(Reports.NotModified("a.png") with { Url = url }, Reports.NotModified("b.png") with { Url = "https://other.example/" });
        Assert.That(page.Contains("<select id=\"host\">", StringComparison.Ordinal), Is.EqualTo(host is not null));
        Assert.That(page.Contains($"data-host=\"{host}\"", StringComparison.Ordinal), Is.EqualTo(host is not null));
    }

    private static string Write(params SyncOutcome[] outcomes)
    {
        var report = Reports.Of(outcomes);
        return HtmlReport.Write(report, report.ProjectDirectory);
    }

    private static string Hash(string page, string element)
    {
        var start = page.IndexOf($"<{element}>", StringComparison.Ordinal) + element.Length + 2;
        var text = page[start..page.IndexOf($"</{element}>", start, StringComparison.Ordinal)];
        return "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    [GeneratedRegex("<[a-z0-9/]+|[a-z-]+=\"")]
    private static partial Regex Markup();

    [GeneratedRegex("<img src=\"([^\"]*)\"")]
    private static partial Regex Image();
}
