using System.Security.Cryptography.X509Certificates;
using ImageSync.Sync;
using ImageSync.Testing;
using ImageSync.Tests.Chaos;

namespace ImageSync.MSBuild.Tests.Chaos;

/// <summary>The schedules of the core's chaos over the whole way: task, engine, network, origin.</summary>
[Platform("Linux")] // Engines are found by /proc.
[NonParallelizable] // The root certificate holds for every engine that this process starts.
public class ChaosThroughTheTask
{
    // The engines share the processors with the origins.
    private const int AtOnce = 4;
    private const string Roots = "SSL_CERT_FILE";

    // Few images and two builds at most, and yet all kinds: engines killed with and without another program, in one build and in two at
    // a time, cancellations, outages, resets, silence, edits; over each protocol.
    private static readonly IReadOnlyList<int> UsualSeeds = [146, 1096, 1146, 1385, 1421, 1469, 1502, 1525];

    private TestAuthority _authority;
    private X509Certificate2 _certificate;
    private string? _roots;

    [OneTimeSetUp]
    public void SetUp()
    {
        _authority = new TestAuthority();
        _certificate = _authority.Issue();
        _roots = Environment.GetEnvironmentVariable(Roots);
        Environment.SetEnvironmentVariable(Roots, new TestDirectory().Write("root.pem", _authority.Root.ExportCertificatePem()));
    }

    [OneTimeTearDown]
    public void TearDown()
    {
        Environment.SetEnvironmentVariable(Roots, _roots);
        _certificate.Dispose();
        _authority.Dispose();
    }

    [Test]
    public async Task Whatever_happens()
    {
        var schedules = new Schedules(Draw, schedule => new ThroughTask(isReplaced: schedule.Seed % 2 == 0), _certificate);
        Assert.That(await schedules.RunAsync(Schedules.Seeds(UsualSeeds), AtOnce), Is.Empty);
    }

    // What no property sets is as it is.
    private static Schedule Draw(int seed)
    {
        var (drawn, product) = (ScheduleDraw.Of(seed), new SyncOptions { ProjectDirectory = "", CacheFile = "", KeptFolder = "" });
        return drawn with
        {
            Settings = drawn.Settings with
            {
                RetryDelayMs = (int)product.RetryDelay.TotalMilliseconds,
                LockPatienceMs = (int)product.LockTimeout.TotalMilliseconds,
            },
        };
    }
}
