using System.Diagnostics;
using ImageSync.Testing;
using Microsoft.Build.Framework;

namespace ImageSync.MSBuild.Tests;

/// <summary>
/// A native program that does not do what it should: the engine's IL takes over where nothing has been told yet; otherwise the build
/// is told what happened. No build hangs, and no process stays.
/// </summary>
[Platform("Linux,MacOsX"), System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public class EngineFaults
{
    private const string Greets = FakeProgram.Greets;
    private const string Hears = FakeProgram.Hears;
    private const string Answers = FakeProgram.Answers;
    private const string Stays = "exec sleep 300\n";

    private ScriptedOrigin _origin;
    private FakeEngine _build;

    [SetUp]
    public void Start()
    {
        _origin = new ScriptedOrigin().Otherwise(request => Reply.Current(request, SampleImages.Png(1, 2_000), "\"1\""));
        _build = new FakeEngine { EndsItsEngines = true };
    }

    [TearDown]
    public async Task StopAsync()
    {
        _build.End();
        await _origin.DisposeAsync();
    }

    private static IEnumerable<TestCaseData> SilentFaults()
    {
        yield return Case("the loader's words", "echo \"$0: /lib/libc.so.6: version \\`GLIBC_2.34' not found\" >&2; exit 1\n",
            "it ended with the code 1 and said: * version `GLIBC_2.34' not found");
        yield return Case("words on several lines", "printf 'a\\n\\n  b\\tc.\\n' >&2; exit 3\n",
            "it ended with the code 3 and said: a b c");
        yield return Case("no words", "exit 7\n", "it ended with the code 7");
        yield return Case("success without a word", "exit 0\n", "it ended with the code 0");
        yield return Case("no interpreter", "#!/lib/ld-musl-nowhere.so.1\n",
            "the loader that it names is not on this machine (it is that of another C library)");
        yield return Case("another processor's", "\u007FELF\u0002\u0001\u0001" + new string('\0', 11) + "\u00B7", "Exec format error");
        yield return Case("killed before the greeting", "kill -9 $$\n", "it ended with the code 137");
        yield return Case("killed in the greeting", "printf 'imagesync\\t2'; kill -9 $$\n",
            "it ended with the code 137 in the middle of a line");
        yield return Case("killed after the greeting", Greets + "kill -9 $$\n", "it ended with the code 137");
        yield return Case("killed after the request", Greets + Hears + "kill -9 $$\n", "it ended with the code 137");
        yield return Case("killed in the first line", Greets + Hears + "printf 'line\\thi'; kill -9 $$\n",
            "it ended with the code 137 in the middle of a line");
        yield return Case("output closed before the greeting", "exec >&-\n" + Stays, "it fell silent");
        yield return Case("output closed after the request", Greets + Hears + "exec >&-\n" + Stays, "it fell silent");
        yield return Case("another protocol", "printf 'imagesync\\t3\\t9.9.9\\n'\n" + Stays,
            "it is of another version (9.9.9) than the task (*)");
        yield return Case("the greeting of another time", "printf 'imagesync\\t0.9\\n'\n" + Stays,
            "its first line is not that of an engine");
        yield return Case("garbage", "printf 'hello\\n'\n" + Stays, "its first line is not that of an engine");
        yield return Case("bytes", "printf '\\377\\376\\n'\n" + Stays, "what it said could not be understood: a line is not UTF-8");
        yield return Case("a line without an end", "head -c 20000000 /dev/zero\n" + Stays,
            "what it said could not be understood: a line is longer than 16 MiB");
        yield return Case("garbage for an answer", Greets + Hears + "printf 'hello\\n'\n" + Stays, "\"hello\" is no line of an answer");
        yield return Case("an empty line for an answer", Greets + Hears + "echo\n" + Stays, "\"\" is no line of an answer");
        yield return Case("an end that is none", Greets + Hears + "printf 'done\\tperhaps\\n'\n" + Stays,
            "\"done\" is no line of an answer");
        yield return Case("bytes for an answer", Greets + Hears + "printf '\\377\\n'\n" + Stays,
            "what it said could not be understood: a line is not UTF-8");
        yield return Case("a fault", Greets + Hears + "printf 'fault\\tArgumentException at X\\n'\n" + Stays, "ArgumentException at X");
        yield return Case("an end behind an image", Greets + Hears + "printf 'file\\t0\\ta.png\\nimage\\t0\\ta.png\\tu\\tu\\tKept\\ttrue\\t200" + FakeProgram.Rest
            + "\\nsummary\\thalf\\n'; exit 3\n", "it ended with the code 3");
        yield return Case("a command in its words", "echo '##vso[task.setvariable]x' >&2; exit 1\n",
            "it ended with the code 1 and said: # #vso[task.setvariable]x");
    }

    [TestCaseSource(nameof(SilentFaults))]
    public void TheILTakesOver(string script, string reason)
    {
        // arrange
        var program = new FakeProgram(script);
        var run = new TaskRun();

        // act
        var succeeded = Sync(run, program);

        // assert
        Assert.That((succeeded, StatusOf(run)), Is.EqualTo((true, "Added")));
        Assert.That((_build.Errors.Count, _build.Warnings.Count), Is.EqualTo((0, 0)));
        Assert.That(ReasonsTold(), Is.EqualTo(1));
        Assert.That(_build.Messages.Single(IsReason).Message, Does.Match(Pattern($"{program.Program}: {reason}")));

        // assert: what could not be used once is not tried again in this build
        var starts = program.Starts;
        Assert.That((Sync(run, program), StatusOf(run), program.Starts, ReasonsTold()), Is.EqualTo((true, "NotModified", starts, 1)));
        program.AreGone();
    }

    [TestCaseSource(nameof(SilentFaults))]
    public void WithoutILTheBuildIsTold(string script, string reason)
    {
        // arrange
        var program = new FakeProgram(script, withIL: false);
        var run = new TaskRun();

        // act
        var succeeded = Sync(run, program);

        // assert
        Assert.That((succeeded, StatusOf(run), _build.Warnings.Count), Is.EqualTo((false, "Failed", 0)));
        Assert.That(_build.Errors.Single().Code, Is.EqualTo("IMGSYNC5001"));
        Assert.That(_build.Errors[0].Message,
            Does.Match(Pattern($"the engine could not be run: {program.Program}: {reason}; the package's folder is not whole, * is missing. "
                + "There is no local copy of a.png. Delete")));
        program.AreGone();
    }

    [TestCase(Greets + Hears + "printf 'line\\thigh\\thello\\nline\\thi'; kill -9 $$\n",
        "it ended with the code 137 in the middle of a line")]
    [TestCase(Greets + Hears + "printf 'line\\thigh\\thello\\n'; echo oh >&2; exit 70\n", "it ended with the code 70 and said: oh")]
    [TestCase(Greets + Hears + "printf 'line\\thigh\\thello\\nhello\\n'\n" + Stays, "\"hello\" is no line of an answer")]
    [TestCase(Greets + Hears + "printf 'line\\thigh\\thello\\nfault\\tX at Y\\n'\n" + Stays, "X at Y")]
    [TestCase(Greets + Hears + "printf 'line\\thigh\\thello\\n'; exec >&-\n" + Stays, "it fell silent")]
    public void NothingIsToldTwice(string script, string reason)
    {
        // arrange
        var program = new FakeProgram(script);
        var run = new TaskRun();

        // act
        var succeeded = Sync(run, program);

        // assert
        Assert.That((succeeded, StatusOf(run), _origin.Requests.Count), Is.EqualTo((false, "Failed", 0)));
        Assert.That(_build.Errors.Select(error => error.Code), Is.EqualTo(new[] { "IMGSYNC5001" }));
        Assert.That(_build.Errors[0].Message,
            Does.Match(Pattern($"could not be run: {program.Program}: {reason}. There is no local copy of a.png. ")));
        Assert.That(_build.HighMessages, Is.EqualTo(new[] { "hello" }));
        program.AreGone();
    }

    // Neither end would ever go on: the one waits for the pipe to be read, and so does the other.
    [Test]
    public void OneThatDoesNotReadItsRequestIsEnded()
    {
        // arrange: more than a pipe holds
        var program = new FakeProgram(Greets + Stays);
        var run = new TaskRun { Prepare = task => task.Link.ResponseTimeout = TimeSpan.FromSeconds(3) };
        var images = Enumerable.Range(0, 2_000).Select(number => TaskRun.Item("mailto:" + number, ("LocalPath", new string('a', 200)))).ToList();

        // act
        run.ExecuteOn(_build, images, settings => settings.EngineFolder = program.Folder);

        // assert
        Assert.That((run.Synced.Length, _build.Errors[0].Code), Is.EqualTo((2_000, "IMGSYNC1001")));
        Assert.That(_build.Messages.Single(IsReason).Message, Does.Contain("it read nothing for 3 seconds"));
        program.AreGone();
    }

    // It would cost each build as much, and nobody would know why.
    [Test]
    public void ALongSearchIsSeen()
    {
        // arrange
        var program = new FakeProgram("exit 1\n");
        var run = new TaskRun { Prepare = task => task.Link.Tolerable = TimeSpan.Zero };

        // act, assert
        Assert.That(Sync(run, program), Is.True);
        Assert.That(
            _build.HighMessages.First(),
            Does.Match(Pattern($"{program.Program}: it ended with the code 1. That took * s. Have the machine's guard")));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void TheLogSaysWhichProgramItIs(bool isNative)
    {
        // arrange
        var program = new FakeProgram(FakeProgram.Serves);
        var run = new TaskRun { Prepare = task => task.Native = isNative ? "" : "false" };

        // act, assert
        Assert.That(Sync(run, program), Is.True);
        Assert.That(_build.Messages.Where(message => message.Message!.Contains("carries this out")).Select(message => (message.Importance, message.Message)),
            Is.EqualTo(new[] { (MessageImportance.Low, isNative ? $"ImageSync: {program.Program} carries this out." : _build.Messages[0].Message) }));
        Assert.That(
            _build.Messages[0].Message,
            isNative ? Does.Not.Contain("dotnet") : Does.Match("dotnet(.exe)? exec \".*ImageSync.Engine.dll\" engine carries"));
    }

    [Test]
    public void ACopyIsEnough()
    {
        // arrange
        var run = new TaskRun();
        run.Project.Write("a.png", SampleImages.Png(2, 1_000));

        // act
        var succeeded = Sync(run, new FakeProgram("exit 1\n", withIL: false));

        // assert
        Assert.That((succeeded, StatusOf(run), _build.Errors.Count), Is.EqualTo((true, "Kept", 0)));
        Assert.That(_build.Warnings.Single().Message, Does.Contain("The local copies were kept."));
    }

    [Test]
    public void AGoodProgramIsUsedAndKept()
    {
        // arrange
        var program = new FakeProgram(FakeProgram.Serves);
        var run = new TaskRun();

        // act, assert
        Assert.That((Sync(run, program), run.Summary), Is.EqualTo((true, "by the script")));
        Assert.That((Sync(run, program), run.Summary, program.Starts), Is.EqualTo((true, "by the script", 1)));
        Assert.That((ReasonsTold(), _origin.Requests.Count), Is.EqualTo((0, 0)));
        _build.End();
        program.AreGone();
    }

    [Test]
    public void AFloodOfWordsIsReadAway()
    {
        // arrange: more than a pipe holds, without an end of a line
        var flood = "head -c 3000000 /dev/zero | tr '\\0' x >&2\n";
        var program = new FakeProgram(flood + Greets + flood + Hears + flood + Answers + flood);

        // act
        var run = new TaskRun();

        // assert
        Assert.That((Sync(run, program), run.Summary, ReasonsTold()), Is.EqualTo((true, "by the script", 0)));
        _build.End();
        program.AreGone();
    }

    [Test]
    public void OfAFloodOfWordsTheBeginningIsTold()
    {
        // arrange
        var program = new FakeProgram("printf 'cannot run: ' >&2; head -c 3000000 /dev/zero | tr '\\0' x >&2\nexit 9\n", withIL: false);

        // act
        Sync(new TaskRun(), program);

        // assert
        Assert.That(_build.Errors.Single().Message,
            Does.Contain("it ended with the code 9 and said: cannot run: xxxx").And.Length.LessThan(2_000));
    }

    // NuGet unpacks without the bit that makes a program of a file.
    [Test]
    public void ItIsMadeExecutable()
    {
        // arrange
        var program = new FakeProgram(Greets + Hears + Answers);
        File.SetUnixFileMode(program.Program,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        var run = new TaskRun();

        // act, assert
        Assert.That((Sync(run, program), run.Summary, ReasonsTold()), Is.EqualTo((true, "by the script", 0)));
        Assert.That(Convert.ToString((int)File.GetUnixFileMode(program.Program), 8), Is.EqualTo("755"));
    }

    [Test]
    public void NothingIsMadeExecutableWhereTheFolderIsMountedWithoutThat()
    {
        // arrange
        var program = new FakeProgram(Greets + Hears + Answers);
        var (folder, text) = (Path.GetDirectoryName(program.Program)!, File.ReadAllText(program.Program));
        if (!Run("mount", "-t", "tmpfs", "-o", "noexec,size=1m", "tmpfs", folder))
        {
            Assert.Ignore("Only root can mount, and not everywhere.");
        }

        try
        {
            File.WriteAllText(program.Program, text);
            var run = new TaskRun();

            // act, assert
            Assert.That((Sync(run, program), StatusOf(run), program.Starts), Is.EqualTo((true, "Added", 0)));
            Assert.That(_build.Messages.Single(IsReason).Message, Does.Contain("it may not be executed").And.Contain("noexec"));
        }
        finally
        {
            Run("umount", folder);
        }
    }

    // Its owner has written it, and may do so again; whoever builds has no right to change it.
    [Test]
    public async Task AnothersProgramIsLeftAlone()
    {
        // arrange
        if (Environment.UserName != "root" || !Run("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "true"))
        {
            Assert.Ignore("Only root can be another user for a while.");
        }

        var program = new FakeProgram(Greets + Hears + Answers);
        const UnixFileMode ReadAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        File.SetUnixFileMode(program.Program, ReadAlone);
        var project = new TestDirectory();
        project.Write("app.proj", $"""
            <Project>
              <PropertyGroup>
                <_ImageSyncTaskAssembly>{typeof(SyncImages).Assembly.Location}</_ImageSyncTaskAssembly>
                <_ImageSyncEngineFolder>{program.Folder}</_ImageSyncEngineFolder>
                <BaseIntermediateOutputPath>obj/</BaseIntermediateOutputPath>
              </PropertyGroup>
              <ItemGroup><RemoteImage Include="{_origin.Url("/a.png")}" LocalPath="a.png" /></ItemGroup>
              <Import Project="{RepositoryRoot.PathOf("ImageSync.targets")}" />
            </Project>
            """);
        Directory.CreateDirectory(project.PathOf("home"));
        Assert.That(Run("chown", "-R", "65534:65534", project.FullPath), Is.True);
        if (!Run("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "test", "-r", typeof(SyncImages).Assembly.Location))
        {
            Assert.Ignore("This checkout is not for others to read.");
        }

        // act
        var home = project.PathOf("home");
        var dotnet = new DotNet(project.FullPath) { IsAlone = true, Environment = new Dictionary<string, string?> { ["HOME"] = home, ["TMPDIR"] = home } };
        var result = await dotnet.RunBashAsync("-c",
            "exec setpriv --reuid=65534 --regid=65534 --clear-groups dotnet msbuild app.proj -t:SyncImages -v:detailed -tl:off");

        // assert
        Assert.That(result.ShouldSucceed().Output,
            Does.Contain(program.Program + ": it may not be executed, and only its owner can change that"));
        Assert.That(result.Output, Does.Contain("0 Warning(s)").And.Contain("added: a.png"));
        Assert.That((File.GetUnixFileMode(program.Program), program.Starts), Is.EqualTo((ReadAlone, 0)));
        Assert.That(project.Exists("a.png"), Is.True);
    }

    [TestCase(Stays, TestName = "one that says nothing")]
    [TestCase("printf 'imagesync'\n" + Stays, TestName = "one that does not end its first line")]
    [TestCase("sleep 300\n:\n", TestName = "one whose child holds the pipe, too")]
    public void PatienceEnds(string script)
    {
        // arrange
        var program = new FakeProgram(script, withIL: false);
        var run = new TaskRun { Prepare = task => task.Link.ResponseTimeout = TimeSpan.FromSeconds(0.3) };

        // act, assert
        Assert.That(Sync(run, program), Is.False);
        Assert.That(_build.Errors.Single().Message, Does.Contain("it said nothing for 0 seconds"));
        program.AreGone();
    }

    [Test]
    public async Task ACancelledBuildWaitsForNoGreeting()
    {
        // arrange: with all the patience that there is
        var program = new FakeProgram(Stays);
        var run = new TaskRun { Prepare = task => task.Link.ResponseTimeout = TimeSpan.FromMinutes(10) };
        var running = Task.Run(() => Sync(run, program));
        program.LastId();

        // act
        run.Task!.Cancel();

        // assert
        Assert.That(await running.WaitAsync(TimeSpan.FromSeconds(60)), Is.False);
        Assert.That((_build.Errors.Count, _build.Warnings.Count, _origin.Requests.Count), Is.EqualTo((0, 0, 0)));
        program.AreGone();
    }

    [TestCase(Greets + Hears + "printf 'line\\thigh\\thello\\n'\n" + Stays, 1, TestName = "that does not hear of the cancellation")]
    [TestCase(Greets + Stays, 5_000, TestName = "that does not even read its request")]
    public async Task ACancelledBuildEndsAnEngine(string script, int images)
    {
        // arrange: more images than a pipe holds
        var program = new FakeProgram(script);
        var run = new TaskRun { Prepare = task => task.Link.Farewell = TimeSpan.FromSeconds(0.3) };
        var items = Enumerable.Range(0, images)
            .Select(number => TaskRun.Item(_origin.Url($"/{number}.png"), ("LocalPath", $"{number}.png"))).ToList();
        var running = Task.Run(() => run.ExecuteOn(_build, items, task => task.EngineFolder = program.Folder));
        program.LastId();
        await Task.Delay(200);

        // act
        run.Task!.Cancel();

        // assert
        Assert.That(await running.WaitAsync(TimeSpan.FromSeconds(60)), Is.False);
        Assert.That((_build.Errors.Count, _build.Warnings.Count, _origin.Requests.Count), Is.EqualTo((0, 0, 0)));
        program.AreGone();
    }

    [Test]
    public async Task ACancelledRunIsHeard()
    {
        // arrange: "cancel" ends it
        var program = new FakeProgram(Greets + Hears
            + "printf 'line\\thigh\\thello\\n'; read -r line; printf 'line\\thigh\\t%s\\ndone\\tcancelled\\n' \"$line\"\n" + Stays);
        var run = new TaskRun();
        var running = Task.Run(() => Sync(run, program));
        Assert.That(() => _build.HighMessages.Count(), Is.EqualTo(1).After(20_000, 10));

        // act
        run.Task!.Cancel();

        // assert
        Assert.That(await running.WaitAsync(TimeSpan.FromSeconds(60)), Is.False);
        Assert.That(_build.HighMessages, Is.EqualTo(new[] { "hello", "cancel" }));
        Assert.That((_build.Errors.Count, _build.Warnings.Count), Is.EqualTo((0, 0)));
        _build.End();
        program.AreGone();
    }

    [Test]
    public void AnEngineThatDoesNotEndWithItsInputIsEnded()
    {
        // arrange
        var program = new FakeProgram(Greets + Hears + Answers + Stays);
        Assert.That(Sync(new TaskRun(), program), Is.True);

        // act
        _build.End();

        // assert
        program.AreGone();
    }

    [Test]
    public void CancelledBeforeItBegins()
    {
        // arrange
        var program = new FakeProgram(Greets + Hears + Answers);
        var run = new TaskRun { Prepare = task => task.Cancel() };

        // act, assert
        Assert.That((Sync(run, program), program.Starts, _build.Errors.Count), Is.EqualTo((false, 0, 0)));
        Assert.That(() => run.Task!.Cancel(), Throws.Nothing, "a task that has ended");
    }

    // The machine may have been short of memory meanwhile.
    [TestCase(1)]
    [TestCase(2)]
    public void AnEngineThatHasEndedWhileItWaitedIsReplaced(int kills)
    {
        // arrange
        var program = new FakeProgram(FakeProgram.Serves, withIL: false);
        var run = new TaskRun();
        Assert.That(Sync(run, program), Is.True);
        for (var kill = 1; kill <= kills; kill++)
        {
            var process = Process.GetProcessById(program.LastId());
            process.Kill();
            process.WaitForExit();

            // act, assert
            Assert.That((Sync(run, program), run.Summary, program.Starts), Is.EqualTo((true, "by the script", 1 + kill)));
        }

        Assert.That((_build.Errors.Count, _build.Warnings.Count), Is.EqualTo((0, 0)));
    }

    [NonParallelizable] // The environment of every engine that this process starts.
    [Test]
    public void ABuildThatChangesItsEnvironmentHasAnother()
    {
        // arrange
        var program = new FakeProgram(FakeProgram.Serves);
        var run = new TaskRun();
        try
        {
            // act
            Sync(run, program);
            Environment.SetEnvironmentVariable("IMAGESYNC_TEST_OF_ENGINES", "1");
            Sync(run, program);
            Environment.SetEnvironmentVariable("IMAGESYNC_TEST_OF_ENGINES", null);
            Sync(run, program);
        }
        finally
        {
            Environment.SetEnvironmentVariable("IMAGESYNC_TEST_OF_ENGINES", null);
        }

        // assert
        Assert.That(program.Starts, Is.EqualTo(2));
        _build.End();
        program.AreGone();
    }

    [Test]
    public void AnEngineOfABuildThatIsOverIsNotKept()
    {
        // arrange
        var program = new FakeProgram(Greets + "cat > /dev/null\n");
        var pool = new EnginePool();
        var engine = pool.Rent([new EngineProgram(program.Program, "engine", isNative: true)], TimeSpan.FromSeconds(20), () => { }, default, out _)!;
        pool.Dispose();

        // act
        pool.Return(engine);

        // assert
        program.AreGone();
    }

    private static bool Run(string command, params string[] arguments)
    {
        using var process = Process.Start(command, arguments);
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static TestCaseData Case(string name, string script, string reason) =>
        new TestCaseData(script, reason).SetArgDisplayNames(name);

    // Asterisks stand for anything.
    private static string Pattern(string text) => System.Text.RegularExpressions.Regex.Escape(text).Replace("\\*", ".*");

    private static bool IsReason(BuildMessageEventArgs message) =>
        message.Importance == MessageImportance.Low && message.Message!.Contains("cannot be used");

    private static string StatusOf(TaskRun run) => run.Synced.Single().GetMetadata("Status");

    private int ReasonsTold() => _build.Messages.Count(IsReason);

    private bool Sync(TaskRun run, FakeProgram program) => run.ExecuteOn(
        _build,
        [TaskRun.Item(_origin.Url("/a.png"), ("LocalPath", "a.png"))],
        task => task.EngineFolder = program.Folder);
}
