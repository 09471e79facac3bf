using ImageSync.Testing;

namespace ImageSync.Package.Tests;

public sealed class BadAnswers
{
    private static readonly byte[] Old = SampleImages.Png(1, 40_000);
    private static readonly byte[] New = SampleImages.Png(2, 50_000);

    [Test]
    public async Task BodyCutShort() => await KeepsTheCopy(Reply.Ok(New, ("ETag", "\"2\"")).CutAfter(20_000), "IMGSYNC2001");

    [Test]
    public async Task ConnectionReset() => await KeepsTheCopy(Reply.Ok(New, ("ETag", "\"2\"")).ResetAfter(20_000), "IMGSYNC2001");

    [Test]
    public async Task HtmlWithStatus200() =>
        await KeepsTheCopy(Reply.Ok("<!DOCTYPE html><title>Sign in</title>"u8.ToArray(), ("Content-Type", "image/png"), ("ETag", "\"2\"")), "IMGSYNC3001");

    [Test]
    public async Task NotFound() => await KeepsTheCopy(Reply.Status(404, "<h1>Not Found</h1>", ("ETag", "\"2\"")), "IMGSYNC2003");

    [Test]
    public async Task OverloadedForAMoment()
    {
        // arrange
        await using var origin = new ScriptedOrigin();
        origin.On("/logo.png", Reply.Status(503, ("Retry-After", "1")), Reply.Ok(New));
        var project = Project(origin.Url("/logo.png"));

        // act
        var result = (await project.Logged.SyncAsync()).ShouldSucceed();

        // assert
        var times = origin.Requests.Select(request => request.Time).ToList();
        Assert.That(times, Has.Count.EqualTo(2));
        Assert.That(times[1] - times[0], Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(1)));
        Assert.That(project.Read("images/logo.png"), Is.EqualTo(New));
        Assert.That(BuildLog.Of(result).Warnings, Is.Empty);
        Assert.That(BuildLog.Of(result).Items("SyncedImage").Single()["Attempts"], Is.EqualTo("2"));
    }

    [Test]
    public async Task ConnectionRefusedWithACopy()
    {
        // arrange
        using var dead = new DeadPort();
        var project = Project(dead.Url("/logo.png"), "<ImageSyncRetries>0</ImageSyncRetries>");
        Directory.CreateDirectory(project.PathOf("images"));
        await File.WriteAllBytesAsync(project.PathOf("images/logo.png"), Old);
        var time = project.TimeOf("images/logo.png");

        // act
        var log = BuildLog.Of((await project.Logged.SyncAsync()).ShouldSucceed());

        // assert
        Assert.That(log.Warnings.Select(warning => (warning.Code, warning.File)), Is.EqualTo(new[] { ("IMGSYNC2001", project.PathOf("App.csproj")) }));
        Assert.That(log.Items("SyncedImage").Single()["Status"], Is.EqualTo("Kept"));
        Assert.That(project.Read("images/logo.png"), Is.EqualTo(Old));
        Assert.That(project.TimeOf("images/logo.png"), Is.EqualTo(time));
    }

    [Test]
    public async Task ConnectionRefusedWithoutACopy()
    {
        // arrange
        using var dead = new DeadPort();
        var project = Project(dead.Url("/logo.png"), "<ImageSyncRetries>0</ImageSyncRetries>");

        // act
        var log = BuildLog.Of((await project.Logged.BuildAsync()).ShouldFail(1));

        // assert
        Assert.That(log.Errors.Select(error => error.Code), Is.EqualTo(new[] { "IMGSYNC2001" }));
        Assert.That(log.Errors.Single().Text, Does.Contain(dead.Url("/logo.png")));
        Assert.That(log.Items("SyncedImage").Single()["Status"], Is.EqualTo("Failed"));
        Assert.That(project.PathOf("images/logo.png"), Does.Not.Exist);
    }

    private static async Task KeepsTheCopy(Reply bad, string code)
    {
        // arrange
        await using var origin = new ScriptedOrigin();
        origin.On("/logo.png", Reply.Ok(Old, ("ETag", "\"1\"")), bad, Reply.NotModified());
        var project = Project(origin.Url("/logo.png"), "<ImageSyncRetries>0</ImageSyncRetries>");
        (await project.SyncAsync()).ShouldSucceed();
        var time = project.TimeOf("images/logo.png");

        // act
        var log = BuildLog.Of((await project.Logged.SyncAsync()).ShouldSucceed());
        (await project.SyncAsync()).ShouldSucceed();

        // assert
        Assert.That(log.Warnings.Select(warning => warning.Code), Is.EqualTo(new[] { code }));
        Assert.That(log.Items("SyncedImage").Single()["Status"], Is.EqualTo("Kept"));
        Assert.That(project.Read("images/logo.png"), Is.EqualTo(Old));
        Assert.That(project.TimeOf("images/logo.png"), Is.EqualTo(time));
        Assert.That(Directory.GetFiles(project.PathOf("images")), Has.Length.EqualTo(1));
        // The bad answer's validators belong to bytes that were never kept.
        Assert.That(origin.Requests[^1].Header("If-None-Match"), Is.EqualTo("\"1\""));
    }

    private static ConsumerProject Project(string url, string properties = "") =>
        new(new TestDirectory(), Packed.Package, $"""<RemoteImage Include="{url}" />""", properties);
}
