using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>Two agents that start at once before the cache of docs/recipes/fleet.md; the environment names it, the projects do not.</summary>
public sealed class FleetOfAgents
{
    private const int Images = 12;

    [Test]
    public async Task EachImageIsSentOnce()
    {
        // arrange
        var directory = new TestDirectory();
        using var certificate = new TestCertificate(directory.PathOf("tls"), FleetCache.Host);
        await using var origin = new NginxOrigin(directory.PathOf("origin"), certificate: certificate);
        await using var cache = FleetCache.Start("nginx", directory.PathOf("cache"), origin, certificate);
        for (var i = 0; i < Images; i++)
        {
            origin.Put($"{i}.png", SampleImages.Png(i, 5_000));
        }

        var agents = new[] { "one", "two" }.Select(agent => Agent(directory, agent, cache)).ToList();

        // act
        var first = await SyncAsync(agents);
        var sent = Sent();
        origin.Put("3.png", SampleImages.Png(100, 6_000));
        await Task.Delay(FleetCache.Validity + TimeSpan.FromSeconds(1.1));
        origin.ClearLog();
        var second = await SyncAsync(agents);
        second.AddRange(await SyncAsync(agents));

        // assert
        Assert.That(first, Is.EqualTo(Enumerable.Repeat("Added", 2 * Images)));
        Assert.That(sent, Is.EquivalentTo(Enumerable.Range(0, Images).Select(i => $"/{i}.png")));
        Assert.That(second.Count(status => status == "Updated"), Is.EqualTo(2));
        Assert.That(second, Is.All.EqualTo("Updated").Or.EqualTo("NotModified"));
        Assert.That(Sent(), Is.EqualTo(new[] { "/3.png" }));
        foreach (var agent in agents)
        {
            Assert.That(agent.Read("images/3.png"), Is.EqualTo(SampleImages.Png(100, 6_000)));
            Assert.That(File.ReadAllText(agent.PathOf("images.lock.json")), Does.Contain("https://cdn.example.com/3.png").And.Not.Contain("127.0.0.1"));
        }

        List<string> Sent() => [.. origin.AccessLog.Where(entry => entry.Status == 200).Select(entry => entry.Target)];
    }

    private static ConsumerProject Agent(TestDirectory directory, string agent, FleetCache cache) => new(
        directory,
        Packed.Package,
        string.Concat(Enumerable.Range(0, Images).Select(i => $"""<RemoteImage Include="https://cdn.example.com/{i}.png" />""")),
        "<ImageSyncLockFile>images.lock.json</ImageSyncLockFile>",
        file: $"{agent}/App.csproj")
    {
        Environment = new Dictionary<string, string?> { ["ImageSyncMirror"] = cache.Mirror },
    };

    private static async Task<List<string>> SyncAsync(IEnumerable<ConsumerProject> agents)
    {
        var results = await Task.WhenAll(agents.Select(agent => agent.Logged.SyncAsync()));
        return [.. results.SelectMany(result => BuildLog.Of(result.ShouldSucceed()).Items("SyncedImage")).Select(item => item["Status"])];
    }
}
