using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>Images that a target of the project's adds join their item types as those of the project's body do.</summary>
public sealed class AddedByTargets
{
    private static readonly byte[] Image = SampleImages.Png(1, 3_000);

    [Test]
    public async Task JoinTheirItemTypesOnce()
    {
        // arrange: from the second build on, the SDK's globs hold the files
        await using var origin = new ScriptedOrigin();
        foreach (var name in new[] { "copied", "embedded", "sprite", "maui", "body" })
        {
            origin.On($"/{name}.png", request => Reply.Current(request, Image, "\"1\""));
        }

        var directory = new TestDirectory();
        var project = new ConsumerProject(directory, Packed.Package, $"""
            <MauiImage Include="images/maui*" />
            <RemoteImage Include="{origin.Url("/body.png")}" LocalPath="./own/" BuildAction="Content" />
            """);
        directory.Write("app/Directory.Build.targets", $"""
            <Project>
              <Target Name="Add" BeforeTargets="SyncImages"><ItemGroup>
                <RemoteImage Include="{origin.Url("/copied.png")}" LocalPath=" images/ " BuildAction=" Content " CopyToOutputDirectory="PreserveNewest" />
                <RemoteImage Include="{origin.Url("/embedded.png")}" LocalPath="own\embedded.png" BuildAction="EmbeddedResource" LogicalName="the.image" />
                <RemoteImage Include="{origin.Url("/sprite.png")}" BuildAction="Sprite" Frames="50%25" />
                <RemoteImage Include="{origin.Url("/maui.png")}" BuildAction="MauiImage" BaseSize="24,24" />
                <RemoteImage Include="{origin.Url("/gone.png")}" BuildAction="Sprite" Optional="true" />
              </ItemGroup></Target>
              <Target Name="Look" BeforeTargets="CoreCompile"><ItemGroup>
                <Seen Include="@(None->'None %(Identity)');@(Content->'Content %(Identity) %(CopyToOutputDirectory)');@(EmbeddedResource->'EmbeddedResource %(Identity)')" />
                <Seen Include="@(Sprite->'Sprite %(Identity) %(Frames)');@(MauiImage->'MauiImage %(Identity) %(BaseSize)')" />
              </ItemGroup></Target>
            </Project>
            """);

        foreach (var build in new[] { "first", "second" })
        {
            // act
            var log = BuildLog.Of((await project.Logged.BuildAsync()).ShouldSucceed());

            // assert
            Assert.That(log.Items("Seen").Select(item => item.Identity).Where(text => text.Contains(".png", StringComparison.Ordinal)), Is.EquivalentTo(new[]
            {
                "Content images/copied.png PreserveNewest", "EmbeddedResource own/embedded.png", "Sprite images/sprite.png 50%", "MauiImage images/maui.png 24,24",
                "Content ./own/body.png ",
            }), build);
        }

        Assert.That(project.Read("bin/Debug/net10.0/images/copied.png"), Is.EqualTo(Image));
        Assert.That(EmbeddedResource.Read(project.PathOf("bin/Debug/net10.0/App.dll"), "the.image"), Is.EqualTo(Image));
    }
}
