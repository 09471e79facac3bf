using ImageSync.Http;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>What whoever runs the build allows holds at every hop, and at mirrors; no project lifts it.</summary>
public class OwnersLimits
{
    private const string Variable = "IMAGESYNC_TEST_SECRET";
    private const string Secret = "s3cret-of-the-pipeline";

    private static readonly byte[] Image = SampleImages.Png(1, 4000);

    private ScriptedOrigin _origin;
    private ScriptedOrigin _other;
    private Project _project;

    [SetUp]
    public void SetUp()
    {
        Environment.SetEnvironmentVariable(Variable, Secret);
        (_origin, _other, _project) = (new ScriptedOrigin(), new ScriptedOrigin(), new Project());
        _project.Options = _project.Options with { Retries = 0 };
        _origin.Otherwise(_ => Reply.Ok(Image));
        _other.Otherwise(_ => Reply.Ok(Image));
    }

    [TearDown]
    public async Task TearDown()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        await _origin.DisposeAsync();
        await _other.DisposeAsync();
    }

    private string Other => $"http://localhost:{_other.Port}";

    [TestCase("127.0.0.1", false)]
    [TestCase("127.0.0.1;localhost", true)]
    public async Task A_redirect_leads_to_hosts_alone_that_the_owner_allows(string hosts, bool follows)
    {
        Limit(hosts);
        _project.Options = _project.Options with { AllowedHosts = AllowedHosts.Parse("127.0.0.1;localhost")! };
        _origin.On("/a.png", Reply.Redirect(302, $"{Other}/a.png"));
        Has(await _project.SyncAsync(_origin.Url("/a.png")), follows, "the host localhost is not in the environment variable");
    }

    [Test]
    public async Task The_project_s_own_list_is_not_widened()
    {
        Limit("127.0.0.1;localhost");
        _project.Options = _project.Options with { AllowedHosts = AllowedHosts.Parse("127.0.0.1")! };
        _origin.On("/a.png", Reply.Redirect(302, $"{Other}/a.png"));
        var problem = (await _project.SyncAsync(_origin.Url("/a.png"))).Diagnostics.Single();
        Assert.That((problem.CodeText, _other.Requests.Count), Is.EqualTo(("IMGSYNC1006", 0)));
        Assert.That(problem.Message, Does.Contain("ImageSyncAllowedHosts").And.Not.Contain("IMAGESYNC_"));
    }

    [TestCase("127.0.0.1", false)]
    [TestCase("127.0.0.1;localhost", true)]
    public async Task A_redirect_leads_to_no_other_mirror(string hosts, bool follows)
    {
        Limit(hosts);
        Mirror($"{_origin.Url("/v1")}={Other}/cdn");
        _origin.On("/a.png", Reply.Redirect(302, "/v1/a.png"));
        Has(await _project.SyncAsync(_origin.Url("/a.png")), follows, "localhost, the mirror of 127.0.0.1 (ImageSyncMirror),");
    }

    [TestCase("localhost", false)]
    [TestCase("127.0.0.1;localhost", true)]
    public async Task A_mirror_s_redirect_is_its_origin_s(string hosts, bool follows)
    {
        Limit(hosts);
        Mirror($"http://localhost:1={Other}/cdn");
        _other.On("/cdn/a.png", Reply.Redirect(302, _origin.Url("/a.png")));
        var outcome = await _project.SyncAsync("http://localhost:1/a.png");
        Assert.That((outcome.Status == SyncStatus.Added, _origin.Requests.Count), Is.EqualTo((follows, follows ? 1 : 0)));
    }

    [TestCase($"{Variable}@127.0.0.1", false)]
    [TestCase($"{Variable}@127.0.0.1;{Variable}@localhost", true)]
    [TestCase(Variable, true)]
    public async Task A_secret_does_not_come_to_a_mirror_that_must_not_have_it(string variables, bool sends)
    {
        Limit(null, variables);
        Mirror($"{_origin.Url("/v1")}={Other}/cdn");
        _origin.On("/a.png", Reply.Redirect(302, "/v1/a.png"));
        var headers = $"X-Key: ${{{Variable}}}";
        var outcome = await _project.SyncAsync(_origin.Url("/a.png"), with: image => image with { RequestHeaders = headers });
        Assert.That((outcome.Status, _origin.Requests.Single().Header("X-Key")), Is.EqualTo((SyncStatus.Added, Secret)));
        Assert.That(_other.Requests.Single().Header("X-Key"), Is.EqualTo(sends ? Secret : null));
    }

    private void Has(SyncOutcome outcome, bool follows, string words)
    {
        Assert.That((outcome.Status, _other.Requests.Count), Is.EqualTo(follows ? (SyncStatus.Added, 1) : (SyncStatus.Failed, 0)));
        if (!follows)
        {
            Assert.That(outcome.Diagnostics.Single().CodeText, Is.EqualTo("IMGSYNC1006"));
            Assert.That(outcome.Diagnostics[0].Message, Does.Contain(words).And.Contain("IMAGESYNC_ALLOWED_HOSTS"));
        }
    }

    private void Mirror(string map) => _project.Options = _project.Options with { Mirrors = Mirrors.Parse(map)! };

    private void Limit(string? hosts, string? variables = null) => _project.Options = _project.Options with
    {
        Limits = OwnerLimits.Read(name => name == OwnerLimits.HostsVariable ? hosts : variables, StringComparer.Ordinal, out _),
    };
}
