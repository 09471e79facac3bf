using System.Text.RegularExpressions;
using ImageSync.MSBuild.Names;
using ImageSync.Testing;
using Microsoft.Build.Utilities;

namespace ImageSync.MSBuild.Tests;

/// <summary>Names that MSBuild takes without a word, and that do nothing: told of where they look like one that does.</summary>
public class MisspeltNames
{
    private const string Project = """
        <Project>
          <Import Project="more.props" />
          <PropertyGroup>
            <!-- <ImageSyncInAComment>1</ImageSyncInAComment> -->
            <ImageSyncMaxAges>1</ImageSyncMaxAges>
            <ImageSyncMaxAge>0</ImageSyncMaxAge>
            <imagesyncoffline>true</imagesyncoffline>
            <ImageSyncOrigin>https://h</ImageSyncOrigin>
            <ImageSyncOther>b</ImageSyncOther>
            <Other>$(imagesyncother.Trim())</Other>
            <_ImageSyncPrivate>1</_ImageSyncPrivate>
            <MyImageSyncThing>1</MyImageSyncThing>
          </PropertyGroup>
          <ItemGroup><RemoteImage Include="$(ImageSyncOrigin)/a.png"><ImageSyncNote>of an item</ImageSyncNote></RemoteImage></ItemGroup>
        </Project>
        """;

    private TaskRun _run = new();
    private FakeEngine _engine = new();

    [SetUp]
    public void SetUp() => _run = new TaskRun();

    [Test]
    public void What_is_known_is_what_the_documentation_lists()
    {
        var options = TargetsFiles.Elements.Where(element => element.Name.LocalName == "_ImageSyncOption")
            .Where(option => option.Attribute("IsPrivate") is null).Select(option => (string)option.Attribute("Include")!);
        Assert.That(KnownNames.PropertiesOf(options),
            Is.EquivalentTo(DocumentedTable.Rows(DocumentedTable.Properties).Select(row => row.Name)));
        Assert.That(KnownNames.Metadata, Is.EqualTo(DocumentedTable.Rows(DocumentedTable.RemoteImage).Select(row => row.Name)));
        Assert.That(KnownNames.OtherMetadata.Values.Distinct(), Is.SubsetOf(KnownNames.Metadata));
        Assert.That(KnownNames.OtherBuildActions.Values.Distinct(), Is.SubsetOf(KnownNames.BuildActions));
        var placed = Regex.Matches(TargetsFiles.Text,
            @"<(\w+) Include=""@\(_ImageSyncPlaced->WithMetadataValue\('BuildAction', '\1'\)").Select(match => match.Groups[1].Value);
        Assert.That(KnownNames.BuildActions, Is.EquivalentTo(placed));
    }

    [Test]
    public void Properties_of_the_projects_files_are_told_of_at_their_line()
    {
        _run.Project.Write("app.csproj", Project);
        _run.Project.Write("more.props", "<Project><PropertyGroup>\n<ImageSyncPruned>true</ImageSyncPruned></PropertyGroup></Project>");
        _run.Project.Write("Directory.Build.props",
            "<Project>\n<PropertyGroup><ImageSyncLock>true</ImageSyncLock></PropertyGroup></Project>");
        _run.Project.Write("app.csproj.user", "<Project><PropertyGroup>\n\n<ImageSyncXyz>true</ImageSyncXyz></PropertyGroup></Project>");
        _run.Project.Write("broken.props", "<Project><ImageSyncBroken>");
        Run([], task => task.ImportedFiles = [_run.Project.PathOf("Directory.Build.props"), _run.Project.PathOf("broken.props"),
            _run.Project.PathOf("absent.props")]);
        Assert.That(Warnings(), Is.EquivalentTo(new[]
        {
            "app.csproj(5,5): ImageSync: there is no property ImageSyncMaxAges, so it does nothing. Did you mean ImageSyncMaxAge?",
            "more.props(2,1): ImageSync: there is no property ImageSyncPruned, so it does nothing. Did you mean ImageSyncPrune?",
            "Directory.Build.props(2,16): ImageSync: there is no property ImageSyncLock, so it does nothing. "
                + "Did you mean ImageSyncLockFile or ImageSyncLocked?",
            "app.csproj.user(3,1): ImageSync: there is no property ImageSyncXyz, so it does nothing. "
                + "All that there are: https://github.com/imagesync-dotnet/imagesync/blob/main/docs/properties.md. "
                + "Give a property of your own a name that does not begin with ImageSync.",
        }));
    }

    [TestCase("ImageSyncOflline", "Did you mean ImageSyncOffline?")]
    [TestCase("imagesyncofline", "Did you mean ImageSyncOffline?")]
    [TestCase("ImageSyncLock", "Did you mean ImageSyncLockFile or ImageSyncLocked?")]
    [TestCase("ImageSyncCache", "Did you mean ImageSyncCacheFile?")]
    [TestCase("ImageSyncMaxConcurency", "Did you mean ImageSyncMaxConcurrency?")]
    [TestCase("ImageSyncFolder", "a property of your own")]
    [TestCase("ImageSyncOffline", null)]
    [TestCase("imageSYNClocked", null)]
    [TestCase("ImageSyncOrigin", null)]
    [TestCase("_ImageSyncInBuild", null)]
    [TestCase("Configuration", null)]
    public void Properties_of_the_command_line(string name, string? words)
    {
        _run.Project.Write("app.csproj", Project.Replace("MaxAges", "MaxAge", StringComparison.Ordinal));
        Run([], global: name);
        Assert.That(Warnings().Select(warning =>
            warning.StartsWith($"app.csproj(0,0): ImageSync: there is no property {name}, so it does nothing. ",
            StringComparison.Ordinal) && warning.Contains(words!, StringComparison.Ordinal)),
            Is.EqualTo(words is null ? [] : new[] { true }));
    }

    // The project as a whole has told of it.
    [Test]
    public void An_inner_build_tells_of_no_property()
    {
        Run([], task => task.TargetFramework = "net10.0", global: "ImageSyncOflline");
        Assert.That(Warnings(), Is.Empty);
    }

    [TestCase("LocaPath", "LocalPath")]
    [TestCase("localpaht", "LocalPath")]
    [TestCase("Path", "LocalPath")]
    [TestCase("DestinationFile", "LocalPath")]
    [TestCase("LocalFile", "LocalPath")]
    [TestCase("OutputFile", "LocalPath")]
    [TestCase("Action", "BuildAction")]
    [TestCase("BuildType", "BuildAction")]
    [TestCase("Sha265", "Sha256")]
    [TestCase("Hash", "Sha256")]
    [TestCase("Sha", "Sha256")]
    [TestCase("SHA512", "Sha256")]
    [TestCase("BuildActions", "BuildAction")]
    [TestCase("MediaTypes", "MediaType")]
    [TestCase("Maxage", null)]
    [TestCase("RequestHeader", "RequestHeaders")]
    [TestCase("Headers", "RequestHeaders")]
    [TestCase("IgnoreQuerry", "IgnoreQuery")]
    [TestCase("Optionnal", "Optional")]
    [TestCase("Uri", "Url")]
    public void Metadata_that_look_like_others(string name, string? meant)
    {
        Run([Item((name, "00:00:01"))]);
        Assert.That(Warnings(), Is.EqualTo(meant is null ? []
            : new[] { $"app.csproj(0,0): http://127.0.0.1:1/a.png: there is no metadatum {name}, so it does nothing. Did you mean {meant}?" }));
    }

    [TestCase("RemoteImages", "https://h/b.png", "", true)]
    [TestCase("RemoteImg", "https://h/b.png", "", true)]
    [TestCase("remoteimags", "$(Origin)/b.png", "", true)]
    [TestCase("RemoteImage", "https://h/b.png", "", false)]
    [TestCase("RemoteImages", "b.png", "", false)]
    [TestCase("RemoteImages", "https://h/b.png", "<RemoteImage Include=\"@(RemoteImages)\" />", false)]
    [TestCase("RemoteImages", "https://h/b.png", "<RemoteImage Include=\"@(RemoteImages->'%(Identity)')\" />", false)]
    [TestCase("RemoteImages", "https://h/b.png", "<A Include=\"%(RemoteImages.Identity)\" />", false)]
    [TestCase("RemoteImagery", "https://h/b.png", "", true)]
    [TestCase("RemoteIcon", "https://h/b.png", "", false)]
    [TestCase("Reference", "https://h/b.png", "", false)]
    [TestCase("RemoteFile", "https://h/b.png", "", false)]
    public void Item_types_that_look_like_the_right_one(string type, string include, string more, bool isTold)
    {
        _run.Project.Write("app.csproj",
            "<Project>\n<!-- <RemoteImagez Include=\"https://h\" /> -->\n<ItemGroup>\n"
            + $"  <{type} Include=\"{include}\" />{more}</ItemGroup></Project>");
        Run([Item(("LocalPath", "a.png"))]);
        Assert.That(Warnings(), Is.EqualTo(!isTold ? [] : new[]
        {
            $"app.csproj(4,3): ImageSync: nothing syncs items of the type {type}. Did you mean RemoteImage?",
        }));
    }

    [TestCase("%(Path)")]
    [TestCase("%(RemoteImage.path)")]
    [TestCase("%(Content.Path)")]
    [TestCase("%( Logo.Path )")]
    [TestCase("')->WithMetadataValue('Path', 'x")]
    [TestCase("')->HasMetadata( 'PATH")]
    public void A_metadatum_that_the_project_reads_is_its_own(string use)
    {
        _run.Project.Write("app.csproj", $"<Project><ItemGroup><Content Include=\"@(RemoteImage->'{use}')\" /></ItemGroup></Project>");
        Run([Item(("Path", "x.png"))]);
        Assert.That(Warnings(), Is.Empty);
    }

    [TestCase("%(Content.Paths)")]
    [TestCase("$(Path) (Path)")]
    [TestCase("->Replace('Path', 'x')")]
    public void What_only_looks_like_a_metadatum_is_no_use_of_it(string use)
    {
        _run.Project.Write("app.csproj", $"<Project><ItemGroup><Content Include=\"@(RemoteImage->'{use}')\" /></ItemGroup></Project>");
        Run([Item(("Path", "x.png"))]);
        Assert.That(Warnings().Single(), Does.Contain("Did you mean LocalPath?"));
    }

    [TestCase("""<ItemGroup><CompilerVisibleProperty Include="ImageSyncGallery" /></ItemGroup>""", false)]
    [TestCase("""<ItemGroup><CompilerVisibleProperty Include="A;ImageSyncGallery;B" /></ItemGroup>""", false)]
    [TestCase("""<PropertyGroup><Names>imagesyncgallery</Names></PropertyGroup>""", false)]
    [TestCase("""<ItemGroup><CompilerVisibleProperty Include="ImageSyncGallery2;MyImageSyncGallery" /></ItemGroup>""", true)]
    [TestCase("""<Target Name="T"><MSBuild Projects="x" Properties="ImageSyncGallery=1" /></Target>""", true)]
    public void A_property_that_the_project_names_elsewhere_is_its_own(string use, bool isTold)
    {
        _run.Project.Write("app.csproj", $"<Project><PropertyGroup><ImageSyncGallery>1</ImageSyncGallery></PropertyGroup>{use}</Project>");
        Run([]);
        Assert.That(Warnings(), Has.Count.EqualTo(isTold ? 1 : 0));
    }

    // Of the SDK, of other packages, and such as projects have of their own.
    [Test]
    public void Other_metadata_pass()
    {
        string[] names =
        [
            "Link", "LinkBase", "CopyToOutputDirectory", "CopyToPublishDirectory", "LogicalName", "Visible", "Pack", "PackagePath",
            "TargetPath", "DependentUpon", "Generator",
            "LastGenOutput", "SubType", "Culture", "WithCulture", "ManifestResourceName", "Private", "BaseSize", "Color", "Resize",
            "TintColor", "ForegroundScale", "InProject",
            "ExcludeFromSingleFile", "AssetKind", "AssetMode", "AssetRole", "RelativePath", "Fingerprint", "Targets", "Frames",
            "Match", "Batch", "Patch", "Image", "Name", "Title",
            "Alt", "Author", "License", "Source", "Type", "Size", "Width", "Options", "Optimal", "Url2", "Urls", "Local", "Age",
            "Max", "Query", "Media", "Action", "Id", "A",
        ];
        Run([Item([.. names.Select(name => (name, "x")), ("BuildAction", "Content")])]);
        Assert.That(Warnings(), Is.Empty);
    }

    // An item that says it by the right name means something else.
    [Test]
    public void What_other_tools_call_the_same_passes_beside_the_right_name()
    {
        (string, string)[] right = [("LocalPath", "a.png"), ("Sha256", new string('a', 64)), ("Url", "http://127.0.0.1:1/a.png"),
            ("MediaType", "image/*"), ("RequestHeaders", "X: 1"), ("MaxBytes", "5"), ("BuildAction", "None")];
        Run([Item([.. right, .. KnownNames.OtherMetadata.Keys.Select(name => (name, "x"))])]);
        Assert.That(Warnings(), Is.Empty);
    }

    // Evaluation has filled the LocalPath, not the author.
    [Test]
    public void A_name_that_evaluation_gave_is_not_the_authors()
    {
        Run([Item(("Path", "img/a.png"), ("LocalPath", "images/a.png"), ("_ImageSyncName", "a.png"))]);
        Assert.That(Warnings().Single(), Does.Contain("Did you mean LocalPath?"));
    }

    [TestCase("Embedded", "EmbeddedResource")]
    [TestCase("EmbeddedResources", "EmbeddedResource")]
    [TestCase("Contents", "Content")]
    [TestCase(" embed ", "EmbeddedResource")]
    [TestCase("AdditionalFile", "AdditionalFiles")]
    [TestCase("MauiImages", "MauiImage")]
    [TestCase("content", null)]
    [TestCase("Sprite", null)]
    [TestCase("Note", null)]
    [TestCase("Node", null)]
    [TestCase("Compile", null)]
    [TestCase("MauiIcon", null)]
    [TestCase("MauiFont", null)]
    [TestCase("SplashScreen", null)]
    [TestCase("Page", null)]
    public void Build_actions_that_look_like_others(string action, string? meant)
    {
        Run([Item(("LocalPath", "a.png"), ("BuildAction", action))]);
        var told = $"app.csproj(0,0): a.png: the BuildAction is \"{action.Trim()}\", an item type that nothing reads unless the project does. "
            + $"Did you mean {meant}?";
        Assert.That(Warnings(), Is.EqualTo(meant is null ? [] : new[] { told }));
    }

    [TestCase("CopyToOutputDirectory", "PreserveNewest", "", "", true)]
    [TestCase("CopyToPublishDirectory", "Always", " ", "", true)]
    [TestCase("LogicalName", "logo", "", "", true)]
    [TestCase("Pack", "true", "", "", true)]
    [TestCase("CopyToOutputDirectory", "PreserveNewest", "None", "", false)]
    [TestCase("CopyToOutputDirectory", "Never", "", "", false)]
    [TestCase("Pack", "false", "", "", false)]
    [TestCase("Link", "a.png", "", "", false)]
    [TestCase("CopyToOutputDirectory", "PreserveNewest", "", "<None Include=\"@(RemoteImage->'%(LocalPath)')\" />", false)]
    [TestCase("CopyToOutputDirectory", "PreserveNewest", "", "<None Include=\"@(RemoteImages)\" />", true)]
    public void Metadata_that_need_a_build_action(string name, string value, string action, string items, bool isTold)
    {
        _run.Project.Write("app.csproj", $"<Project><ItemGroup>{items}</ItemGroup></Project>");
        Run([Item(("LocalPath", "a.png"), (name, value), ("BuildAction", action))]);
        Assert.That(Warnings(), Is.EqualTo(!isTold ? [] : new[]
        {
            $"app.csproj(0,0): a.png: {name} goes with the file to the item type of its BuildAction, and the item has none, "
                + "so it does nothing. Add BuildAction=\"Content\", or \"None\" for a file that is no content.",
        }));
    }

    [Test]
    public void Each_name_is_told_of_once()
    {
        Run(Enumerable.Range(0, 600).Select(i => Item(("LocaPath", $"{i}.png"), ("LocalPath", $"img/{i}.png"))));
        Assert.That(Warnings(), Has.Count.EqualTo(1));
    }

    private static TaskItem Item(params (string, string)[] metadata) => TaskRun.Item("http://127.0.0.1:1/a.png", metadata);

    private void Run(IEnumerable<TaskItem> items, Action<SyncSettings>? with = null, string? global = null)
    {
        _engine = new FakeEngine { GlobalProperties = global is null ? [] : new() { [global] = "true" } };
        _run.ExecuteOn(_engine, items, task =>
        {
            (task.Offline, task.Directory) = ("true", "images/");
            with?.Invoke(task);
        });
        _engine.End();
    }

    private List<string> Warnings() => [.. _engine.Warnings.Where(warning => warning.Code == "IMGSYNC1007")
        .Select(warning => $"{Path.GetFileName(warning.File)}({warning.LineNumber},{warning.ColumnNumber}): {warning.Message}")];
}
