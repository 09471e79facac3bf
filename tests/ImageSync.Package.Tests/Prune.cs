using ImageSync.Testing;

namespace ImageSync.Package.Tests;

public sealed class Prune
{
    [Test]
    public async Task ItemsThatAreGone()
    {
        // arrange
        await using var origin = new ScriptedOrigin();
        origin.On("/a.png", request => Reply.Current(request, SampleImages.Png(1, 3_000), "\"1\""));
        var project = new ConsumerProject(
            new TestDirectory(),
            Packed.Package,
            $"""<RemoteImage Include="{origin.Url("/a.png")}" Condition="'$(Gone)' != 'true'" /><RemoteImage Include="none" Condition="'$(Invalid)' == 'true'" />""",
            "<ImageSyncPrune>true</ImageSyncPrune><ImageSyncLockFile>images.lock.json</ImageSyncLockFile>");
        (await project.SyncAsync()).ShouldSucceed();

        // act, assert: an item that is not valid might be the file's
        (await project.MSBuildAsync("-t:SyncImages", "-p:Gone=true", "-p:Invalid=true")).ShouldFail();
        Assert.That(File.Exists(project.PathOf("images/a.png")));

        // act, assert: no item is left
        (await project.BuildAsync("-p:Gone=true")).ShouldSucceed();
        Assert.That(File.Exists(project.PathOf("images/a.png")), Is.False);
        Assert.That(File.ReadAllText(project.PathOf("images.lock.json")), Is.EqualTo("{\n  \"version\": 1\n}\n"));
    }
}
