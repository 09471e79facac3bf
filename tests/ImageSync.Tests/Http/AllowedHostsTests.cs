using ImageSync.Http;

namespace ImageSync.Tests.Http;

public class AllowedHostsTests
{
    [TestCase("", "any.example", true)]
    [TestCase("cdn.example", "cdn.example", true)]
    [TestCase("CDN.Example", "cdn.example", true)]
    [TestCase("cdn.example", "evil.example", false)]
    [TestCase("cdn.example", "x.cdn.example", false)]
    [TestCase("*.cdn.example", "x.cdn.example", true)]
    [TestCase("*.cdn.example", "y.x.cdn.example", true)]
    [TestCase("*.cdn.example", "cdn.example", false)]
    [TestCase("*.cdn.example", "evilcdn.example", false)]
    [TestCase(" a.example ; b.example ;", "b.example", true)]
    [TestCase("127.0.0.1", "127.0.0.1", true)]
    public void Allow(string patterns, string host, bool expected) => Assert.That(AllowedHosts.Parse(patterns)!.Allow(host), Is.EqualTo(expected));

    [TestCase("https://cdn.example")]
    [TestCase("cdn.example/path")]
    [TestCase("cdn.example:443")]
    [TestCase("*")]
    [TestCase("a.*.example")]
    [TestCase("good.example;not a host")]
    [TestCase(";", TestName = "two properties that are not defined")]
    [TestCase(" ; ;\n")]
    [TestCase(" ")]
    [TestCase("\r\n\t")]
    [TestCase("\u00A0")]
    [TestCase("*.0.0.1")]
    public void Refuse(string patterns) => Assert.That(AllowedHosts.Parse(patterns), Is.Null);
}
