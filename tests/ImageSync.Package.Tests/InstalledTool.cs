using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Xml.Linq;
using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>The packages of the tool (docs/command-line.md, "Get it"): what the SDK installs of them, and that it syncs.</summary>
[Platform("Linux")]
public sealed class InstalledTool
{
    private static readonly DocumentationPage Page = DocumentationPage.All.Single(page => page.Name == "docs/command-line.md");

    private ScriptedOrigin _origin;
    private TestDirectory _folder;

    [OneTimeSetUp]
    public async Task PackAsync()
    {
        var packed = await Packed.Package.PackToolAsync();
        var warnings = packed.Split('\n')
            .Where(line => line.Contains("warning ", StringComparison.Ordinal) && !line.Contains("NU1603", StringComparison.Ordinal));
        Assert.That(warnings, Is.Empty);
    }

    [SetUp]
    public void Start()
    {
        _folder = new TestDirectory();
        _origin = new ScriptedOrigin().Otherwise(request => Reply.Current(request, SampleImages.Png(1, 34_000), "\"1\""));
        _folder.Write("images.txt", _origin.Url("/a.png img/a.png\n"));
        _folder.Write("nuget.config",
            $"""
            <configuration>
              <packageSources><clear /><add key="packed" value="{Packed.Package.FeedFolder}" /></packageSources>
            </configuration>
            """);
    }

    [TearDown]
    public async Task StopAsync() => await _origin.DisposeAsync();

    [Test]
    public async Task IsInstalledAsThePageSays()
    {
        // act
        (await ShellAsync(Documented("--global"))).ShouldSucceed();
        var first = (await ShellAsync("imagesync sync")).ShouldSucceed();
        var second = (await ShellAsync("imagesync sync")).ShouldSucceed();

        // assert: of the programs it is the one of this machine, and it needs no dotnet
        Assert.That(first.Output, Does.Contain("1 image, 1 added, 34 KB received"));
        Assert.That(second.Output, Does.Contain("1 image, 1 not modified, 0 B received"));
        if (NativeEngine.IsExpected)
        {
            (await ShellAsync("env -i home/.dotnet/tools/imagesync status")).ShouldSucceed();
        }

        // and nothing of it stays
        (await ShellAsync("dotnet tool uninstall --global ImageSync.Tool")).ShouldSucceed();
        Assert.That(_folder.Files(), Has.None.Match("^home/.dotnet/tools/.*imagesync"));
    }

    [Test]
    public async Task IsAToolOfARepository()
    {
        var tool = (await ShellAsync(Documented("tool-manifest"))).ShouldSucceed();
        Assert.That(tool.Output, Does.Contain("1 image, 1 added, 34 KB received"));

        // a clean clone
        (await ShellAsync("rm -rf packages home/.dotnet/toolResolverCache && dotnet tool restore")).ShouldSucceed();
        var clone = (await ShellAsync("dotnet imagesync --version")).ShouldSucceed();
        Assert.That(clone.StandardOutput, Does.EndWith(ImageSyncPackage.ProductVersion + "\n"));
    }

    [Test]
    public async Task RunsWithoutBeingInstalled()
    {
        Assert.That(Page.Text, Does.Contain("`dnx ImageSync.Tool sync`"));
        var result = (await ShellAsync($"dotnet tool exec --yes ImageSync.Tool@{Packed.Package.Version} -- sync")).ShouldSucceed();
        Assert.That(result.Output, Does.Contain("1 image, 1 added, 34 KB received"));
    }

    // On a machine that there is no program for; where the C library is musl; and as SDKs 8 and 9 look for it.
    [TestCase("DOTNET_RUNTIME_ID=linux-riscv64", "", "imagesync.tool.any")]
    [TestCase("DOTNET_RUNTIME_ID=linux-musl-x64", "", "imagesync.tool.any")]
    [TestCase("", "--framework net8.0", "imagesync.tool")]
    public async Task IsTheILWhereThereIsNoProgram(string machine, string option, string package)
    {
        // act
        (await ShellAsync($"{machine} dotnet tool install --tool-path tools ImageSync.Tool --version {Packed.Package.Version} {option}"))
            .ShouldSucceed();
        var result = (await ShellAsync("tools/imagesync sync")).ShouldSucceed();

        // assert: what starts it names the file that it starts
        Assert.That(result.Output, Does.Contain("1 image, 1 added, 34 KB received"));
        Assert.That(
            (await ShellAsync("grep -aoE '[a-z.]+/[^/]+/tools/net8.0/any/ImageSync.Engine.dll' tools/imagesync")).Output.Trim(),
            Is.EqualTo($"{package}/{Packed.Package.Version}/tools/net8.0/any/ImageSync.Engine.dll"));
    }

    [Test]
    public async Task ThePackageOfProjectsIsNone()
    {
        // arrange
        _folder.Write("App.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><PackageReference Include="ImageSync" Version="{Packed.Package.Version}" PrivateAssets="all" /></ItemGroup>
            </Project>
            """);

        // act
        (await ShellAsync("dotnet restore")).ShouldSucceed();
        var install = await ShellAsync($"dotnet tool install --tool-path tools ImageSync --version {Packed.Package.Version}");

        // assert
        Assert.That(install.ShouldFail().Output, Does.Contain("is not a .NET tool"));
        using var package = ZipFile.OpenRead(Packed.Package.NupkgPath);
        Assert.That(TypesOf(package, "ImageSync"), Is.Empty);
        Assert.That(package.Entries.Where(entry => entry.FullName.StartsWith("tools/", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void NamesThePackagesThatAreThere()
    {
        // act
        using var package = ZipFile.OpenRead(NupkgOf("ImageSync.Tool"));
        var named = Document(package, "tools/net10.0/any/DotnetToolSettings.xml").Descendants("RuntimeIdentifierPackage")
            .ToDictionary(name => (string)name.Attribute("RuntimeIdentifier")!, name => (string)name.Attribute("Id")!);

        // assert
        var program = RuntimeInformation.RuntimeIdentifier;
        var expected = new Dictionary<string, string> { ["any"] = "ImageSync.Tool.any" };
        if (NativeEngine.IsExpected)
        {
            expected.Add(program, $"ImageSync.Tool.{program}");
            expected.Add(program.Replace("linux-", "linux-musl-", StringComparison.Ordinal), "ImageSync.Tool.any");
        }

        Assert.That(named, Is.EquivalentTo(expected));
        Assert.That(named.Values.Select(NupkgOf), Has.All.Exist);
    }

    private static IEnumerable<TestCaseData> Packages()
    {
        string[] assemblies =
        [
            "DotnetToolSettings.xml", "ImageSync.Engine.deps.json", "ImageSync.Engine.dll", "ImageSync.Engine.runtimeconfig.json",
            "ImageSync.dll", "Polly.Core.dll", "System.CommandLine.dll",
        ];
        var il = assemblies.Select(file => $"tools/net8.0/any/{file}").ToArray();
        string[] runtimeLicenses = ["licenses/Microsoft.NETCore.App/LICENSE.TXT", "licenses/Microsoft.NETCore.App/THIRD-PARTY-NOTICES.TXT"];
        yield return new("ImageSync.Tool", "DotnetTool", il.Prepend("tools/net10.0/any/DotnetToolSettings.xml").ToArray());
        yield return new("ImageSync.Tool.any", "DotnetToolRidPackage", il);
        if (NativeEngine.IsExpected)
        {
            var program = RuntimeInformation.RuntimeIdentifier;
            yield return new($"ImageSync.Tool.{program}", "DotnetToolRidPackage",
                runtimeLicenses.Concat([$"tools/any/{program}/DotnetToolSettings.xml", $"tools/any/{program}/imagesync"]).ToArray());
        }
    }

    [TestCaseSource(nameof(Packages))]
    public void Holds(string id, string type, string[] files)
    {
        using var package = ZipFile.OpenRead(NupkgOf(id));
        string[] all =
        [
            $"{id}.nuspec", "README.md", "icon.png", "licenses/Polly.Core/LICENSE", "licenses/System.CommandLine/LICENSE", .. files,
        ];
        Assert.That(package.Entries.Select(entry => entry.FullName).Where(name => !Packaging.IsContainerPart(name)), Is.EquivalentTo(all));
        Assert.That(TypesOf(package, id), Is.EqualTo(new[] { type }));
    }

    private static string NupkgOf(string id) => Path.Combine(Packed.Package.FeedFolder, $"{id}.{Packed.Package.Version}.nupkg");

    private static IEnumerable<string?> TypesOf(ZipArchive package, string id) => Document(package, $"{id}.nuspec").Descendants()
        .Where(element => element.Name.LocalName == "packageType").Select(element => (string?)element.Attribute("name"));

    private static XDocument Document(ZipArchive package, string name)
    {
        using var stream = package.GetEntry(name)!.Open();
        return XDocument.Load(stream);
    }

    // The page has the newest version, which a feed that has test versions alone does not give.
    private static string Documented(string contained) => "set -e\n" + Page.Snippets
        .Single(snippet => snippet.Language == "sh" && snippet.Text.Contains(contained, StringComparison.Ordinal)).Text
        .Replace("tool install", $"tool install --version {Packed.Package.Version}", StringComparison.Ordinal);

    private Task<CommandResult> ShellAsync(string script) => new DotNet(_folder.FullPath)
    {
        PackagesFolder = _folder.PathOf("packages"),
        Environment = new Dictionary<string, string?>
        {
            ["DOTNET_CLI_HOME"] = _folder.PathOf("home"),
            ["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false",
            ["DOTNET_ADD_GLOBAL_TOOLS_TO_PATH"] = "false",
            ["PATH"] = $"{_folder.PathOf("home/.dotnet/tools")}:{Environment.GetEnvironmentVariable("PATH")}",
            ["TERM"] = "dumb",
        },
    }.RunBashAsync("-c", script);
}
