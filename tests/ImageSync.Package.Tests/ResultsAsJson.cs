using System.Security.Cryptography;
using System.Text.Json;
using ImageSync.Testing;

namespace ImageSync.Package.Tests;

public sealed class ResultsAsJson
{
    private static readonly byte[] Image = SampleImages.Png(1, 3_000);
    private static readonly byte[] Newer = SampleImages.Png(2, 3_000);

    [Test]
    public async Task EveryStatus()
    {
        // arrange
        await using var origin = new ScriptedOrigin();
        origin.On("/notmodified.png", request => Reply.Current(request, Image, "\"1\""));
        origin.On("/updated.png", Reply.Ok(Image, ("ETag", "\"1\"")), Reply.Ok(Newer, ("ETag", "\"2\"")));
        origin.On("/unchanged.png", Reply.Ok(Image));
        origin.On("/kept.png", Reply.Ok(Image), Reply.Status(404));
        origin.On("/fresh.png", Reply.Ok(Image));
        var project = new ConsumerProject(new TestDirectory(), Packed.Package,
            $"""
            <RemoteImage Include="{origin.Url("/notmodified.png")}" />
            <RemoteImage Include="{origin.Url("/updated.png")}" />
            <RemoteImage Include="{origin.Url("/unchanged.png")}" />
            <RemoteImage Include="{origin.Url("/kept.png")}" />
            <RemoteImage Include="{origin.Url("/fresh.png")}" Sha256="{Convert.ToHexString(SHA256.HashData(Image))}" />
            """);
        (await project.RunAsync("restore")).ShouldSucceed();

        // act
        var first = await project.MSBuildAsync("-t:SyncImages", "-getTargetResult:SyncImages");
        var second = await project.MSBuildAsync("-t:SyncImages", "-getTargetResult:SyncImages");

        // assert
        Assert.That(Results(first).Select(item => item["Status"]), Is.All.EqualTo("Added"));
        var items = Results(second);
        Assert.That(items.Select(item => (item["Identity"], item["Status"], item["Changed"], item["StatusCode"])), Is.EqualTo(new[]
        {
            ("images/notmodified.png", "NotModified", "false", "304"),
            ("images/updated.png", "Updated", "true", "200"),
            ("images/unchanged.png", "Unchanged", "false", "200"),
            ("images/kept.png", "Kept", "false", "404"),
            ("images/fresh.png", "Fresh", "false", ""),
        }));
        Assert.That(items[1]["Url"], Is.EqualTo(origin.Url("/updated.png")));
        Assert.That(items[1]["EffectiveUrl"], Is.EqualTo(origin.Url("/updated.png")));
        Assert.That(items[1]["ETag"], Is.EqualTo("\"2\""));
        Assert.That(items[1]["Sha256"], Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(Newer))));
        Assert.That(items[1]["Length"], Is.EqualTo($"{Newer.Length}"));
        Assert.That(items[1]["BytesReceived"], Is.EqualTo($"{Newer.Length}"));
        Assert.That(items[1]["MediaType"], Is.EqualTo("image/png"));
        Assert.That(items[1]["Attempts"], Is.EqualTo("1"));
        Assert.That(items[3]["Code"], Is.EqualTo("IMGSYNC2003"));
    }

    [Test]
    public async Task OneImageFailed()
    {
        // arrange
        await using var origin = new ScriptedOrigin();
        origin.On("/there.png", Reply.Ok(Image));
        var project = new ConsumerProject(new TestDirectory(), Packed.Package,
            $"""
            <RemoteImage Include="{origin.Url("/gone.png")}" />
            <RemoteImage Include="{origin.Url("/there.png")}" />
            """);
        (await project.RunAsync("restore")).ShouldSucceed();

        // act
        var result = (await project.MSBuildAsync("-t:SyncImages", "-getItem:SyncedImage")).ShouldFail(1);

        // assert
        using var json = JsonDocument.Parse(result.StandardOutput);
        var items = Items(json.RootElement.GetProperty("Items").GetProperty("SyncedImage"));
        Assert.That(items.Select(item => (item["Identity"], item["Status"], item["Code"])), Is.EqualTo(new[]
        {
            ("images/gone.png", "Failed", "IMGSYNC2003"), ("images/there.png", "Added", ""),
        }));
    }

    private static List<Dictionary<string, string>> Results(CommandResult result)
    {
        using var json = JsonDocument.Parse(result.ShouldSucceed().StandardOutput);
        var target = json.RootElement.GetProperty("TargetResults").GetProperty("SyncImages");
        Assert.That(target.GetProperty("Result").GetString(), Is.EqualTo("Success"));
        return Items(target.GetProperty("Items"));
    }

    // MSBuild leaves a metadatum out whose value is empty.
    private static List<Dictionary<string, string>> Items(JsonElement items) =>
        [.. items.EnumerateArray().Select(item => item.Deserialize<Dictionary<string, string>>()!)
            .Select(item => new[] { "StatusCode", "Code", "ETag" }.Aggregate(item, (all, name) =>
            {
                all.TryAdd(name, "");
                return all;
            }))];
}
