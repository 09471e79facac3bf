using ImageSync.Http;
using ImageSync.Tests.Sync;

namespace ImageSync.Tests.Http;

public class MirrorsTests
{
    private const string Several =
        """
        https://cdn.example=http://m/cdn/
        http://cdn.example=http://m/cdn
        https://cdn.example/big/=https://n:8443
        https://cdn.example/private=https://cdn.example/private;http://other.example:8080/a=b/=http://m/other
        """;

    [TestCase("https://cdn.example/a.png", "http://m/cdn/a.png")]
    [TestCase("http://cdn.example/a.png", "http://m/cdn/a.png")]
    [TestCase("HTTPS://CDN.example:443/a.png", "http://m/cdn/a.png")]
    [TestCase("https://cdn.example", "http://m/cdn/")]
    [TestCase("https://cdn.example?v=1", "http://m/cdn/?v=1")]
    [TestCase("https://cdn.example/a%2Fb.png?u=https://cdn.example/&v=%20", "http://m/cdn/a%2Fb.png?u=https://cdn.example/&v=%20")]
    [TestCase("https://cdn.example/big/a.png", "https://n:8443/a.png", TestName = "the longest prefix")]
    [TestCase("https://cdn.example/big", "https://n:8443/")]
    [TestCase("https://cdn.example/big?v=1", "https://n:8443/?v=1")]
    [TestCase("https://cdn.example/bigger/a.png", "http://m/cdn/bigger/a.png", TestName = "at the end of a segment")]
    [TestCase("https://cdn.example/BIG/a.png", "http://m/cdn/BIG/a.png", TestName = "paths have case")]
    [TestCase("https://cdn.example/private/a.png", "https://cdn.example/private/a.png", TestName = "to itself: no mirror")]
    [TestCase("http://other.example:8080/a=b/c.png", "http://m/other/c.png", TestName = "an = in a path")]
    [TestCase("http://other.example/a=b/c.png", "http://other.example/a=b/c.png", TestName = "another port")]
    [TestCase("https://cdn.example.org/a.png", "https://cdn.example.org/a.png", TestName = "another host that begins the same")]
    [TestCase("https://cdn.example:8443/a.png", "https://cdn.example:8443/a.png")]
    [TestCase("https://cdn.example/big/../../admin", "https://cdn.example/big/../../admin", TestName = "dot segments lead out")]
    [TestCase("https://cdn.example/big/%2E%2e/admin", "https://cdn.example/big/%2E%2e/admin")]
    [TestCase("https://cdn.example/big/..", "https://cdn.example/big/..")]
    [TestCase("https://cdn.example/...png?a=/../", "http://m/cdn/...png?a=/../", TestName = "dots that are none")]
    public void Map(string url, string expected) => Assert.That(Mirrors.Parse(Several)!.Map(Given.Url(url)).ToString(), Is.EqualTo(expected));

    [Test]
    public void No_mirror() => Assert.That(Mirrors.Parse("")!.Map(Given.Url("https://cdn.example/a.png")).ToString(), Is.EqualTo("https://cdn.example/a.png"));

    [TestCase("https://cdn.example")]
    [TestCase("https://cdn.example=")]
    [TestCase("=http://m")]
    [TestCase("https://cdn.example=m")]
    [TestCase("cdn.example=http://m")]
    [TestCase("https://cdn.example = http://m")]
    [TestCase("https://cdn.example->http://m")]
    [TestCase("https://cdn.example=ftp://m")]
    [TestCase("ftp://cdn.example=http://m")]
    [TestCase("https://cdn.example=http://user:secret@m", TestName = "credentials")]
    [TestCase("https://cdn.example=http://m/?to=", TestName = "a query")]
    [TestCase("https://cdn.example=http://m/#to", TestName = "a fragment")]
    [TestCase("https://cdn.example/?v=http://m", TestName = "a query of the origin's")]
    [TestCase("https://cdn.example=http://m/a/../b", TestName = "dot segments")]
    [TestCase("https://*.cdn.example=http://m", TestName = "no pattern")]
    [TestCase("https://cdn.example=http://m https://CDN.example:443/=http://n", TestName = "a prefix twice")]
    [TestCase("https://good.example=http://m;nonsense")]
    [TestCase(";", TestName = "two properties that are not defined")]
    [TestCase(" ; ;\n")]
    [TestCase(" ")]
    public void Refuse(string text) => Assert.That(Mirrors.Parse(text), Is.Null);

    [TestCase("http://m/cdn/v1/a.png", "https://cdn.example/v1/a.png", TestName = "made its own by the mirror")]
    [TestCase("/cdn/v1/a.png", "https://cdn.example/v1/a.png", TestName = "the same, relative")]
    [TestCase("b.png", "https://cdn.example/v1/b.png")]
    [TestCase("?v=2", "https://cdn.example/v1/a.png?v=2")]
    [TestCase("//m/cdn/b.png", "https://cdn.example/b.png")]
    [TestCase("/b.png", "/b.png", TestName = "passed on as it was: the origin's path")]
    [TestCase("https://cdn.example/b.png", "https://cdn.example/b.png", TestName = "passed on as it was")]
    [TestCase("https://other.example/b.png", "https://other.example/b.png", TestName = "elsewhere")]
    [TestCase("https://n:8443/b.png", "https://cdn.example/big/b.png", TestName = "another mirror's")]
    [TestCase("http://m/login", "http://m/login", TestName = "the mirror's own, of no origin")]
    [TestCase("ftp://m/cdn/b.png", "ftp://m/cdn/b.png")]
    [TestCase(null, null)]
    public void Restore(string? location, string? expected)
    {
        var (mirrors, url) = (Mirrors.Parse(Several)!, Given.Url("https://cdn.example/v1/a.png"));
        Assert.That(mirrors.Restore(location, url, mirrors.Map(url)), Is.EqualTo(expected));
    }

    [TestCase("https://cdn.example=http://user:secret@m/a", "https://cdn.example=http://…@m/a")]
    [TestCase("https://cdn.example=http://m/?token=secret;http://a@b=x", "https://cdn.example=http://m/?…;http://…@b=x")]
    [TestCase("https://cdn.example=http://m/a", "https://cdn.example=http://m/a")]
    public void Redact(string text, string expected) => Assert.That(Mirrors.Redact(text), Is.EqualTo(expected));
}
