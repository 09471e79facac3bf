using ImageSync.Http;

namespace ImageSync.Tests.Http;

public class HttpDateTests
{
    private static readonly DateTimeOffset Example = new(1994, 11, 6, 8, 49, 37, TimeSpan.Zero);

    [TestCase("Sun, 06 Nov 1994 08:49:37 GMT")]
    [TestCase("Sunday, 06-Nov-94 08:49:37 GMT")]
    [TestCase("Sun Nov  6 08:49:37 1994")]
    [TestCase("Wednesday, 06-Nov-94 08:49:37 GMT")]
    [TestCase("Sun Nov 6 08:49:37 1994")]
    [TestCase("Fri, 06 Nov 1994 08:49:37 GMT")]
    [TestCase("Fri, 6 Nov 1994 08:49:37 GMT")]
    public void Three_forms_are_read(string text) => Assert.That(HttpDate.Parse(text), Is.EqualTo(Example));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("0")]
    [TestCase("Sun, 06 Nov 1994 08:49:37")]
    [TestCase("Sun, 06 Nov 1994 08:49:37 UTC")]
    [TestCase("Sun, 06 Nov 1994 25:49:37 GMT")]
    [TestCase("06 Nov 1994 08:49:37 GMT")]
    [TestCase("Su, 06 Nov 1994 08:49:37 GMT")]
    [TestCase("Wednesdays, 06-Nov-94 08:49:37 GMT")]
    [TestCase("1994-11-06T08:49:37Z")]
    public void Anything_else_is_not(string? text) => Assert.That(HttpDate.Parse(text), Is.Null);
}
