using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using ImageSync.Http;
using ImageSync.Sync;
using ImageSync.Testing;
using ImageSync.Tests.Engine;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ImageSync.Tests.Transport;

/// <summary>TLS: the certificate is always verified, and one that fails is told by its reason, once.</summary>
public class Trust
{
    private static readonly byte[] Image = SampleImages.Png(1, 20_000);

    private TestAuthority _authority;
    private Project _project;

    [SetUp]
    public void SetUp()
    {
        (_authority, _project) = (new TestAuthority(), new Project());
        _project.Network = Network.Trusting(_authority);
    }

    [TearDown]
    public void TearDown() => _authority.Dispose();

    [TestCase(HttpProtocols.Http1AndHttp2, "HTTP/2")]
    [TestCase(HttpProtocols.Http2, "HTTP/2")]
    [TestCase(HttpProtocols.Http1, "HTTP/1.1")]
    public async Task The_best_protocol_that_is_offered_is_spoken(HttpProtocols offered, string spoken)
    {
        await using var origin = await StartAsync(_authority.Issue(), offered);
        var first = await SyncAsync(origin);
        var second = await SyncAsync(origin);
        Assert.That((first.Status, second.Status, _project.Files.Read("img/a.png")), Is.EqualTo((SyncStatus.Added, SyncStatus.NotModified, Image)));
        Assert.That(origin.Requests.Select(request => (request.Protocol, request.IsConditional)), Is.EqualTo(new[] { (spoken, false), (spoken, true) }));
    }

    [Test]
    public async Task Expired()
    {
        using var certificate = _authority.IssueExpired();
        await RefusesAsync(certificate, "its certificate has expired");
    }

    [Test]
    public async Task For_another_host()
    {
        using var certificate = _authority.IssueFor("other.example");
        await RefusesAsync(certificate, "its certificate is not for 127.0.0.1");
    }

    [Test]
    public async Task From_an_unknown_authority()
    {
        using var stranger = new TestAuthority();
        using var certificate = stranger.Issue();
        await RefusesAsync(certificate, "its certificate comes from an authority that is not trusted here");
    }

    [Test]
    public async Task Nobody_s_but_its_own()
    {
        using var stranger = new TestAuthority();
        await RefusesAsync(stranger.Root, "its certificate");
    }

    [Test]
    public async Task An_authority_that_the_machine_does_not_know_is_none()
    {
        _project.Network = null;
        using var certificate = _authority.Issue();
        await RefusesAsync(certificate, "its certificate comes from an authority that is not trusted here");
    }

    // A certificate's own words send .NET anywhere, before anything is verified.
    [TestCase("", "", true)]
    [TestCase("127.0.0.1", "", false)]
    [TestCase("", "127.0.0.1", false), Platform("Linux")]
    public async Task The_issuer_of_a_certificate_is_not_fetched_from_elsewhere_where_hosts_are_named(
        string hosts, string owners, bool fetched)
    {
        await using var elsewhere = new ScriptedOrigin();
        using var certificate = _authority.IssueNaming($"http://localhost:{elsewhere.Port}/root.crt");
        await using var origin = new FrameOrigin(certificate);
        _project.Network = null;
        _project.Options = _project.Options with
        {
            AllowedHosts = AllowedHosts.Parse(hosts)!,
            Limits = new OwnerLimits { Hosts = AllowedHosts.Parse(owners)! },
        };
        var outcome = await _project.SyncAsync(origin.Url("/a.png"));
        Assert.That(outcome.Diagnostics.Single().Message, Does.Contain("its certificate comes from an authority that is not trusted here"));
        Assert.That(elsewhere.RequestsTo("/root.crt").Count > 0, Is.EqualTo(fetched));
    }

    [Test]
    public async Task Where_hosts_are_named_a_certificate_is_judged_as_elsewhere()
    {
        _project.Options = _project.Options with { AllowedHosts = AllowedHosts.Parse("127.0.0.1")! };
        _project.Network = options =>
        {
            var handler = Network.Product(options);
            var policy = handler.SslOptions.CertificateChainPolicy!;
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.Add(_authority.Root);
            return handler;
        };
        await using (var origin = await StartAsync(_authority.Issue()))
        {
            Assert.That((await SyncAsync(origin)).Status, Is.EqualTo(SyncStatus.Added));
            Assert.That((await SyncAsync(origin)).Status, Is.EqualTo(SyncStatus.NotModified));
        }

        using var expired = _authority.IssueExpired();
        await using var outdated = await StartAsync(expired);
        Assert.That((await SyncAsync(outdated)).Diagnostics.Single().Message, Does.Contain("its certificate has expired"));
    }

    [Test]
    public void No_error_is_let_pass_and_no_option_says_otherwise()
    {
        using var handler = (SocketsHttpHandler)Network.Trusting(_authority)(_project.Options);
        var verify = handler.SslOptions.RemoteCertificateValidationCallback!;
        foreach (var errors in Enumerable.Range(1, 7).Select(flags => (SslPolicyErrors)flags))
        {
            Assert.That(() => verify(this, _authority.Root, null, errors), Throws.InstanceOf<AuthenticationException>(), $"{errors}");
        }

        var names = typeof(SyncOptions).GetProperties().Select(property => property.Name);
        Assert.That(names, Has.None.Match("(?i)cert|tls|ssl|trust|insecure|verif"));
    }

    private async Task RefusesAsync(X509Certificate2 certificate, string reason)
    {
        await using var origin = await StartAsync(certificate);
        foreach (var (copy, status, severity) in new[] { (false, SyncStatus.Failed, Severity.Error), (true, SyncStatus.Kept, Severity.Warning) })
        {
            if (copy)
            {
                _project.Files.Write("img/a.png", Image);
            }

            var before = origin.Connections;
            var outcome = await SyncAsync(origin);
            var diagnostic = outcome.Diagnostics.Single();
            Assert.That((outcome.Status, diagnostic.CodeText, diagnostic.Severity), Is.EqualTo((status, "IMGSYNC2001", severity)), diagnostic.Message);
            Assert.That(diagnostic.Message, Does.Contain("the TLS connection is not trusted: " + reason).And.Not.Contain("attempts"));
            Assert.That((outcome.Attempts, origin.Connections - before, origin.Requests.Count), Is.EqualTo((1, 1, 0)));
        }

        Assert.That((_project.Files.Read("img/a.png"), _project.FilesPresent.Count()), Is.EqualTo((Image, 1)));
    }

    private static async Task<KestrelOrigin> StartAsync(X509Certificate2 certificate, HttpProtocols protocols = HttpProtocols.Http1AndHttp2) =>
        (await KestrelOrigin.StartAsync(certificate, protocols)).On("/a.png", Image);

    private Task<SyncOutcome> SyncAsync(KestrelOrigin origin) => _project.SyncAsync(origin.Url("/a.png"));
}
