using System.Text.RegularExpressions;
using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>An image that is another one at every request.</summary>
public sealed class Watch
{
    private const string AnImageChanged = @"File \w+: .*\.png";

    [Test]
    public async Task NewBytesStartNoBuild()
    {
        // arrange: one file that is an item of the project at once, and one that its own glob finds
        await using var origin = new ScriptedOrigin();
        string[] targets = ["/placed.png", "/found.png"];
        foreach (var target in targets)
        {
            origin.On(target, (_, count) => Reply.Ok(SampleImages.Png(count, 3_000)));
        }

        var directory = new TestDirectory();
        directory.Write("app/found/found.png", SampleImages.Png(0, 3_000));
        var project = new ConsumerProject(
            directory,
            Packed.Package,
            $"""
            <RemoteImage Include="{origin.Url("/placed.png")}" BuildAction="EmbeddedResource" />
            <RemoteImage Include="{origin.Url("/found.png")}" LocalPath="found/found.png" />
            <EmbeddedResource Include="found/**" />
            """,
            program: "class Program { }");

        // act: a build, an edit, a build; what dotnet watch saw while a build ran, it acts upon as soon as that has ended
        using var watch = project.Start("watch", "--verbose", "--non-interactive", "build");
        await watch.UntilAsync(output => Idle(output, builds: 1));
        await File.WriteAllTextAsync(project.PathOf("Program.cs"), "class Program { int edited; }");
        var output = await watch.UntilAsync(output => Idle(output, builds: 2));
        watch.Kill();

        // assert
        Assert.That(origin.Requests.Select(request => request.Target), Is.EquivalentTo(targets.Concat(targets)));
        Assert.That(output, Does.Not.Match(AnImageChanged));
    }

    // It says so once after each build that nothing has cut short; a change of an image ends the wait at once.
    private static bool Idle(string output, int builds) =>
        Regex.Count(output, "Waiting for a file to change before restarting") == builds || Regex.IsMatch(output, AnImageChanged);
}
