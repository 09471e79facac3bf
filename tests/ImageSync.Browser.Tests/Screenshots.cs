using System.Security.Cryptography;
using ImageSync.Reporting;
using ImageSync.Sync;
using ImageSync.Testing;
using Microsoft.Playwright;

namespace ImageSync.Browser.Tests;

/// <summary>
/// The pictures of the report in docs/images, when somebody asks for them: <c>dotnet test tests/ImageSync.Browser.Tests --filter
/// FullyQualifiedName~Screenshots</c> writes them to artifacts/screenshots.
/// </summary>
[Explicit]
public class Screenshots
{
    private static readonly string[] Pictures = ["contours", "sunflower", "currents", "aurora", "favicon", "stained-glass", "mountains", "moonrise"];

    private readonly TestDirectory _directory = new();
    private string _page = "";

    [OneTimeSetUp]
    public void Write()
    {
        var changes = new[]
        {
            Changed("hero.png", File.ReadAllBytes(Picture("mountains")), File.ReadAllBytes(Picture("moonrise"))),
            Changed("banner.png", File.ReadAllBytes(Picture("aurora")), File.ReadAllBytes(Picture("stained-glass"))),
            Changed("logo.svg", SampleImages.Svg(0x6e2b0b), File.ReadAllBytes(RepositoryRoot.PathOf("sample-project/origin/images/logo.svg"))),
        };
        var same = Enumerable.Range(0, 28).Select(i => Same($"img/{Pictures[i % Pictures.Length]}-{i}.png", Pictures[i % Pictures.Length], i));
        SyncOutcome[] outcomes =
        [
            .. changes, .. same,
            Failed("partners/glass.png", SyncStatus.Kept, DiagnosticCode.OriginOverloaded, "https://cdn.example/partners/glass.png answered 503 Service Unavailable (4 attempts).", "The origin is overloaded or broken at the moment; the next build tries again."),
            Failed("img/badge.png", SyncStatus.Failed, DiagnosticCode.RefusedByOrigin, "https://cdn.example/img/badge.png answered 404 Not Found.", "Check the URL; if the image is gone for good, remove the item."),
        ];
        var items = string.Concat(outcomes.Select(outcome => $"    <RemoteImage Include=\"{outcome.Url}\" LocalPath=\"{outcome.LocalPath}\" />\n"));
        var project = _directory.Write("Gallery.csproj", $"<Project>\n  <ItemGroup>\n{items}  </ItemGroup>\n</Project>\n");
        var time = new DateTimeOffset(2026, 11, 23, 7, 0, 0, TimeSpan.Zero);
        var report = new RunReport("Gallery", "33 images, 3 updated, 28 not modified, 1 kept, 1 failed, 297 KB received, 3.7 MB not sent again, 2.3 s", new SyncRun([.. outcomes.Select((outcome, i) => outcome with { Index = i })], TimeSpan.FromSeconds(2.3)))
        {
            Time = time,
            ProjectDirectory = _directory.FullPath,
            HelpLink = code => $"https://docs.example/{code}.md",
            Places = new DeclarationLocations(
                _directory.FullPath, [.. outcomes.Select(outcome => new RemoteImageDeclaration(outcome.Url) { DefiningProject = project })]),
            History = [.. Enumerable.Range(1, 48).Select(i => Run(time.AddMinutes(-15 * (48 - i)), i))],
        };
        _page = new Uri(_directory.Write("artifacts/images.html", HtmlReport.Write(report, _directory.PathOf("artifacts")))).AbsoluteUri;
    }

    [TestCase("report-light", "h1", 1200, 1188, "light")]
    [TestCase("report-dark", "#runs", 1200, 1000, "dark")]
    [TestCase("report-phone", "#changed", 360, 760, "light")]
    [TestCase("report-compare", "swipe", 1200, 900, "light")]
    [TestCase("compare-side", "side", 1200, 900, "dark")]
    [TestCase("compare-onion", "onion", 1200, 900, "light")]
    [TestCase("compare-difference", "difference", 1200, 900, "dark")]
    [TestCase("compare-phone", "side", 360, 760, "dark")]
    [TestCase("compare-phone-swipe", "swipe", 360, 760, "light")]
    [TestCase("compare-logo", "side", 1200, 900, "light")]
    public async Task Take(string name, string what, int width, int height, string scheme)
    {
        var page = await Chromium.OpenAsync(width, height, scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light);
        await page.GotoAsync(_page);
        if (what[0] is 'h' or '#')
        {
            await page.EvaluateAsync("what => document.querySelector(what).scrollIntoView()", what == "h1" ? ".top" : what);
        }
        else
        {
            await page.Locator("button.compare").Nth(name.EndsWith("logo", StringComparison.Ordinal) ? 2 : 0).ClickAsync();
            await page.Locator($"[name=mode][value={what}]").CheckAsync(new() { Force = true });
        }

        await page.WaitForTimeoutAsync(500);
        var folder = RepositoryRoot.PathOf("artifacts/screenshots");
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
        await page.CloseAsync();
    }

    private static string Picture(string name) => RepositoryRoot.PathOf($"sample-project/origin/images/{name}.png");

    private static PastRun Run(DateTimeOffset time, int i) => new(time, TimeSpan.FromSeconds(0.2 + (i % 7 * 0.05)))
    {
        BytesReceived = i % 5 == 0 ? 150_000 + (i * 3000) : 0,
        BytesSpared = 1_000_000,
        Counts = new Dictionary<SyncStatus, long> { [SyncStatus.NotModified] = 30 - (i % 5), [SyncStatus.Updated] = i % 5 == 0 ? 3 : 0, [SyncStatus.Kept] = i % 9 == 0 ? 1 : 0 },
    };

    private SyncOutcome Changed(string name, byte[] before, byte[] after)
    {
        _directory.Write("img/" + name, after);
        return new SyncOutcome("img/" + name, "https://cdn.example/brand/" + name, SyncStatus.Updated)
        {
            Length = after.Length,
            BytesReceived = after.Length,
            LastModified = "Sun, 22 Nov 2026 18:02:00 GMT",
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(after)),
            Replaced = new ReplacedImage(before.Length, _directory.Write("obj/previous/" + name, before)),
        };
    }

    private SyncOutcome Same(string path, string picture, int i)
    {
        _directory.Write(path, File.ReadAllBytes(Picture(picture)));
        return new SyncOutcome(path, $"https://{(i % 4 == 0 ? "img.partner.example" : "cdn.example")}/{path}", SyncStatus.NotModified)
        {
            Length = new FileInfo(_directory.PathOf(path)).Length,
            LastModified = $"Sun, {1 + (i % 20):00} Nov 2026 08:00:00 GMT",
        };
    }

    private static SyncOutcome Failed(string path, SyncStatus status, DiagnosticCode code, string cause, string advice) => new(path, "https://cdn.example/" + path, status)
    {
        Diagnostics = [new Problem(code, cause, advice).ToDiagnostic(path, status == SyncStatus.Kept ? LocalCopy.Good : LocalCopy.None, optional: true)],
    };
}
