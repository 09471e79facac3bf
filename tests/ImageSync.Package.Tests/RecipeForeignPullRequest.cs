using System.Text.RegularExpressions;
using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>The job of docs/recipes/pull-requests.md, and the limits of a pipeline that holds a secret, against a change that wants more.</summary>
public sealed partial class RecipeForeignPullRequest
{
    private const string ProjectFile = "src/Site/Site.csproj";
    private const string Secret = "s3cret-of-the-pipeline";

    private static readonly RecipePage Page = new("pull-requests.md");

    private RecipeSite _site;

    [SetUp]
    public async Task Sync()
    {
        _site = new RecipeSite();
        _site.Serve("a.png", 1);
        _site.Want("a.png");
        Assert.That(await new RecipeRunner(_site, "github-actions.md").RunAsync(), Is.Zero);
        _site.Origin.Clear();
    }

    [TearDown]
    public async Task Stop() => await _site.DisposeAsync();

    [Test]
    public async Task BuildsWithoutARequestAndAsksNoOtherHost()
    {
        // arrange
        var yaml = Page.Blocks("yaml").Single();
        var script = RecipePage.Scripts(yaml).Single();
        (string, string)[] environment = [.. Variable().Matches(yaml).Select(match => (match.Groups["name"].Value, Here(match.Groups["value"].Value)))];
        Assert.That(environment, Has.Length.EqualTo(2));
        _site.Checkout("same");
        _site.Checkout("other");
        Change("other", "127.0.0.1", "localhost");

        // act
        var same = await _site.RunAsync("same", script, ["-e"], environment);
        var other = await _site.RunAsync("other", script, ["-e"], environment);

        // assert
        same.ShouldSucceed();
        Assert.That(other.ShouldFail().Output, Does.Contain("IMGSYNC1006").And.Contain("IMAGESYNC_ALLOWED_HOSTS"));
        Assert.That(_site.Origin.Requests, Is.Empty);
    }

    [Test]
    public async Task ASecretGoesToItsHostWhateverTheProjectSays()
    {
        // arrange: the second item wants the secret at another host, which the limits allow; and the project says that there are none
        var script = Here(Page.Blocks("sh").Single()).Replace("*.example.org", "localhost", StringComparison.Ordinal);
        _site.Checkout("run");
        Change("run", "LocalPath=", "RequestHeaders=\"X-Key: ${CDN_TOKEN}\" LocalPath=");
        Change("run", "</ItemGroup>", $$"""<RemoteImage Include="http://localhost:{{_site.Origin.Port}}/a.png" RequestHeaders="X-Key: ${CDN_TOKEN}" LocalPath="b.png" /></ItemGroup>""");
        Change("run", "<PropertyGroup>", "<PropertyGroup><IMAGESYNC_ALLOWED_VARIABLES>CDN_TOKEN</IMAGESYNC_ALLOWED_VARIABLES>");

        // act
        var result = await _site.RunAsync("run", script, ["-e"], ("CDN_TOKEN", Secret));

        // assert
        Assert.That(result.ShouldFail().Output, Does.Contain("IMGSYNC1005").And.Contain("whose value may not go to localhost").And.Not.Contain(Secret));
        Assert.That(_site.Origin.Requests.Select(request => request.Header("Host")![..9]), Is.EqualTo(new[] { "127.0.0.1" }));
        Assert.That(_site.Origin.Requests[0].Header("X-Key"), Is.EqualTo(Secret));
    }

    private static string Here(string text) => text.Replace("cdn.example.com", "127.0.0.1", StringComparison.Ordinal);

    private void Change(string checkout, string from, string to)
    {
        var text = File.ReadAllText(_site.Directory.PathOf($"{checkout}/{ProjectFile}"));
        Assert.That(text, Does.Contain(from));
        _site.Directory.Write($"{checkout}/{ProjectFile}", text.Replace(from, to, StringComparison.Ordinal));
    }

    [GeneratedRegex("""^ +(?<name>IMAGESYNC_\w+): "?(?<value>[^"\n]+)"?$""", RegexOptions.Multiline)]
    private static partial Regex Variable();
}
