extern alias TheEngine;

using System.Text.Json;
using System.Xml.Linq;
using ImageSync.Testing;
using TheEngine::ImageSync.Engine.Runs;

namespace ImageSync.MSBuild.Tests;

/// <summary>ImageSync.targets at evaluation: defaults, overrides, local paths, and the files as items of the project.</summary>
public class Targets
{
    private static IEnumerable<TestCaseData> Defaults()
    {
        yield return new("ImageSyncEnabled", "true", "false");
        yield return new("ImageSyncOnBuild", "true", "false");
        yield return new("ImageSyncDirectory", "images/", "wwwroot/img/");
        yield return new("ImageSyncCacheFile", "obj/p.proj.imagesync.cache", "elsewhere/cache");
    }

    [TestCaseSource(nameof(Defaults))]
    public async Task A_default_holds_until_the_project_says_otherwise(string property, string expected, string overridden)
    {
        Assert.That(await PropertyAsync(property, ""), Is.EqualTo(expected));
        Assert.That(await PropertyAsync(property, $"<{property}>{overridden}</{property}>"), Is.EqualTo(overridden));
    }

    [TestCase("false", "images/a.png|images/own.png|other/b.png")]
    [TestCase("true", "other/b.png")]
    public async Task An_owned_directory_is_left_out_of_globs(string owns, string expected)
    {
        var directory = new TestDirectory();
        directory.Write("images/a.png", [1]);
        directory.Write("images/own.png", [1]);
        directory.Write("other/b.png", [1]);
        var items = await ItemsAsync("None", $"""
            <PropertyGroup><ImageSyncOwnsDirectory>{owns}</ImageSyncOwnsDirectory></PropertyGroup>
            <ItemGroup><RemoteImage Include="https://h/a.png" /><None Include="**/*.png" Exclude="$(DefaultItemExcludes)" /></ItemGroup>
            """, directory);
        Assert.That(string.Join('|', items.Select(item => item["Identity"]).Order(StringComparer.Ordinal)), Is.EqualTo(expected));
    }

    // The SDK would blame its own globs (NETSDK1022) before the task can tell of the two (IMGSYNC1003).
    [Test]
    public async Task A_file_that_two_items_claim_is_one_item_of_the_project([Values("None", "Content", "EmbeddedResource", "AdditionalFiles", "Resource", "MauiImage", "AvaloniaResource")] string type)
    {
        var items = await ItemsAsync(type, $"""
            <ItemGroup><RemoteImage Include="https://h/a.png;https://h/b.png" LocalPath="img/a.png" BuildAction="{type}" Link="l/a.png" /></ItemGroup>
            """);
        Assert.That(items.Select(item => (item["Identity"], item["Link"])), Is.EqualTo(new[] { ("img/a.png", "l/a.png") }));
    }

    [Test]
    public void The_main_file_imports_all_parts_and_holds_nothing_else()
    {
        Assert.That(XDocument.Load(TargetsFiles.Main).Root!.Elements().Select(element => element.ToString()),
            Has.All.StartWith("<Import Project=\"build/targets/"));
        Assert.That(TargetsFiles.Parts, Is.EquivalentTo(Directory.GetFiles(RepositoryRoot.PathOf("build/targets"))).And.Unique);
    }

    [Test]
    public async Task A_directory_needs_no_slash() =>
        Assert.That(await PropertyAsync("ImageSyncDirectory", "<ImageSyncDirectory>img</ImageSyncDirectory>"), Is.EqualTo("img/"));

    // The task has the defaults of ImageSync: here they would need a condition with the project's own pasted in (HostileNames).
    [Test]
    public async Task Metadata_have_the_defaults_of_the_project_which_an_item_can_override()
    {
        var items = await ItemsAsync("RemoteImage", """
            <PropertyGroup><ImageSyncMaxAge>00:15:00</ImageSyncMaxAge><ImageSyncMaxBytes>1000</ImageSyncMaxBytes></PropertyGroup>
            <ItemDefinitionGroup><RemoteImage><Optional>true</Optional></RemoteImage></ItemDefinitionGroup>
            <ItemGroup><RemoteImage Include="https://h/a.png" /><RemoteImage Include="https://h/b.png" MaxAge="0" Optional="false" MediaType="*/*" /></ItemGroup>
            """);
        string[] names = ["MediaType", "MaxAge", "MaxBytes", "Optional", "IgnoreQuery", "Sha256"];
        Assert.That(names.Select(name => items[0].GetValueOrDefault(name, "")), Is.EqualTo(new[] { "", "", "", "true", "", "" }));
        Assert.That(names.Select(name => items[1].GetValueOrDefault(name, "")), Is.EqualTo(new[] { "*/*", "0", "", "false", "", "" }));
    }

    [TestCase("", "false")]
    [TestCase("Watch=\"true\"", "true")]
    [TestCase("Watch=\"false\"", "false")]
    public async Task A_file_is_watched_only_where_that_is_wanted(string metadata, string expected)
    {
        var items = await ItemsAsync("Content", $"<ItemGroup><RemoteImage Include=\"https://h/a.png\" BuildAction=\"Content\" {metadata} /></ItemGroup>");
        Assert.That(items.Single()["Watch"], Is.EqualTo(expected));
    }

    // Those that globs have found, of which `dotnet watch` asks by this target.
    [TestCase("", false)]
    [TestCase("false", false)]
    [TestCase("no", false)]
    [TestCase("true", true)]
    [TestCase("yes", true)]
    [TestCase("On", true)]
    public async Task A_file_of_a_glob_stays_on_the_watch_list_where_that_is_wanted(string watch, bool stays)
    {
        var body = $"""
            <ItemGroup><RemoteImage Include="https://h/a.png" Watch="{watch}" /><Content Include="images/a.png" /></ItemGroup>
            <Target Name="_CoreCollectWatchItems" />
            """;
        using var json = JsonDocument.Parse(
            await EvaluateAsync(body, "-getItem:Content", new TestDirectory(), null, "-t:_CoreCollectWatchItems"));
        Assert.That(json.RootElement.GetProperty("Items").GetProperty("Content").GetArrayLength(), Is.EqualTo(stays ? 1 : 0));
    }

    // What is empty is left to the task, which knows the octets (Declarations).
    private static readonly (string Include, string LocalPath)[] Names =
    [
        ("https://h/logo.png", "images/logo.png"),
        ("https://h/img/logo@2x.png", "images/logo@2x.png"),
        ("https://h/a%2Fb.png", "images/b.png"),
        ("https://h/a%20b.PNG", "images/a b.PNG"),
        ("https://h/it's(1).png", "images/it's(1).png"),
        ("https://h/i.png?v=1&amp;w=/2", "images/i.png"),
        ("https://h/i.png?v=a.svg", "images/i.png"),
        ("https://h/i.png#x", "images/i.png"),
        ("https://h/avatar/123", "images/123"),
        ("name\" Url=\"https://h/signed.png?sig=x%2B", "images/signed.png"),
        ("https://i/other.png\" Url=\"https://h/signed.png", "images/signed.png"),
        ("https://h/own.png\" LocalPath=\"img\\mine.png", "img\\mine.png"),
        ("https://h/a/gr%C3%B6%C3%9Fe%20x.png", "images/größe x.png"),
        ("https://h/größe.png", "images/größe.png"),
        ("https://h/gr%C3%B6-50%25.png", "images/grö-50%.png"),
        ("https://h/gr%C3%B6-%2520.png", ""),
        ("https://h/caf%E9.png", "images/café.png"),
        ("https://h/%E2%82%AC-%F0%9F%98%80.png", "images/€-😀.png"),
        ("https://h/50%25.png", "images/50%.png"),
        ("https://h/a%2520b.png", "images/a%20b.png"),
        ("https://h/a%3Bb,c.png", "images/a;b,c.png"),
        ("https://h/größ%C3%B6.png", ""),
        ("https://h/C%23.png", ""),
        ("https://h/what%3Fis.png", ""),
        ("https://h/x%5Cy.png", ""),
        ("https://h/a%3Ab.png", ""),
        ("https://h/image?id=5", ""),
        ("https://h/.png", ""),
        ("https://h/..", ""),
        ("https://h/%2E%2E", ""),
        ("https://h/folder/", ""),
        ("https://h", ""),
        ("https://logo.png", ""),
        ("relative/logo.png", ""),
        ("https://h/Index.cshtml", ""),
        ("https://h/styles.css", ""),
        ("https://h/logo.png.targets", ""),
        ("https://h/%24%28OS%29.png", ""),
        ("https://h/%40%28None%29.png", ""),
        ("https://h/a%60b.png", ""),
    ];

    [Test]
    public async Task An_item_without_LocalPath_is_named_by_its_URL()
    {
        // Those that have MSBuild look elsewhere for names would hide the others': each is a project of its own.
        var plain = Names.Where(name => !name.Include.Contains("%28", StringComparison.Ordinal) && !name.Include.Contains("%60", StringComparison.Ordinal)).ToList();
        foreach (var names in Names.Except(plain).Select(name => new[] { name }).Prepend([.. plain]))
        {
            var items = await ItemsAsync("RemoteImage", $"<ItemGroup>{string.Concat(names.Select(name => $"<RemoteImage Include=\"{name.Include}\" />"))}</ItemGroup>");
            Assert.That(items.Select(item => item.GetValueOrDefault("LocalPath", "")), Is.EqualTo(names.Select(name => name.LocalPath)));
        }
    }

    // LocalPath, what the item is named by, and what comes of it; white space is that of a wrapped attribute, or of lines of their own.
    private static readonly (string LocalPath, string Url, string Expected)[] Folders =
    [
        ("wwwroot/img/", "https://h/logo.png", "wwwroot/img/logo.png"),
        ("wwwroot\\back\\", "https://h/logo.png", "wwwroot\\back\\logo.png"),
        ("./", "https://h/logo.png", "./logo.png"),
        ("img/", "https://h/gr%C3%B6%C3%9Fe%20x.png?v=1", "img/größe x.png"),
        ("a%3Bb/50%25/", "https://h/it's.png", "a;b/50%/it's.png"),
        ("img%2F", "https://h/logo.png", "img/logo.png"),
        (" img/ ", "https://h/logo.png", "img/logo.png"),
        ("&#10;    img/&#13;&#10;  ", "https://h/logo.png", "img/logo.png"),
        ("&#10;    img/own.png&#13;&#10;  ", "https://h/logo.png", "img/own.png"),
        ("&#9;img/a%20b.png ", "https://h/logo.png", "img/a b.png"),
        (" \n ", "https://h/logo.png", "images/logo.png"),
        ("img/a b.png", "https://h/logo.png", "img/a b.png"),
        ("img/", "https://h/C%23.png", ""),
        ("img/", "https://h/", ""),
    ];

    [Test]
    public async Task A_LocalPath_that_ends_in_a_slash_is_a_folder_and_white_space_is_none_of_it()
    {
        var elements = Folders.Select(folder =>
            $"<RemoteImage Include=\"{folder.Url}\" LocalPath=\"{folder.LocalPath}\" BuildAction=\" Content&#10;\" Watch=\" true \" />");
        var body = $"<ItemGroup>{string.Concat(elements)}</ItemGroup>";
        Assert.That((await ItemsAsync("RemoteImage", body)).Select(item => item["LocalPath"]),
            Is.EqualTo(Folders.Select(folder => folder.Expected)));
        var placed = await ItemsAsync("Content", body);
        Assert.That(placed.Select(item => (item["Identity"].Replace('\\', '/'), item["Watch"])),
            Is.EqualTo(Folders.Where(folder => folder.Expected.Length > 0).Select(folder => folder.Expected.Replace('\\', '/'))
            .Distinct().Select(path => (path, "true"))));
    }

    [Test]
    public async Task A_folder_can_be_the_default_of_a_project()
    {
        var items = await ItemsAsync("Content", """
            <ItemDefinitionGroup>
              <RemoteImage><LocalPath>wwwroot/img/</LocalPath><BuildAction>Content</BuildAction></RemoteImage>
            </ItemDefinitionGroup>
            <ItemGroup>
              <RemoteImage Include="https://h/a.png" />
              <RemoteImage Include="https://h/b.png" LocalPath="own.png" />
              <RemoteImage Include="https://h/c.png" LocalPath="" />
            </ItemGroup>
            """);
        Assert.That(items.Select(item => item["Identity"]), Is.EqualTo(new[] { "wwwroot/img/a.png", "own.png", "images/c.png" }));
    }

    // What a command line says no file can change: what it becomes has to have a name of its own.
    [TestCase("-p:ImageSyncDirectory=other", "other/a.png", true)]
    [TestCase("-p:ImageSyncDirectory=", "images/a.png", true)]
    [TestCase("-p:ImageSyncDirectory= other ", "other/a.png", true)]
    [TestCase("-p:ImageSyncEnabled=", "images/a.png", true)]
    [TestCase("-p:ImageSyncEnabled= True", "images/a.png", true)]
    [TestCase("-p:ImageSyncEnabled= false ", null, false)]
    [TestCase("-p:ImageSyncOnBuild=", "images/a.png", true)]
    [TestCase("-p:ImageSyncOnBuild= false ", "images/a.png", false)]
    [TestCase("-p:ImageSyncOwnsDirectory= true ", "images/a.png", true)]
    [TestCase("-p:ImageSyncCacheFile=", "images/a.png", true)]
    [TestCase("-p:ImageSyncCacheFile= c/cache ", "images/a.png", true)]
    [TestCase("-p:BaseIntermediateOutputPath=other", "images/a.png", true)]
    public async Task What_evaluation_makes_of_a_property_reaches_one_of_the_command_line(string property, string? localPath, bool isSynced)
    {
        await using var origin = new ScriptedOrigin().On("/a.png", Reply.Ok(SampleImages.Png(1, 1000)));
        var directory = new TestDirectory();
        var items = await BuildAsync(directory,
            $"<ItemGroup><RemoteImage Include=\"{origin.Url("/a.png")}\" BuildAction=\"Content\" /></ItemGroup>", property);
        Assert.That(items, Is.EqualTo(localPath ?? ""));
        var cache = property switch
        {
            "-p:ImageSyncCacheFile= c/cache " => "c/cache",
            "-p:BaseIntermediateOutputPath=other" => "other/p.proj.imagesync.cache",
            _ => "obj/p.proj.imagesync.cache",
        };
        string[] expected = isSynced ? [localPath!, cache] : [];
        Assert.That(directory.Files().Where(file => !file.EndsWith(".proj", StringComparison.Ordinal)
            && !file.EndsWith(".lock", StringComparison.Ordinal)), Is.EquivalentTo(expected));
    }

    // No SDK, no Microsoft.Common.props: what people write who only want the target.
    [Test]
    public async Task A_bare_project_has_its_cache_in_obj()
    {
        Assert.That(await PropertyAsync("ImageSyncCacheFile", "<BaseIntermediateOutputPath />"), Is.EqualTo("obj/p.proj.imagesync.cache"));
        Assert.That(await PropertyAsync("ImageSyncCacheFile", "<BaseIntermediateOutputPath>x</BaseIntermediateOutputPath>"),
            Is.EqualTo("x/p.proj.imagesync.cache"));
    }

    // A Directory.Build.targets comes after the package's.
    [Test]
    public async Task Properties_that_are_set_after_the_import_count_in_targets()
    {
        await using var origin = new ScriptedOrigin().On("/a.png", Reply.Ok(SampleImages.Png(1, 1000)));
        var directory = new TestDirectory();
        await BuildAsync(directory, $"<ItemGroup><RemoteImage Include=\"{origin.Url("/a.png")}\" /></ItemGroup>", "-p:a=b",
            "<PropertyGroup><ImageSyncCacheFile>late/cache</ImageSyncCacheFile></PropertyGroup>");
        Assert.That(directory.Files(), Does.Contain("late/cache"));
        await BuildAsync(directory, $"<ItemGroup><RemoteImage Include=\"{origin.Url("/a.png")}\" /></ItemGroup>", "-p:a=b",
            "<PropertyGroup><ImageSyncOnBuild>false</ImageSyncOnBuild></PropertyGroup>");
        await BuildAsync(directory, $"<ItemGroup><RemoteImage Include=\"{origin.Url("/a.png")}\" /></ItemGroup>", "-p:a=b",
            "<PropertyGroup><ImageSyncEnabled>false</ImageSyncEnabled></PropertyGroup>");
        Assert.That(origin.Requests, Has.Count.EqualTo(1));
    }

    [TestCase("SyncImages", "", "ImageSync: p.proj has no RemoteImage items, nothing to sync")]
    [TestCase("CheckImages", "", "ImageSync: p.proj has no RemoteImage items, nothing to check")]
    [TestCase("SyncImages", "<ItemGroup><RemoteImages Include=\"https://h/a.png\" /></ItemGroup>",
        "p.proj : warning IMGSYNC1007: ImageSync: nothing syncs items of the type RemoteImages. Did you mean RemoteImage?|"
        + "ImageSync: p.proj has no RemoteImage items, nothing to sync")]
    [TestCase("Build", "<ItemGroup><RemoteImg Include=\"https://h/a.png\" /></ItemGroup>",
        "p.proj : warning IMGSYNC1007: ImageSync: nothing syncs items of the type RemoteImg. Did you mean RemoteImage?")]
    [TestCase("Build", "<PropertyGroup><TargetFrameworks>a;b</TargetFrameworks><TargetFramework>a</TargetFramework></PropertyGroup>"
        + "<ItemGroup><RemoteImages Include=\"https://h/a.png\" /></ItemGroup>", "")]
    [TestCase("CheckImages", "<ItemGroup><RemoteImages Include=\"https://h/a.png\" /></ItemGroup>",
        "p.proj : warning IMGSYNC1007: ImageSync: nothing syncs items of the type RemoteImages. Did you mean RemoteImage?|"
        + "ImageSync: p.proj has no RemoteImage items, nothing to check")]
    [TestCase("SyncImages;CheckImages", "<ItemGroup><RemoteImages Include=\"https://h/a.png\" /></ItemGroup>",
        "p.proj : warning IMGSYNC1007: ImageSync: nothing syncs items of the type RemoteImages. Did you mean RemoteImage?|"
        + "ImageSync: p.proj has no RemoteImage items, nothing to sync|"
        + "ImageSync: p.proj has no RemoteImage items, nothing to check")]
    [TestCase("CheckImages", "<PropertyGroup><TargetFrameworks>net8.0;net10.0</TargetFrameworks></PropertyGroup>",
        "ImageSync: p.proj has no RemoteImage items for all its frameworks, nothing to check")]
    [TestCase("SyncImages", "<PropertyGroup><ImageSyncPrune>true</ImageSyncPrune></PropertyGroup>",
        "ImageSync: p.proj has no RemoteImage items, nothing to sync")]
    [TestCase("SyncImages", "<PropertyGroup><ImageSyncEnabled>false</ImageSyncEnabled></PropertyGroup>",
        "ImageSync: nothing was done for p.proj, because ImageSyncEnabled is false")]
    [TestCase("Build", "<PropertyGroup><ImageSyncEnabled>false</ImageSyncEnabled></PropertyGroup>", "")]
    [TestCase("Build", "", "")]
    public async Task Who_asks_for_a_sync_of_nothing_is_told_so(string target, string body, string expected)
    {
        var directory = new TestDirectory();
        directory.Write("p.proj", $"""
            <Project>
              <PropertyGroup>{TargetsFiles.BuiltHere}</PropertyGroup>
              {body}
              <Import Project="{TargetsFiles.Main}" />
              <Target Name="BeforeBuild" />
              <Target Name="Build" DependsOnTargets="BeforeBuild" />
            </Project>
            """);
        var result = (await new DotNet(directory.FullPath).RunAsync(["msbuild", "p.proj", $"-t:{target}", "-v:minimal", "-nologo"]))
            .ShouldSucceed();
        var lines = result.StandardOutput.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Replace($" [{directory.PathOf("p.proj")}]", "", StringComparison.Ordinal)
                .Replace(directory.PathOf("p.proj"), "p.proj", StringComparison.Ordinal));
        Assert.That(string.Join('|', lines), Is.EqualTo(expected));
    }

    [TestCase("SyncImages")]
    [TestCase("CheckImages")]
    public async Task An_item_type_is_not_told_of_where_a_target_adds_the_images(string target)
    {
        await using var origin = new ScriptedOrigin().On("/a.png", Reply.Ok(SampleImages.Png(1, 1000)));
        var directory = new TestDirectory();
        directory.Write("p.proj", $"""
            <Project>
              <PropertyGroup>{TargetsFiles.BuiltHere}</PropertyGroup>
              <Import Project="{TargetsFiles.Main}" />
              <Target Name="Declare" BeforeTargets="{target}">
                <ItemGroup>
                  <RemoteImage Include="{origin.Url("/a.png")}" />
                </ItemGroup>
              </Target>
              <Import Project="list.props" />
            </Project>
            """);

        // In a file of its own, so that the text of the project, which the task looks through, does not have it.
        directory.Write("list.props", """<Project><ItemGroup><RemoteImages Include="https://h/a.png" /></ItemGroup></Project>""");
        var result = (await new DotNet(directory.FullPath).RunAsync(["msbuild", "p.proj", $"-t:{target}", "-tl:off"])).ShouldSucceed();
        Assert.That(result.StandardOutput, Does.Contain("1 image, ").And.Not.Contain("IMGSYNC1007"));
        Assert.That(origin.Requests, Is.Not.Empty);
    }

    /// <summary>Runs the hook of a build; the files of the project, as its items.</summary>
    private static async Task<string> BuildAsync(TestDirectory directory, string body, string argument, string after = "")
    {
        var shown = new TestDirectory();
        directory.Write("p.proj", $"""
            <Project>
              <PropertyGroup>{TargetsFiles.BuiltHere}</PropertyGroup>
              {body}
              <Import Project="{TargetsFiles.Main}" />
              {after}
              <Target Name="BeforeBuild" />
              <Target Name="Build" DependsOnTargets="BeforeBuild">
                <WriteLinesToFile File="{shown.PathOf("items")}" Lines="@(Content)" />
              </Target>
            </Project>
            """);
        (await new DotNet(directory.FullPath).RunAsync(["msbuild", "p.proj", "-t:Build", argument])).ShouldSucceed();
        return File.Exists(shown.PathOf("items")) ? shown.ReadText("items").Trim() : "";
    }

    [Test]
    public async Task A_directory_of_the_command_line_needs_no_slash_either()
    {
        using var json = JsonDocument.Parse(await EvaluateAsync("<ItemGroup><RemoteImage Include=\"https://h/a.png\" /></ItemGroup>", "-getItem:RemoteImage", new TestDirectory(), null, "-p:ImageSyncDirectory=other"));
        Assert.That(
            json.RootElement.GetProperty("Items").GetProperty("RemoteImage")[0].GetProperty("LocalPath").GetString(),
            Is.EqualTo("other/a.png"));
    }

    [Test]
    public async Task The_extensions_of_images_are_those_of_the_formats() =>
        Assert.That((await PropertyAsync("_ImageSyncExtensions", "")).Split('|'), Is.EqualTo(Images.ImageFormat.All.SelectMany(format => format.Extensions).Select(extension => extension[1..]).Order(StringComparer.Ordinal)));

    [TestCase("None")]
    [TestCase("Content")]
    [TestCase("EmbeddedResource")]
    [TestCase("AdditionalFiles")]
    [TestCase("Resource")]
    [TestCase("MauiImage")]
    [TestCase("AvaloniaResource")]
    public async Task A_file_is_an_item_once_with_its_metadata_whether_it_exists_or_not(string action)
    {
        var body = $"""
            <ItemGroup>
              <RemoteImage Include="https://h/a.png" BuildAction="{action}" CopyToOutputDirectory="PreserveNewest" LogicalName="logo" />
              <RemoteImage Include="https://h/b.png" BuildAction="Other" />
              <RemoteImage Include="https://h/c.png" />
            </ItemGroup>
            """;
        var directory = new TestDirectory();
        var first = await ItemsAsync(action, body, directory, "Microsoft.NET.Sdk");
        directory.Write("images/a.png", "");
        directory.Write("images/b.png", "");
        var second = await ItemsAsync(action, body, directory, "Microsoft.NET.Sdk");
        foreach (var items in new[] { first, second })
        {
            var item = items.Single(item => item["Identity"] == "images/a.png");
            Assert.That((item["CopyToOutputDirectory"], item["LogicalName"]), Is.EqualTo(("PreserveNewest", "logo")));
            Assert.That(items.Where(item => item["Identity"] is "images/b.png" or "images/c.png"), Is.Empty);
        }
    }

    [Test]
    public async Task Switched_off_nothing_joins_the_project() =>
        Assert.That(await ItemsAsync("Content", """
            <PropertyGroup><ImageSyncEnabled>false</ImageSyncEnabled></PropertyGroup>
            <ItemGroup><RemoteImage Include="https://h/a.png" BuildAction="Content" /></ItemGroup>
            """), Is.Empty);

    [TestCase("SyncImages")]
    [TestCase("CheckImages")]
    public async Task Switched_off_a_target_that_is_asked_for_by_hand_says_so(string target)
    {
        const string item = "<ItemGroup><RemoteImage Include=\"https://h/a.png\" /></ItemGroup>";
        var output = await EvaluateAsync(item, $"-t:{target}", new TestDirectory(), null, "-tl:off", "-p:ImageSyncEnabled=false");
        Assert.That(output, Does.Contain("ImageSync: nothing was done for p.proj, because ImageSyncEnabled is false"));
    }

    // A check has files to report to as well, and does not write them; only what joins the project is a sync's alone.
    [Test]
    public void Sync_and_check_hand_over_the_same()
    {
        var tasks = TargetsFiles.Elements.Where(element => element.Name.LocalName == "SyncImages").ToList();
        Assert.That(tasks, Has.Count.EqualTo(2));
        Assert.That(Parameters(tasks[0]).Append("Check=\"true\""), Is.EquivalentTo(Parameters(tasks[1])));

        static IEnumerable<string> Parameters(XElement task) => task.Attributes().Where(attribute => attribute.Name != "Condition")
            .Select(attribute => $"{attribute}".Replace("CheckedBy", "SyncedBy", StringComparison.Ordinal));
    }

    // What the task says of itself is no line of the targets.
    [Test]
    public void Each_option_is_handed_over_once()
    {
        string[] ofTheTask = ["ProjectDirectory", "ProjectName", "NamesProject", "Detailed", "Question", "TargetFramework"];
        var handedOver = TargetsFiles.Elements.Where(element => element.Name.LocalName == "_ImageSyncOption")
            .Select(option => (string)option.Attribute("Include")!);
        Assert.That(handedOver.Concat(ofTheTask), Is.EquivalentTo(RunOptions.All.Select(option => option.Name)));
    }

    private static async Task<string> PropertyAsync(string name, string property)
    {
        var result = await EvaluateAsync($"<PropertyGroup>{property}</PropertyGroup>", $"-getProperty:{name}", new TestDirectory(), null);
        return result.Trim();
    }

    private static async Task<List<Dictionary<string, string>>> ItemsAsync(
        string type, string body, TestDirectory? directory = null, string? sdk = null)
    {
        using var json = JsonDocument.Parse(await EvaluateAsync(body, $"-getItem:{type}", directory ?? new TestDirectory(), sdk));
        return json.RootElement.GetProperty("Items").GetProperty(type).Deserialize<List<Dictionary<string, string>>>()!;
    }

    private static async Task<string> EvaluateAsync(
        string body, string question, TestDirectory directory, string? sdk, params string[] arguments)
    {
        directory.Write("p.proj", $"""
            <Project {(sdk is null ? "" : $"Sdk=\"{sdk}\"")}>
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><BaseIntermediateOutputPath>obj/</BaseIntermediateOutputPath></PropertyGroup>
              {body}
              <Import Project="{TargetsFiles.Main}" />
            </Project>
            """);
        return (await new DotNet(directory.FullPath).RunAsync(["msbuild", "p.proj", question, .. arguments])).ShouldSucceed().StandardOutput;
    }
}
