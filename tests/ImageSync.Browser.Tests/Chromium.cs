using ImageSync.Testing;
using Microsoft.Playwright;

namespace ImageSync.Browser.Tests;

/// <summary>The browser of all tests: Debian's Chromium, which asks for nothing by itself.</summary>
[SetUpFixture]
public sealed class Chromium
{
    private static readonly string[] Switches =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private static IPlaywright? _playwright;
    private static IBrowser? _browser;

    /// <summary>A page of such a screen; where there is no Chromium the test is ignored, or fails in CI.</summary>
    public static async Task<IPage> OpenAsync(int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light, bool touch = false, bool scripts = true)
    {
        if (_browser is null)
        {
            var executable = ServerProcess.Require("chromium", "apt-get install chromium");
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Args = Switches });
        }

        return await _browser.NewPageAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = scheme,
            HasTouch = touch,
            JavaScriptEnabled = scripts,
        });
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
