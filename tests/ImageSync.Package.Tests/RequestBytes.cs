using System.Text;
using ImageSync.Testing;

namespace ImageSync.Package.Tests;

public sealed class RequestBytes
{
    private static readonly byte[] Image = SampleImages.Png(1, 5_000);

    [Test]
    public async Task FirstRequest()
    {
        // arrange
        await using var origin = new ScriptedOrigin();
        origin.On("/a%20b%2Fc@2x.png?v=1&w=2", Reply.Ok(Image));
        var project = new ConsumerProject(new TestDirectory(), Packed.Package,
            $"""<RemoteImage Include="logo" Url="{origin.Url("/a%20b%2Fc@2x.png?v=1&amp;w=2")}#top" LocalPath="logo.png" />""");

        // act
        (await project.SyncAsync()).ShouldSucceed();

        // assert
        Assert.That(origin.Requests.Single().RawText, Is.EqualTo(
            "GET /a%20b%2Fc@2x.png?v=1&w=2 HTTP/1.1\r\n" +
            $"Host: 127.0.0.1:{origin.Port}\r\n" +
            $"User-Agent: ImageSync/{ImageSyncPackage.ProductVersion} (+https://github.com/imagesync-dotnet/imagesync)\r\n" +
            "Accept: */*\r\n" +
            "Accept-Encoding: identity\r\n" +
            "\r\n"));
        Assert.That(project.Read("logo.png"), Is.EqualTo(Image));
    }

    [Test]
    public async Task EntityTagsOfEveryForm()
    {
        // arrange
        string[] tags = ["\"plain\"", "W/\"weak\"", "w/\"lower-case\"", "\"a\\b\"", "\"with \"inner\" quotes\"", "unquoted", "'single'", "W/unquoted", "\"caf\u00e9\""];
        await using var origin = new ScriptedOrigin();
        foreach (var (number, tag) in tags.Index())
        {
            origin.On($"/{number}.png", Reply.Ok(SampleImages.Png(number, 500), ("ETag", tag)), Reply.NotModified());
        }

        var project = Project(origin, [.. tags.Select((_, number) => $"/{number}.png")]);
        (await project.SyncAsync()).ShouldSucceed();

        // act
        (await project.SyncAsync()).ShouldSucceed();

        // assert
        var sent = tags.Select((_, number) => origin.RequestsTo($"/{number}.png")[1].Header("If-None-Match"));
        Assert.That(sent, Is.EqualTo(tags));
    }

    [TestCase("*")]
    [TestCase("")]
    public async Task EntityTagThatIsNone(string tag)
    {
        // arrange: as a condition, * is met by anything that exists (RFC 9110 §13.1.2)
        await using var origin = new ScriptedOrigin();
        origin.On("/logo.png", Reply.Ok(Image, ("ETag", tag)));
        var project = Project(origin, "/logo.png");
        (await project.SyncAsync()).ShouldSucceed();

        // act
        (await project.SyncAsync()).ShouldSucceed();

        // assert
        Assert.That(origin.Requests, Has.Count.EqualTo(2).And.All.Property(nameof(RecordedRequest.IsConditional)).False);
    }

    [Test]
    public async Task DatesOfEveryForm()
    {
        // arrange
        string[] dates = ["Thu, 01 Jan 2026 00:00:00 GMT", "Thursday, 01-Jan-26 00:00:00 GMT", "Thu Jan  1 00:00:00 2026"];
        await using var origin = new ScriptedOrigin();
        foreach (var (number, date) in dates.Index())
        {
            var now = DateTimeOffset.UtcNow.ToString("R");
            origin.On($"/{number}.png", Reply.Ok(SampleImages.Png(number, 500), ("Date", now), ("Last-Modified", date)), Reply.NotModified(("Date", now)));
        }

        var project = Project(origin, [.. dates.Select((_, number) => $"/{number}.png")]);
        (await project.SyncAsync()).ShouldSucceed();

        // act
        (await project.SyncAsync()).ShouldSucceed();

        // assert
        var sent = dates.Select((_, number) => origin.RequestsTo($"/{number}.png")[1].Header("If-Modified-Since"));
        Assert.That(sent, Is.EqualTo(dates));
    }

    [Test]
    public async Task LocalFileIsNotTheRecordedOne()
    {
        // arrange
        await using var origin = new ScriptedOrigin();
        foreach (var name in new[] { "/deleted.png", "/edited.png", "/truncated.png", "/intact.png" })
        {
            origin.On(name, request => Reply.Current(request, Image, "\"1\""));
        }

        var project = Project(origin, "/deleted.png", "/edited.png", "/truncated.png", "/intact.png");
        (await project.SyncAsync()).ShouldSucceed();
        origin.Clear();
        File.Delete(project.PathOf("images/deleted.png"));
        File.WriteAllBytes(project.PathOf("images/edited.png"), [.. Image[..^1], (byte)(Image[^1] + 1)]);
        File.WriteAllBytes(project.PathOf("images/truncated.png"), Image[..1_000]);

        // act
        (await project.SyncAsync()).ShouldSucceed();

        // assert
        Assert.That(origin.Requests.Where(request => request.IsConditional).Select(request => request.Target), Is.EqualTo(new[] { "/intact.png" }));
        Assert.That(origin.Requests, Has.Count.EqualTo(4));
        Assert.That(new[] { "deleted", "edited", "truncated", "intact" }.Select(name => project.Read($"images/{name}.png")), Is.All.EqualTo(Image));
    }

    [Test]
    public async Task UrlChanged()
    {
        // arrange
        await using var origin = new ScriptedOrigin();
        origin.On("/v1/logo.png", request => Reply.Current(request, Image, "\"1\""));
        origin.On("/v2/logo.png", request => Reply.Current(request, SampleImages.Png(2, 5_000), "\"1\""));
        var project = new ConsumerProject(new TestDirectory(), Packed.Package, $"""<RemoteImage Include="{origin.Url("/")}$(Release)/logo.png" />""");
        (await project.SyncAsync("-p:Release=v1")).ShouldSucceed();

        // act
        (await project.SyncAsync("-p:Release=v2")).ShouldSucceed();

        // assert
        Assert.That(origin.RequestsTo("/v2/logo.png").Single().IsConditional, Is.False);
        Assert.That(project.Read("images/logo.png"), Is.EqualTo(SampleImages.Png(2, 5_000)));
    }

    private static ConsumerProject Project(ScriptedOrigin origin, params string[] targets) =>
        new(new TestDirectory(), Packed.Package, targets.Aggregate(new StringBuilder(),
            (items, target) => items.AppendLine($"""<RemoteImage Include="{origin.Url(target)}" />""")).ToString());
}
