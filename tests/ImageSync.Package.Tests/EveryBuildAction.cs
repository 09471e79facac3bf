using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>The file of an image as an item of each type, inside a target of the project's, with its own globs over the folders.</summary>
public sealed class EveryBuildAction
{
    // What an SDK, a workload or a package of its own would read; those of MAUI, Avalonia and WPF are not run here.
    private static readonly (string Action, string Name, string Value)[] Metadata =
    [
        ("None", "Link", "linked/none.png"),
        ("Content", "TargetPath", "moved/content.png"),
        ("EmbeddedResource", "LogicalName", "the.image"),
        ("AdditionalFiles", "Kind", "icon"),
        ("Resource", "Link", "linked/resource.png"),
        ("MauiImage", "BaseSize", "24,24"),
        ("AvaloniaResource", "Link", "linked/avalonia.png"),
        ("Sprite", "Frames", "4"),
    ];

    [Test]
    public async Task SameItemsInFirstAndSecondBuild()
    {
        // arrange: globs as the templates of these SDKs have them; the other item type comes without one
        await using var origin = new ScriptedOrigin();
        foreach (var (action, _, _) in Metadata)
        {
            origin.On($"/{action}.png", request => Reply.Current(request, SampleImages.Png(action.Length, 1_000), "\"1\""));
        }

        var directory = new TestDirectory();
        var project = new ConsumerProject(directory, Packed.Package, string.Concat(Metadata.Select(one => $"""
            <RemoteImage Include="{origin.Url($"/{one.Action}.png")}" LocalPath="{one.Action}/image.png" BuildAction="{one.Action}" {one.Name}="{one.Value}" CopyToOutputDirectory="{Copy(one.Action)}" />
            """)) + """
            <Content Include="Content/**" CopyToOutputDirectory="Always" CopyToPublishDirectory="Never" />
            <EmbeddedResource Include="EmbeddedResource/**" /><AdditionalFiles Include="AdditionalFiles/**" /><Resource Include="Resource/**" />
            <MauiImage Include="MauiImage/*" /><AvaloniaResource Include="AvaloniaResource/**" />
            """);
        directory.Write("app/Directory.Build.targets", $"""
            <Project><Target Name="Look" BeforeTargets="CoreCompile"><ItemGroup>
              {string.Concat(Metadata.Select(one => $"<Seen{one.Action} Include=\"@({one.Action})\" />"))}
            </ItemGroup></Target></Project>
            """);

        using var all = Assert.EnterMultipleScope();
        foreach (var build in new[] { "first", "second" })
        {
            // act
            var log = BuildLog.Of((await project.Logged.BuildAsync()).ShouldSucceed());

            // assert
            foreach (var (action, name, value) in Metadata)
            {
                var seen = log.Items($"Seen{action}").Where(item => item.Identity.EndsWith(".png", StringComparison.Ordinal));
                Assert.That(
                    seen.Select(item => (item.Identity, item[name], item["CopyToOutputDirectory"], item["CopyToPublishDirectory"])),
                    Is.EqualTo(new[] { ($"{action}/image.png", value, Copy(action), "") }),
                    $"{action} in the {build} build");
            }
        }

        const string Output = "bin/Debug/net10.0/";
        Assert.That(project.Read(Output + "linked/none.png"), Is.EqualTo(SampleImages.Png("None".Length, 1_000)));
        Assert.That(project.Read(Output + "moved/content.png"), Is.EqualTo(SampleImages.Png("Content".Length, 1_000)));
        Assert.That(EmbeddedResource.Read(project.PathOf(Output + "App.dll"), "the.image"), Is.EqualTo(SampleImages.Png("EmbeddedResource".Length, 1_000)));
    }

    // Roslyn makes a None item of each AdditionalFiles that is copied, hence not for all.
    private static string Copy(string action) => action is "None" or "Content" ? "PreserveNewest" : "";
}
