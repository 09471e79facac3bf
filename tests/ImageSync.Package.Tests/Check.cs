using System.Text.Json;
using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>dotnet build -t:CheckImages: what it tells, and that the project stays as it was, octet for octet.</summary>
public sealed class Check
{
    private static readonly byte[] Image = SampleImages.Png(1, 3_000);
    private static readonly byte[] Newer = SampleImages.Png(2, 3_000);

    [Test]
    public async Task EveryStatus()
    {
        // arrange
        await using var origin = new ScriptedOrigin();
        foreach (var name in new[] { "same", "modified", "gone", "edited" })
        {
            origin.On($"/{name}.png", request => Reply.Current(request, Image, "\"1\""));
        }

        origin.On("/unknown.png", Reply.Ok(Image)).On("/missing.png", Reply.Ok(Image)).On("/added.png", Reply.Ok(Image));
        var directory = new TestDirectory();
        var project = new ConsumerProject(directory, Packed.Package, string.Concat(
            new[] { "same", "modified", "missing", "unknown", "gone", "edited" }.Select(name => $"""<RemoteImage Include="{origin.Url($"/{name}.png")}" MaxAge="1.00:00:00" />""")));
        (await project.SyncAsync()).ShouldSucceed();
        directory.Write("app/Directory.Build.targets", $"""
            <Project>
              <Target Name="Add" BeforeTargets="CheckImages">
                <ItemGroup><RemoteImage Include="{origin.Url("/added.png")}" LocalPath="added.png" /></ItemGroup>
              </Target>
            </Project>
            """);
        origin.On("/modified.png", Reply.Ok(Newer, ("ETag", "\"2\""))).On("/gone.png", Reply.Status(404));
        File.Delete(project.PathOf("images/missing.png"));
        directory.Write("app/images/edited.png", Newer);
        origin.Clear();
        var before = FolderState.Of(project.Folder);

        // act
        var result = await project.Logged.MSBuildAsync("-t:CheckImages", "-getTargetResult:CheckImages");
        var drift = await project.Logged.MSBuildAsync("-t:CheckImages", "-warnaserror:IMGSYNC2010");

        // assert
        Assert.That(FolderState.Of(project.Folder), Is.EqualTo(before));
        using var json = JsonDocument.Parse(result.ShouldSucceed().StandardOutput);
        var items = json.RootElement.GetProperty("TargetResults").GetProperty("CheckImages").GetProperty("Items").EnumerateArray();
        Assert.That(items.Select(item => (Text(item, "Identity"), Text(item, "Status"), Text(item, "Changed"), Text(item, "Code"))), Is.EqualTo(new[]
        {
            ("images/same.png", "NotModified", "false", ""),
            ("images/modified.png", "Modified", "false", "IMGSYNC2010"),
            ("images/missing.png", "Missing", "false", "IMGSYNC2010"),
            ("images/unknown.png", "Unknown", "false", ""),
            ("images/gone.png", "Kept", "false", "IMGSYNC2003"),
            ("images/edited.png", "Modified", "false", "IMGSYNC2010"),
            ("added.png", "Missing", "false", "IMGSYNC2010"),
        }));
        var log = BuildLog.Of(result);
        Assert.That(log.Warnings.Where(warning => warning.Code == "IMGSYNC2010").Select(warning => warning.Text.Split(':')[0]),
            Is.EqualTo(new[] { "images/modified.png", "images/missing.png", "images/edited.png", "added.png" }));
        Assert.That(BuildLog.Of(drift.ShouldFail(1)).Errors.Select(error => error.Code), Is.EqualTo(Enumerable.Repeat("IMGSYNC2010", 4)));
    }

    [Test]
    public async Task NoDriftIsNoWarningAndExitCodeZero()
    {
        // arrange
        await using var origin = new ScriptedOrigin();
        origin.On("/a.png", request => Reply.Current(request, Image, "\"1\""));
        var project = new ConsumerProject(new TestDirectory(), Packed.Package, $"""<RemoteImage Include="{origin.Url("/a.png")}" />""");
        (await project.SyncAsync()).ShouldSucceed();
        origin.Clear();

        // act: what a check tells does not stay in the way of what is synced after it
        var check = await project.Logged.MSBuildAsync("-t:CheckImages", "-warnaserror:IMGSYNC2010");
        File.Delete(project.PathOf("images/a.png"));
        var both = await project.MSBuildAsync("-t:CheckImages;SyncImages", "-getTargetResult:SyncImages");

        // assert
        Assert.That(BuildLog.Of(check.ShouldSucceed()).Warnings, Is.Empty);
        Assert.That(origin.Requests.Select(request => request.Method), Is.EqualTo(new[] { "HEAD", "HEAD", "GET" }));
        using var json = JsonDocument.Parse(both.ShouldSucceed().StandardOutput);
        var items = json.RootElement.GetProperty("TargetResults").GetProperty("SyncImages").GetProperty("Items").EnumerateArray();
        Assert.That(items.Select(item => Text(item, "Status")), Is.EqualTo(new[] { "Added" }));
    }

    [Test]
    public async Task SeveralFrameworksAskOnce()
    {
        // arrange
        await using var origin = new ScriptedOrigin();
        origin.On("/a.png", Reply.Ok(Image));
        var directory = new TestDirectory();
        var project = new ConsumerProject(
            directory, Packed.Package, $"""<RemoteImage Include="{origin.Url("/a.png")}" />""", "<TargetFrameworks>net10.0;net10.0-browser</TargetFrameworks>");
        (await project.RunAsync("restore")).ShouldSucceed();
        directory.Write("all.proj", """
            <Project>
              <Target Name="Check">
                <MSBuild Projects="app/App.csproj" Targets="CheckImages" Properties="TargetFramework=net10.0" />
                <MSBuild Projects="app/App.csproj" Targets="CheckImages" Properties="TargetFramework=net10.0-browser" />
                <MSBuild Projects="app/App.csproj" Targets="CheckImages" />
              </Target>
            </Project>
            """);

        // act
        var result = (await project.Logged.MSBuildAsync("../all.proj", "-t:Check")).ShouldSucceed();

        // assert
        Assert.That(origin.Requests.Select(request => request.Method), Is.EqualTo(new[] { "HEAD" }));
        Assert.That(BuildLog.Of(result).Warnings.Select(warning => warning.Code), Is.EqualTo(new[] { "IMGSYNC2010" }));
        Assert.That(File.Exists(project.PathOf("images/a.png")), Is.False);
    }

    private static string Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? value.GetString()! : "";
}
