using System.Text.Json;
using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>Static web assets of an app and of the Razor class library that it references, from a clean clone on.</summary>
public sealed class WebAssets
{
    private const string Manifests = "obj/Debug/net10.0/staticwebassets.build";

    private static readonly byte[] Photo = SampleImages.Png(1, 5_000);

    private ScriptedOrigin _origin;
    private ConsumerProject _library;
    private ConsumerProject _app;
    private int _color;

    private byte[] Mark => SampleImages.Svg(_color);

    [SetUp]
    public void Declare()
    {
        _color = 1;
        _origin = new ScriptedOrigin()
            .On("/photo.png", request => Reply.Current(request, Photo, "\"1\""))
            .On("/mark.svg", request => Reply.Current(request, Mark, $"\"{_color}\""));
        var directory = new TestDirectory();
        _library = new ConsumerProject(
            directory,
            Packed.Package,
            $"""<RemoteImage Include="{_origin.Url("/mark.svg")}" LocalPath="wwwroot/brand/mark.svg" BuildAction="Content" />""",
            sdk: "Microsoft.NET.Sdk.Razor",
            file: "library/Library.csproj");
        _app = new ConsumerProject(
            directory,
            Packed.Package,
            $"""
            <ProjectReference Include="../library/Library.csproj" />
            <RemoteImage Include="{_origin.Url("/photo.png")}" LocalPath="wwwroot/img/photo.png" BuildAction="Content" />
            """,
            sdk: "Microsoft.NET.Sdk.Web",
            program: "WebApplication.Create(args).Run();");
    }

    [TearDown]
    public async Task Stop() => await _origin.DisposeAsync();

    [Test]
    public async Task Build()
    {
        // act: a clean clone
        (await _app.BuildAsync()).ShouldSucceed();

        // assert
        using (var manifest = JsonDocument.Parse(_app.Read($"{Manifests}.json")))
        {
            var assets = manifest.RootElement.GetProperty("Assets").EnumerateArray().Where(asset => Text(asset, "AssetRole") == "Primary").ToDictionary(asset => Text(asset, "Identity"));
            Assert.That(assets.Keys, Is.EquivalentTo(new[] { _app.PathOf("wwwroot/img/photo.png"), _library.PathOf("wwwroot/brand/mark.svg") }));
            var fingerprints = assets.ToDictionary(asset => Path.GetFileName(asset.Key), asset => Text(asset.Value, "Fingerprint"));
            Assert.That(Routes(), Is.SupersetOf(new[]
            {
                "img/photo.png", $"img/photo.{fingerprints["photo.png"]}.png",
                "_content/Library/brand/mark.svg", $"_content/Library/brand/mark.{fingerprints["mark.svg"]}.svg", "_content/Library/brand/mark.svg.gz",
            }));
        }

        // act: nothing new
        var before = Times();
        _origin.Clear();
        var second = BuildLog.Of((await _app.Logged.BuildAsync()).ShouldSucceed());

        // assert: no file of either project was written, the manifests included
        Assert.That(_origin.Requests.Select(request => request.IsConditional), Is.EqualTo(new[] { true, true }));
        Assert.That(second.Tasks, Does.Not.Contain("Csc"));
        Assert.That(Times(), Is.EqualTo(before));

        // act: the library's image is another one
        _color = 2;
        var third = BuildLog.Of((await _app.Logged.BuildAsync()).ShouldSucceed());

        // assert: what depends on it was written, and nothing else
        var written = Times().Except(before).Select(file => file.Key).ToList();
        Assert.That(written, Does.Contain($"app/{Manifests}.json").And.Contain($"app/{Manifests}.endpoints.json").And.Contain($"library/{Manifests}.json"));
        Assert.That(written.Where(file => file.EndsWith(".gz", StringComparison.Ordinal)), Is.Not.Empty);
        Assert.That(written.Where(file => file.EndsWith(".dll", StringComparison.Ordinal) || file.Contains("photo", StringComparison.Ordinal)), Is.Empty);
        Assert.That(third.Tasks, Does.Not.Contain("Csc"));
    }

    [Test]
    public async Task Publish()
    {
        const string Folder = "bin/Release/net10.0/publish/wwwroot";

        // act: a clean clone
        (await _app.RunAsync("publish")).ShouldSucceed();

        // assert
        Assert.That(_app.Read($"{Folder}/img/photo.png"), Is.EqualTo(Photo));
        Assert.That(_app.Read($"{Folder}/_content/Library/brand/mark.svg"), Is.EqualTo(Mark));
        var times = _app.TimesBelow(Folder);
        Assert.That(times.Keys.Select(path => path[(Folder.Length + 1)..]), Is.EquivalentTo(new[]
        {
            "img/photo.png", "_content/Library/brand/mark.svg", "_content/Library/brand/mark.svg.gz", "_content/Library/brand/mark.svg.br",
        }));

        // act, assert: nothing new
        (await _app.RunAsync("publish")).ShouldSucceed();
        Assert.That(_app.TimesBelow(Folder), Is.EqualTo(times));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private List<string> Routes()
    {
        using var manifest = JsonDocument.Parse(_app.Read($"{Manifests}.endpoints.json"));
        return [.. manifest.RootElement.GetProperty("Endpoints").EnumerateArray().Select(endpoint => Text(endpoint, "Route"))];
    }

    private Dictionary<string, DateTime> Times() =>
        new[] { (Name: "app", Project: _app), (Name: "library", Project: _library) }
            .SelectMany(one => one.Project.TimesBelow("bin", "obj").Select(file => ($"{one.Name}/{file.Key}", file.Value)))
            .ToDictionary();
}
