using System.Text.Json;
using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>What MSBuild.exe does, by the private switch that makes dotnet's MSBuild do the same.</summary>
public sealed class HandOver
{
    private const string Forced = "-p:_ImageSyncHandOver=true";
    private static readonly byte[] Image = SampleImages.Png(1, 3_000);

    private TestDirectory _directory;
    private ScriptedOrigin _origin;

    [SetUp]
    public void Serve()
    {
        _directory = new TestDirectory();
        _origin = new ScriptedOrigin().On("/logo.png", request => Reply.Current(request, Image, "\"1\""));
    }

    [TearDown]
    public async Task Stop() => await _origin.DisposeAsync();

    [Test]
    public async Task SyncsAsTheTaskItselfDoes()
    {
        // arrange
        var project = Project(Item("/logo.png", "BuildAction=\"Content\" CopyToOutputDirectory=\"PreserveNewest\""));

        // act
        var first = BuildLog.Of((await project.BuildAsync(Forced)).ShouldSucceed());
        var second = BuildLog.Of((await project.BuildAsync(Forced)).ShouldSucceed());

        // assert
        using var all = Assert.EnterMultipleScope();
        Assert.That(_origin.Requests.Select(request => request.Header("If-None-Match")), Is.EqualTo(new[] { null, "\"1\"" }));
        Assert.That(project.Read("bin/Debug/net10.0/logo.png"), Is.EqualTo(Image));
        Assert.That(first.Tasks.Concat(second.Tasks), Does.Contain("HandOver").And.None.EqualTo("SyncImages"));
        Assert.That(first.Items("SyncedImage").Single(), Has.Property("Identity").EqualTo("logo.png"));
        Assert.That(first.Items("SyncedImage").Single()["Status"], Is.EqualTo("Added"));
        Assert.That(second.Items("SyncedImage").Single()["Status"], Is.EqualTo("NotModified"));
        Assert.That(second.Items("SyncedImage").Single()["ETag"], Is.EqualTo("\"1\""));
    }

    [Test]
    public async Task MirrorsOfTheCommandLine()
    {
        // arrange
        var project = Project("""<RemoteImage Include="https://cdn.example.com/brand/logo.png" />""");

        // act
        (await project.SyncAsync(Forced, $"-p:ImageSyncMirror=https://img.example.org=https://files.example.net/img%3Bhttps://cdn.example.com/brand={_origin.Url("")}")).ShouldSucceed();

        // assert
        Assert.That(_origin.Requests.Select(request => request.Target), Is.EqualTo(new[] { "/logo.png" }));
    }

    [Test]
    public async Task ReportsEachProblemOnce()
    {
        // arrange
        var project = Project(Item("/gone.png") + "\n" + Item("/never.png"));
        await File.WriteAllBytesAsync(project.PathOf("gone.png"), Image);

        // act
        var log = BuildLog.Of((await project.BuildAsync(Forced)).ShouldFail());
        var promoted = BuildLog.Of((await project.BuildAsync(Forced, "-warnaserror:IMGSYNC2003")).ShouldFail());

        // assert
        using var all = Assert.EnterMultipleScope();
        var warning = log.Warnings.Single();
        Assert.That(warning, Has.Property("Code").EqualTo("IMGSYNC2003").And.Property("File").EqualTo(project.PathOf("App.csproj")));
        Assert.That(warning.Line, Is.GreaterThan(0));
        Assert.That(warning.Text, Does.StartWith("gone.png: ").And.Not.Contain("App.csproj"));
        Assert.That(log.Errors.Single(), Has.Property("Code").EqualTo("IMGSYNC2003").And.Property("Line").EqualTo(warning.Line + 1));
        Assert.That(promoted.Errors.Select(error => error.Code), Is.EqualTo(new[] { "IMGSYNC2003", "IMGSYNC2003" }));
        Assert.That(project.Read("gone.png"), Is.EqualTo(Image));
    }

    [Test]
    public async Task ChecksAndAnswersQuestionsWithoutWriting()
    {
        // arrange
        var project = Project(Item("/logo.png"));
        (await project.BuildAsync(Forced)).ShouldSucceed();
        (await project.BuildAsync(Forced)).ShouldSucceed();
        var before = FolderState.Of(project.Folder);

        // act
        var same = await project.BuildAsync("--no-restore", "-question", Forced);
        _origin.On("/logo.png", Reply.Ok(SampleImages.Png(2, 3_000), ("ETag", "\"2\"")));
        var changed = BuildLog.Of((await project.BuildAsync("--no-restore", "-question", Forced)).ShouldFail());
        var check = BuildLog.Of((await project.MSBuildAsync("-t:CheckImages", Forced)).ShouldSucceed());

        // assert
        using var all = Assert.EnterMultipleScope();
        same.ShouldSucceed();
        Assert.That(changed.Errors.Select(error => error.Code), Does.Contain("IMGSYNC2010"));
        Assert.That(check.Warnings.Select(warning => warning.Code), Is.EqualTo(new[] { "IMGSYNC2010" }));
        Assert.That(check.Items("SyncedImage").Single()["Status"], Is.EqualTo("Modified"));
        Assert.That(FolderState.Of(project.Folder), Is.EqualTo(before));
    }

    [Test]
    public async Task WithoutDotnetThereIsOneDiagnostic()
    {
        // arrange
        var project = Project(Item("/logo.png"), new() { ["PATH"] = _directory.PathOf("empty") });
        string[] without = [Forced, $"-p:_ImageSyncDotNetRoot={_directory.PathOf("empty")}"];

        // act
        var absent = BuildLog.Of((await project.BuildAsync(without)).ShouldFail());
        await File.WriteAllBytesAsync(project.PathOf("logo.png"), Image);
        var present = BuildLog.Of((await project.BuildAsync(without)).ShouldSucceed());

        // assert
        using var all = Assert.EnterMultipleScope();
        Assert.That(absent.Errors.Concat(absent.Warnings).Select(problem => problem.Code), Is.EqualTo(new[] { "IMGSYNC5001" }));
        Assert.That(absent.Errors.Single().Text, Does.Contain("no dotnet was found").And.Contain("There is no local copy of logo.png"));
        Assert.That(present.Warnings.Single(), Has.Property("Code").EqualTo("IMGSYNC5001").And.Property("File").EqualTo(project.PathOf("App.csproj")));
        Assert.That(project.Read("logo.png"), Is.EqualTo(Image));
        Assert.That(_origin.Requests, Is.Empty);
    }

    [Test]
    public async Task OnlyTheGlobalPropertiesGoAlong()
    {
        // arrange: each of the two processes writes down what it sees
        var project = Project(Item("/logo.png"), new() { ["MSBUILDSTRAY"] = "stray", ["MSBuildSDKsPath"] = null });
        await File.WriteAllTextAsync(project.PathOf("Directory.Build.targets"), """
            <Project>
              <Target Name="Look" BeforeTargets="SyncImages">
                <WriteLinesToFile File="seen.txt" Lines="handed over: $(_ImageSyncHandOver), stray: $(MSBUILDSTRAY), list: $(List), host: [$(LangName)]" />
              </Target>
            </Project>
            """);

        // act: the list as a person writes it at a shell
        (await project.BuildAsync(Forced, "-p:List=a%3Bb%2C %25 'c'", "-p:LangName=x", "-c", "Release")).ShouldSucceed();

        // assert
        Assert.That(await File.ReadAllLinesAsync(project.PathOf("seen.txt")), Is.EqualTo(new[]
        {
            "handed over: true, stray: stray, list: a;b, % 'c', host: [x]",
            "handed over: false, stray: , list: a;b, % 'c', host: []",
        }));
    }

    [Test]
    public async Task SeveralFrameworksAskOnce()
    {
        // arrange: one image for all, and one for a framework of its own
        _origin.On("/browser.png", request => Reply.Current(request, Image, "\"2\""));
        var project = Project(
            Item("/logo.png") + Item("/browser.png", "Condition=\"'$(TargetFramework)' == 'net10.0-browser'\""),
            properties: "<TargetFrameworks>net10.0;net10.0-browser</TargetFrameworks><ImageSyncLockFile>images.lock.json</ImageSyncLockFile>");

        // act
        (await project.BuildAsync(Forced)).ShouldSucceed();

        // assert: and the lock file knows whose the second one is
        var entries = JsonDocument.Parse(await File.ReadAllTextAsync(project.PathOf("images.lock.json"))).RootElement.EnumerateObject().Where(entry => entry.Value.ValueKind == JsonValueKind.Object);
        Assert.That(entries.Select(entry => entry.Value.TryGetProperty("targetFramework", out var framework) ? framework.GetString() : null), Is.EquivalentTo(new[] { "net10.0-browser", null }));
        Assert.That(_origin.Requests.Select(request => request.Target), Is.EquivalentTo(new[] { "/logo.png", "/browser.png" }));
    }

    [Test]
    public async Task AProjectThatDotnetCannotBuildIsOneDiagnostic()
    {
        // arrange: as with an import that only Visual Studio has
        var project = Project(Item("/logo.png"));
        await File.WriteAllTextAsync(project.PathOf("Directory.Build.targets"), """
            <Project>
              <Import Project="only-in-visual-studio.targets" Condition="'$(_ImageSyncHandOver)' == 'false'" />
            </Project>
            """);

        // act
        var log = BuildLog.Of((await project.BuildAsync(Forced)).ShouldFail());

        // assert
        Assert.That(log.Errors.Single(), Has.Property("Code").EqualTo("IMGSYNC5001").And.Property("Text").Contains("only-in-visual-studio.targets"));
    }

    private string Item(string target, string more = "") =>
        $"<RemoteImage Include=\"{_origin.Url(target)}\" LocalPath=\"{target[1..]}\" {more} />";

    private ConsumerProject Project(string items, Dictionary<string, string?>? environment = null, string properties = "") =>
        new(_directory, Packed.Package, items, properties) { Environment = environment ?? [] };
}
