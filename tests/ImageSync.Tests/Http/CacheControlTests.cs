using ImageSync.Http;

namespace ImageSync.Tests.Http;

public class CacheControlTests
{
    [TestCase(null, "")]
    [TestCase("", "")]
    [TestCase("public, s-maxage=60", "")]
    [TestCase("max-age=60", "60")]
    [TestCase("MAX-AGE=60", "60")]
    [TestCase("max-age=0", "0")]
    [TestCase("public,max-age=60 , immutable", "60")]
    [TestCase("max-age=60, max-age=60", "60")]
    [TestCase("max-age=60 ", "60")]
    [TestCase("max-age=1234567890", "1234567890")]
    [TestCase("max-age=9999999999", "2147483648")]
    [TestCase("max-age=99999999999999", "2147483648")]
    [TestCase("max-age=60, max-age=61", "broken")]
    [TestCase("max-age", "broken")]
    [TestCase("max-age=", "broken")]
    [TestCase("max-age=-1", "broken")]
    [TestCase("max-age=1.5", "broken")]
    [TestCase("max-age=\"60\"", "broken")]
    [TestCase("max-age='60'", "broken")]
    [TestCase("max-age=60s", "broken")]
    [TestCase("no-store", "no-store")]
    [TestCase("No-Store, max-age=60", "no-store 60")]
    [TestCase("no-cache", "no-cache")]
    [TestCase("no-cache=\"Set-Cookie, no-store\", max-age=1", "no-cache 1")]
    [TestCase("extension=\"max-age=5, no-store\"", "")]
    [TestCase("extension=\"a\\\", no-store\"", "")]
    [TestCase("extension=\"a\\\", no-store, b\"", "")]
    [TestCase("extension=\\\", no-store, \"", "")]
    [TestCase("no-cache =\"Set-Cookie\"", "no-cache")]
    [TestCase(",,, ,", "")]
    [TestCase("x-no-store", "")]
    public void Directives(string? field, string expected)
    {
        var directives = CacheControl.Parse(field);
        string?[] shown = [directives.NoStore ? "no-store" : null, directives.NoCache ? "no-cache" : null, directives.IsBroken ? "broken" : null, directives.MaxAge is { } age ? $"{age.TotalSeconds}" : null];
        Assert.That(string.Join(' ', shown.Where(part => part is not null)), Is.EqualTo(expected));
    }
}
