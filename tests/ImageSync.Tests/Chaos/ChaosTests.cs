using System.Security.Cryptography.X509Certificates;
using ImageSync.Testing;

namespace ImageSync.Tests.Chaos;

/// <summary>Random schedules of what goes wrong between a project and its origin, and what holds all the same.</summary>
[Parallelizable(ParallelScope.Children)]
public class ChaosTests
{
    private const int UsualSchedules = 40;
    private const int UsualSeed = 20261130;
    private const int AtOnce = 8;
    private const int MostLines = 3;

    private TestAuthority _authority;
    private X509Certificate2 _certificate;

    [OneTimeSetUp]
    public void SetUp()
    {
        _authority = new TestAuthority();
        _certificate = _authority.Issue();
    }

    [OneTimeTearDown]
    public void TearDown()
    {
        _certificate.Dispose();
        _authority.Dispose();
    }

    // A usual run has the same schedules each time, a long one others.
    [Test]
    public async Task Whatever_happens()
    {
        var schedules = EnvironmentNumber.Of("IMAGESYNC_CHAOS_SCHEDULES") ?? UsualSchedules;
        var seed = EnvironmentNumber.Of("IMAGESYNC_CHAOS_SEED")
            ?? (schedules > UsualSchedules ? Random.Shared.Next(1_000_000_000) : UsualSeed);
        TestContext.Out.WriteLine($"IMAGESYNC_CHAOS_SCHEDULES={schedules} IMAGESYNC_CHAOS_SEED={seed}");
        if (schedules == 1)
        {
            TestContext.Out.WriteLine(ScheduleDraw.Of(seed));
        }

        var tally = new Tally();
        var violations = new List<string>();
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = AtOnce };
        await Parallel.ForEachAsync(Enumerable.Range(seed, schedules), atOnce, async (one, _) =>
        {
            var found = await RunAsync(one, tally);
            lock (violations)
            {
                violations.AddRange(found);
                found.ToList().ForEach(TestContext.Progress.WriteLine);
            }
        });
        TestContext.Out.WriteLine($"{schedules} schedules: {tally}");
        Assert.That(violations, Is.Empty);
    }

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
    public async Task What_was_found(int seed) => Assert.That(await RunAsync(seed, new Tally()), Is.Empty);

    // What is found is told by the seed that repeats it, with the whole schedule beside it.
    private async Task<IReadOnlyList<string>> RunAsync(int seed, Tally tally)
    {
        var schedule = ScheduleDraw.Of(seed);
        IReadOnlyList<string> found;
        try
        {
            found = await ScheduleRun.RunAsync(schedule, _authority, _certificate, tally);
        }
        catch (Exception exception)
        {
            found = [exception.ToString()];
        }

        if (found.Count > 0)
        {
            TestContext.Out.WriteLine(schedule);
        }

        var more = found.Count > MostLines ? new[] { $"and {found.Count - MostLines} more" } : [];
        return [.. found.Take(MostLines).Concat(more).Select(line => $"IMAGESYNC_CHAOS_SEED={seed}: {line}")];
    }
}
