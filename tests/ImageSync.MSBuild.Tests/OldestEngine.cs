using ImageSync.Testing;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Execution;
using Microsoft.Build.Framework;
using Task = System.Threading.Tasks.Task;

namespace ImageSync.MSBuild.Tests;

/// <summary>
/// ImageSync.targets in MSBuild 17.7, the nearest to SDK 8's 17.8 that can be had as a package and older than it: the engine
/// evaluates them, loads the task and runs it, here on the runtime of the tests.
/// </summary>
/// <remarks>
/// No SDK belongs to that engine, so the project has none, and the tasks of its own are those of oldest-engine/: what the SDK
/// adds is shown in the newest one alone.
/// </remarks>
[NonParallelizable] // The current directory.
public class OldestEngine
{
    private static readonly byte[] Image = SampleImages.Png(1, 3000);

    private Problems _problems;
    private TestDirectory _directory;
    private ScriptedOrigin _origin;

    [SetUp]
    public void SetUp()
    {
        (_problems, _directory, _origin) = (new Problems(), new TestDirectory(), new ScriptedOrigin());
        _origin.On("/a.png", request => Reply.Current(request, Image, "\"1\""));
    }

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [Test]
    public void It_is_older_than_that_of_SDK_8() => Assert.That(ProjectCollection.Version, Is.LessThan(new Version(17, 8)));

    [Test]
    public void Syncs_by_hand_and_then_asks_conditionally()
    {
        Assert.That(Synced("SyncImages", "<RemoteImage Include=\"{0}/a.png\" />"), Is.EqualTo(new[] { "images/a.png Added" }), _problems.Text);
        Assert.That(Synced("SyncImages", "<RemoteImage Include=\"{0}/a.png\" />"), Is.EqualTo(new[] { "images/a.png NotModified" }), _problems.Text);
        Assert.That(_directory.Read("images/a.png"), Is.EqualTo(Image));
    }

    [Test]
    public void Syncs_in_a_build_and_places_the_files()
    {
        // Names that need decoding, and item types of which the targets know only one.
        _origin.On("/gr%C3%B6%C3%9Fe%20x.png", Reply.Ok(Image));
        var result = Build("Build", """
            <RemoteImage Include="{0}/a.png" BuildAction="Content" Link="kept.png" />
            <RemoteImage Include="{0}/gr%C3%B6%C3%9Fe%20x.png" BuildAction="Sprite" />
            <RemoteImage Include="{0}/gone.png" BuildAction="Content" Optional="true" />
            """);
        Assert.That(result.OverallResult, Is.EqualTo(BuildResultCode.Success), _problems.Text);
        Assert.That(result["Build"].Items.Select(item => $"{item.ItemSpec} {item.GetMetadata("Link")}".Trim()), Is.EquivalentTo(new[] { "images/a.png kept.png", "images/größe x.png" }));
        Assert.That(_problems.Codes, Is.EqualTo(new[] { "IMGSYNC2003" }));
    }

    [Test]
    public void Tells_what_is_wrong()
    {
        Assert.That(Build("SyncImages", "<RemoteImage Include=\"{0}/none.png\" LocalPath=\"../a.png\" />").OverallResult, Is.EqualTo(BuildResultCode.Failure));
        Assert.That(Build("SyncImages", "", ("ImageSyncEnabled", "perhaps")).OverallResult, Is.EqualTo(BuildResultCode.Failure));
        Assert.That(_problems.Codes, Is.EqualTo(new[] { "IMGSYNC1002", "IMGSYNC1004" }));
    }

    private IEnumerable<string> Synced(string target, string items) =>
        Build(target, items)[target].Items.Select(item => $"{item.ItemSpec} {item.GetMetadata("Status")}");

    private BuildResult Build(string target, string items, params (string Name, string Value)[] properties)
    {
        var file = _directory.Write("p.proj", $"""
            <Project>
              <PropertyGroup>
                <BaseIntermediateOutputPath>obj/</BaseIntermediateOutputPath>
                {TargetsFiles.BuiltHere}
              </PropertyGroup>
              <ItemGroup>{items.Replace("{0}", _origin.Url(""), StringComparison.Ordinal)}</ItemGroup>
              <Target Name="BeforeBuild" />
              <Target Name="Build" DependsOnTargets="BeforeBuild" Returns="@(Content);@(Sprite)" />
              <Import Project="{TargetsFiles.Main}" />
            </Project>
            """);
        using var projects = new ProjectCollection();
        using var manager = new BuildManager();
        var request = new BuildRequestData(file, properties.ToDictionary(pair => pair.Name, pair => (string?)pair.Value), null, [target], null);
        var folder = Environment.CurrentDirectory;
        try
        {
            return manager.Build(new BuildParameters(projects) { Loggers = [_problems], EnableNodeReuse = false }, request);
        }
        finally
        {
            // An engine in its caller's process goes to the project's folder.
            Environment.CurrentDirectory = folder;
        }
    }

    /// <summary>What went wrong, in the order in which it was told.</summary>
    private sealed class Problems : ILogger
    {
        private readonly List<(string Code, string Message)> _told = [];

        public IEnumerable<string> Codes => _told.Select(problem => problem.Code);

        public string Text => string.Join('\n', _told);

        public LoggerVerbosity Verbosity { get; set; }

        public string? Parameters { get; set; }

        public void Initialize(IEventSource eventSource)
        {
            eventSource.ErrorRaised += (_, error) => _told.Add((error.Code, error.Message ?? ""));
            eventSource.WarningRaised += (_, warning) => _told.Add((warning.Code, warning.Message ?? ""));
        }

        public void Shutdown()
        {
        }
    }
}
