using ImageSync.Engine.CommandLine;
using ImageSync.Engine.Runs;
using ImageSync.Testing;

namespace ImageSync.Tests.CommandLine;

/// <summary>The options of the command are those of projects, by the same names and with the same defaults.</summary>
public class CommandOptions
{
    // MSBuild acts on these.
    private static readonly string[] OfBuildsAlone = ["Enabled", "OnBuild", "OwnsDirectory"];

    private static IEnumerable<Option> All => RunOptions.All.Where(option => !option.IsPrivate && !OfBuildsAlone.Contains(option.Name));

    private static IEnumerable<string> Names => All.Select(option => option.Name);

    [TestCaseSource(nameof(Names))]
    public void Each_is_explained(string name)
    {
        var run = new CommandRun();
        Assert.That(run.Of("sync --help"), Is.Zero);
        Assert.That(run.Output, Does.Match($@"(?m)^  .*{RunOptions.All.Single(option => option.Name == name).OnCommandLine}\b"));
    }

    [TestCaseSource(nameof(Names))]
    public void Each_has_the_default_that_the_documentation_names(string name)
    {
        var option = RunOptions.All.Single(option => option.Name == name);
        var row = DocumentedTable.Rows(DocumentedTable.Properties).Single(row => row.Name == Option.Prefix + name);
        if (row.Second.StartsWith('`') && name is not ("CacheFile" or "HistoryFile" or "UserAgent"))
        {
            Assert.That(option.Default, Is.EqualTo(row.Second.Trim('`')));
        }
        else
        {
            Assert.That(option.Default, Is.EqualTo(row.Second == "none" ? "" : row.Second).Or.Not.Empty);
        }
    }

    [Test]
    public void What_builds_alone_have_is_not_explained() =>
        Assert.That(RunOptions.All.Where(option => option.Help.Length == 0 && !option.IsPrivate).Select(option => option.Name), Is.EqualTo(OfBuildsAlone));

    [Test]
    public void The_version_is_a_line() => Assert.Multiple(() =>
    {
        var run = new CommandRun();
        Assert.That(run.Of("--version"), Is.Zero);
        Assert.That(run.Output, Does.Match(@"^\d+\.\d+\.\d+\S*\n$"));
    });

    [TestCase("--help")]
    [TestCase("sync --help")]
    [TestCase("check --help")]
    [TestCase("add --help")]
    [TestCase("remove --help")]
    [TestCase("import --help")]
    [TestCase("status --help")]
    [TestCase("verify --help")]
    [TestCase("accept --help")]
    [TestCase("completion --help")]
    public void Help_has_examples_and_calls_the_program_by_its_name(string line)
    {
        var run = new CommandRun();
        Assert.That(run.Of(line), Is.Zero);
        Assert.That(run.Output, Does.Contain("\nUsage:\n  imagesync ").And.Contain("\nExamples:\n  imagesync ").And.Contain("\nExit codes:\n"));
        Assert.That(run.Errors, Is.Empty);
    }

    [TestCase("bash")]
    [TestCase("zsh")]
    [TestCase("fish")]
    [TestCase("pwsh")]
    [TestCase("powershell")]
    public void A_shell_can_ask_for_completions(string shell)
    {
        var run = new CommandRun();
        Assert.That(run.Of("completion " + shell), Is.Zero);
        Assert.That(run.Output, Does.Contain("[suggest"));
    }

    // A | is the cursor; what is none of the words is a file, which shells find themselves.
    [TestCase("imagesync |", "accept add check completion import remove status sync verify")]
    [TestCase("imagesync sy|", "sync")]
    [TestCase("imagesync sync|", "sync")]
    [TestCase("imagesync s|ync images.txt", "status sync")]
    [TestCase("imagesync sync |", "")]
    [TestCase("imagesync sync im|", "")]
    [TestCase("imagesync sync --max|", "--max-age --max-bytes --max-concurrency --max-connections-per-host")]
    [TestCase("imagesync sync images.txt --lo|", "--lock-file --locked")]
    [TestCase("imagesync check --p|", "")]
    [TestCase("imagesync sync --prune |", "")]
    [TestCase("imagesync sync --report-file |", "")]
    [TestCase("imagesync sync --on-local-edit |", "Fail Keep Restore")]
    [TestCase("imagesync sync --on-local-edit R|", "Restore")]
    [TestCase("imagesync add -|", "--help --list --project")]
    [TestCase("imagesync completion |", "bash fish powershell pwsh zsh")]
    public void What_can_come_next(string line, string expected)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        string[] words = [$"[suggest:{line.IndexOf('|')}]", line.Replace("|", "", StringComparison.Ordinal)];
        Assert.That(CommandProgram.Run(words, new Terminal(output, errors)), Is.Zero);
        Assert.That(output.ToString().TrimEnd().Replace('\n', ' '), Is.EqualTo(expected));
        Assert.That(errors.ToString(), Is.Empty);
    }
}
