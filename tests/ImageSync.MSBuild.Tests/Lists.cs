extern alias TheEngine;
extern alias TheTask;

using System.Text.RegularExpressions;
using ImageSync.Testing;
using TheEngine::ImageSync.Engine.Lists;
using MSBuildSyntax = TheTask::ImageSync.Sync.MSBuildSyntax;
using Task = System.Threading.Tasks.Task;

namespace ImageSync.MSBuild.Tests;

/// <summary>The images of <c>RemoteImageList</c> items: evaluation reads a list as the command does.</summary>
/// <remarks>IMAGESYNC_FUZZ_ROUNDS=50 tries 10,000 lists; IMAGESYNC_FUZZ_SEED tries others.</remarks>
public partial class Lists
{
    private static readonly int Seed = EnvironmentNumber.Of("IMAGESYNC_FUZZ_SEED") ?? 18;
    private static readonly int Rounds = EnvironmentNumber.Of("IMAGESYNC_FUZZ_ROUNDS") ?? 1;

    // What decides where a line, its URL, its path and its comment end. White space of other kinds is left out: MSBuild
    // trims it at both ends of a value, where the command keeps it.
    private static readonly string[] Pieces =
    [
        "\n", "\n", "\r\n", "\r", "\n\n", " ", " ", "  ", "\t", " \t ", "#", " # ", "\n#", " #x\n",
        "https://h/", "https://h/", "http://h:8/a/b/",        "a.png", "b.PNG", "c.svg?v=1", "d.jpg#e", "img/",
        "img/x.png", "größe.png", "a b.png", "%20", "%3B", "%25", "%C3%B6", ";", "|", " |", "'",
        "\"", "&", "<", ",", "=", "*", "?", "+", "~", ".", "..", "/", "logo", "é",
    ];

    // Whole texts that have been looked at one by one.
    private static readonly string[] Texts =
    [
        "", "\n", "#", " # x", "https://h/a.png", "https://h/a.png\n",
        "\uFEFFhttps://h/a.png img/a.png\r\n",
        "  https://h/a.png\t\timg/a b.png  # c\r\n# d",
        "https://h/a;b.png img/a;b.png\nhttps://h/%20%2520.png\n", "https://h/a.png |b.png", "https://h/a.png\t|a.png",
        "https://h/a|b.png x|y.png",
        "https://h/a.png # c # d\nhttps://h/b.png#c #d", "https://h/con.png\nhttps://h/.png\nhttps://h/a..png\nhttps://h/a.b.png",
        "a\rb\n\rc", "https://h/*.png *.png\nhttps://h/**/a.png", "not-a-url\nhttps://h\nhttps://h/\nhttps://h//a.png\n//h/a.png",
        "https://h/a.png\nhttps://h/a.png img/a.png", "https://h/a.png img/a\u00A0b\u2003c.png",
    ];

    [Test]
    public async Task Evaluation_reads_what_the_command_reads()
    {
        // arrange
        var random = new Random(Seed);
        var made = Enumerable.Range(0, 200 * Rounds)
            .Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => Pieces[random.Next(Pieces.Length)])));
        List<string> texts = [.. Texts, .. made];
        var directory = new TestDirectory();
        var lists = texts.Select((text, i) => $"<RemoteImageList Include=\"{Path.GetFileName(directory.Write($"{i}.txt", text))}\" />");

        // act
        var items = await EvaluateAsync(directory, string.Concat(lists));

        // assert
        for (var i = 0; i < texts.Count; i++)
        {
            // MSBuild trims items, of white space too that is none of a list's blanks.
            var expected = new ImageList(texts[i]).Images.Select(image => $"{Unescaped(image.Url)} {Shown(image.Path.Trim())}".Trim());
            var actual = items.Where(item => item.List == $"{i}.txt")
                .Select(item => $"{item.Url} {(item.IsNamed ? "" : item.LocalPath)}".Trim());
            Assert.That(actual.Where(line => line.Length > 0), Is.EqualTo(expected.Where(line => line.Length > 0)), $"{i}: {texts[i]}");
        }
    }

    // A line of a million blanks must not be looked at a million times: this would take hours.
    [Test]
    public async Task A_list_that_is_made_to_be_slow_is_not()
    {
        // arrange
        var blanks = new string(' ', 1_000_000);
        var directory = new TestDirectory();
        directory.Write("0.txt", $"https://h/a.png{blanks}x.png\n{blanks}\n{Times(" \t")}#\nhttps://h/b.png{blanks}");
        directory.Write("1.txt", $"https://h/{Times("a.")}\nhttps://h/{Times("a/")}c.pn\n{new string('#', 1_000_000)}");

        // act
        var items = await EvaluateAsync(directory, "<RemoteImageList Include=\"0.txt;1.txt\" />");

        // assert
        Assert.That(items.Select(item => item.LocalPath[..Math.Min(12, item.LocalPath.Length)]),
            Is.EqualTo(new[] { "x.png", "images/b.png", "", "" }));

        static string Times(string text) => string.Concat(Enumerable.Repeat(text, 100_000));
    }

    [Test]
    public async Task Metadata_of_a_list_are_defaults_of_its_images()
    {
        // arrange
        var directory = new TestDirectory();
        directory.Write("a/images.txt", "https://h/a.png\nhttps://h/b.png own/b.png\nhttps://h/c.png own/\nhttps://h/d%20e.png\n");
        directory.Write("b.txt", "https://h/f.png\n");

        // act
        var items = await EvaluateAsync(directory, """
            <RemoteImageList Include="a/*.txt" LocalPath="wwwroot/img" BuildAction="Content" />
            <RemoteImageList Include="$(MSBuildProjectDirectory)/b.txt" BuildAction="None" />
            <RemoteImage Include="https://h/g.png" />
            """);

        // assert
        Assert.That(items.Select(item => $"{item.LocalPath} {item.BuildAction}"), Is.EqualTo(new[]
        {
            "images/g.png ", "wwwroot/img/a.png Content", "a/own/b.png Content", "a/own/c.png Content", "wwwroot/img/d e.png Content",
            "images/f.png None",
        }));
    }

    // Where one line holds MSBuild's syntax, all lines of its list are left to the task.
    [TestCase("https://h/$(OS).png", "https://h/$(OS).png", "", "img/")]
    [TestCase("https://h/$(OS).png \t a b.png", "https://h/$(OS).png", "a b.png", "a/a b.png")]
    [TestCase("https://h/a%20b.png\u001Fa%20b.png", "https://h/a%20b.png", "", "img/")]
    [TestCase("https://h/a.png own/", "https://h/a.png", "own/", "a/own/")]
    public void The_task_splits_a_line_that_evaluation_has_left_whole(string line, string url, string path, string localPath)
    {
        var item = TaskRun.Item(
            MSBuildSyntax.Escape(line), ("LocalPath", "img/"), ("_ImageSyncHasSyntax", "True"), ("_ImageSyncList", "/p/a/l"),
            ("_ImageSyncListFolder", "a/"));
        var fields = string.Join('|', RemoteImageItem.Fields(item).Select(field => $"{field.Name}={field.Value}"));
        Assert.That(fields, Is.EqualTo($"Include={url}|LocalPath={localPath}|List=/p/a/l{(path.Length > 0 ? "|ListPath=" + path : "")}"));
    }

    [TestCase("<RemoteImageList Include=\"none.txt\" />", "IMGSYNC1008: The list of images \"none.txt\" is not there.")]
    [TestCase("<RemoteImageList Include=\"obj\" />", "IMGSYNC1008: The list of images \"obj\" was not read")]
    [TestCase("<RemoteImageList Include=\"a`b.txt\" />", "IMGSYNC1008: The list of images \"a`b.txt\" was not read")]
    [TestCase("<RemoteImageLists Include=\"a.txt\" />",
        "IMGSYNC1007: ImageSync: nothing syncs items of the type RemoteImageLists. Did you mean RemoteImageList?")]
    public async Task A_list_that_cannot_be_read_is_told_of(string items, string expected)
    {
        // arrange
        var directory = new TestDirectory();
        directory.Write("a.txt", "https://h/a.png");
        directory.Write("a`b.txt", "https://h/a.png");
        directory.Write("obj/x", "");

        // act
        var result = await RunAsync(directory, items, "-t:SyncImages");

        // assert
        Assert.That(result.StandardOutput, Does.Contain(expected));
    }

    [TestCase("images.txt", 0)]
    [TestCase("lists", 1)]
    public async Task The_page_shows_what_is_told(string list, int example)
    {
        // arrange
        var examples = Example().Matches(File.ReadAllText(RepositoryRoot.PathOf("docs/diagnostics/IMGSYNC1008.md")));
        var directory = new TestDirectory();
        directory.Write("lists/a.txt", "");

        // act
        var result = await RunAsync(directory, $"<RemoteImageList Include=\"{list}\" />", "-t:SyncImages");

        // assert
        Assert.That(result.StandardOutput, Does.Contain(examples[example].Groups[1].Value));
        Assert.That(examples, Has.Count.EqualTo(2));
    }

    // What a repository can hold: reading one of them would not end.
    [Test, Platform("Linux,MacOsX")]
    public async Task What_is_no_regular_file_is_not_read()
    {
        // arrange
        var directory = new TestDirectory();
        SpecialFile.Fifo.Make(directory.PathOf("pipe.txt"));
        File.CreateSymbolicLink(directory.PathOf("zero.txt"), "/dev/zero");
        directory.Write("empty.txt", "");
        directory.Write("a.txt", "https://h/a.png");

        // act
        var items = await EvaluateAsync(directory, "<RemoteImageList Include=\"*.txt\" />");
        var result = await RunAsync(directory, "<RemoteImageList Include=\"*.txt\" />", "-t:SyncImages");

        // assert
        Assert.That(items.Select(item => item.LocalPath), Is.EqualTo(new[] { "images/a.png" }));
        Assert.That(result.StandardOutput, Does.Contain("IMGSYNC1008: The list of images \"zero.txt\" was not read"));
    }

    // A list chooses images, and where they are. What tools obey is no image by its name.
    [TestCase("https://h/t.targets Directory.Build.targets", "*/*")]
    [TestCase("https://h/a.png Makefile", "image/*")]
    [TestCase("https://h/Makefile ./", "image/*")]
    [TestCase("https://h/CODEOWNERS docs/", "image/*")]
    [TestCase("https://h/a.png img/_redirects", "*/*")]
    [TestCase("https://h/$(X).png Makefile", "image/*")]
    public async Task A_path_of_a_list_is_not_the_authors(string line, string mediaType)
    {
        // arrange
        var directory = new TestDirectory();
        directory.Write("images.txt", line);

        // act
        var list = $"<RemoteImageList Include=\"images.txt\" MediaType=\"{mediaType}\" />";
        var result = await RunAsync(directory, list, "-t:SyncImages", "-p:ImageSyncOffline=true");

        // assert
        Assert.That(result.StandardOutput, Does.Contain("images.txt(1): error IMGSYNC1002").And.Not.Contain("IMGSYNC2006"));
    }

    // Evaluation has passed by then.
    [Test]
    public async Task A_list_that_a_target_adds_is_told_of()
    {
        // arrange
        var directory = new TestDirectory();
        directory.Write("a.txt", "https://h/a.png");
        const string Late = """
            </ItemGroup><Target Name="Late"><ItemGroup><RemoteImageList Include="a.txt" /></ItemGroup></Target><ItemGroup>
            """;

        // act
        var result = await RunAsync(directory, Late, "-t:Late;SyncImages");

        // assert
        Assert.That(result.StandardOutput, Does.Contain("IMGSYNC1008: The list of images \"a.txt\" was not read"));
    }

    private static async Task<IReadOnlyList<ListedLine>> EvaluateAsync(TestDirectory directory, string items)
    {
        var shown = new TestDirectory().PathOf("shown");
        (await RunAsync(directory, items, "-t:Show", $"-p:Shown={shown}")).ShouldSucceed();

        // A unit separator is no part of a URL, a line separator of the file may be.
        return [.. File.ReadAllText(shown).Split("\u001F\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\u001E'))
            .Select(parts => new ListedLine(parts[0], parts[1], parts[2], parts[3].Length > 0 || parts[2].Length == 0, parts[4]))];
    }

    private static Task<CommandResult> RunAsync(TestDirectory directory, string items, params string[] arguments)
    {
        directory.Write("p.proj", $"""
            <Project>
              <PropertyGroup><BaseIntermediateOutputPath>{new TestDirectory().FullPath}/</BaseIntermediateOutputPath></PropertyGroup>
              <PropertyGroup>{TargetsFiles.BuiltHere}</PropertyGroup>
              <ItemGroup>{items}</ItemGroup>
              <Import Project="{TargetsFiles.Main}" />
              <Target Name="Show">
                <WriteLinesToFile File="$(Shown)"
                  Lines="@(RemoteImage->'%(_ImageSyncListInclude)%1E%(Identity)%1E%(LocalPath)%1E%(_ImageSyncName)%1E%(BuildAction)%1F')" />
              </Target>
            </Project>
            """);
        return new DotNet(directory.FullPath).RunAsync(["msbuild", "p.proj", "-tl:off", .. arguments]);
    }

    // What MSBuild does to an Include: octet by octet.
    private static string Unescaped(string url) =>
        Escape().Replace(url, escape => ((char)Convert.ToByte(escape.Value[1..], 16)).ToString());

    // What evaluation has named is compared elsewhere (Targets): it is the URL's.
    private static string Shown(string path) => path.Length > 0 && path[^1] is '/' or '\\' ? "" : path;

    [GeneratedRegex("%[0-9A-Fa-f]{2}")]
    private static partial Regex Escape();

    [GeneratedRegex(@"^App\.csproj : (error IMGSYNC1008: .+)$", RegexOptions.Multiline)]
    private static partial Regex Example();

    private sealed record ListedLine(string List, string Url, string LocalPath, bool IsNamed, string BuildAction);
}
