using ImageSync.Sync;
using ImageSync.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ImageSync.Browser.Tests;

/// <summary>The list of all images: filtered and sorted.</summary>
public class ImageList
{
    private readonly WrittenReport _report = new WrittenReport()
        .With("b/10.png", Pixels.Of(1, 20, (_, _) => true), SyncStatus.NotModified, "cdn.example", "Sun, 22 Nov 2026 12:00:00 GMT")
        .With("b/9.png", Pixels.Of(1, 40, (_, _) => true), SyncStatus.Added, "img.example:8443", "Sat, 21 Nov 2026 12:00:00 GMT")
        .With("a/x.png", Pixels.Of(1, 10, (_, _) => true), SyncStatus.NotModified, "img.example:8443")
        .With("c/z.png", Pixels.Of(1, 30, (_, _) => true), SyncStatus.NotModified, "cdn.example", "Mon, 23 Nov 2026 12:00:00 GMT");

    private IPage _page = null!;

    [SetUp]
    public async Task Open()
    {
        _page = await Chromium.OpenAsync();
        await _page.GotoAsync(_report.Write());
    }

    [TearDown]
    public async Task Close() => await _page.CloseAsync();

    // On one page, since opening it takes a browser a second. What has no age is last.
    [Test]
    public async Task It_is_sorted()
    {
        (string Order, string Expected)[] orders =
        [
            ("size", "b/9.png c/z.png b/10.png a/x.png"),
            ("as declared", "b/10.png b/9.png a/x.png c/z.png"),
            ("name", "a/x.png b/9.png b/10.png c/z.png"),
            ("newest first", "c/z.png b/10.png b/9.png a/x.png"),
            ("oldest first", "b/9.png b/10.png c/z.png a/x.png"),
        ];
        foreach (var (order, expected) in orders)
        {
            await _page.GetByLabel("Order").SelectOptionAsync(new SelectOptionValue { Label = order });
            Assert.That(await ShownAsync(), Is.EqualTo(expected), order);
            await Expect(_page.GetByText("22 Nov 2026", new() { Exact = true }))
                .ToBeVisibleAsync(new() { Visible = order.EndsWith("first", StringComparison.Ordinal) });
        }
    }

    [Test]
    public async Task It_is_filtered_by_host_and_status_together()
    {
        Assert.That(await _page.GetByLabel("Host").Locator("option").AllInnerTextsAsync(), Is.EqualTo(new[] { "all", "cdn.example (2)", "img.example:8443 (2)" }));
        await _page.GetByLabel("Host").SelectOptionAsync("img.example:8443");
        Assert.That(await ShownAsync(), Is.EqualTo("b/9.png a/x.png"));
        await _page.GetByRole(AriaRole.Radio, new() { Name = "Not modified" }).CheckAsync(new() { Force = true });
        Assert.That(await ShownAsync(), Is.EqualTo("a/x.png"));
        await Expect(_page.GetByRole(AriaRole.Status)).ToHaveTextAsync("1 of 4 images");
        await _page.GetByLabel("Order").SelectOptionAsync("name");
        Assert.That(await ShownAsync(), Is.EqualTo("a/x.png"), "what is filtered out stays so");
    }

    [Test]
    public async Task What_is_filtered_out_is_not_leafed_through()
    {
        await _page.GetByLabel("Host").SelectOptionAsync("img.example:8443");
        await _page.GetByLabel("Order").SelectOptionAsync("name");
        await _page.GetByRole(AriaRole.Button, new() { Name = "Enlarge a/x.png" }).ClickAsync();
        await Expect(_page.GetByRole(AriaRole.Dialog).Locator(".position")).ToHaveTextAsync("1 of 2");
        await _page.Keyboard.PressAsync("n");
        await Expect(_page.GetByRole(AriaRole.Dialog)).ToHaveAccessibleNameAsync("b/9.png");
    }

    [Test]
    public async Task One_host_is_no_choice()
    {
        await _page.GotoAsync(new WrittenReport().With("a.png", SampleImages.Png(1, 1, 1), SyncStatus.Added).Write());
        await Expect(_page.GetByLabel("Order")).ToHaveCountAsync(1);
        await Expect(_page.GetByLabel("Host")).ToHaveCountAsync(0);
    }

    private async Task<string> ShownAsync() =>
        string.Join(' ', await _page.Locator(".grid > li:not([hidden])").EvaluateAllAsync<string[]>("cards => cards.map(card => card.title.split('\\n')[0])"));
}
