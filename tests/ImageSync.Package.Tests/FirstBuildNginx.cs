using System.Text.Json;
using ImageSync.Testing;

namespace ImageSync.Package.Tests;

public sealed class FirstBuildNginx
{
    private const string Output = "bin/Debug/net10.0/";

    private static readonly byte[] Logo = SampleImages.Png(1, 30_000);
    private static readonly byte[] Banner = SampleImages.Png(2, 60_000);
    private static readonly byte[] Seal = SampleImages.Png(3, 2_000);
    private static readonly string[] Files = ["wwwroot/img/logo.png", "wwwroot/img/banner.png", "resources/seal.png"];

    private NginxOrigin _nginx;
    private ConsumerProject _project;
    private CommandResult _first;

    [SetUp]
    public async Task BuildOnce()
    {
        var directory = new TestDirectory();
        _nginx = new NginxOrigin(directory.PathOf("nginx"));
        _nginx.Put("brand/logo.png", Logo);
        _nginx.Put("brand/banner.png", Banner);
        _nginx.Put("seal.png", Seal);
        _project = new ConsumerProject(
            directory,
            Packed.Package,
            $"""
            <RemoteImage Include="{_nginx.Url("brand/logo.png")}" LocalPath="wwwroot/img/logo.png" BuildAction="Content" CopyToOutputDirectory="PreserveNewest" />
            <RemoteImage Include="{_nginx.Url("brand/banner.png")}" LocalPath="wwwroot/img/banner.png" BuildAction="Content" />
            <RemoteImage Include="{_nginx.Url("seal.png")}" LocalPath="resources/seal.png" BuildAction="EmbeddedResource" LogicalName="the.seal" />
            """,
            sdk: "Microsoft.NET.Sdk.Web",
            program: "WebApplication.Create(args).Run();");
        _first = (await _project.Logged.BuildAsync()).ShouldSucceed();
    }

    [TearDown]
    public async Task Stop() => await _nginx.DisposeAsync();

    [Test]
    public void CleanFolder()
    {
        // assert
        Assert.That(_nginx.AccessLog.Select(entry => (entry.Target, entry.Status, entry.IsConditional)), Is.EquivalentTo(new[]
        {
            ("/brand/logo.png", 200, false), ("/brand/banner.png", 200, false), ("/seal.png", 200, false),
        }));
        Assert.That(_project.Read("wwwroot/img/logo.png"), Is.EqualTo(Logo));
        Assert.That(_project.Read(Output + "wwwroot/img/logo.png"), Is.EqualTo(Logo));
        Assert.That(EmbeddedResource.Read(_project.PathOf(Output + "App.dll"), "the.seal"), Is.EqualTo(Seal));
        Assert.That(StaticWebAssets(), Is.EquivalentTo(new[] { _project.PathOf("wwwroot/img/logo.png"), _project.PathOf("wwwroot/img/banner.png") }));
        Assert.That(BuildLog.Of(_first).Items("SyncedImage").Select(item => item["Status"]), Is.EqualTo(new[] { "Added", "Added", "Added" }));
    }

    [Test]
    public async Task NothingChanged()
    {
        // arrange
        var times = Files.Select(_project.TimeOf).ToList();
        _nginx.ClearLog();

        // act
        var log = BuildLog.Of((await _project.Logged.BuildAsync()).ShouldSucceed());

        // assert
        Assert.That(_nginx.AccessLog.Select(entry => entry.Status), Is.EqualTo(new[] { 304, 304, 304 }));
        Assert.That(Files.Select(_project.TimeOf), Is.EqualTo(times));
        Assert.That(log.Targets, Does.Contain("CoreCompile"));
        Assert.That(log.Tasks, Does.Not.Contain("Csc"));
        Assert.That(log.Items("SyncedImage").Select(item => item["Status"]), Is.EqualTo(new[] { "NotModified", "NotModified", "NotModified" }));
    }

    [Test]
    public async Task OneImageChanged()
    {
        // arrange
        var changed = SampleImages.Png(4, 61_000);
        _nginx.Put("brand/banner.png", changed);
        _nginx.ClearLog();

        // act
        var second = BuildLog.Of((await _project.Logged.BuildAsync()).ShouldSucceed());
        var secondRequests = _nginx.AccessLog;
        _nginx.ClearLog();
        (await _project.BuildAsync()).ShouldSucceed();

        // assert
        Assert.That(second.Items("SyncedImage").Select(item => item["Status"]), Is.EqualTo(new[] { "NotModified", "Updated", "NotModified" }));
        Assert.That(secondRequests.Select(entry => entry.Status), Is.EquivalentTo(new[] { 304, 200, 304 }));
        Assert.That(_project.Read("wwwroot/img/banner.png"), Is.EqualTo(changed));
        var before = secondRequests.Single(entry => entry.Target == "/brand/banner.png");
        var after = _nginx.AccessLog.Single(entry => entry.Target == "/brand/banner.png");
        Assert.That(after.Status, Is.EqualTo(304));
        Assert.That(after.IfNoneMatch, Is.Not.Null.And.Not.EqualTo(before.IfNoneMatch));
        Assert.That(after.IfModifiedSince, Is.Not.Null.And.Not.EqualTo(before.IfModifiedSince));
    }

    private List<string?> StaticWebAssets()
    {
        using var manifest = JsonDocument.Parse(_project.Read("obj/Debug/net10.0/staticwebassets.build.json"));
        return [.. manifest.RootElement.GetProperty("Assets").EnumerateArray()
            .Where(asset => asset.GetProperty("AssetRole").GetString() == "Primary")
            .Select(asset => asset.GetProperty("Identity").GetString())];
    }
}
