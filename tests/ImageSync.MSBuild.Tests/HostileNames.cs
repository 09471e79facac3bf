using System.Security;
using System.Text.RegularExpressions;
using ImageSync.Testing;
using Task = System.Threading.Tasks.Task;

namespace ImageSync.MSBuild.Tests;

/// <summary>
/// URLs, paths and item types that are made of MSBuild's own syntax. No more than the literal name comes out, and nothing is
/// expanded: the environment is not read, no file is read, made or deleted.
/// </summary>
/// <remarks>IMAGESYNC_FUZZ_ROUNDS=50 tries 100,000 names; IMAGESYNC_FUZZ_SEED tries others.</remarks>
public partial class HostileNames
{
    private const string Host = "http://127.0.0.1:1/";
    private const string Canary = "c4n4ry7d1f";

    private static readonly int Seed = EnvironmentNumber.Of("IMAGESYNC_FUZZ_SEED") ?? 14;
    private static readonly int Rounds = EnvironmentNumber.Of("IMAGESYNC_FUZZ_ROUNDS") ?? 1;

    // Each would show, make, change or delete something if it was expanded.
    private static readonly string[] Expressions =
    [
        "$(OS)", "$(IMAGESYNC_CANARY)", "$(MSBuildProjectFullPath)", "@(Canary)", "@(Canary->'%(Identity)')", "%(Identity)",
        "%(Canary.Identity)", "$([System.Environment]::GetEnvironmentVariable('IMAGESYNC_CANARY'))",
        "$([System.Environment]::GetEnvironmentVariable(`IMAGESYNC_CANARY`).ToUpper())",
        "$([System.IO.File]::ReadAllText('canary.txt'))", "$([System.IO.File]::ReadAllText(`canary.txt`).Substring(1))",
        "$([System.IO.Directory]::GetParent('canary.txt').CreateSubdirectory('made'))",
        "$([System.IO.Directory]::GetParent(`victim/x`).Delete(true))", "$([System.IO.Directory]::GetFiles('.'))",
        "$([MSBuild]::NormalizePath('canary.txt'))", "$([MSBuild]::Unescape('%2524(OS)'))", "$([System.DateTime]::Now.Ticks)",
        "$([System.Text.RegularExpressions.Regex]::Match(`$(OS)`, `.*`))", "`)$(OS)$(`", "')$(OS)$('",
    ];

    // What could make an expression of its neighbours, or end the argument of a function.
    private static readonly string[] Pieces =
    [
        "$", "@", "%", "(", ")", "$%28", "@%28", "%24", "%2524", "%2528", "%25", "%2", "%2x", "'", "\"", "''", "%27", "%22",
        "->", "::", "[", "]", "[System.IO.File]", "OS", "Identity", ",", " ", "%20", "+", "=", "!", "~", "*", "?", "%3F", "#",
        "%23", "/", "%2F", "\\", "%5C", "..", "%2E%2E", ".", ":", "{0}", "&", "|", "ö", "%C3%B6", "<", ">", "logo", "a", "1",
        "-", "_", ".png", ".png", ".PNG", ".svg", ".cshtml", ".targets",
    ];

    // How a project can come by its URLs: an item of its own each, or all of them from one text.
    private static readonly Dictionary<string, Func<TestDirectory, IReadOnlyList<string>, string>> Ways = new()
    {
        ["written"] = (_, urls) => Items(urls, url => Xml(Escape(url))),
        ["read"] = (files, urls) => Items(urls, url => Read(files, url)),
        ["read and unescaped"] = (files, urls) => Items([string.Join(';', urls)], all => $"$([MSBuild]::Unescape({Read(files, all)}))"),
        ["split"] = (files, urls) => Items([string.Join('\n', urls)], all => Split(files, all)),
        ["transformed"] = (files, urls) =>
            $"<Line Include=\"{Split(files, string.Join('\n', urls))}\" />{Items([""], _ => "@(Line->'%(Identity)')")}",
        ["listed"] = (files, urls) => $"<RemoteImageList Include=\"{files.Write("images.txt", string.Join('\n', urls))}\" />",
        ["Url"] = (files, urls) => Items(urls, url => $"n\" Url=\"$([MSBuild]::Unescape({Read(files, url)}))"),
    };

    private static IEnumerable<string> WayNames => Ways.Keys;

    [TestCaseSource(nameof(WayNames))]
    public async Task Evaluation_takes_a_name_as_it_is_or_leaves_it_to_the_task(string way)
    {
        foreach (var withSyntax in new[] { true, false })
        {
            var urls = Generate(new Random(Seed + way.Length), 200 * Rounds, withSyntax);

            // Lists of items and file patterns in such a text are MSBuild's to expand, before there is any item.
            urls = way == "read and unescaped" ? urls.ConvertAll(url => Regex.Replace(Regex.Replace(url, "@(?=%28|[(])", "$"), "[*?]", "-")) : urls;

            // Behind a blank a line of a list has the path of its file.
            urls = way == "listed" ? urls.ConvertAll(url => url.Replace(' ', '-')) : urls;
            var names = await EvaluateAsync(way, urls);
            Assert.That(names, Has.Count.EqualTo(urls.Count));
            Assert.That(names.Zip(urls).Where(pair => !IsLiteral(pair.First, pair.Second)).Select(pair => $"{pair.Second} became {pair.First}").Take(10), Is.Empty);
            if (way == "listed" && withSyntax && !urls.Exists(Syntax().IsMatch))
            {
                continue;
            }

            Assert.That(
                names.Any(name => name.Length > 0),
                Is.EqualTo(!withSyntax),
                "names are worked out where nothing is MSBuild's syntax, and only there");
        }
    }

    [Test]
    public async Task Paths_and_item_types_are_expanded_neither_at_evaluation_nor_in_a_build()
    {
        var random = new Random(Seed);
        using var project = new HostileProject();

        // The one without a path has the paths of all looked at.
        var result = await project.RunAsync(Items([""], _ => Host + "b.png") + Items(Generate(random, 100, withSyntax: true), url => $"{Host}a.png\" LocalPath=\"{Raw(url)}\" BuildAction=\"{Raw(Generate(random, 1, withSyntax: true)[0])}"),
            "-t:_ImageSyncBuild", "-p:ImageSyncOffline=true");
        Assert.That(
            (result.ExitCode, result.StandardOutput.Contains("error IMGSYNC1002", StringComparison.Ordinal)),
            Is.EqualTo((1, true)),
            result.ToString());
    }

    [Test]
    public async Task An_item_type_that_holds_syntax_is_an_error_also_of_an_item_that_a_target_adds([Values] bool byTarget)
    {
        await using var origin = new ScriptedOrigin();
        origin.On("/a.png", Reply.Ok(SampleImages.Png(1, 1000)));
        using var project = new HostileProject(mayWrite: "images");
        var item = Items([origin.Url("/a.png")], url => $"{url}\" BuildAction=\"{Raw(Host + "$([System.IO.Directory]::GetParent(`victim/x`).Delete(true))")}");
        var result = await project.RunAsync(byTarget ? $"</ItemGroup><Target Name=\"Add\" BeforeTargets=\"SyncImages\"><ItemGroup>{item}</ItemGroup></Target><ItemGroup>" : item, "-t:_ImageSyncBuild");
        Assert.That(result.StandardOutput, Does.Contain("error IMGSYNC1004"));
    }

    // What a default holds can come from an environment variable that somebody else fills, such as the title of a pull request.
    [Test]
    public async Task A_default_of_the_project_is_not_expanded_again([Values] bool isEnabled)
    {
        string[] metadata = ["Url", "LocalPath", "BuildAction", "Sha256", "MediaType", "MaxAge", "MaxBytes", "Optional", "RequestHeaders", "IgnoreQuery", "Watch", "Link"];
        using var project = new HostileProject();
        var definition = string.Concat(metadata.Select(name => $"<{name}>{Raw(Host + "$([System.IO.Directory]::GetParent(`victim/x`).Delete(true))")}</{name}>"));
        var result = await project.RunAsync(
            $"</ItemGroup><ItemDefinitionGroup><RemoteImage>{definition}</RemoteImage></ItemDefinitionGroup><ItemGroup>{Items([Host + "a.png"], url => url)}",
            "-t:_ImageSyncBuild", "-p:ImageSyncOffline=true", $"-p:ImageSyncEnabled={isEnabled}");
        Assert.That(result.ExitCode, Is.EqualTo(isEnabled ? 1 : 0), result.ToString());
    }

    // MSBuild's own errors would print them as they are, so the task tells of them.
    [TestCase("-p:ImageSyncEnabled=##vso[task.setvariable variable=a]b")]
    [TestCase("-p:ImageSyncOnBuild=##teamcity[x]")]
    [TestCase("-p:ImageSyncOwnsDirectory=##vso[x]")]
    public async Task A_switch_is_no_command(string property)
    {
        using var project = new HostileProject();
        var result = await project.RunAsync(Items([Host + "a.png"], url => url), "-t:_ImageSyncBuild", property);
        Assert.That(result.StandardOutput, Does.Contain("error IMGSYNC1004").And.Not.Contain("##"));
        Assert.That(result.StandardOutput, Does.Contain($"the property {property[3..].Split('=')[0]} is \"# #"));
    }

    [Test]
    public async Task An_item_type_is_no_command()
    {
        await using var origin = new ScriptedOrigin();
        origin.On("/a.png", Reply.Ok(SampleImages.Png(1, 1000)));
        using var project = new HostileProject(mayWrite: "images");
        var result = await project.RunAsync(Items([origin.Url("/a.png")], url => $"{url}\" BuildAction=\"##vso[task.setvariable variable=a]b"), "-t:_ImageSyncBuild");
        Assert.That(result.StandardOutput, Does.Contain("error IMGSYNC1004").And.Not.Contain("##"));
        Assert.That(origin.Requests, Is.Empty, "it is told before anything is asked for");
    }

    [Test]
    public void The_task_takes_a_name_as_it_is_or_refuses_it()
    {
        var urls = Generate(new Random(Seed), 1_000 * Rounds, withSyntax: true).Concat(Generate(new Random(Seed + 1), 1_000 * Rounds, withSyntax: false)).ToList();
        var run = new TaskRun();
        Assert.That(
            run.Execute(urls.Select(url => TaskRun.Item("n", ("Url", url))), task => (task.Offline, task.Directory) = ("true", "images/")),
            Is.False);
        Assert.That(run.Synced, Has.Length.EqualTo(urls.Count));
        var taken = run.Synced.Zip(urls).Where(pair => pair.First.GetMetadata("Code") == "IMGSYNC2006").Select(pair => (Name: pair.First.ItemSpec, Url: pair.Second)).ToList();
        Assert.That(taken, Has.Count.GreaterThan(urls.Count / 50));
        Assert.That(taken.Where(pair => pair.Name != "images/" + Uri.UnescapeDataString(LastSegment().Match(pair.Url.Replace('\\', '/')).Value).Split('/', '\\')[^1].TrimEnd() || Syntax().IsMatch(pair.Name)), Is.Empty);
    }

    /// <summary>MSBuild pastes metadata before it expands a text. Where the targets have that done, something has looked at the metadata before.</summary>
    [Test]
    public void Every_place_where_metadata_are_pasted_is_known()
    {
        string[] known =
        [
            // Where _ImageSyncSyntax has found nothing in them.
            "RemoteImage/_ImageSyncName", "RemoteImage/_ImageSyncOctets", "RemoteImage/LocalPath", "RemoteImage/_ImageSyncFolder",
            "RemoteImage/BuildAction", "RemoteImage/Watch",

            // Where _ImageSyncUnreadable, or _ImageSyncHasSyntax has.
            "RemoteImageList/LocalPath", "RemoteImageList/_ImageSyncList", "RemoteImageList/_ImageSyncListInclude",
            "RemoteImageList/_ImageSyncListProject", "RemoteImageList/_ImageSyncListFolder", "RemoteImageList/_ImageSyncIsFile",
            "RemoteImageList/_ImageSyncLength", "RemoteImageList/_ImageSyncHasSyntax", "RemoteImageList/_ImageSyncLines",
            "_ImageSyncListed/_ImageSyncUrl", "_ImageSyncListed/_ImageSyncPath", "_ImageSyncListed/_ImageSyncName",
            "_ImageSyncListed/_ImageSyncFolder", "_ImageSyncListed/LocalPath",

            // Where _ImageSyncOtherSyntax has found nothing in them.
            "_ImageSyncPlaceOthers/CreateItem", "CreateItem/Output",
        ];
        var pasting = TargetsFiles.Elements.Where(element => element.Attributes().Select(attribute => attribute.Value)
            .Append(element.HasElements ? "" : element.Value)
            .Any(text => Transform().Replace(text, "").Contains("%(", StringComparison.Ordinal)));
        Assert.That(pasting.Select(element => $"{(string?)element.Parent!.Attribute("Name") ?? element.Parent.Name.LocalName}/{element.Name.LocalName}").Distinct(), Is.EquivalentTo(known));
    }

    private static async Task<IReadOnlyList<string>> EvaluateAsync(string way, IReadOnlyList<string> urls)
    {
        var files = new TestDirectory();
        using var project = new HostileProject();
        (await project.RunAsync(Ways[way](files, urls), "-t:Show", $"-p:Shown={files.PathOf("names")}")).ShouldSucceed();
        return [.. files.ReadText("names").TrimEnd('\n').Split('\n').Select(line => line.TrimEnd('\r')[1..^1])];
    }

    // Nothing, or the last segment of the URL as it stands, or with its escapes undone as often as MSBuild may have undone them.
    private static bool IsLiteral(string name, string url)
    {
        string[] levels = [url, Uri.UnescapeDataString(url), Uri.UnescapeDataString(Uri.UnescapeDataString(url))];
        return name.Length == 0 || levels.Any(level => name == "images/" + LastSegment().Match(level.Replace('\\', '/').TrimEnd()).Value);
    }

    private static List<string> Generate(Random random, int count, bool withSyntax)
    {
        var urls = new List<string>();
        while (urls.Count < count)
        {
            var pieces = Enumerable.Range(0, random.Next(1, 7)).Select(_ => withSyntax && random.Next(3) == 0 ? Expressions[random.Next(Expressions.Length)] : Pieces[random.Next(Pieces.Length)]);
            var url = Host + string.Concat(pieces) + (random.Next(3) == 0 ? "" : ".png");
            if (withSyntax ? urls.Count > 0 || HasSyntax(url) : !HasSyntax(Uri.UnescapeDataString(url)))
            {
                urls.Add(url);
            }
        }

        return urls;
    }

    private static bool HasSyntax(string text) => Syntax().IsMatch(text) || Syntax().IsMatch(Uri.UnescapeDataString(text));

    private static string Items(IEnumerable<string> texts, Func<string, string> include) =>
        string.Concat(texts.Select(text => $"<RemoteImage Include=\"{include(text)}\" />\n"));

    // As an author would write the text, so that it arrives as it is.
    private static string Escape(string text) => Regex.Replace(text, @"[%*?@$();']", match => $"%{(int)match.Value[0]:x2}");

    // The same, but what arrives are the characters themselves, which MSBuild expands if they are pasted. It expands lists of items
    // at once, in the very text that unescapes them: so there are none.
    private static string Raw(string url) =>
        $"$([MSBuild]::Unescape('{Xml(Escape(Escape(url[Host.Length..].Replace("@(", "$(", StringComparison.Ordinal))))}'))";

    private static string Xml(string text) => SecurityElement.Escape(text);

    // What MSBuild reads a text by, and by what it makes its lines items.
    private static string Read(TestDirectory files, string text) =>
        $"$([System.IO.File]::ReadAllText('{files.Write($"{Guid.NewGuid():N}.txt", text)}'))";

    private static string Split(TestDirectory files, string text) =>
        $"$([System.Text.RegularExpressions.Regex]::Split({Read(files, text)}, '\n'))";

    [GeneratedRegex(@"[$@%]\(|`")]
    private static partial Regex Syntax();

    [GeneratedRegex(@"(?<=/)[^/?#]*(?=([?#].*)?$)", RegexOptions.Singleline)]
    private static partial Regex LastSegment();

    [GeneratedRegex(@"@\([A-Za-z_]+->(?:[^()']|'[^']*'|\([^)]*\))*\)")]
    private static partial Regex Transform();

    /// <summary>A project among things that an expansion could show, change or delete; disposing it looks whether one has.</summary>
    private sealed class HostileProject : IDisposable
    {
        private readonly TestDirectory _directory = new();
        private readonly string? _mayWrite;
        private IReadOnlyList<string> _before = [];
        private CommandResult? _result;

        public HostileProject(string? mayWrite = null)
        {
            _mayWrite = mayWrite;
            _directory.Write("canary.txt", Canary);
            _directory.Write("victim/file", "v");
        }

        public async Task<CommandResult> RunAsync(string items, params string[] arguments)
        {
            _directory.Write("p.proj", $"""
                <Project>
                  <PropertyGroup><BaseIntermediateOutputPath>{new TestDirectory().FullPath}/</BaseIntermediateOutputPath></PropertyGroup>
                  <PropertyGroup>{TargetsFiles.BuiltHere}</PropertyGroup>
                  <ItemGroup><Canary Include="{Canary}" />{items}</ItemGroup>
                  <Import Project="{TargetsFiles.Main}" />
                  <Target Name="Show"><WriteLinesToFile File="$(Shown)" Lines="@(RemoteImage->'[%(LocalPath)]')" /></Target>
                </Project>
                """);
            _before = FolderState.Of(_directory.FullPath);
            var dotnet = new DotNet(_directory.FullPath) { Environment = new Dictionary<string, string?> { ["IMAGESYNC_CANARY"] = Canary } };
            return _result = await dotnet.RunAsync(["msbuild", "p.proj", .. arguments]);
        }

        public void Dispose()
        {
            Assert.That(_result!.StandardOutput, Does.Not.Contain(Canary).IgnoreCase.And.Not.Contain(Canary[1..]).IgnoreCase);
            Assert.That(FolderState.Of(_directory.FullPath).Where(IsWatched), Is.EqualTo(_before.Where(IsWatched)));
        }

        private bool IsWatched(string entry) => _mayWrite is null || !entry.StartsWith(_mayWrite, StringComparison.Ordinal);
    }
}
