using System.Diagnostics;
using System.Globalization;
using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>The build or its engine is ended in the middle of a sync: the other ends too, and the next build goes on from there.</summary>
[Platform("Linux")]
public sealed class EngineKills
{
    private static readonly byte[] Image = SampleImages.Png(1, 3_000);

    private ScriptedOrigin _origin;
    private ConsumerProject _project;

    [SetUp]
    public async Task DeclareAsync()
    {
        _origin = new ScriptedOrigin()
            .On("/first.png", request => Reply.Current(request, Image, "\"1\""))
            .On("/second.png", Reply.Ok(Image, ("ETag", "\"2\"")).Stall(100));
        // One at a time: the first is finished when the second is asked for.
        _project = new ConsumerProject(
            new TestDirectory(),
            Packed.Package,
            $"""<RemoteImage Include="{_origin.Url("/first.png")};{_origin.Url("/second.png")}" BuildAction="None" />""",
            "<ImageSyncMaxConcurrency>1</ImageSyncMaxConcurrency>");
        (await _project.RunAsync("restore")).ShouldSucceed();
    }

    [TearDown]
    public async Task StopAsync() => await _origin.DisposeAsync();

    [TestCase("true")]
    [TestCase("false", Category = "Nightly")]
    public async Task TheBuildIsKilled(string native)
    {
        // arrange
        using var sync = _project.Start("msbuild", "-t:SyncImages", $"-p:ImageSyncNative={native}");
        var engines = await InTheMiddleAsync(() => sync.Id);

        // act
        EngineProcesses.KillAlone(sync.Id);

        // assert
        await EngineProcesses.UntilGoneAsync(engines);
        await TheNextBuildGoesOnAsync();
    }

    [TestCase("true")]
    [TestCase("false", Category = "Nightly")]
    public async Task Interrupted(string native)
    {
        // arrange: a process group of its own, as a terminal gives each command; whatever started the tests may ignore the signal
        var dotnet = new DotNet(_project.Folder) { IsAlone = true, PackagesFolder = Packed.Package.PackagesFolder };
        var id = _project.PathOf("obj/id");
        var sync = $"echo $$ > obj/id; exec dotnet msbuild -t:SyncImages -tl:off -p:ImageSyncNative={native}";
        var command = dotnet.RunBashAsync("-c", $"exec env --default-signal=INT,QUIT setsid --wait bash -c '{sync}'");
        var group = 0;
        var engines = await InTheMiddleAsync(() => group = int.Parse(File.ReadAllText(id), CultureInfo.InvariantCulture));
        var watch = Stopwatch.StartNew();

        // act
        using (var kill = Process.Start("kill", ["-INT", "--", $"-{group}"]))
        {
            await kill.WaitForExitAsync();
        }

        // assert
        var result = await command.WaitAsync(TimeSpan.FromSeconds(60));
        TestContext.Out.WriteLine($"the build was over after {watch.ElapsedMilliseconds} ms");
        Assert.That(result.ExitCode, Is.Not.Zero);
        Assert.That(result.Output, Does.Not.Contain("IMGSYNC"));
        await EngineProcesses.UntilGoneAsync(engines);
        await TheNextBuildGoesOnAsync();
    }

    [Test]
    public async Task TheNativeEngineIsKilled()
    {
        // arrange
        if (!NativeEngine.IsExpected)
        {
            Assert.Ignore("The engine is compiled ahead on Linux alone, where there is a linker.");
        }

        using var sync = _project.Start("msbuild", "-t:SyncImages", "-v:detailed", "-tl:off");
        var engines = await InTheMiddleAsync(() => sync.Id);
        Recover();

        // act
        engines.ToList().ForEach(EngineProcesses.KillAlone);

        // assert: its IL takes over, from where it was
        var result = (await sync.WaitAsync()).ShouldSucceed();
        Assert.That(result.Output, Does.Not.Contain("IMGSYNC").And.Match("cannot be used: .*imagesync: it ended with the code 137"));
        Assert.That(_origin.RequestsTo("/first.png").Select(request => request.IsConditional), Is.EqualTo(new[] { false, true }));
        Assert.That(_project.Read("images/second.png"), Is.EqualTo(Image));
    }

    [TestCase("true")]
    [TestCase("false", Category = "Nightly")]
    public async Task EachEngineIsKilled(string native)
    {
        // arrange
        using var sync = _project.Start("msbuild", "-t:SyncImages", "-tl:off", $"-p:ImageSyncNative={native}");
        await InTheMiddleAsync(() => sync.Id);

        // act
        while (!sync.HasExited)
        {
            EngineProcesses.Below(sync.Id).ToList().ForEach(EngineProcesses.KillAlone);
            await Task.Delay(20);
        }

        // assert
        var result = (await sync.WaitAsync()).ShouldFail();
        Assert.That(result.Output, Does.Contain("error IMGSYNC5001").And.Contain("it ended with the code 137"));
        await TheNextBuildGoesOnAsync();
    }

    // Until the second image is asked for; then the processes that the build has started.
    private async Task<IReadOnlyList<int>> InTheMiddleAsync(Func<int> build)
    {
        var watch = Stopwatch.StartNew();
        while (_origin.RequestsTo("/second.png").Count == 0)
        {
            Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromMinutes(2)), "the second image is never asked for");
            await Task.Delay(5);
        }

        var engines = EngineProcesses.Below(build());
        Assert.That(engines, Has.Count.EqualTo(1), "one engine, and nothing else");
        return engines;
    }

    private void Recover() => _origin.On("/second.png", request => Reply.Current(request, Image, "\"2\""));

    private async Task TheNextBuildGoesOnAsync()
    {
        Recover();
        _origin.Clear();
        var result = (await _project.Logged.BuildAsync("--no-restore")).ShouldSucceed();
        Assert.That(result.Output, Does.Not.Contain("IMGSYNC"));
        Assert.That(BuildLog.Of(result).Items("SyncedImage").Select(item => item["Status"]),
            Is.EqualTo(new[] { "NotModified", "Added" }), "what was finished is recorded");
        Assert.That(Directory.GetFiles(_project.PathOf("images")).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { "first.png", "second.png" }));
        Assert.That(Directory.GetFiles(_project.Folder, "*.tmp", SearchOption.AllDirectories), Is.Empty);
        Assert.That(new[] { "first", "second" }.Select(name => _project.Read($"images/{name}.png")), Is.All.EqualTo(Image));
    }
}
