using System.Text;
using ImageSync.Http;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>An origin that means harm: what its words can bring about beyond the bytes of its own image.</summary>
public class HostileOrigins
{
    private static readonly byte[] Image = SampleImages.Png(1, 4000);
    private static readonly byte[] Script = """<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>"""u8.ToArray();

    private ScriptedOrigin _origin;
    private ScriptedOrigin _internal;
    private Project _project;

    [SetUp]
    public void SetUp() => (_origin, _internal, _project) = (new ScriptedOrigin(), new ScriptedOrigin(), new Project());

    [TearDown]
    public async Task TearDown()
    {
        await _origin.DisposeAsync();
        await _internal.DisposeAsync();
    }

    [Test]
    public async Task Nothing_that_it_says_names_a_file()
    {
        _origin.On("/a.png", Reply.Redirect(302, "/..%2F..%2Fb.png"))
            .On("/..%2F..%2Fb.png", Reply.Ok(Image, ("Content-Disposition", "attachment; filename=\"../../c.png\""), ("Content-Location", "/../d.png")));
        var outcome = await _project.SyncAsync(new RemoteImageDeclaration(_origin.Url("/a.png")));
        Assert.That((outcome.Status, outcome.LocalPath), Is.EqualTo((SyncStatus.Added, "a.png")));
        Assert.That(_project.FilesPresent, Is.EqualTo(new[] { "a.png" }));
    }

    [Test]
    public async Task However_much_it_says_is_told_in_short()
    {
        var words = new string('x', 30_000);
        _origin.On("/reason", Reply.Raw($"HTTP/1.1 404 {words}\r\nContent-Length: 0\r\n\r\n"))
            .On("/coding", Reply.Ok(Image, ("Content-Encoding", words)))
            .On("/length", Reply.Ok(Image, ("Content-Length", words)))
            .On("/redirect", Reply.Redirect(302, "/" + words))
            .On("/host", Reply.Redirect(302, $"http://{words}/"));
        foreach (var target in new[] { "/reason", "/coding", "/length", "/redirect", "/host" })
        {
            var told = (await _project.SyncAsync(_origin.Url(target), "img/b.png")).Diagnostics.Single();
            Assert.That(told.Message, Has.Length.LessThan(5000), target);
            Assert.That(told.Message, Does.EndWith(told.Advice), "what to do is not cut off");
        }
    }

    [Test]
    public async Task Cookies_are_not_kept_and_challenges_not_answered()
    {
        _origin.On("/a.png", Reply.Redirect(302, "/b.png").With("Set-Cookie", "id=1; Path=/"))
            .On("/b.png", Reply.Status(401, ("WWW-Authenticate", "Basic realm=\"x\", Negotiate, NTLM"), ("Set-Cookie", "id=2; Path=/")));
        await _project.SyncAsync(_origin.Url("/a.png"));
        Assert.That(_origin.Requests.Select(request => request.Target), Is.EqualTo(new[] { "/a.png", "/b.png" }));
        Assert.That(_origin.Requests.Select(request => (request.Header("Cookie"), request.Header("Authorization"))), Is.All.EqualTo(((string?)null, (string?)null)));
    }

    [Test]
    public async Task A_script_in_an_SVG_stays_in_it_unless_SVG_is_not_wanted()
    {
        _origin.On("/a.svg", Reply.Ok(Script));
        Assert.That((await _project.SyncAsync(_origin.Url("/a.svg"), "img/a.svg")).Status, Is.EqualTo(SyncStatus.Added));
        Assert.That(_project.Files.Read("img/a.svg"), Is.EqualTo(Script));
        var refused = await _project.SyncAsync(_origin.Url("/a.svg"), "img/b.png", image => image with { MediaType = "image/png" });
        Assert.That((refused.Status, refused.Diagnostics.Single().CodeText), Is.EqualTo((SyncStatus.Failed, "IMGSYNC3001")));
    }

    // What a redirect reaches is what the machine reaches; what comes of it is an image or nothing.
    [TestCase("", 1, "IMGSYNC3001")]
    [TestCase("127.0.0.1", 0, "IMGSYNC1006")]
    public async Task A_redirect_leads_to_any_host_unless_hosts_are_named(string hosts, int requests, string code)
    {
        _project.Options = _project.Options with { AllowedHosts = AllowedHosts.Parse(hosts)! };
        _origin.On("/a.png", Reply.Redirect(302, $"http://localhost:{_internal.Port}/admin?delete=all"));
        _internal.On("/admin?delete=all", Reply.Ok(Encoding.ASCII.GetBytes("internal " + new string('x', 100) + " secret"), ("Content-Type", "text/plain")));
        var outcome = await _project.SyncAsync(_origin.Url("/a.png"));
        Assert.That((_internal.Requests.Count, outcome.Diagnostics.Single().CodeText), Is.EqualTo((requests, code)));
        Assert.That(outcome.Diagnostics[0].Message, Does.Not.Contain("secret"), "80 characters at most are shown");
        Assert.That(_project.FilesPresent, Is.Empty);
    }
}
