using ImageSync.Engine.Runs;
using ImageSync.Sync;

namespace ImageSync.Tests.Pipe;

/// <summary>What the text of each option makes of the settings.</summary>
public class RunOptionsTests
{
    private static readonly string Project = System.IO.Path.GetFullPath("/nowhere/p");

    private static readonly Row[] Rows =
    [
        new("ProjectDirectory", "/p ", run => run.Sync.ProjectDirectory, "/p "),
        new("ProjectName", " App ", run => run.ProjectName, "App"),
        Switch("NamesProject", run => run.NamesProject),
        Switch("Detailed", run => run.IsDetailed),
        new("InBuild", " False\n", run => run.Sync.ByHand, true) { Invalid = "1", Blank = "invalid" },
        Switch("Question", run => run.Sync.ChangesFail),
        new("TargetFramework", " net8.0 ", run => run.Sync.TargetFramework, "net8.0"),
        new("TargetFrameworks", " net8.0 ;; net9.0", run => string.Join('|', run.Sync.TargetFrameworks), "net8.0|net9.0"),
        Path("CacheFile", "obj/p.imagesync.cache", run => run.Sync.CacheFile),
        Path("LockFile", "images.lock.json", run => run.Sync.LockFile),
        Switch("Locked", run => run.Sync.Locked),
        Path("Store", "../store", run => run.Sync.StoreFolder) with { Invalid = "a\0b" },
        Bytes("StoreMaxBytes", run => run.Sync.StoreMaxBytes),
        Switch("Prune", run => run.Sync.Prune),
        Switch("Force", run => run.Sync.Force),
        Switch("Offline", run => run.Sync.Offline),
        new("OnLocalEdit", " keep ", run => run.Sync.OnLocalEdit, OnLocalEdit.Keep) { Invalid = "Keep,Fail", Blank = "invalid" },
        Duration("RefreshAfter", run => run.Sync.RefreshAfter),
        Count("Retries", run => run.Sync.Retries) with { Invalid = "-1" },
        Duration("ConnectTimeout", run => run.Sync.ConnectTimeout),
        Duration("IdleTimeout", run => run.Sync.IdleTimeout),
        Duration("Timeout", run => run.Sync.Timeout),
        Count("MaxConcurrency", run => run.Sync.MaxConcurrency),
        Count("MaxConnectionsPerHost", run => run.Sync.MaxConnectionsPerHost),
        new("UserAgent", " Me/1 ", run => run.Sync.UserAgent, "Me/1") { Invalid = "a\nb" },
        new("AllowedHosts", "h.example", run => (run.Sync.AllowedHosts.Allow("h.example"), run.Sync.AllowedHosts.Allow("i.example")),
            (true, false))
        {
            Invalid = "http://h",
            Blank = "invalid",
        },
        new("Mirror", "https://h/=https://m/", run => run.Sync.Mirrors == ImageSync.Http.Mirrors.None, false)
        {
            Invalid = "https://h",
            Blank = "invalid",
        },
        new("Directory", " img/ ", run => run.Directory, "img/"),
        new("MaxAge", "server", run => run.MaxAge, "server") { Invalid = "15", Blank = "invalid" },
        Bytes("MaxBytes", run => run.MaxBytes) with { Expected = "9" },
        new("Enabled", "true", _ => null, null) { Invalid = "1", Blank = "invalid" },
        new("OnBuild", "false", _ => null, null) { Invalid = "maybe", Blank = "invalid" },
        new("OwnsDirectory", "yes", _ => null, null) { Invalid = "!", Blank = "invalid" },
        Path("ManifestFile", "images.json", run => run.FileOf("ManifestFile")),
        Path("ReportFile", "r.html", run => run.FileOf("ReportFile")),
        Path("SummaryFile", "r.md", run => run.FileOf("SummaryFile")),
        Path("HistoryFile", "r.history", run => run.FileOf("HistoryFile")),
    ];

    private static IEnumerable<string> Names => Rows.Select(row => row.Name);

    // The request that has no such directory is refused before.
    private static IEnumerable<string> NamesButTheDirectory => Names.Skip(1);

    [Test]
    public void EachHasARow() => Assert.That(Names, Is.EqualTo(RunOptions.All.Select(option => option.Name)));

    [TestCaseSource(nameof(Names))]
    public void TakesWhatIsValid(string name)
    {
        // arrange
        var row = RowOf(name);

        // act
        var settings = Read(name, row.Valid, out var problems);

        // assert
        Assert.That(problems, Is.Empty);
        Assert.That(row.Read(settings!), Is.EqualTo(row.Expected));
        Assert.That(row.Expected is null || !Equals(row.Read(Read(name, "", out _)!), row.Expected), Is.True, "it is not the default");
    }

    [TestCaseSource(nameof(Names))]
    public void TakesNothingForTheDefault(string name)
    {
        // arrange
        var row = RowOf(name);

        var without = Required();
        _ = name != "ProjectDirectory" && without.Remove(name);

        // act
        var settings = Read(name, "", out var problems);

        // assert
        Assert.That(problems, Is.Empty);
        Assert.That(row.Read(settings!), Is.EqualTo(row.Read(RunOptions.Read(Wording.Project, without, out _)!)));
    }

    // Only blanks are an author's nothing, where a text or a place is wanted, and no value, where one is.
    [TestCaseSource(nameof(NamesButTheDirectory))]
    public void TakesBlanks(string name)
    {
        foreach (var blank in new[] { " ", "\t", "\r\n  " })
        {
            // act
            var settings = Read(name, blank, out var problems);

            // assert
            if (RowOf(name).Blank == "invalid")
            {
                Assert.That((settings, problems.Single().Cause), Is.EqualTo(((RunSettings?)null, CauseOf(name, blank))));
            }
            else
            {
                Assert.That(problems, Is.Empty);
                Assert.That(RowOf(name).Read(settings!) ?? "", Is.EqualTo(RowOf(name).Read(Read(name, "", out _)!) ?? ""));
            }
        }
    }

    [TestCaseSource(nameof(Names))]
    public void RefusesWhatIsNot(string name)
    {
        if (RowOf(name).Invalid is { } invalid)
        {
            // act
            var settings = Read(name, invalid, out var problems);

            // assert
            Assert.That((settings, problems.Single().Code, problems.Single().Cause),
                Is.EqualTo(((RunSettings?)null, DiagnosticCode.InvalidValue, CauseOf(name, invalid))));
        }
        else
        {
            // Texts: no control character makes them invalid, but a name is a name.
            Assert.That(Read(name, name == "ProjectDirectory" ? "/\u0001" : "\u0001x", out _), Is.Not.Null);
        }
    }

    [Test]
    public void TellsOfAllThatAreNotValid()
    {
        // act
        var settings = RunOptions.Read(Wording.Project, Required(("Timeout", "soon"), ("Force", "2"), ("MaxConcurrency", "0")), out var problems);

        // assert: in the order of the table
        Assert.That(settings, Is.Null);
        Assert.That(problems.Select(problem => problem.Cause.Split('"')[0]), Is.EqualTo(new[]
        {
            "the property ImageSyncForce is ", "the property ImageSyncTimeout is ", "the property ImageSyncMaxConcurrency is ",
        }).IgnoreCase);
    }

    [Test]
    public void NeverThrows()
    {
        // arrange
        var seed = Random.Shared.Next();
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string[] awkward = ["", " ", "\0", "\n", "/", "\\", "..", ".", "~", ";", "=", ":", "0", "9", "-", "\uD800", "true", "http://",
            "[", "%", "*", "\u202E"];

        // act, assert
        for (var round = 0; round < 5_000; round++)
        {
            var texts = RunOptions.All.Where(option => option.Name is not ("ProjectDirectory" or "CacheFile") && random.Next(4) == 0)
                .Select(option =>
                    (option.Name, string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => awkward[random.Next(awkward.Length)]))));
            Assert.That(() => RunOptions.Read(Wording.Project, Required([.. texts]), out _), Throws.Nothing);
        }
    }

    private static string CauseOf(string name, string text)
    {
        var option = RunOptions.All.Single(option => option.Name == name);
        return option.Invalid(Wording.Project, text).Cause;
    }

    private static RunSettings? Read(string name, string text, out IReadOnlyList<Problem> problems) =>
        RunOptions.Read(Wording.Project, Required((name, text)), out problems);

    // What each request has.
    private static Dictionary<string, string> Required(params (string Name, string Text)[] others)
    {
        var texts = new Dictionary<string, string> { ["ProjectDirectory"] = Project, ["CacheFile"] = "obj/q.imagesync.cache" };
        foreach (var (name, text) in others)
        {
            texts[name] = name is "ProjectDirectory" && text.Length == 0 ? Project : text;
        }

        return texts;
    }

    private static Row RowOf(string name) => Rows.Single(row => row.Name == name);

    private static Row Switch(string name, Func<RunSettings, bool> read) =>
        new(name, " True\n", run => read(run), true) { Invalid = "1", Blank = "invalid" };

    private static Row Count(string name, Func<RunSettings, int> read) =>
        new(name, " 9 ", run => read(run), 9) { Invalid = "0", Blank = "invalid" };

    private static Row Bytes(string name, Func<RunSettings, object> read) =>
        new(name, " 9 ", read, 9L) { Invalid = "1 MB", Blank = "invalid" };

    private static Row Duration(string name, Func<RunSettings, TimeSpan?> read) =>
        new(name, " 00:00:07 ", run => read(run), TimeSpan.FromSeconds(7)) { Invalid = "7", Blank = "invalid" };

    private static Row Path(string name, string path, Func<RunSettings, string?> read) =>
        new(name, $" {path}\n", read, System.IO.Path.GetFullPath(path, Project)) { Invalid = "img/.." };

    private sealed record Row(string Name, string Valid, Func<RunSettings, object?> Read, object? Expected)
    {
        public string? Invalid { get; init; }

        public string Blank { get; init; } = "default";
    }
}
