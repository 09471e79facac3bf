using System.Net;
using System.Text;
using ImageSync.Http;
using ImageSync.Sync;
using ImageSync.Testing;
using ImageSync.Tests.Engine;

namespace ImageSync.Tests.Transport;

/// <summary>Faults with a proxy on the way: who is told to have said what, and what it costs.</summary>
public class ThroughProxies
{
    private static readonly byte[] Image = SampleImages.Png(1, 4000);

    private HttpProxy _proxy;
    private ScriptedOrigin _origin;
    private Project _project;

    [SetUp]
    public void SetUp()
    {
        (_proxy, _origin, _project) = (new HttpProxy(), new ScriptedOrigin(), new Project());
        _project.Options = _project.Options with { Retries = 1, ConnectTimeout = TimeSpan.FromSeconds(1) };
        _origin.On("/a.png", Reply.Ok(Image));
        Use(_proxy.Url);
    }

    [TearDown]
    public async Task TearDown()
    {
        await _proxy.DisposeAsync();
        await _origin.DisposeAsync();
    }

    // In clear nobody can tell whether proxy or origin has made an answer; but for 407, which is a proxy's alone.
    [TestCase("502 Bad Gateway", "2002", 2, "%url% answered 502 Bad Gateway (through %proxy%, which may have answered itself) (2 attempts).", "check HTTP_PROXY")]
    [TestCase("503 Service Unavailable", "2002", 2, "%url% answered 503 Service Unavailable (through %proxy%, which may", "check HTTP_PROXY and NO_PROXY")]
    [TestCase("504 Gateway Timeout", "2002", 2, "%url% answered 504 Gateway Timeout (through %proxy%, which may", "The origin, or the proxy on the way")]
    [TestCase("403 Forbidden", "2003", 1, "%url% answered 403 Forbidden (through %proxy%, which may", "exempt the host from the proxy (NO_PROXY)")]
    [TestCase("407 No", "2003", 1, "%proxy% answered 407 No for %url%.", "HTTP_PROXY=http://user:password@127.0.0.1:")]
    public async Task An_answer_in_clear_may_be_the_proxys(string refusal, string code, int requests, string told, string advice)
    {
        _proxy.Refusal = "HTTP/1.1 " + refusal;
        var diagnostic = (await _project.SyncAsync(_origin.Url("/a.png"))).Diagnostics.Single();
        Assert.That((diagnostic.CodeText, _proxy.Requests.Count, _origin.Requests.Count), Is.EqualTo(("IMGSYNC" + code, requests, 0)));
        Assert.That(diagnostic.Message, Does.Contain(Told(told, _origin.Url("/a.png"))).And.Contain(advice));
    }

    [TestCase("407 No", 1, "%proxy% refused the tunnel with 407 Proxy Authentication Required.", "HTTPS_PROXY=http://user:password@127.0.0.1:")]
    [TestCase("403 Forbidden", 1, "%proxy% refused the tunnel with 403 Forbidden.", "The proxy cannot reach the host, or does not allow it")]
    [TestCase("502 Bad Gateway", 2, "%proxy% refused the tunnel with 502 Bad Gateway (2 attempts).", "The proxy cannot reach the host")]
    [TestCase("599 Whatever", 1, "%proxy% refused the tunnel with 599.", "The proxy cannot reach the host")]
    public async Task A_tunnel_that_is_refused_is_the_proxys(string refusal, int requests, string told, string advice)
    {
        _proxy.Refusal = "HTTP/1.1 " + refusal;
        var url = $"https://127.0.0.1:{_origin.Port}/a.png";
        var diagnostic = (await _project.SyncAsync(url)).Diagnostics.Single();
        Assert.That((diagnostic.CodeText, _proxy.Requests.Count, _origin.Requests.Count), Is.EqualTo(("IMGSYNC2001", requests, 0)));
        Assert.That(diagnostic.Message, Does.Contain($"{url} could not be fetched: {Told(told, url)}").And.Contain(advice));
    }

    [TestCase("http")]
    [TestCase("https")]
    public async Task A_proxy_that_is_not_there_is_told_as_such(string scheme)
    {
        using var dead = new DeadPort();
        Use($"http://user:secret-word@127.0.0.1:{dead.Port}");
        var told = (await _project.SyncAsync($"{scheme}://127.0.0.1:{_origin.Port}/a.png")).Diagnostics.Single();
        Assert.That(told.Message, Does.Contain($"could not be fetched: the proxy 127.0.0.1:{dead.Port} could not be reached: the connection was refused")
            .And.Contain($"Check {scheme.ToUpperInvariant()}_PROXY, or exempt the host from the proxy (NO_PROXY)").And.Not.Contain("secret-word"));
    }

    [TestCase("http")]
    [TestCase("https")]
    public async Task A_proxy_that_is_not_there_is_told_and_tried_once_for_all_origins(string scheme)
    {
        using var dead = new DeadPort();
        Use($"http://127.0.0.1:{dead.Port}");
        _project.Options = _project.Options with { Retries = 0, MaxConcurrency = 1 };
        var run = await _project.RunAsync(Images(100, i => $"{scheme}://origin{i % 10}.example/{i}.png"));
        Assert.That(run.Outcomes.Sum(outcome => outcome.Attempts), Is.LessThanOrEqualTo(8), "its breaker is one for all");
        var (_, told) = CommonCause.Told(run.Outcomes, Wording.Project).Single();
        Assert.That(told.Message, Does.Contain($"the proxy 127.0.0.1:{dead.Port} could not be reached: the connection was refused")
            .And.Contain("so 100 images could not be synced."));
    }

    [Test]
    public async Task A_proxy_that_wants_credentials_is_told_once_for_all_origins()
    {
        _proxy.Refusal = "HTTP/1.1 407 Proxy Authentication Required";
        var run = await _project.RunAsync(Images(20, i => $"{(i < 10 ? "http" : "https")}://origin{i % 5}.example/{i}.png"));
        var told = CommonCause.Told(run.Outcomes, Wording.Project).Select(each => each.Diagnostic.Message).ToList();
        Assert.That(told, Has.Count.EqualTo(2), "one in clear, one for tunnels");
        Assert.That(told, Has.All.Contain($"the proxy 127.0.0.1:{_proxy.Port} ").And.All.Contain("so 10 images could not"));
    }

    [Test]
    public async Task An_origin_that_the_proxy_does_not_reach_costs_no_other_one()
    {
        using var dead = new DeadPort();
        _project.Options = _project.Options with { Retries = 0, MaxConcurrency = 1 };
        var run = await _project.RunAsync(Images(40, i => i < 39 ? $"https://127.0.0.1:{dead.Port}/{i}.png" : _origin.Url("/a.png")));
        Assert.That(run.Outcomes.Select(outcome => outcome.Status), Is.EqualTo(Enumerable.Repeat(SyncStatus.Failed, 39).Append(SyncStatus.Added)));
    }

    [Test]
    public async Task A_body_that_breaks_off_names_the_proxy_on_the_way()
    {
        _origin.On("/a.png", Reply.Ok(Image).CutAfter(1000));
        var told = (await _project.SyncAsync(_origin.Url("/a.png"))).Diagnostics.Single();
        Assert.That(told.Message, Does.Contain(Told("through %proxy%, the connection ended before the answer was complete", ""))
            .And.Contain("the proxy (HTTP_PROXY, NO_PROXY)"));
    }

    [Test]
    public async Task A_page_in_the_place_of_an_image_may_be_the_proxys()
    {
        _origin.On("/a.png", Reply.Ok(Encoding.ASCII.GetBytes("<!DOCTYPE html><html><body>blocked</body></html>")));
        var told = (await _project.SyncAsync(_origin.Url("/a.png"))).Diagnostics.Single();
        Assert.That(told.Message, Does.Contain("looks like an HTML page")
            .And.Contain($"The proxy 127.0.0.1:{_proxy.Port} may have answered itself."));
    }

    [TestCase("http", "the connection was refused")]
    [TestCase("https", "the connection was refused")]
    public async Task A_proxy_that_is_not_asked_is_not_named(string scheme, string cause)
    {
        using var dead = new DeadPort();
        Use(_proxy.Url, "127.0.0.0/8");
        var told = (await _project.SyncAsync($"{scheme}://127.0.0.1:{dead.Port}/a.png")).Diagnostics.Single();
        Assert.That(told.Message, Does.Contain("could not be fetched: " + cause).And.Not.Contain("proxy").And.Not.Contain("PROXY"));
        Assert.That(_proxy.Requests, Is.Empty);
    }

    [Test]
    public async Task A_refusal_of_an_origin_that_is_asked_directly_is_its_own()
    {
        Use(_proxy.Url, "*");
        _origin.On("/a.png", Reply.Raw("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"));
        var told = (await _project.SyncAsync(_origin.Url("/a.png"))).Diagnostics.Single();
        Assert.That(told.Message, Does.Contain("answered 502 Bad Gateway (2 attempts).").And.Not.Contain("proxy").And.Not.Contain("PROXY"));
    }

    [TestCase("*", 0)]
    [TestCase("example, 127.0.0.0/8", 0)]
    [TestCase("127.0.0.1:%port%", 0)]
    [TestCase("127.0.0.1:1", 1)]
    [TestCase("10.0.0.0/8", 1)]
    public async Task Who_is_exempt_is_asked_directly(string noProxy, int requests)
    {
        Use(_proxy.Url, noProxy.Replace("%port%", $"{_origin.Port}", StringComparison.Ordinal));
        Assert.That((await _project.SyncAsync(_origin.Url("/a.png"))).Status, Is.EqualTo(SyncStatus.Added));
        Assert.That((_proxy.Requests.Count, _origin.Requests.Count), Is.EqualTo((requests, 1)));
    }

    [Test]
    public async Task A_proxy_is_given_the_credentials_of_its_URL()
    {
        _origin.On("http://img.example/a.png", Reply.Status(407, ("Proxy-Authenticate", "Basic realm=\"x\"")), Reply.Ok(Image));
        Use($"http://127.0.0.1:{_origin.Port}", credentials: new NetworkCredential("user", "word"));
        Assert.That((await _project.SyncAsync("http://img.example/a.png")).Status, Is.EqualTo(SyncStatus.Added));
        Assert.That(_origin.Requests.Select(request => request.Header("Proxy-Authorization")), Is.EqualTo(new[] { null, "Basic dXNlcjp3b3Jk" }));
    }

    private void Use(string proxy, string noProxy = "none.example", ICredentials? credentials = null) => _project.Network = options =>
    {
        var handler = Network.Product(options);
        handler.Proxy = new EnvironmentProxy(new WebProxy(proxy) { Credentials = credentials }, NoProxy.Parse(noProxy)!);
        return handler;
    };

    private static IEnumerable<RemoteImageDeclaration> Images(int count, Func<int, string> url) =>
        Enumerable.Range(0, count).Select(i => new RemoteImageDeclaration(url(i)) { LocalPath = $"img/{i}.png" });

    private string Told(string text, string url) =>
        text.Replace("%url%", url, StringComparison.Ordinal).Replace("%proxy%", $"the proxy 127.0.0.1:{_proxy.Port}", StringComparison.Ordinal);
}
