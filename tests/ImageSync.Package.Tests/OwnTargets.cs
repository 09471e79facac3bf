using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>What a project's own targets and metadata do around the sync.</summary>
public sealed class OwnTargets
{
    private static readonly byte[] Image = SampleImages.Png(1, 3_000);

    [Test]
    public async Task ItemsAddedBeforeAndChangesSeenAfter()
    {
        // arrange
        await using var origin = new ScriptedOrigin();
        origin.On("/a.png", request => Reply.Current(request, Image, "\"1\"")).On("/b.png", request => Reply.Current(request, Image, "\"1\""));
        var directory = new TestDirectory();
        var project = new ConsumerProject(directory, Packed.Package, items: "");
        directory.Write("app/Directory.Build.targets", $"""
            <Project>
              <Target Name="Add" BeforeTargets="SyncImages">
                <ItemGroup><RemoteImage Include="{origin.Url("/a.png")}" /><RemoteImage Include="{origin.Url("/b.png")}" LocalPath="own/b.png" /></ItemGroup>
              </Target>
              <Target Name="Tell" AfterTargets="SyncImages">
                <Message Importance="high" Text="CHANGED @(SyncedImage)" Condition="'%(SyncedImage.Changed)' == 'true'" />
              </Target>
            </Project>
            """);

        // act
        var first = (await project.BuildAsync()).ShouldSucceed();
        File.Delete(project.PathOf("own/b.png"));
        var second = (await project.BuildAsync()).ShouldSucceed();

        // assert
        Assert.That(first.Output, Does.Contain("CHANGED images/a.png;own/b.png"));
        Assert.That(second.Output, Does.Contain("CHANGED own/b.png"));
        Assert.That(origin.Requests, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task OptionalImageWithoutACopyLeavesTheBuild()
    {
        // arrange
        await using var origin = new ScriptedOrigin();
        origin.On("/here.png", Reply.Ok(Image));
        var project = new ConsumerProject(new TestDirectory(), Packed.Package, $"""
            <RemoteImage Include="{origin.Url("/gone.png")}" BuildAction="EmbeddedResource" Optional="true" />
            <RemoteImage Include="{origin.Url("/gone2.png")}" BuildAction="Content" CopyToOutputDirectory="PreserveNewest" Optional="true" />
            <RemoteImage Include="{origin.Url("/here.png")}" BuildAction="EmbeddedResource" Optional="true" />
            """);

        // act
        var result = (await project.Logged.BuildAsync()).ShouldSucceed();

        // assert
        var log = BuildLog.Of(result);
        Assert.That(log.Warnings.Select(warning => warning.Code), Is.EqualTo(new[] { "IMGSYNC2003", "IMGSYNC2003" }));
    }

    [Test]
    public async Task BuildActionOfAnyOtherName()
    {
        // arrange
        await using var origin = new ScriptedOrigin();
        origin.On("/a.png", request => Reply.Current(request, Image, "\"1\""));
        var directory = new TestDirectory();
        var project = new ConsumerProject(directory, Packed.Package, $"""<RemoteImage Include="{origin.Url("/a.png")}" BuildAction="Sprite" Frames="4" />""");
        directory.Write("app/Directory.Build.targets", """
            <Project><Target Name="Tell" BeforeTargets="CoreCompile"><Message Importance="high" Text="SPRITE @(Sprite->'%(Identity) %(Frames)')" /></Target></Project>
            """);

        // act, assert: the same in the first build, in the second, and in one that makes no request
        Assert.That((await project.BuildAsync()).ShouldSucceed().Output, Does.Contain("SPRITE images/a.png 4"));
        Assert.That((await project.BuildAsync()).ShouldSucceed().Output, Does.Contain("SPRITE images/a.png 4"));
        Assert.That((await project.BuildAsync("-p:ImageSyncOnBuild=false")).ShouldSucceed().Output, Does.Contain("SPRITE images/a.png 4"));
        Assert.That(origin.Requests, Has.Count.EqualTo(2));
    }
}
