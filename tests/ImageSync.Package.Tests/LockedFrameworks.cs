using ImageSync.Testing;

namespace ImageSync.Package.Tests;

public sealed class LockedFrameworks
{
    [Test]
    public async Task ItemsOfOneFrameworkAlone()
    {
        // arrange: one image of all, one of one framework, one of each framework but not of the project as a whole
        await using var origin = new ScriptedOrigin();
        string[] targets = ["/all.png", "/one.png", "/each.png"];
        foreach (var target in targets)
        {
            origin.On(target, request => Reply.Current(request, SampleImages.Png(target[1], 3_000), "\"1\""));
        }

        var project = new ConsumerProject(
            new TestDirectory(),
            Packed.Package,
            $"""
            <RemoteImage Include="{origin.Url("/all.png")}" />
            <RemoteImage Include="{origin.Url("/one.png")}" Condition="'$(TargetFramework)' == 'net10.0-browser'" />
            <RemoteImage Include="{origin.Url("/each.png")}" Condition="'$(TargetFramework)' != ''" />
            """,
            "<TargetFrameworks>net10.0;net10.0-browser</TargetFrameworks><ImageSyncLockFile>images.lock.json</ImageSyncLockFile><ImageSyncPrune>true</ImageSyncPrune>");
        (await project.BuildAsync()).ShouldSucceed();
        var text = File.ReadAllText(project.PathOf("images.lock.json"));

        // act, assert: whoever builds, the file rests and no image goes
        string[][] commands = [["build"], ["build", "-f", "net10.0"], ["msbuild", "-t:SyncImages"]];
        foreach (var command in commands)
        {
            (await project.RunAsync(command)).ShouldSucceed();
            Assert.That(File.ReadAllText(project.PathOf("images.lock.json")), Is.EqualTo(text), string.Join(' ', command));
        }

        Assert.That(text.Split("\"sha256\"").Length - 1, Is.EqualTo(3));
        Assert.That(targets.Select(target => File.Exists(project.PathOf("images" + target))), Is.All.True);
    }
}
