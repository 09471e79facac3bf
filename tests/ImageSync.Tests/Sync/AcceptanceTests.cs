using ImageSync.Images;
using ImageSync.Sync;

namespace ImageSync.Tests.Sync;

/// <summary>What was accepted before → whether it is accepted now without a look.</summary>
public class AcceptanceTests
{
    [TestCase(null, "image/*", false)]
    [TestCase(null, "*/*", true)]
    [TestCase("*/*", "*/*", true)]
    [TestCase("*/*", "image/*", false)]
    [TestCase("*/*", "text/css", false)]
    [TestCase("image/*", "*/*", true)]
    [TestCase("image/*", "image/*", true)]
    [TestCase("image/*", "image/png", false)]
    [TestCase("image/png", "image/*", true)]
    [TestCase("image/png", "image/png", true)]
    [TestCase("image/png", "image/webp", false)]
    [TestCase("text/css", "image/*", false)]
    [TestCase("text/css", "text/*", true)]
    [TestCase("text/*", "text/css", false)]
    [TestCase("garbage", "image/*", false)]
    public void Covers(string? accepted, string wanted, bool expected)
    {
        Assert.That(MediaRange.TryParse(wanted, out var range));
        Assert.That(Acceptance.Covers(accepted, range), Is.EqualTo(expected));
    }
}
