using ImageSync.Reporting;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Reporting;

/// <summary>The history of runs: its lines, what is not one, how many are kept, and who may write at once.</summary>
public class RunHistoryTests
{
    private const string Line = "2026-11-22T18:30:54Z milliseconds=1481 requests=34 received=444819 spared=375533 Updated=3 NotModified=27 Failed=1\n";

    private static readonly PastRun Run = new(new DateTimeOffset(2026, 11, 22, 19, 30, 54, TimeSpan.FromHours(1)), TimeSpan.FromMilliseconds(1481))
    {
        Requests = 34,
        BytesReceived = 444_819,
        BytesSpared = 375_533,
        Counts = new Dictionary<SyncStatus, long> { [SyncStatus.Failed] = 1, [SyncStatus.NotModified] = 27, [SyncStatus.Updated] = 3, [SyncStatus.Added] = 0 },
    };

    [Test]
    public void A_run_is_one_line_in_UTC_and_comes_back_as_it_was()
    {
        Assert.That(RunHistory.Write([Run]), Is.EqualTo(Line));
        var read = RunHistory.Parse(Line).Single();
        Assert.That(read with { Counts = Run.Counts }, Is.EqualTo(Run));
        Assert.That(RunHistory.Write([read]), Is.EqualTo(Line));
    }

    [TestCase("", 0)]
    [TestCase("\n\n", 0)]
    [TestCase("<<<<<<< HEAD\n" + Line + "=======\n" + Line + ">>>>>>> other\n", 2)]
    [TestCase("2026-11-22T18:30:54Z milli", 0)]
    [TestCase("2026-11-22T18:30:54Z milliseconds=\n" + Line, 1)]
    [TestCase("2026-11-22T18:30:54Z milliseconds=-1\n", 0)]
    [TestCase("2026-11-22T18:30:54Z received=99999999999999999999\n", 0)]
    [TestCase("2026-13-22T18:30:54Z received=1\n", 0)]
    [TestCase("yesterday received=1\n", 0)]
    [TestCase("2026-11-22T18:30:54Z received=1 Invented=7 later=8\r\n", 1)]
    [TestCase("2026-11-22T18:30:54Z milliseconds=9223372036854775807\n", 1)]
    public void What_is_no_run_is_passed_over(string text, int runs) => Assert.That(RunHistory.Parse(text), Has.Count.EqualTo(runs));

    [Test]
    public void The_last_runs_are_kept()
    {
        var file = new TestDirectory().PathOf("deep/history");
        for (var i = 1; i <= 3; i++)
        {
            Assert.That(HistoryFile.Add(file, Run with { Requests = i }), Has.Count.EqualTo(i));
        }

        File.AppendAllText(file, string.Concat(Enumerable.Repeat(Line, RunHistory.MaxRuns)));
        var kept = HistoryFile.Add(file, Run with { Requests = 4 });
        Assert.That((kept.Count, kept[0].Requests, kept[^1].Requests), Is.EqualTo((RunHistory.MaxRuns, 34, 4)));
        Assert.That(File.ReadAllText(file), Is.EqualTo(RunHistory.Write(kept)));
    }

    [Test]
    public void Of_a_long_file_the_end_is_read_and_nothing_of_the_rest_is_touched()
    {
        var text = string.Concat(Enumerable.Repeat(new string('x', 99) + "\n", 20_000)) + Line + Line;
        var file = new TestDirectory().Write("history", text);
        Assert.That(HistoryFile.Add(file, Run), Has.Count.EqualTo(3));
        Assert.That(File.ReadAllText(file) == text + Line);
    }

    [TestCase(0, "0 B")]
    [TestCase(999, "999 B")]
    [TestCase(999_499_999_999_999, "999 TB")]
    [TestCase(1_500_000_000_000_000, "1.5 PB")]
    [TestCase(long.MaxValue, "9.2 EB")]
    [TestCase(2.0 * long.MaxValue, "18 EB")]
    public void Sizes_have_units_up_to_the_largest(double bytes, string text) => Assert.That(ByteSize.Format(bytes), Is.EqualTo(text));

    [Test]
    public void Half_a_line_swallows_no_other()
    {
        var file = new TestDirectory().Write("history", Line + Line[..30]);
        HistoryFile.Add(file, Run);
        Assert.That(File.ReadAllText(file), Is.EqualTo(Line + Line[..30] + "\n" + Line));
    }

    [Test]
    public void Many_writers_lose_nothing()
    {
        var file = new TestDirectory().PathOf("history");
        Parallel.For(0, 100, i => HistoryFile.Add(file, Run with { Requests = i }));
        Assert.That(RunHistory.Parse(File.ReadAllText(file)).Select(run => run.Requests), Is.EquivalentTo(Enumerable.Range(0, 100)));
    }
}
