using System.Text.Json;
using System.Text.RegularExpressions;
using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>Every snippet of the README, CONTRIBUTING and docs/: taken from there and run, or excused by the table in <see cref="SnippetRules"/>.</summary>
public sealed partial class DocumentedSnippets
{
    private static readonly byte[] Logo = SampleImages.Png(1, 3_000);

    private readonly DeadPort _elsewhere = new();
    private ScriptedOrigin _origin;
    private TestDirectory _directory;
    private Dictionary<Snippet, SnippetProject> _projects;
    private CommandResult _commands;
    private CommandResult _run;

    private static IEnumerable<Snippet> All => DocumentationPage.All.SelectMany(page => page.Snippets);

    private static IEnumerable<Snippet> Synced => All.Where(snippet => SnippetRules.Of(snippet) == SnippetUse.Synced);

    private static IEnumerable<Snippet> Built => All.Where(snippet => SnippetRules.Of(snippet) == SnippetUse.Built);

    private static IEnumerable<Snippet> Commands => All.Where(snippet => SnippetRules.Of(snippet) == SnippetUse.Commands);

    // All projects are one solution: three commands for the lot, whatever the number of snippets.
    [OneTimeSetUp]
    public async Task Run()
    {
        _origin = new ScriptedOrigin().Otherwise(Answer);
        _directory = new TestDirectory();
        _projects = Synced.Concat(Built).Concat(Commands).ToDictionary(snippet => snippet, snippet => new SnippetProject(_directory, snippet, new Uri(_origin.Url("/"))));
        _directory.Write("All.slnx", SolutionFile.Xml([.. _projects.Values.Select(project => project.File)]));
        _directory.Write("nuget.config", $"""<configuration><packageSources><clear /><add key="packed" value="{Packed.Package.FeedFolder}" /></packageSources></configuration>""");
        _directory.Write("commands.sh", string.Concat(Commands.Select(snippet => Script(_projects[snippet]))));

        var dotnet = new DotNet(_directory.FullPath) { PackagesFolder = Packed.Package.PackagesFolder, Environment = Environment() };
        (await dotnet.RunAsync("msbuild", "All.slnx", "-t:Restore", "-m:1", "-v:quiet")).ShouldSucceed();
        _commands = await dotnet.RunBashAsync("commands.sh");
        _run = await dotnet.RunAsync("msbuild", "All.slnx", $"-t:{SnippetProject.Target}", "-m:1", "-tl:off");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _elsewhere.Dispose();
        await _origin.DisposeAsync();
    }

    [Test]
    public void EverySnippetHasARule() =>
        Assert.That(All.Where(snippet => SnippetRules.Of(snippet) == SnippetUse.Unknown), Is.Empty, $"Say in {nameof(SnippetRules)} what is to be done with these.");

    [Test]
    public void EveryExceptionIsNeeded() =>
        Assert.That(SnippetRules.NotRun.Where(row => !All.Any(snippet => SnippetRules.Matches(row, snippet))), Is.Empty);

    [TestCaseSource(nameof(Synced))]
    public void Syncs(Snippet snippet)
    {
        var project = _projects[snippet];
        Assert.That(project.Synced, Is.Not.Null.And.Not.Empty, () => $"{snippet.Text}\n{_run}");
        foreach (var line in project.Synced!)
        {
            var (path, status) = (line[..line.LastIndexOf(' ')], line[(line.LastIndexOf(' ') + 1)..]);
            Assert.That(status, Is.EqualTo("Added"), () => $"{snippet.Text}\n{_run}");
            Assert.That(Path.Combine(project.Folder, path), Does.Exist);
        }

        Assert.That(_run.Output, Does.Not.Match($@"{Regex.Escape(snippet.FileName)}\.csproj.*: (warning|error) "));
    }

    [TestCaseSource(nameof(Built))]
    public void LooksTheSameWithoutImageSync(Snippet snippet)
    {
        // The next snippet on the page is the same with ImageSync.
        var after = Synced.First(other => other.Page == snippet.Page && other.Line > snippet.Line);
        Assert.That(_projects[snippet].Synced, Is.Not.Null, () => $"{snippet.Text}\n{_run}");
        Assert.That(_projects[snippet].Files, Is.Not.Empty.And.EquivalentTo(_projects[after].Files));
    }

    [Test]
    public void FilesOfAnotherManifestHaveTheirPlace()
    {
        var before = All.Single(snippet => snippet.Language == "json" && snippet.Page == "docs/migrating.md");
        var after = Synced.First(snippet => snippet.Page == before.Page && snippet.Line > before.Line);
        var files = JsonDocument.Parse(before.Text).RootElement.GetProperty("libraries").EnumerateArray()
            .Where(library => library.TryGetProperty("provider", out var provider) && provider.GetString() == "filesystem")
            .SelectMany(library => library.GetProperty("files").EnumerateArray().Select(file => $"{library.GetProperty("destination")}/{file}"));
        Assert.That(_projects[after].Files.Keys, Is.EquivalentTo(files));
    }

    [TestCaseSource(nameof(Commands))]
    public void Runs(Snippet snippet)
    {
        var project = _projects[snippet];
        Assert.That(_commands.Output, Does.Contain($"{snippet.FileName}: 0"), () => _commands.ToString());
        Assert.That(project.Files[SnippetProject.Image], Is.EqualTo(SnippetProject.DigestOf(Logo)));
        foreach (var path in Place().Matches(snippet.Text).Select(match => match.Groups[1].Value))
        {
            Assert.That(Path.Exists(Path.GetFullPath(path.Replace("~", _directory.PathOf("home"), StringComparison.Ordinal), project.Folder)), path);
        }
    }

    [Test]
    public void LockFileLooksAsShown() => LooksAsShown("docs/lock-file.md", "entityTag", "<ImageSyncLockFile>", "images.lock.json");

    [Test]
    public void ManifestLooksAsShown() => LooksAsShown("docs/manifest.md", "integrity", "<ImageSyncManifestFile>", "images.json");

    private void LooksAsShown(string page, string member, string property, string file)
    {
        using var shown = JsonDocument.Parse(All.Single(snippet =>
            snippet.Language == "json" && snippet.Page == page && snippet.Text.Contains($"\"{member}\"", StringComparison.Ordinal)).Text);
        var project = _projects[Synced.First(snippet => snippet.Page == page && snippet.Text.Contains(property, StringComparison.Ordinal))];
        using var written = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(project.Folder, file)));
        Assert.That(Shape(written.RootElement), Is.EqualTo(Shape(shown.RootElement)));
    }

    private static Reply Answer(RecordedRequest request)
    {
        var bytes = request.Target.EndsWith(".png", StringComparison.Ordinal) ? Logo : "<rss version=\"2.0\" />"u8.ToArray();
        return Reply.Current(request, bytes, "\"1\"").With("Last-Modified", "Wed, 24 Jan 2024 05:36:04 GMT");
    }

    private static string Script(SnippetProject project) =>
        $"""
        (
        cd '{project.Folder}'
        set -e
        {project.Text}{(project.Text.Contains("dotnet ", StringComparison.Ordinal) ? "" : "dotnet msbuild -t:SyncImages")}
        )
        echo "{project.Snippet.FileName}: $?"

        """;

    // Names in their order, and values where both have to be the same.
    private static IEnumerable<string> Shape(JsonElement element) => element.EnumerateObject().SelectMany(property => property.Value.ValueKind == JsonValueKind.Object
        ? Shape(property.Value).Prepend(property.Name)
        : [property.Name is "url" or "version" or "lastModified" ? $"{property.Name}: {property.Value}" : $"{property.Name}: {property.Value.ValueKind}"]);

    // Every host of the snippets has loopback for a mirror, and whatever else should be asked meets a proxy that is not there.
    private Dictionary<string, string?> Environment()
    {
        var origins = Synced.SelectMany(snippet => Origin().Matches(snippet.Text).Select(match => match.Value)).Append("https://cdn.example.com").Distinct();
        return new()
        {
            // For "~" in snippets; the SDK keeps its own, which knows that this is not its first run.
            ["HOME"] = Directory.CreateDirectory(_directory.PathOf("home")).FullName,
            ["DOTNET_CLI_HOME"] = System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile),
            ["ImageSyncMirror"] = string.Join(';', origins.Select(origin => $"{origin}={_origin.Url("/")}{new Uri(origin).Host}")),
            ["http_proxy"] = _elsewhere.Url(""),
            ["https_proxy"] = _elsewhere.Url(""),
        };
    }

    [GeneratedRegex(@"https?://[\w.-]+(:\d+)?")]
    private static partial Regex Origin();

    [GeneratedRegex(@"\bImageSync(?:\w+File|Store)=(\S+)")]
    private static partial Regex Place();
}
