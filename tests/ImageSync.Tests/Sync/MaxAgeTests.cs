using ImageSync.Sync;

namespace ImageSync.Tests.Sync;

public class MaxAgeTests
{
    [TestCase("0", "00:00:00 zero")]
    [TestCase("00:00:00", "00:00:00 zero")]
    [TestCase("00:15:00", "00:15:00")]
    [TestCase("server", "server")]
    [TestCase(" Server ", "server")]
    [TestCase("", null)]
    [TestCase("15", null)]
    [TestCase("origin", null)]
    public void Values(string text, string? expected) => Assert.That(Show(MaxAge.Parse(text)), Is.EqualTo(expected));

    private static string? Show(MaxAge? maxAge) =>
        maxAge is { } value ? (value.ByServer ? "server" : $"{value.Span}") + (value.IsZero ? " zero" : "") : null;
}
