using ImageSync.Engine.CommandLine;
using ImageSync.Engine.Lists;
using ImageSync.Engine.Runs;
using ImageSync.Http;
using ImageSync.Storage;
using ImageSync.Sync;
using ImageSync.Tests.Sync;

namespace ImageSync.Tests.CommandLine;

/// <summary>A message has the words of whoever reads it: the author of a project, or of a list, or whoever runs the command.</summary>
public class WordingTests
{
    private static readonly TargetUri Url = Given.Url("https://h/a.png");

    private static readonly Wording Command = new CommandWording(ListFile.Of(null));

    [TestCase("MaxAge", "--max-age")]
    [TestCase("Prune", "--prune")]
    [TestCase("OnLocalEdit", "--on-local-edit")]
    [TestCase("MaxConnectionsPerHost", "--max-connections-per-host")]
    public void An_option_is_called_as_its_property(string name, string expected)
    {
        Assert.That(RunOptions.All.Single(option => option.Name == name).OnCommandLine, Is.EqualTo(expected));
        Assert.That(Command.Option(name), Is.EqualTo(expected));
        Assert.That((Wording.Project.Option(name), Wording.List.Option(name)), Is.EqualTo(("ImageSync" + name, "ImageSync" + name)));
    }

    private static IEnumerable<TestCaseData> Messages()
    {
        yield return Of("an option that is not valid", words => Problems.InvalidOption(words, "Retries", "x", "a number"),
            "the property ImageSyncRetries is", "the property ImageSyncRetries is", "the option --retries is");
        yield return Of("an option with a value", words => Problems.EditKept(words, "was edited"),
            "ImageSyncOnLocalEdit=Keep keeps it.", "ImageSyncOnLocalEdit=Keep keeps it.", "--on-local-edit Keep keeps it.");
        yield return Of("a limit", words => Problems.NotReached(words, Url, TransportFailure.Silent(TimeSpan.FromSeconds(30)), 1),
            "for 30 s (ImageSyncIdleTimeout).", "for 30 s (ImageSyncIdleTimeout).", "for 30 s (--idle-timeout).");
        yield return Of("a later run", words => Problems.Overloaded(words, Url, new ResponseHead(503), 1),
            "the next build tries again.", "the next build tries again.", "the next run tries again.");
        yield return Of("a declaration", words => Problems.Refused(words, Url, new ResponseHead(404)),
            "remove the item.", "remove the line.", "remove the line.");
        yield return Of("a path", words => Problems.LocalPathInvalid(words, "../a", new PathFault("is outside")),
            "the LocalPath \"../a\" is outside. Write a LocalPath below the project's directory",
            "the path \"../a\" is outside. Write a path below the project's directory",
            "the path \"../a\" is outside. Write a path below the list's folder");
        yield return Of("a sync", words => Problems.WouldAdd(words, Url, fails: false),
            "run: dotnet build -t:SyncImages", "run: dotnet build -t:SyncImages", "run: imagesync sync");
        yield return Of("an origin's image that is not locked", words => Problems.NotLocked(words, "an item.png"),
            "run: dotnet build -t:SyncImages -p:ImageSyncLocked=false", "run: dotnet build -t:SyncImages -p:ImageSyncLocked=false",
            "run: imagesync accept \"an item.png\"");
        yield return Of("a file that is no image", words => Problems.WrongMedia(words, Url, new(null, "is text", null)),
            "set MediaType=", "A list has images only; declare other files", "A list has images only; declare other files");
        yield return Of("an option that an image can have of its own", words => Problems.Larger(words, Url, null, 1),
            "raise MaxBytes or ImageSyncMaxBytes.", "raise MaxBytes or ImageSyncMaxBytes.", "raise --max-bytes.");

        static TestCaseData Of(string name, Func<Wording, Problem> problem, string project, string list, string command) =>
            new TestCaseData(problem, project, list, command).SetName("words: " + name);
    }

    [TestCaseSource(nameof(Messages))]
    public void A_message_names_what_its_reader_has(object problem, string project, string list, string command)
    {
        var made = (Func<Wording, Problem>)problem;
        Assert.That(TextOf(made(Wording.Project)), Does.Contain(project));
        Assert.That(TextOf(made(Wording.List)), Does.Contain(list));
        Assert.That(TextOf(made(Command)), Does.Contain(command));
    }

    [Test]
    public void A_command_names_the_list()
    {
        var words = new CommandWording(ListFile.Of("my list.txt"));
        Assert.That(words.Sync, Is.EqualTo("imagesync sync \"my list.txt\""));
        Assert.That(words.Accept("a.png"), Is.EqualTo("imagesync accept a.png --list \"my list.txt\""));
        Assert.That(words.CreateLockFile(null), Is.EqualTo("imagesync sync \"my list.txt\" --lock-file \"my list.lock.json\""));
        Assert.That(words.CreateLockFile(Path.GetFullPath("a.json")), Is.EqualTo("imagesync sync \"my list.txt\" --lock-file a.json"));
    }

    // People call files and hosts by the words of messages.
    [Test]
    public void What_a_message_quotes_stays_as_it_is([Values("project", "list", "command")] string reader)
    {
        const string Path = "remove the item/LocalPath ImageSyncMaxAge.png";
        var words = reader switch { "project" => Wording.Project, "list" => Wording.List, _ => Command };
        var url = Given.Url("https://h/the%20item/LocalPath.png");
        Assert.That(TextOf(Problems.LocalPathInvalid(words, Path, new PathFault("is outside"))), Does.Contain($"\"{Path}\""));
        Assert.That(TextOf(Problems.EditReplaced(words, "was edited", $"/k/{Path}")), Does.Contain($"/k/{Path}."));
        Assert.That(TextOf(Problems.ClaimedTwice(words, url.Redacted)), Does.Contain(url.Redacted));
        Assert.That(TextOf(Problems.InvalidOption(words, "Store", Path, "a path")), Does.Contain($"\"{Path}\""));
        Assert.That(TextOf(Problems.WrongMedia(words, url, new(null, $"starts with \"{Path}\"", null))), Does.Contain($"\"{Path}\""));
    }

    // Each is an option by its name in the table.
    [Test]
    public void A_failure_names_an_option_that_there_is()
    {
        var time = TimeSpan.FromSeconds(1);
        TransportFailure[] failures = [TransportFailure.Silent(time), TransportFailure.StillSilent(time), TransportFailure.OutOfTime(time),
            TransportFailure.ConnectTimeout(time)];
        Assert.That(failures.Select(failure => failure.Limit).Distinct(), Is.SubsetOf(RunOptions.All.Select(option => option.Name)));
    }

    private static string TextOf(Problem problem) => $"{problem.Cause} {problem.Advice}";
}
