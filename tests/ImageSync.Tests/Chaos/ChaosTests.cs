using System.Security.Cryptography.X509Certificates;
using ImageSync.Testing;

namespace ImageSync.Tests.Chaos;

/// <summary>Random schedules of what goes wrong between a project and its origin, and what holds all the same.</summary>
[Parallelizable(ParallelScope.Children)]
public class ChaosTests
{
    private const int AtOnce = 8;

    private static readonly IReadOnlyList<int> UsualSeeds = [.. Enumerable.Range(20261130, 40)];

    private TestAuthority _authority;
    private X509Certificate2 _certificate;
    private Schedules _schedules;

    [OneTimeSetUp]
    public void SetUp()
    {
        _authority = new TestAuthority();
        _certificate = _authority.Issue();
        _schedules = new Schedules(ScheduleDraw.Of, _ => new InProcess(_authority), _certificate);
    }

    [OneTimeTearDown]
    public void TearDown()
    {
        _certificate.Dispose();
        _authority.Dispose();
    }

    [Test]
    public async Task Whatever_happens() => Assert.That(await _schedules.RunAsync(Schedules.Seeds(UsualSeeds), AtOnce), Is.Empty);

    [TestCase(500007, TestName = "{m}: Nothing listens when the build begins")]
    [TestCase(500085, TestName = "{m}: Nothing listens in the middle of it")]
    [TestCase(500115, TestName = "{m}: A connection of HTTP/2 is lost without a word")]
    [TestCase(500475, TestName = "{m}: Connections are reset until the origin is given up")]
    [TestCase(500553, TestName = "{m}: Statuses after an origin that started again")]
    [TestCase(500599, TestName = "{m}: TLS handshakes break off")]
    [TestCase(500695, TestName = "{m}: An image that is reset each time, and others one by one")]
    [TestCase(601407, TestName = "{m}: Two builds, and the connection of one is silent")]
    [TestCase(910153, TestName = "{m}: Connections are silent one after the other, until the origin is given up")]
    [TestCase(910236, TestName = "{m}: An edit that nobody recorded and the lock file disproves is no copy")]
    [TestCase(161295, TestName = "{m}: Half an image is no copy")]
    [TestCase(161829, TestName = "{m}: A file that is touched while its bytes are on their way is no edit")]
    public async Task What_was_found(int seed) => Assert.That(await _schedules.RunAsync(seed, new Tally()), Is.Empty);
}
