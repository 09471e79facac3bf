using ImageSync.Testing;

namespace ImageSync.MSBuild.Tests;

/// <summary>Proxies as the environment names them. .NET reads it once per process, hence a build of its own for each test.</summary>
public class Proxies
{
    private static readonly byte[] Image = SampleImages.Png(1, 4000);

    // What the runner's own environment says must not count.
    private static readonly string[] Variables = ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY", "GATEWAY_INTERFACE"];

    private HttpProxy _proxy;
    private ScriptedOrigin _origin;
    private TestDirectory _directory;

    [SetUp]
    public void SetUp()
    {
        (_proxy, _origin, _directory) = (new HttpProxy(), new ScriptedOrigin(), new TestDirectory());
        _origin.On("/a.png", Reply.Ok(Image));
    }

    [TearDown]
    public async Task TearDown()
    {
        await _proxy.DisposeAsync();
        await _origin.DisposeAsync();
    }

    // Windows has one name for both cases.
    [TestCase("HTTP_PROXY")]
    [TestCase("http_proxy")]
    [TestCase("ALL_PROXY")]
    public async Task The_proxy_for_http_is_asked(string variable)
    {
        (await SyncAsync(_origin.Url("/a.png"), (variable, _proxy.Url))).ShouldSucceed();
        Assert.That((_proxy.Requests, _origin.Requests.Count), Is.EqualTo((new[] { $"GET {_origin.Url("/a.png")} HTTP/1.1" }, 1)));
        Assert.That(_directory.Read("images/a.png"), Is.EqualTo(Image));
    }

    [Test]
    public async Task A_name_is_resolved_by_the_proxy()
    {
        (await SyncAsync($"http://origin.invalid:{_origin.Port}/a.png", ("HTTP_PROXY", _proxy.Url))).ShouldSucceed();
        Assert.That(_origin.Requests[0].Header("Host"), Is.EqualTo($"origin.invalid:{_origin.Port}"));
    }

    [TestCase("HTTPS_PROXY")]
    [TestCase("https_proxy")]
    public async Task The_proxy_for_https_makes_a_tunnel(string variable)
    {
        using var authority = new TestAuthority();
        await using var origin = await StartAsync(authority);
        (await SyncAsync(origin.Url("/a.png"), (variable, _proxy.Url), Trusting(authority))).ShouldSucceed();
        Assert.That((_proxy.Requests, origin.Requests.Single().Protocol), Is.EqualTo((new[] { $"CONNECT 127.0.0.1:{origin.Port} HTTP/1.1" }, "HTTP/2")));
        Assert.That(_directory.Read("images/a.png"), Is.EqualTo(Image));
    }

    [TestCase("NO_PROXY", "127.0.0.1")]
    [TestCase("no_proxy", "localhost,127.0.0.1")]
    [TestCase("NO_PROXY", "*")]
    [TestCase("no_proxy", "10.0.0.0/8, 127.0.0.0/8")]
    public async Task A_host_that_is_exempt_is_asked_directly(string variable, string hosts)
    {
        (await SyncAsync(_origin.Url("/a.png"), ("HTTP_PROXY", _proxy.Url), (variable, hosts))).ShouldSucceed();
        Assert.That((_proxy.Requests.Count, _origin.Requests.Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task A_proxy_that_an_exempt_host_is_asked_without_is_not_blamed()
    {
        using var dead = new DeadPort();
        var url = $"http://127.0.0.1:{dead.Port}/a.png";
        var result = (await SyncAsync(url, ("HTTP_PROXY", _proxy.Url), ("NO_PROXY", "127.0.0.1"))).ShouldFail();
        Assert.That(result.Output, Does.Contain($"error IMGSYNC2001: images/a.png: {url} could not be fetched: the connection was refused"));
        Assert.That(result.Output, Does.Not.Contain($":{_proxy.Port}").And.Not.Contain("the proxy"));
        Assert.That(_proxy.Requests, Is.Empty);
    }

    [TestCase("HTTP/1.1 407 Proxy Authentication Required", "IMGSYNC2003", 1)]
    [TestCase("HTTP/1.1 502 Bad Gateway", "IMGSYNC2002", 2)]
    public async Task A_refusal_is_the_proxy_s(string refusal, string code, int requests)
    {
        _proxy.Refusal = refusal;
        var result = (await SyncAsync(_origin.Url("/a.png"), ("HTTP_PROXY", _proxy.Url))).ShouldFail();
        Assert.That(result.Output, Does.Contain($"error {code}: images/a.png: ").And.Contain($"the proxy 127.0.0.1:{_proxy.Port}"));
        Assert.That((_proxy.Requests.Count, _origin.Requests.Count), Is.EqualTo((requests, 0)));
    }

    [TestCase("HTTP/1.1 407 Proxy Authentication Required", 1)]
    [TestCase("HTTP/1.1 403 Forbidden", 1)]
    [TestCase("HTTP/1.1 502 Bad Gateway", 2)]
    public async Task A_tunnel_that_is_refused_is_the_proxy_s(string refusal, int requests)
    {
        _proxy.Refusal = refusal;
        var result = (await SyncAsync(_origin.Url("/a.png").Replace("http:", "https:", StringComparison.Ordinal), ("HTTPS_PROXY", _proxy.Url))).ShouldFail();
        var told = $"the proxy 127.0.0.1:{_proxy.Port} refused the tunnel with {refusal["HTTP/1.1 ".Length..]}";
        Assert.That(result.Output, Does.Contain("error IMGSYNC2001: images/a.png: ").And.Contain(told));
        Assert.That((_proxy.Requests.Count, _origin.Requests.Count), Is.EqualTo((requests, 0)));
    }

    [Test]
    public async Task A_proxy_that_is_not_there_is_named()
    {
        using var dead = new DeadPort();
        var result = (await SyncAsync(_origin.Url("/a.png"), ("HTTP_PROXY", $"http://user:secret@127.0.0.1:{dead.Port}"))).ShouldFail();
        Assert.That(result.Output, Does.Contain("error IMGSYNC2001: images/a.png: ").And.Contain($"the proxy 127.0.0.1:{dead.Port}").And.Not.Contain("secret"));
    }

    [Test]
    public async Task Its_password_is_not_told_where_the_proxy_repeats_it()
    {
        _proxy.Refusal = "HTTP/1.1 407 no user:secret-word and no " + Convert.ToBase64String("user:secret-word"u8);
        var (url, proxy) = (_origin.Url("/a.png"), $"127.0.0.1:{_proxy.Port}");
        var result = (await SyncAsync(url, ("HTTP_PROXY", $"http://user:secret-word@{proxy}"))).ShouldFail();
        Assert.That(result.Output, Does.Contain($"the proxy {proxy} answered 407 no *** and no *** for {url}."));
    }

    private static (string Name, string Value) Trusting(TestAuthority authority)
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Ignore("Only on Linux a process can be told which authorities to trust without changing the machine.");
        }

        var file = Path.Combine(new TestDirectory().FullPath, "root.pem");
        File.WriteAllText(file, authority.Root.ExportCertificatePem());
        return ("SSL_CERT_FILE", file);
    }

    private static async Task<KestrelOrigin> StartAsync(TestAuthority authority) => (await KestrelOrigin.StartAsync(authority.Issue())).On("/a.png", Image);

    private Task<CommandResult> SyncAsync(string url, params (string Name, string Value)[] environment)
    {
        _directory.Write("p.proj", $"""
            <Project>
              <PropertyGroup>
                <BaseIntermediateOutputPath>obj/</BaseIntermediateOutputPath>
                <ImageSyncRetries>1</ImageSyncRetries>
                <ImageSyncConnectTimeout>00:00:02</ImageSyncConnectTimeout>
                {TargetsFiles.BuiltHere}
              </PropertyGroup>
              <ItemGroup><RemoteImage Include="{url}" /></ItemGroup>
              <Import Project="{TargetsFiles.Main}" />
            </Project>
            """);
        var variables = Variables.ToDictionary(name => name, _ => (string?)null);
        foreach (var (name, value) in environment)
        {
            variables[name] = value;
        }

        // Not in a server: to it, HTTP_PROXY of one build and http_proxy of the next are one variable.
        return new DotNet(_directory.FullPath) { IsAlone = true, Environment = variables }
            .RunAsync("msbuild", "p.proj", "-t:SyncImages", "-tl:off", "-nologo");
    }
}
