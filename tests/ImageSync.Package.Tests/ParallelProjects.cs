using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>Many projects in one command: each node has an engine for all of its projects, which ask over the same connections.</summary>
public sealed class ParallelProjects
{
    private const int Projects = 20;
    private const int Images = 5;
    private const int Nodes = 2;

    [TestCase("-m:1", 1)]
    [TestCase("-m:2", Nodes)]
    [TestCase("-m:2 -mt", Nodes)]
    public async Task OverTheSameConnections(string switches, int nodes)
    {
        // arrange: one file, as twenty projects of different properties
        await using var origin = new ScriptedOrigin().Otherwise(request =>
            Reply.Current(request, SampleImages.Png(request.Target.Length, 2_000), $"\"{request.Target}\"")
                .Delay(TimeSpan.FromMilliseconds(20)));
        var urls = string.Join(';', Enumerable.Range(0, Images).Select(number => origin.Url($"/$(Part)/{number}.png")));
        var directory = new TestDirectory();
        var project = new ConsumerProject(directory, Packed.Package,
            $"""<RemoteImage Include="{urls}" LocalPath="images/$(Part)/" />""",
            "<ImageSyncCacheFile>obj/$(Part).imagesync.cache</ImageSyncCacheFile>");
        var parts = string.Concat(Enumerable.Range(0, Projects)
            .Select(part => $"""<Part Include="App.csproj" AdditionalProperties="Part={part}" />"""));
        directory.Write("app/all.proj", $"""
            <Project>
              <ItemGroup>{parts}</ItemGroup>
              <Target Name="All"><MSBuild Projects="@(Part)" Targets="SyncImages" BuildInParallel="true" /></Target>
            </Project>
            """);
        (await project.RunAsync("restore", "App.csproj")).ShouldSucceed();

        // act
        var first = await project.MSBuildAsync(["all.proj", "-t:All", .. switches.Split(' ')]);
        var connections = origin.Requests.Select(request => request.ConnectionNumber).Distinct().Count();
        var added = origin.Requests.Count;
        origin.Clear();
        var second = await project.MSBuildAsync(["all.proj", "-t:All", .. switches.Split(' ')]);

        // assert: an engine for each project would need one connection for each at least
        TestContext.Out.WriteLine($"{connections} connections for {added} requests");
        Assert.That(first.ShouldSucceed().Output + second.ShouldSucceed().Output, Does.Not.Contain("IMGSYNC"));
        Assert.That(added, Is.EqualTo(Projects * Images));
        Assert.That(connections, Is.LessThanOrEqualTo(nodes * Images));
        Assert.That(origin.Requests, Has.Count.EqualTo(Projects * Images).And.All.Property(nameof(RecordedRequest.IsConditional)).True);
        Assert.That(Directory.GetFiles(project.PathOf("images"), "*.png", SearchOption.AllDirectories),
            Has.Length.EqualTo(Projects * Images));
    }
}
