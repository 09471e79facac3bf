using ImageSync.Sync;
using ImageSync.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ImageSync.Browser.Tests;

/// <summary>Images before and after, compared as in a code review: by mouse, keyboard and touch.</summary>
public class ImageComparison
{
    private readonly WrittenReport _report = new WrittenReport()
        .Changed("img/quarter.bmp", Pixels.Of(40, 20, (_, _) => false), Pixels.Of(40, 20, (x, y) => x < 20 && y < 10))
        .Changed("img/wider.bmp", Pixels.Of(40, 20, (_, _) => true), Pixels.Of(80, 20, (_, _) => true))
        .Changed("img/halved.bmp", Pixels.Of(40, 20, (x, _) => x < 20), Pixels.Of(20, 10, (x, _) => x < 10))
        .Changed("img/same.bmp", Pixels.Of(40, 20, (_, _) => true), [.. Pixels.Of(40, 20, (_, _) => true), 0])
        .Changed("img/inverse.bmp", Pixels.Of(40, 20, (_, _) => true), Pixels.Of(40, 20, (_, _) => false))
        .Changed("img/dot.bmp", Pixels.Of(100, 100, (_, _) => false), Pixels.Of(100, 100, (x, y) => (x, y) == (99, 0)))
        .Changed("img/logo.svg", SampleImages.Svg(0x0b6e78), SampleImages.Svg(0x6e2b0b))
        .Changed("img/large.bmp", Pixels.Of(400, 300, (_, _) => true), Pixels.Of(400, 300, (x, _) => x < 200))
        .Changed("img/scan.tiff", SampleImages.Tiff(1), SampleImages.Tiff(2))
        .With("img/new.png", SampleImages.Png(30, 10, 1), SyncStatus.Added)
        .With("img/old.png", SampleImages.Png(50, 10, 2), SyncStatus.NotModified);

    private IPage _page = null!;
    private List<string> _complaints = [];
    private List<string> _requests = [];

    private ILocator Viewer => _page.GetByRole(AriaRole.Dialog);

    private ILocator Slider => Viewer.GetByRole(AriaRole.Slider);

    [TearDown]
    public async Task Close()
    {
        await _page.CloseAsync();
        Assert.That(_complaints, Is.Empty, "what the console says");
        Assert.That(_requests, Is.All.StartsWith("data:").Or.StartsWith(_report.Folder), "nothing leaves the project");
    }

    // On one page, since opening it takes a browser a second. The last file is one beside the page, which it may not read.
    [Test]
    public async Task It_is_told_how_much_differs()
    {
        (string Name, string Told)[] images =
        [
            ("quarter.bmp", "25% of the pixels differ."),
            ("wider.bmp", "40×20 before, 80×20 after: at one scale, from the upper left corner. 50% of the pixels differ."),
            ("halved.bmp", "40×20 before, 20×10 after: the smaller one is enlarged."),
            ("same.bmp", "No pixel differs: the file alone is another."),
            ("inverse.bmp", "All pixels differ."),
            ("dot.bmp", "Less than 0.1% of the pixels differ."),
            ("logo.svg", "All pixels differ."),
            ("large.bmp", ""),
        ];
        await OpenAsync();
        foreach (var (name, told) in images)
        {
            await CompareAsync(name);
            await Expect(Viewer).ToHaveAccessibleNameAsync("img/" + name);
            await Expect(Viewer.GetByRole(AriaRole.Status)).ToHaveTextAsync(told);
            await _page.Keyboard.PressAsync("Escape");
            await Expect(Viewer).ToBeHiddenAsync();
        }
    }

    [Test]
    public async Task It_is_opened_used_and_left_by_the_keyboard()
    {
        await OpenAsync();
        await Button("quarter.bmp").FocusAsync();
        await _page.Keyboard.PressAsync("Enter");
        await Expect(Viewer).ToHaveAccessibleNameAsync("img/quarter.bmp");
        await Expect(Viewer.GetByRole(AriaRole.Radio, new() { Name = "Side by side" })).ToBeFocusedAsync();
        await Expect(Slider).ToBeHiddenAsync();
        await _page.Keyboard.PressAsync("ArrowRight");
        await Expect(Viewer.GetByRole(AriaRole.Radio, new() { Name = "Swipe" })).ToBeCheckedAsync();
        await _page.Keyboard.PressAsync("2");
        await Expect(Slider).ToBeFocusedAsync();
        await Expect(Slider).ToHaveAccessibleNameAsync("Border between before and after");
        await _page.Keyboard.PressAsync("ArrowLeft");
        await Expect(Slider).ToHaveValueAsync("49");
        await _page.Keyboard.PressAsync("End");
        await Expect(After()).ToHaveCSSAsync("clip-path", "inset(0px 0px 0px 100%)");
        await _page.Keyboard.PressAsync("3");
        await Expect(Slider).ToHaveAccessibleNameAsync("Opacity of the image after");
        await _page.Keyboard.PressAsync("Home");
        await Expect(After()).ToHaveCSSAsync("opacity", "0");
        await _page.Keyboard.PressAsync("4");
        await Expect(Viewer.GetByRole(AriaRole.Radio, new() { Name = "Difference" })).ToBeFocusedAsync();
        await Expect(Slider).ToBeHiddenAsync();
        await _page.Keyboard.PressAsync("Escape");
        await Expect(Viewer).ToBeHiddenAsync();
        await Expect(Button("quarter.bmp")).ToBeFocusedAsync();
    }

    [Test]
    public async Task One_change_leads_to_the_next_and_the_focus_goes_to_the_last()
    {
        await OpenAsync();
        await CompareAsync("quarter.bmp");
        await Expect(Viewer.Locator(".position")).ToHaveTextAsync("1 of 9");
        await Expect(Viewer.GetByRole(AriaRole.Button, new() { Name = "Previous" })).ToBeDisabledAsync();
        await _page.Keyboard.PressAsync("p");
        await _page.Keyboard.PressAsync("n");
        await Expect(Viewer).ToHaveAccessibleNameAsync("img/wider.bmp");
        await Viewer.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await Expect(Viewer).ToHaveAccessibleNameAsync("img/halved.bmp");
        await _page.Keyboard.PressAsync("p");
        await Viewer.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(Button("wider.bmp")).ToBeFocusedAsync();
    }

    // The upper left quarter is black after; points are shares of the area.
    [TestCase("swipe", 0.1, 255, TestName = "Left of the border is before")]
    [TestCase("swipe", 0.4, 0, TestName = "Right of the border is after")]
    [TestCase("onion", 0.1, 191, TestName = "A quarter of the one shines through the other")]
    [TestCase("difference", 0.1, 255, TestName = "What differs is light")]
    [TestCase("difference", 0.9, 0, TestName = "What is the same is black")]
    public async Task A_mode_shows(string mode, double x, int expected)
    {
        await OpenAsync();
        await CompareAsync("quarter.bmp");
        await Viewer.Locator($"[value={mode}]").CheckAsync(new() { Force = true });
        if (mode != "difference")
        {
            await Slider.FillAsync("25");
        }

        await Expect(Viewer.GetByRole(AriaRole.Status)).Not.ToBeEmptyAsync();
        Assert.That(await LightnessAsync(After(), x, 0.25), Is.EqualTo(expected).Within(2));
    }

    [TestCase("wider.bmp", 0.5)]
    [TestCase("halved.bmp", 1)]
    public async Task Images_of_different_sizes_share_one_area(string name, double share)
    {
        await OpenAsync();
        await CompareAsync(name);
        foreach (var mode in new[] { "side", "swipe", "onion", "difference" })
        {
            await Viewer.Locator($"[value={mode}]").CheckAsync(new() { Force = true });
            var widths = await Viewer.Locator(".canvas img").EvaluateAllAsync<double[]>("images => images.map(image => image.getBoundingClientRect().width)");
            Assert.That(widths[0] / widths[1], Is.EqualTo(share).Within(0.01), mode);
        }
    }

    [Test]
    public async Task A_finger_moves_the_border()
    {
        await OpenAsync(width: 360, touch: true);
        await Button("quarter.bmp").TapAsync();
        await Viewer.GetByText("Swipe").TapAsync();
        var area = (await Viewer.Locator(".canvas").First.BoundingBoxAsync())!;
        await _page.Touchscreen.TapAsync(area.X + (area.Width / 4), area.Y + (area.Height / 2));
        Assert.That(int.Parse(await Slider.InputValueAsync(), System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(25).Within(1));
    }

    [Test]
    public async Task A_drag_of_the_border_that_ends_outside_closes_nothing_and_a_click_there_does()
    {
        await OpenAsync();
        await CompareAsync("quarter.bmp");
        await _page.Keyboard.PressAsync("2");
        var area = (await Viewer.Locator(".canvas").First.BoundingBoxAsync())!;
        await _page.Mouse.MoveAsync(area.X + (area.Width / 2), area.Y + (area.Height / 2));
        await _page.Mouse.DownAsync();
        await _page.Mouse.MoveAsync(3, 3);
        await _page.Mouse.UpAsync();
        await Expect(Slider).ToHaveValueAsync("0");
        await Expect(Viewer).ToBeVisibleAsync();
        await _page.Mouse.ClickAsync(3, 3);
        await Expect(Viewer).ToBeHiddenAsync();
    }

    [TestCase(".grid", "old.png", "50×10")]
    [TestCase(".changes", "new.png", "30×10")]
    public async Task A_single_picture_is_enlarged_by_Enter(string list, string name, string size)
    {
        await OpenAsync();
        await _page.Locator($"{list} > li").Filter(new() { HasText = name }).Locator("button.tile").FocusAsync();
        await _page.Keyboard.PressAsync("Enter");
        await Expect(Viewer).ToHaveAccessibleNameAsync("img/" + name);
        await Expect(Viewer.GetByRole(AriaRole.Radio)).ToHaveCountAsync(0);
        await Expect(Viewer.Locator("figcaption").First).ToContainTextAsync(size);
        await _page.Keyboard.PressAsync("2");
        await Expect(Slider).ToBeHiddenAsync();
        Assert.That((await Viewer.Locator(".canvas img").BoundingBoxAsync())!.Width, Is.GreaterThan(400), "small ones are enlarged");
        await _page.Keyboard.PressAsync("Escape");
        await Expect(_page.Locator($"{list} > li").Filter(new() { HasText = name }).Locator("button.tile")).ToBeFocusedAsync();
    }

    [Test]
    public async Task What_no_browser_draws_is_not_compared()
    {
        await OpenAsync();
        await Expect(_page.Locator(".changes button.compare")).ToHaveCountAsync(9);
        await Expect(Button("scan.tiff")).ToBeHiddenAsync();
        await Expect(_page.Locator(".changes > li").Filter(new() { HasText = "scan.tiff" }).Locator("button.tile")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task What_is_not_beside_the_page_is_not_compared()
    {
        await OpenAsync(_report.Write("elsewhere/deep/report.html"));
        await _page.Locator(".changes > li").Filter(new() { HasText = "large.bmp" }).ScrollIntoViewIfNeededAsync();
        await Expect(Button("large.bmp")).ToBeHiddenAsync();
        await Expect(Button("quarter.bmp")).ToBeVisibleAsync();

        // Pictures are looked for as they come into view: only a page that is closed looks for no more.
        await _page.CloseAsync();
        Assert.That(_complaints, Is.Not.Empty.And.All.Contains("ERR_FILE_NOT_FOUND"));
        _complaints.Clear();
    }

    [Test]
    public async Task Without_scripts_the_images_stand_side_by_side_and_nothing_pretends_to_be_a_button()
    {
        await OpenAsync(scripts: false);
        await Expect(_page.Locator(".changes > li").First.Locator("img")).ToHaveCountAsync(2);
        await Expect(_page.Locator("button:enabled:visible")).ToHaveCountAsync(0);
        await Expect(_page.Locator("button.compare:visible")).ToHaveCountAsync(0);
    }

    [TestCase("quarter.bmp")]
    [TestCase("large.bmp")]
    public async Task A_phone_needs_no_scrolling_sideways(string name)
    {
        await OpenAsync(width: 360);
        await CompareAsync(name);
        foreach (var mode in new[] { "side", "swipe", "onion", "difference" })
        {
            await Viewer.Locator($"[value={mode}]").CheckAsync(new() { Force = true });
            Assert.That(await Viewer.EvaluateAsync<int>("viewer => viewer.scrollWidth"), Is.LessThanOrEqualTo(360), mode);
        }
    }

    private async Task OpenAsync(string? url = null, int width = 1280, bool touch = false, bool scripts = true)
    {
        (_complaints, _requests) = ([], []);
        _page = await Chromium.OpenAsync(width, touch: touch, scripts: scripts);
        _page.Console += (_, message) => _complaints.Add(message.Text);
        _page.PageError += (_, error) => _complaints.Add(error);
        _page.Request += (_, request) => _requests.Add(request.Url);
        await _page.GotoAsync(url ?? _report.Write());
    }

    private async Task CompareAsync(string name)
    {
        await Button(name).ClickAsync();
        await Expect(Viewer.Locator(".canvas img")).ToHaveCountAsync(2);
    }

    private ILocator Button(string name) => _page.Locator(".changes > li").Filter(new() { HasText = name }).Locator("button.compare");

    private ILocator After() => Viewer.Locator("figure").Nth(1).Locator(".canvas");

    // Of what is really on the screen, wherever it comes from.
    private async Task<int> LightnessAsync(ILocator area, double x, double y)
    {
        var picture = Convert.ToBase64String(await area.ScreenshotAsync());
        return await _page.EvaluateAsync<int>(
            """
            async ([picture, x, y]) => {
              const image = new Image();
              image.src = 'data:image/png;base64,' + picture;
              await image.decode();
              const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
              const context = canvas.getContext('2d');
              context.drawImage(image, 0, 0);
              return context.getImageData(Math.floor(x * image.width), Math.floor(y * image.height), 1, 1).data[1];
            }
            """,
            new object[] { picture, x, y });
    }
}
