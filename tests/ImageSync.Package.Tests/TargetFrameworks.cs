using ImageSync.Testing;

namespace ImageSync.Package.Tests;

public sealed class TargetFrameworks
{
    [Test]
    public async Task OneRequestForAll()
    {
        // arrange: both frameworks are in the SDK itself, so that no targeting pack has to be downloaded
        await using var origin = new ScriptedOrigin();
        string[] targets = ["/a.png", "/b.png", "/c.png"];
        foreach (var target in targets)
        {
            origin.On(target, request => Reply.Current(request, SampleImages.Png(target[1], 3_000), "\"1\""));
        }

        var project = new ConsumerProject(
            new TestDirectory(),
            Packed.Package,
            string.Concat(targets.Select(target => $"""<RemoteImage Include="{origin.Url(target)}" BuildAction="Content" CopyToOutputDirectory="PreserveNewest" />""")),
            "<TargetFrameworks>net10.0;net10.0-browser</TargetFrameworks>");
        string[][] commands =
        [
            ["build"], ["build"], ["build", "-t:Rebuild"], ["build", "-f", "net10.0"], ["pack"], ["msbuild", "-t:SyncImages"],
            ["build", "-graph"], ["build", "-graph", "-t:Rebuild"], ["build", "-graph", "-isolate"],
        ];

        using var all = Assert.EnterMultipleScope();
        foreach (var command in commands)
        {
            // act
            origin.Clear();
            (await project.RunAsync(command)).ShouldSucceed();

            // assert
            Assert.That(origin.Requests.Select(request => request.Target), Is.EquivalentTo(targets), string.Join(' ', command));
        }

        Assert.That(project.Read("bin/Debug/net10.0/images/a.png"), Is.EqualTo(SampleImages.Png('a', 3_000)));
        Assert.That(project.Read("bin/Debug/net10.0-browser/images/a.png"), Is.EqualTo(SampleImages.Png('a', 3_000)));
    }
}
