using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>The command as the package has it: one file, on a machine without .NET, in a shell (docs/command-line.md).</summary>
[Platform("Linux")]
public sealed partial class PublishedCommand
{
    private static readonly DocumentationPage Page = DocumentationPage.All.Single(page => page.Name == "docs/command-line.md");
    private static readonly string Program =
        $"engine/linux-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}/imagesync";

    private string _programs;
    private ScriptedOrigin _origin;
    private TestDirectory _folder;

    private static IEnumerable<Snippet> Scripts => Page.Snippets
        .Where(snippet => snippet.Language == "sh" && !IsAboutGettingIt(snippet) && !snippet.Text.Contains("--project"));

    [OneTimeSetUp]
    public void Unpack()
    {
        if (!NativeEngine.IsExpected)
        {
            Assert.Ignore("The engine is compiled ahead on Linux alone, where there is a linker.");
        }

        _programs = Directory.CreateTempSubdirectory("imagesync-command-").FullName;
        using var package = ZipFile.OpenRead(Packed.Package.NupkgPath);
        var file = Path.Combine(_programs, "imagesync");
        package.GetEntry(Program)!.ExtractToFile(file);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [OneTimeTearDown]
    public void Delete()
    {
        if (_programs is not null)
        {
            Directory.Delete(_programs, recursive: true);
        }
    }

    [SetUp]
    public void Start()
    {
        _folder = new TestDirectory();
        _origin = new ScriptedOrigin().Otherwise(request => Reply.Current(request, SampleImages.Png(1, 34_000), "\"1\""));
    }

    [TearDown]
    public async Task StopAsync() => await _origin.DisposeAsync();

    [Test]
    public async Task SyncsWhereThereIsNoDotNet()
    {
        Declare("/a.png img/a.png", "/b%20c.png");
        var first = (await ShellAsync("env -i $(command -v imagesync) sync")).ShouldSucceed();
        Assert.That(first.Output, Does.Contain("  added: img/a.png, 34 KB").And.Contain("  added: images/b c.png, 34 KB").And.Contain("2 images, 2 added"));
        var second = (await ShellAsync("env -i $(command -v imagesync) sync")).ShouldSucceed();
        Assert.That(second.Output, Does.Contain("2 images, 2 not modified, 0 B received"));
    }

    [Test]
    public async Task TellsThatThereIsNoOpenSslBeforeItBegins()
    {
        var machine = await BareMachine.MakeAsync(_folder.FullPath, withOpenSsl: false);
        Declare("/a.png");
        Assert.That(
            (await machine.RunAsync("imagesync sync")).ShouldFail().Output,
            Does.StartWith("imagesync: error: this machine has no OpenSSL "));
        Assert.That((_origin.Requests, _folder.Exists("images/a.png")), Is.EqualTo((Array.Empty<RecordedRequest>(), false)));
    }

    [TestCaseSource(nameof(Scripts))]
    public async Task ScriptsOfThePageRun(Snippet snippet)
    {
        // arrange
        if (!snippet.Text.Contains("imagesync add", StringComparison.Ordinal))
        {
            Declare("/brand/logo.png img/logo.png");
        }

        Git.Init(_folder.FullPath);
        var script = snippet.Text.Replace(
            "imagesync sync", $"imagesync sync --mirror https://cdn.example.com/={_origin.Url("/")}", StringComparison.Ordinal);

        // act
        var result = await ShellAsync("set -e\ngit config user.email a@example.com\ngit config user.name a\n" + script);

        // assert
        result.ShouldSucceed();
        Assert.That(_folder.Exists("img/logo.png"));
    }

    [Test]
    public async Task LooksAsThePageShowsIt()
    {
        var shown = Page.Snippets.First(snippet => snippet.Language.Length == 0).Text.TrimEnd().Split('\n');
        var result = (await ShellAsync("imagesync add https://cdn.example.com/brand/logo.png img/logo.png && "
            + $"imagesync sync --mirror https://cdn.example.com/={_origin.Url("/")}")).ShouldSucceed();
        Assert.That(Lines(result.StandardOutput), Is.EqualTo(shown.Select(line => Seconds().Replace(line, "0.0 s"))));
    }

    [Test]
    public async Task JsonLooksAsThePageShowsIt()
    {
        // arrange
        _folder.Write("images.txt", "https://cdn.example.com/brand/logo.png img/logo.png\n");
        using var shown = JsonDocument.Parse(Page.Snippets.Single(snippet => snippet.Language == "json").Text);

        // act
        var result = (await ShellAsync($"imagesync sync --json --mirror https://cdn.example.com/={_origin.Url("/")}")).ShouldSucceed();

        // assert
        using var written = JsonDocument.Parse(result.StandardOutput);
        var (expected, actual) = (ItemOf(shown), ItemOf(written));
        foreach (var member in expected.EnumerateObject())
        {
            Assert.That(actual.GetProperty(member.Name).GetString(), Is.EqualTo(member.Value.GetString()));
        }
    }

    [TestCase("from-curl.md", "images.cfg")]
    [TestCase("from-libman.md", "libman.json")]
    [TestCase("from-dotnet-file.md", ".netconfig")]
    [TestCase("from-html.md", "index.html", "README.md")]
    public async Task ImportsLookAsThePagesShow(string name, params string[] files)
    {
        // Three for each file: what it is, the command, and the list that comes of it.
        var snippets = DocumentationPage.All.Single(page => page.Name == "docs/recipes/" + name).Snippets;
        Assert.That(snippets, Has.Count.EqualTo(3 * files.Length));
        foreach (var (i, file) in files.Index())
        {
            _folder.Write(file, snippets[3 * i].Text);
            Assert.That(snippets[(3 * i) + 1].Text, Does.Contain(file));
            var result = (await ShellAsync("rm -f images.txt\n" + snippets[(3 * i) + 1].Text)).ShouldSucceed();
            Assert.That(_folder.ReadText("images.txt"), Is.EqualTo(snippets[(3 * i) + 2].Text), () => result.Output);
        }
    }

    [Test]
    public async Task AProjectLooksAsThePageShowsIt()
    {
        string[] shown = [.. Page.Snippets.Where(snippet => snippet.Language == "xml").Select(snippet => snippet.Text)];
        _folder.Write("MySite.csproj", shown[0]);
        (await ShellAsync(Page.Snippets.Single(snippet => snippet.Text.Contains("--project")).Text)).ShouldSucceed();
        Assert.That(_folder.ReadText("MySite.csproj"), Is.EqualTo(shown[1]));
        (await ShellAsync("imagesync remove img/logo.png --project MySite.csproj")).ShouldSucceed();
        Assert.That(_folder.ReadText("MySite.csproj"), Is.EqualTo(shown[0]));
    }

    // What would run, or be a property, if it were not escaped.
    [TestCase("https://h/$([System.IO.File]::ReadAllText('secret.txt'))", "https://h/$%28[System.IO.File]::ReadAllText('secret.txt'))")]
    [TestCase("https://h/$(MSBuildProjectDirectory)/@(Compile)/%(Identity).png", "https://h/$%28MSBuildProjectDirectory)/@%28Compile)/%%28Identity).png")]
    [TestCase("https://h/a.png\"/Condition=\"'&quot;'--><x>.png", "https://h/a.png\"/Condition=\"'&quot%3B'--><x>.png")]
    [TestCase("https://h/a.png;https://h/b.png", "https://h/a.png%3Bhttps://h/b.png")]
    [TestCase("https://h/*.png?sig=x%2By", "https://h/*.png?sig=x%2By")]
    [TestCase("https://h/**/a%20b.png", "https://h/**/a%20b.png")]
    public async Task AUrlInAProjectIsNothingElse(string url, string expected)
    {
        // arrange
        _folder.Write("secret.txt", "read");
        _folder.Write("App.proj", "<Project>\n</Project>\n");

        // act
        (await ShellAsync($"imagesync add '{url.Replace("'", "'\\''")}' 'img/a;b.png' --project App.proj")).ShouldSucceed();

        // assert: one item, with that URL and that path
        var answer = (await new DotNet(_folder.FullPath).RunAsync("msbuild", "App.proj", "-getItem:RemoteImage")).ShouldSucceed();
        using var json = JsonDocument.Parse(answer.StandardOutput);
        var item = json.RootElement.GetProperty("Items").GetProperty("RemoteImage").EnumerateArray().Single();
        Assert.That(item.GetProperty("LocalPath").GetString(), Is.EqualTo("img/a;b.png"));
        var named = item.TryGetProperty("Url", out var declared) && declared.GetString() is { Length: > 0 } other ? other : item.GetProperty("Identity").GetString();
        Assert.That(named, Is.EqualTo(Uri.UnescapeDataString(expected)));
        Assert.That(answer.Output, Does.Not.Contain("read"));
    }

    [Test]
    public void IsInThePackageWhereThePageSays()
    {
        using var package = ZipFile.OpenRead(Packed.Package.NupkgPath);
        Assert.That(package.GetEntry("engine/net8.0/ImageSync.Engine.dll"), Is.Not.Null);
        Assert.That(Page.Text, Does.Contain("engine/net8.0/ImageSync.Engine.dll").And.Contain("engine/linux-x64/imagesync"));
    }

    [TestCase("INT")]
    [TestCase("TERM")]
    public async Task WhatIsFinishedWhenItIsEndedIsRecorded(string signal)
    {
        // arrange: one at a time, and the second answer stalls
        _origin.On("/slow.png", Reply.Ok(SampleImages.Png(2, 34_000), ("ETag", "\"2\"")).Stall(100));
        Declare("/a.png img/a.png", "/slow.png img/slow.png");
        var run = ShellAsync("env --default-signal=INT,TERM imagesync sync --max-concurrency 1 & id=$!; while [ ! -e go ]; do sleep 0.02; done; "
            + $"kill -{signal} $id; wait $id");
        while (_origin.RequestsTo("/slow.png").Count == 0)
        {
            await Task.Delay(10);
        }

        // act
        _folder.Write("go", "");
        var result = await run;

        // assert
        result.ShouldFail(130);
        Assert.That(result.Output, Does.Contain("cancelled: what was finished until now is recorded"));
        _origin.On("/slow.png", Reply.Ok(SampleImages.Png(2, 34_000)));
        (await ShellAsync("imagesync sync")).ShouldSucceed();
        Assert.That(_origin.RequestsTo("/a.png").Select(request => request.IsConditional), Is.EqualTo(new[] { false, true }));
    }

    [Test]
    public async Task TwoAtOnceAreSafe()
    {
        Declare([.. Enumerable.Range(0, 50).Select(number => $"/{number}.png")]);
        (await ShellAsync("imagesync sync & one=$!; imagesync sync & wait $one && wait $!")).ShouldSucceed();
        var after = (await ShellAsync("imagesync sync")).ShouldSucceed();
        Assert.That(after.Output, Does.Contain("50 images, 50 not modified"));
    }

    [Test]
    public async Task NobodyHasToReadAllOfIt()
    {
        Declare([.. Enumerable.Range(0, 500).Select(number => $"/{number}.png")]);
        (await ShellAsync("imagesync sync -q && imagesync sync -v | head -n 1 && [ \"${PIPESTATUS[0]}\" = 0 ]")).ShouldSucceed();
    }

    [TestCase("imagesync sync -v >&-")]
    [TestCase("imagesync sync -v >/dev/full")]
    [TestCase("imagesync sync --json >/dev/full")]
    public async Task TheWorkIsDoneWhereNobodyReads(string command)
    {
        Declare("/a.png img/a.png");
        (await ShellAsync(command)).ShouldSucceed();
        Assert.That(_folder.Exists("img/a.png"));
    }

    [Test]
    public async Task APipeIsNoList()
    {
        Assert.That((await ShellAsync("mkfifo list && imagesync sync list")).ShouldFail(2).Output, Does.Contain("list: error: the list "));
        Assert.That(_folder.Files(), Is.EqualTo(new[] { "list" }));
    }

    [TestCase("", true)]
    [TestCase("NO_COLOR=1 ", false)]
    [TestCase("TERM=dumb ", false)]
    public async Task ATerminalShowsColours(string environment, bool coloured)
    {
        _origin.On("/gone.png", Reply.Status(404));
        Declare("/gone.png");
        var result = await ShellAsync($"{environment}TERM_PROGRAM=x script -qec 'imagesync sync' /dev/null");
        Assert.That(result.Output, Does.Contain("IMGSYNC2003"));
        Assert.That(result.Output.Contains("\u001b[31m", StringComparison.Ordinal), Is.EqualTo(coloured));
    }

    [TestCase("script -qec 'imagesync sync --max-concurrency 1' /dev/null", true)]
    [TestCase("script -qec 'imagesync sync --max-concurrency 1 -q' /dev/null", false)]
    [TestCase("imagesync sync --max-concurrency 1", false)]
    public async Task ATerminalShowsHowFarItIs(string command, bool shown)
    {
        // Four lines a second: one is due meanwhile, whatever the machine does.
        _origin.On("/slow.png", Reply.Ok(SampleImages.Png(2, 34_000)).Delay(TimeSpan.FromSeconds(1.5)));
        Declare("/a.png", "/slow.png");
        var result = (await ShellAsync(command)).ShouldSucceed();
        Assert.That(result.Output.Contains("1 of 2 images, 34 KB received", StringComparison.Ordinal), Is.EqualTo(shown));
    }

    [TestCase("imagesync sync --lo", "--lock-file --locked")]
    [TestCase("imagesync sy", "sync")]
    [TestCase("imagesync sync --on-local-edit ", "Fail Keep Restore")]
    [TestCase("imagesync sync im", "")]
    public async Task CompletesInBash(string line, string expected) => Assert.That(
        (await ShellAsync($"""
            source <(imagesync completion bash)
            COMP_LINE='{line}' COMP_POINT={line.Length} COMP_CWORD={line.Count(each => each == ' ')}
            COMP_WORDS=({line} '')
            _imagesync; echo "${"{COMPREPLY[@]}"}"
            """)).ShouldSucceed().Output.Trim(),
        Is.EqualTo(expected));

    [Test]
    public async Task CompletesInFish()
    {
        ServerProcess.Require("fish", "On Debian and its kin: apt-get install fish");
        _folder.Write("images.txt", "");
        _folder.Write("ask.fish",
            """
            imagesync completion fish | source
            for line in 'imagesync sync --lo' 'imagesync sy' 'imagesync sync --on-local-edit ' 'imagesync sync im'
              echo (complete -C $line)
            end
            """);
        Assert.That(
            (await ShellAsync("HOME=$PWD/home fish --no-config ask.fish")).ShouldSucceed().Output.TrimEnd().Split('\n'),
            Is.EqualTo(new[] { "--locked --lock-file", "sync", "Fail Keep Restore", "images.txt" }));
    }

    // A zsh at a terminal: what it has made of the line is what is waited for, and a timeout is the failure.
    [Test]
    public async Task CompletesInZsh()
    {
        ServerProcess.Require("zsh", "On Debian and its kin: apt-get install zsh");
        _folder.Write("images.txt", "");
        _folder.Write("ask.zsh",
            """
            zmodload zsh/zpty
            zpty -b shell 'TERM=dumb zsh -f -i'
            zpty -w shell 'PS1=; autoload -Uz compinit; compinit -u -D; source <(imagesync completion zsh); print ready$((40 + 2))'
            zpty -r shell output '*ready42*'
            ask() {
              zpty -w -n shell "$1"$'\t'
              zpty -r shell output "*$2*"
              print -r -- "$2"
              zpty -w -n shell $'\x15'
            }
            ask 'imagesync sync --loc' 'imagesync sync --lock'
            ask 'imagesync ver' 'imagesync verify '
            ask 'imagesync sync --on-local-edit R' 'imagesync sync --on-local-edit Restore '
            ask 'imagesync status im' 'imagesync status images.txt '
            zpty -d shell
            """);
        (await ShellAsync("HOME=$PWD timeout 60 zsh -f ask.zsh")).ShouldSucceed();
    }

    // InstalledTool has those of the tool.
    private static bool IsAboutGettingIt(Snippet snippet) =>
        snippet.Text.Contains("dotnet tool install", StringComparison.Ordinal) || snippet.Text.Contains("~/.nuget", StringComparison.Ordinal);

    private static JsonElement ItemOf(JsonDocument document) =>
        document.RootElement.GetProperty("TargetResults").GetProperty("SyncImages").GetProperty("Items")[0];

    private static IEnumerable<string> Lines(string output) => Seconds().Replace(output.TrimEnd(), "0.0 s").Split('\n').Select(line => line.TrimEnd('\r'));

    private void Declare(params string[] lines) =>
        _folder.Write("images.txt", string.Concat(lines.Select(line => _origin.Url("") + line + "\n")));

    private Task<CommandResult> ShellAsync(string script) => new DotNet(_folder.FullPath)
    {
        Environment = new Dictionary<string, string?> { ["PATH"] = _programs + ":/usr/bin:/bin", ["DOTNET_ROOT"] = null, ["TERM"] = "xterm" },
    }.RunBashAsync("-c", script);

    [GeneratedRegex(@"\b\d+\.\d s")]
    private static partial Regex Seconds();
}
