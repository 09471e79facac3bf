using System.Net;
using ImageSync.Http;

namespace ImageSync.Tests.Http;

/// <summary>Which hosts NO_PROXY exempts.</summary>
public class NoProxyTests
{
    [TestCase("*", "http://any.example/")]
    [TestCase("other, *", "https://10.0.0.1/")]
    [TestCase("corp.example", "http://corp.example/")]
    [TestCase("corp.example", "https://img.corp.example/")]
    [TestCase("corp.example", "http://a.b.corp.example:8080/")]
    [TestCase(".corp.example", "http://img.corp.example/")]
    [TestCase(".corp.example", "http://corp.example/")]
    [TestCase("*.corp.example", "http://img.corp.example/")]
    [TestCase("*.corp.example", "http://corp.example/")]
    [TestCase("CORP.Example", "http://IMG.corp.EXAMPLE/")]
    [TestCase("corp.example.", "http://img.corp.example/")]
    [TestCase("corp.example", "http://img.corp.example./")]
    [TestCase(" a.example ,\t corp.example ", "http://corp.example/")]
    [TestCase("a.example corp.example", "http://corp.example/")]
    [TestCase("a.example,,corp.example,", "http://corp.example/")]
    [TestCase("localhost", "http://localhost:5000/")]
    [TestCase("corp.example:8080", "http://img.corp.example:8080/")]
    [TestCase("corp.example:443", "https://corp.example/")]
    [TestCase("corp.example:80", "http://corp.example/")]
    [TestCase("*:8080", "http://any.example:8080/")]
    [TestCase("bücher.example", "http://img.xn--bcher-kva.example/")]
    [TestCase("xn--bcher-kva.example", "http://bücher.example/")]
    [TestCase("127.0.0.1", "http://127.0.0.1/")]
    [TestCase("127.0.0.1:8080", "http://127.0.0.1:8080/")]
    [TestCase("10.0.0.0/8", "http://10.255.0.1/")]
    [TestCase("10.1.2.3/8", "http://10.255.0.1/")]
    [TestCase("192.168.4.0/22", "http://192.168.7.255/")]
    [TestCase("192.168.7.1/32", "http://192.168.7.1/")]
    [TestCase("0.0.0.0/0", "http://203.0.113.1/")]
    [TestCase("::1", "http://[::1]/")]
    [TestCase("[::1]", "http://[::1]:8080/")]
    [TestCase("[::1]:8080", "http://[::1]:8080/")]
    [TestCase("0:0:0:0:0:0:0:1", "http://[::1]/")]
    [TestCase("2001:db8::/32", "http://[2001:db8:ffff::1]/")]
    [TestCase("[2001:db8::]/32", "http://[2001:db8:ffff::1]/")]
    [TestCase("2001:db8:8000::/33", "http://[2001:db8:8001::1]/")]
    [TestCase("10.0.0.0/8", "http://[::ffff:10.0.0.1]/")]
    [TestCase("::ffff:10.0.0.1", "http://10.0.0.1/")]
    public void Exempts(string list, string url) => Assert.That(NoProxy.Parse(list)!.Exempts(new Uri(url)));

    [TestCase("corp.example", "http://othercorp.example/")]
    [TestCase("corp.example", "http://corp.example.net/")]
    [TestCase("corp.example", "http://example/")]
    [TestCase("img.corp.example", "http://corp.example/")]
    [TestCase("corp.example:8080", "http://corp.example/")]
    [TestCase("corp.example:80", "https://corp.example/")]
    [TestCase("example,corp", "http://corp.example.net/")]
    [TestCase("0.1", "http://127.0.0.1/")]
    [TestCase("127.0.0.1", "http://127.0.0.2/")]
    [TestCase("127.0.0.1:8080", "http://127.0.0.1/")]
    [TestCase("127.0.0.1", "http://localhost/", Description = "no name is resolved")]
    [TestCase("10.0.0.0/8", "http://11.0.0.1/")]
    [TestCase("10.0.0.0/8", "http://ten.example/")]
    [TestCase("192.168.4.0/22", "http://192.168.8.0/")]
    [TestCase("192.168.7.1/32", "http://192.168.7.0/")]
    [TestCase("0.0.0.0/0", "http://[2001:db8::1]/")]
    [TestCase("::/0", "http://10.0.0.1/")]
    [TestCase("::1", "http://[::2]/")]
    [TestCase("[::1]:8080", "http://[::1]/")]
    [TestCase("2001:db8:8000::/33", "http://[2001:db8:7fff::1]/")]
    [TestCase("a.example,10.0.0.0/33", "http://10.0.0.1/")]
    [TestCase("a.example,10.0.0.0/-1", "http://10.0.0.1/")]
    [TestCase("a.example,10.0.0.0/", "http://10.0.0.1/")]
    [TestCase("a.example,corp.example/8", "http://corp.example/")]
    [TestCase("a.example,corp.example:x", "http://corp.example/")]
    public void Does_not_exempt(string list, string url) => Assert.That(NoProxy.Parse(list)!.Exempts(new Uri(url)), Is.False);

    [TestCase(null)]
    [TestCase("")]
    [TestCase(" , ,\t")]
    [TestCase(".")]
    [TestCase("*.")]
    [TestCase("10.0.0.0/99")]
    public void Is_none_where_it_names_nobody(string? list) => Assert.That(NoProxy.Parse(list), Is.Null);

    // .NET's own proxy stays where it can be left alone: the system's is more than an IWebProxy shows.
    [TestCase("", "corp.example", false)]
    [TestCase("http://proxy:3128", "", false)]
    [TestCase("http://proxy:3128", "corp.example", true)]
    public void Changes_nothing_where_the_environment_names_no_proxy(string proxy, string list, bool isChanged) => Assert.That(
        EnvironmentProxy.Of(name => name switch { "HTTPS_PROXY" => proxy, "NO_PROXY" => list, _ => null }) is not null, Is.EqualTo(isChanged));

    [Test]
    public void Adds_to_what_the_proxy_exempts_itself()
    {
        var proxy = new EnvironmentProxy(new WebProxy("http://proxy:3128", false, [@"own\.example"]), NoProxy.Parse("corp.example")!);
        Assert.That(
            new[] { "http://own.example/", "http://img.corp.example/", "https://img.corp.example/", "http://other.example/" }
                .Select(url => proxy.GetProxy(new Uri(url))),
            Is.EqualTo(new[] { null, null, null, new Uri("http://proxy:3128") }));
    }
}
