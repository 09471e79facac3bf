using ImageSync.Storage;
using ImageSync.Testing;
using ImageSync.Tests.Sync;

namespace ImageSync.Tests.Storage;

/// <summary>Two branches of a repository: what concerns different images merges; what contradicts is a conflict, and never half of each.</summary>
public class LockFileMerges
{
    private TestDirectory _directory;
    private Git _git;

    [SetUp]
    public void SetUp()
    {
        _directory = new TestDirectory();
        _git = Git.Init(_directory.FullPath);
    }

    private static IEnumerable<TestCaseData> Merging()
    {
        yield return Case("two neighbours change", entries => Change(entries, "b"), entries => Change(entries, "c"));
        yield return Case("the first and the last change", entries => Change(entries, "b"), entries => Change(entries, "e"));
        yield return Case("one is added at the end, the last one changes",
            entries => entries.Append(Entry("f")), entries => Change(entries, "e"));
        yield return Case("one is added at the beginning, the first one changes",
            entries => entries.Append(Entry("a")), entries => Change(entries, "b"));
        yield return Case("one at the beginning, one at the end",
            entries => entries.Append(Entry("a")), entries => entries.Append(Entry("f")));
        yield return Case("one between, its neighbours change",
            entries => entries.Append(Entry("cc")), entries => Change(Change(entries, "c"), "d"));
        yield return Case("two at different places between",
            entries => entries.Append(Entry("bb")), entries => entries.Append(Entry("cc")));
        yield return Case("the last one goes, the one before changes",
            entries => entries.Where(entry => entry.LocalPath != "e.png"), entries => Change(entries, "d"));
        yield return Case("one goes, its neighbours change",
            entries => entries.Where(entry => entry.LocalPath != "c.png"), entries => Change(Change(entries, "b"), "d"));
        yield return Case("the same on both sides", entries => Change(entries, "c"), entries => Change(entries, "c"));
        yield return Case("a tag more, and another image", entries => entries.Select(entry => entry.LocalPath == "c.png" ? entry with { EntityTags = ObservedValidators.Of("\"1\"", "\"v1\"") } : entry), entries => Change(entries, "d"));
    }

    private static IEnumerable<TestCaseData> Conflicting()
    {
        yield return Case("the same image changes in two ways",
            entries => Change(entries, "c"), entries => Change(entries, "c", Given.Digest.Replace('a', 'c')));
        yield return Case("new bytes here, a new date of the old ones there", entries => Change(entries, "c"), entries => entries.Select(entry => entry.LocalPath == "c.png" ? entry with { LastModified = ObservedValidators.Of("Sun, 22 Nov 2026 12:00:00 GMT") } : entry));
        yield return Case("changed here, gone there",
            entries => Change(entries, "c"), entries => entries.Where(entry => entry.LocalPath != "c.png"));
    }

    [TestCaseSource(nameof(Merging))]
    public void Merges(object ours, object theirs)
    {
        var (left, right) = ((Edit)ours, (Edit)theirs);
        var (exitCode, output) = Merge(left, right);
        Assert.That(exitCode, Is.Zero, output);
        var merged = LockFileFormat.Write(left(right(Base)).DistinctBy(entry => entry.LocalPath));
        Assert.That(_directory.ReadText("images.lock.json"), Is.EqualTo(merged));
    }

    [TestCaseSource(nameof(Conflicting))]
    public void Conflicts_and_the_marks_are_found(object ours, object theirs)
    {
        Assert.That(Merge((Edit)ours, (Edit)theirs).ExitCode, Is.EqualTo(1));
        Assert.That(LockFile.Load(_directory.PathOf("images.lock.json")).Fault!.Cause, Does.Contain("merge conflict"));
    }

    private delegate IEnumerable<LockEntry> Edit(IEnumerable<LockEntry> entries);

    private static LockEntry[] Base => [Entry("b"), Entry("c"), Entry("d"), Entry("e")];

    private static LockEntry Entry(string name) => Given.Entry with { LocalPath = name + ".png", Url = $"https://cdn.example/{name}.png", EffectiveUrl = $"https://cdn.example/{name}.png" };

    private static IEnumerable<LockEntry> Change(IEnumerable<LockEntry> entries, string name, string sha256 = Given.OtherDigest) => entries.Select(entry =>
        entry.LocalPath != name + ".png" ? entry : entry with { EntityTags = ObservedValidators.Of($"\"{sha256[..2]}\""), LastModified = ObservedValidators.Of("Sun, 22 Nov 2026 00:00:00 GMT"), Length = 2000, Sha256 = sha256 });

    private static TestCaseData Case(string name, Edit ours, Edit theirs) => new TestCaseData(ours, theirs).SetName(name);

    private (int ExitCode, string Output) Merge(Edit ours, Edit theirs)
    {
        Commit(Base);
        _git.Run("checkout", "--quiet", "-b", "theirs");
        Commit(theirs(Base));
        _git.Run("checkout", "--quiet", "main");
        Commit(ours(Base));
        return _git.Try("merge", "--quiet", "theirs", "-m", "merged");
    }

    private void Commit(IEnumerable<LockEntry> entries)
    {
        _directory.Write("images.lock.json", LockFileFormat.Write(entries));
        _git.Commit("images");
    }
}
