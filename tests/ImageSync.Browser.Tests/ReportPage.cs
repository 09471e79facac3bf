using ImageSync.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ImageSync.Browser.Tests;

/// <summary>The report of a real run, as a person has it before them.</summary>
public class ReportPage
{
    private ReportedProject _project;
    private IPage _page = null!;
    private List<string> _complaints = [];
    private List<string> _requests = [];

    [OneTimeSetUp]
    public async Task Sync()
    {
        _project = new ReportedProject()
            .With("img/hero.png", "/hero.png", ReportedProject.Picture("mountains.png"), ReportedProject.Picture("moonrise.png"))
            .With("img/logo.svg", "/brand/logo.svg", Reply.Ok(SampleImages.Svg(0x0b6e78)), Reply.Ok(HostileSvg))
            .With("img/sunflower.png", "/sunflower.png", ReportedProject.Picture("sunflower.png"), Reply.NotModified())
            .With("img/favicon.png", "/favicon.png", ReportedProject.Picture("favicon.png"), Reply.NotModified())
            .With("img/scan.tiff", "/scan.tiff", Reply.Ok(SampleImages.Tiff()), Reply.Status(503, "", ("Retry-After", "1")))
            .With("img/gone.png", "/gone.png?sig=abcdef0123", Reply.Status(404));
        await _project.SyncAsync();
        await _project.SyncAsync();
    }

    [OneTimeTearDown]
    public async Task Stop() => await _project.DisposeAsync();

    [TearDown]
    public async Task Close()
    {
        if (_page is not null)
        {
            await _page.CloseAsync();
            Assert.That(_complaints, Is.Empty, "what the console says");
            Assert.That(_requests, Is.All.StartsWith("data:").Or.StartsWith(new Uri(_project.Folder).AbsoluteUri), "nothing leaves the project");
        }
    }

    [Test]
    public async Task It_says_what_changed_what_failed_and_how_much_was_spared()
    {
        await OpenAsync();
        await Expect(_page.Locator("h1")).ToHaveTextAsync("Gallery");
        Assert.That(await _page.Locator(".tiles dd").AllInnerTextsAsync(), Has.Count.EqualTo(5).And.ItemAt(0).EqualTo("2").And.ItemAt(1).EqualTo("2").And.ItemAt(2).EqualTo("2"));
        await Expect(_page.Locator(".failures")).ToContainTextAsync("answered 404");
        await Expect(_page.Locator(".failures")).ToContainTextAsync("Check the URL; if the image is gone for good, remove the item.");
        await Expect(_page.GetByRole(AriaRole.Link, new() { Name = "IMGSYNC2003" })).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("/docs/diagnostics/IMGSYNC2003.md$"));
        Assert.That(await _page.ContentAsync(), Does.Not.Contain("abcdef0123"));
        await Expect(_page.Locator(".panel svg g")).ToHaveCountAsync(6);
    }

    [Test]
    public async Task A_changed_image_is_seen_before_and_after()
    {
        await OpenAsync();
        var change = _page.Locator(".changes > li").Filter(new() { HasText = "hero.png" });
        await change.ScrollIntoViewIfNeededAsync();
        await Expect(change.Locator("figcaption").First).ToContainTextAsync("118 KB · 960×640 · PNG");
        await Expect(change).ToContainTextAsync("Changed at its origin on 21 Nov 2026, 12:00 UTC");
        await Expect(change.Locator("img")).ToHaveCountAsync(2);
        foreach (var image in await change.Locator("img").AllAsync())
        {
            Assert.That(await image.EvaluateAsync<int>("async image => { await image.decode(); return image.naturalWidth; }"), Is.EqualTo(960));
        }
    }

    // What it has said and asked for, TearDown looks at.
    [Test]
    public async Task A_hostile_SVG_runs_nothing_and_loads_nothing()
    {
        await OpenAsync();
        var drawings = _page.Locator("img[src$='logo.svg'], .changes img[src^='data:image/svg+xml']");
        Assert.That(await drawings.CountAsync(), Is.EqualTo(3), "before, after, and in the grid");
        foreach (var drawing in await drawings.AllAsync())
        {
            await drawing.ScrollIntoViewIfNeededAsync();
            Assert.That(await drawing.EvaluateAsync<bool>("async image => { await image.decode(); return image.naturalWidth > 0; }"));
        }

        await Expect(_page.Locator("object, embed, iframe, image")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task The_grid_shows_the_files_beside_the_report_and_names_what_cannot_be_drawn()
    {
        await OpenAsync();
        await _page.Locator(".grid").ScrollIntoViewIfNeededAsync();
        var drawn = _page.Locator(".grid li").Filter(new() { HasText = "sunflower.png" }).Locator("img");
        Assert.That(await drawn.EvaluateAsync<int>("async image => { await image.decode(); return image.naturalWidth; }"), Is.EqualTo(960));
        await Expect(_page.Locator(".grid li").Filter(new() { HasText = "scan.tiff" }).Locator(".tile")).ToHaveTextAsync("TIF");
        await Expect(_page.Locator(".grid li").Filter(new() { HasText = "gone.png" }).Locator(".tile")).ToHaveTextAsync("PNG");
    }

    [Test]
    public async Task Away_from_the_files_the_name_of_the_format_stands_in_for_them()
    {
        var copy = Path.Combine(_project.Folder, "elsewhere/deep/report.html");
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.Copy(_project.Report.FullName, copy, overwrite: true);
        await OpenAsync(new Uri(copy).AbsoluteUri);
        await _page.Locator(".grid").ScrollIntoViewIfNeededAsync();
        var card = _page.Locator(".grid li").Filter(new() { HasText = "sunflower.png" });
        await card.ScrollIntoViewIfNeededAsync();
        await Expect(card.Locator("img")).ToHaveCountAsync(0);
        await Expect(card.Locator(".tile span")).ToBeVisibleAsync();
        await Expect(_page.Locator(".changes img")).ToHaveCountAsync(4);

        // The files that are not there are all that it complains of; only a page that is closed looks for no more.
        await _page.CloseAsync();
        Assert.That(_complaints, Is.Not.Empty.And.All.Contains("ERR_FILE_NOT_FOUND"));
        _complaints.Clear();
    }

    [Test]
    public async Task Filter_and_search_narrow_the_grid_together()
    {
        await OpenAsync();
        await _page.GetByRole(AriaRole.Radio, new() { Name = "Not modified" }).CheckAsync(new() { Force = true });
        await ExpectShownAsync("img/sunflower.png", "img/favicon.png");
        await _page.GetByRole(AriaRole.Searchbox).FillAsync("SUN");
        await ExpectShownAsync("img/sunflower.png");
        await Expect(_page.GetByRole(AriaRole.Status)).ToHaveTextAsync("1 of 6 images");
        await _page.GetByRole(AriaRole.Radio, new() { Name = "All" }).CheckAsync(new() { Force = true });
        await _page.GetByRole(AriaRole.Searchbox).FillAsync("img brand/");
        await ExpectShownAsync("img/logo.svg");
    }

    [Test]
    public async Task It_can_be_used_by_keyboard_alone()
    {
        await OpenAsync();
        await _page.Keyboard.PressAsync("Tab");
        await Expect(_page.GetByRole(AriaRole.Link, new() { Name = "Skip to all images" })).ToBeFocusedAsync();
        await _page.Keyboard.PressAsync("/");
        await Expect(_page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
        await Expect(_page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync("");
        await _page.Keyboard.TypeAsync("scan/");
        await ExpectShownAsync();
        await _page.Keyboard.PressAsync("Escape");
        await Expect(_page.GetByRole(AriaRole.Status)).ToHaveTextAsync("6 images");
        await _page.Keyboard.PressAsync("Tab");
        await _page.Keyboard.PressAsync("ArrowRight");
        await Expect(_page.GetByRole(AriaRole.Radio, new() { Name = "Updated" })).ToBeCheckedAsync();
        await ExpectShownAsync("img/hero.png", "img/logo.svg");
        Assert.That(await _page.Locator("[name=status]:checked + span").EvaluateAsync<string>("e => getComputedStyle(e).outlineStyle"), Is.EqualTo("solid"), "focus is seen");
    }

    [TestCase(ColorScheme.Light)]
    [TestCase(ColorScheme.Dark)]
    public async Task It_follows_the_colour_scheme_and_stays_readable(ColorScheme scheme)
    {
        await OpenAsync(scheme: scheme);
        var (ground, ink) = (await LightnessAsync("body", "backgroundColor"), await LightnessAsync("body", "color"));
        Assert.That(scheme == ColorScheme.Light ? ground - ink : ink - ground, Is.GreaterThan(180));
    }

    [TestCase(360)]
    [TestCase(768)]
    public async Task A_narrow_screen_needs_no_scrolling_sideways(int width)
    {
        await OpenAsync(width: width);
        await _page.GetByText("The same as a table").ClickAsync();
        Assert.That(await _page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width));
    }

    [Test]
    public async Task Two_thousand_images_open_and_are_searched()
    {
        await using var project = new ReportedProject();
        for (var i = 0; i < 2000; i++)
        {
            project.With($"icons/set-{i / 100}/icon-{i}.svg", $"/{i}.svg", Reply.Ok(SampleImages.Svg(i * 8000), ("ETag", "\"1\"")), Reply.NotModified());
        }

        await project.SyncAsync();
        await project.SyncAsync();
        await OpenAsync(project.ReportUrl);
        await Expect(_page.Locator(".grid > li")).ToHaveCountAsync(2000);
        var loads = new List<double>();
        for (var i = 0; i < 3; i++)
        {
            await _page.ReloadAsync();
            loads.Add(await _page.EvaluateAsync<double>("() => performance.getEntriesByType('navigation')[0].loadEventEnd"));
        }

        _requests.Clear();
        await _page.ReloadAsync();
        await _page.GetByLabel("Order").SelectOptionAsync("name");
        await _page.GetByLabel("Order").SelectOptionAsync("oldest");
        await _page.GetByRole(AriaRole.Searchbox).FillAsync("set-19/ icon-1999");
        await ExpectShownAsync("icons/set-19/icon-1999.svg");
        TestContext.Out.WriteLine($"{project.Report.Length:N0} bytes; milliseconds to load: {loads.Min():N0} to {loads.Max():N0}");
        Assert.That(_requests.RemoveAll(request => request.StartsWith(new Uri(project.Folder).AbsoluteUri, StringComparison.Ordinal)), Is.LessThan(500), "what is out of view is not read");
    }

    [Test]
    public async Task Each_card_names_the_project_file_and_the_line_of_its_item()
    {
        await OpenAsync();
        foreach (var list in new[] { ".changes > li", ".failures > li", ".grid > li" })
        {
            foreach (var card in await _page.Locator(list).AllAsync())
            {
                var name = (await card.Locator("h3").InnerTextAsync()).Split('/')[^1];
                var line = 1 + Array.FindIndex(File.ReadAllLines(_project.File), line => line.Contains($"/{name}", StringComparison.Ordinal));
                await Expect(card.Locator(".place")).ToHaveTextAsync($"Gallery.proj:{line}");
            }
        }
    }

    // In an img element nothing of this may happen.
    private static byte[] HostileSvg => """
        <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 16 16" onload="console.error('ran')">
          <script>console.error('ran')</script><image xlink:href="http://127.0.0.1:9/beacon.png"/><rect width="16" height="16" fill="#0b6e78"/>
        </svg>
        """u8.ToArray();

    private async Task OpenAsync(string? url = null, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        (_complaints, _requests) = ([], []);
        _page = await Chromium.OpenAsync(width, scheme: scheme);
        _page.Console += (_, message) => _complaints.Add(message.Text);
        _page.PageError += (_, error) => _complaints.Add(error);
        _page.Request += (_, request) => _requests.Add(request.Url);
        await _page.GotoAsync(url ?? _project.ReportUrl);
    }

    private async Task ExpectShownAsync(params string[] paths)
    {
        await Expect(_page.Locator(".grid > li:not([hidden])")).ToHaveCountAsync(paths.Length);
        Assert.That(await _page.Locator(".grid > li:not([hidden])").EvaluateAllAsync<string[]>("cards => cards.map(card => card.title.split('\\n')[0])"), Is.EqualTo(paths));
    }

    private Task<int> LightnessAsync(string selector, string property) =>
        _page.Locator(selector).EvaluateAsync<int>("(e, property) => Math.min(...getComputedStyle(e)[property].match(/\\d+/g).slice(0, 3).map(Number))", property);
}
