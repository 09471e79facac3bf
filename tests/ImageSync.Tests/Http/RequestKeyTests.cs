using ImageSync.Http;

namespace ImageSync.Tests.Http;

/// <summary>Keys lie in caches and lock files: one that changed would cost every image with headers a download.</summary>
public class RequestKeyTests
{
    [TestCase("", null, null)]
    [TestCase("", "Accept", null)]
    [TestCase("", "Accept, user-agent", "96AAAD54CCA19CD8")]
    [TestCase("X-Tenant: 1", null, "43660622818115C5")]
    [TestCase("x-tenant: 1", "Accept", "43660622818115C5")]
    [TestCase("X-Tenant: 1", "User-Agent", "BC8B3F7453375493")]
    [TestCase("X-Tenant: 1|Accept: image/webp", null, "FF1FC386124CDF15")]
    public void Of_headers_and_Vary(string headers, string? vary, string? expected) =>
        Assert.That(RequestKey.Of(RequestHeaders.Parse(headers, out _)!, "ImageSync", vary), Is.EqualTo(expected));
}
