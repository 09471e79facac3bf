using ImageSync.Http;

namespace ImageSync.Tests.Http;

public class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(1994, 11, 6, 8, 49, 0, TimeSpan.Zero);

    [TestCase(null, null)]
    [TestCase("", null)]
    [TestCase("0", null)]
    [TestCase("1", 1)]
    [TestCase(" 120 ", 120)]
    [TestCase("99999999999999999999", 86400)]
    [TestCase("-1", null)]
    [TestCase("1.5", null)]
    [TestCase("1, 2", null)]
    [TestCase("soon", null)]
    [TestCase("Sun, 06 Nov 1994 08:49:37 GMT", 37)]
    [TestCase("Sunday, 06-Nov-94 08:49:37 GMT", 37)]
    [TestCase("Sun Nov  6 08:49:37 1994", 37)]
    [TestCase("Sun, 06 Nov 1994 08:48:59 GMT", null)]
    [TestCase("Sun, 06 Nov 2094 08:48:59 GMT", 86400)]
    public void Delay(string? text, int? seconds) => Assert.That(RetryAfter.Parse(text, Now)?.TotalSeconds, Is.EqualTo(seconds));
}
