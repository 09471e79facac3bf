using ImageSync.Storage;
using ImageSync.Testing;
using ImageSync.Tests.Sync;

namespace ImageSync.Tests.Storage;

/// <summary>Journals beside the validator cache: whose they are, and what is left of a torn one.</summary>
public class CacheJournalTests
{
    private TestDirectory _directory;

    [SetUp]
    public void SetUp() => _directory = new TestDirectory();

    private string CacheFile => _directory.PathOf("obj/p.imagesync.cache");

    [Test]
    public void One_that_a_run_holds_is_read_and_not_taken_in()
    {
        using var journal = new CacheJournal(CacheFile);
        journal.Append(Record(1));
        journal.Append(Record(2), Record(3));
        using var other = ValidatorCache.Load(CacheFile);
        other.TakeInAbandoned(_ => true);
        Assert.That((other.Find("img/1.png"), other.Unsaved), Is.EqualTo(((ValidatorRecord?)null, 0)));
        Assert.That(other.FindNews("img/3.png"), Is.EqualTo(new[] { Record(3) }));
        other.Put(Record(4));
        other.Save(LockTimeout.OfARun());
        Assert.That(other.FindNews("img/1.png"), Is.EqualTo(new[] { Record(1) }), "it is there still");
        journal.Delete();
        Assert.That(Names, Is.EqualTo(new[] { "p.imagesync.cache", "p.imagesync.cache.lock" }));
    }

    [Test]
    public void One_that_was_left_is_taken_in_as_far_as_it_vouches_and_deleted_once_it_is_saved()
    {
        Leave(Record(1), Record(2));
        using (var killed = ValidatorCache.Load(CacheFile))
        {
            killed.TakeInAbandoned(_ => true);
        }

        Assert.That(Names, Has.Length.EqualTo(1), "nothing was saved");
        using var cache = ValidatorCache.Load(CacheFile);
        cache.TakeInAbandoned(record => record.LocalPath != "img/2.png");
        cache.Save(LockTimeout.OfARun());
        using var next = ValidatorCache.Load(CacheFile);
        Assert.That((next.Find("img/1.png"), next.Find("img/2.png")), Is.EqualTo((Record(1), (ValidatorRecord?)null)));
        Assert.That(Names, Is.EqualTo(new[] { "p.imagesync.cache", "p.imagesync.cache.lock" }));
    }

    [Test]
    public void Of_a_torn_one_the_whole_records_count()
    {
        Leave(Record(1), Record(2));
        var journal = Directory.GetFiles(_directory.PathOf("obj")).Single();
        var bytes = File.ReadAllBytes(journal);
        for (var length = bytes.Length - 2; length >= 0; length -= 7)
        {
            File.WriteAllBytes(journal, bytes[..length]);
            using var own = new CacheJournal(CacheFile);
            Assert.That(new OtherJournals(CacheFile, own).Find("img/2.png"), Is.Empty, $"{length}");
            Assert.That(new OtherJournals(CacheFile, own).Find("img/1.png"), Is.SubsetOf(new[] { Record(1) }), $"{length}");
        }
    }

    [Test]
    public void One_that_grows_is_followed()
    {
        using var journal = new CacheJournal(CacheFile);
        using var own = new CacheJournal(CacheFile);
        var others = new OtherJournals(CacheFile, own);
        Assert.That(others.Find("img/1.png"), Is.Empty);
        for (var i = 1; i < 5; i++)
        {
            journal.Append(Record(i));
            Assert.That(others.Find($"img/{i}.png"), Is.EqualTo(new[] { Record(i) }));
            Assert.That(others.Find("img/1.png"), Is.EqualTo(new[] { Record(1) }));
        }
    }

    [Test]
    public void Journals_of_other_caches_are_none_of_ours()
    {
        _directory.Write("obj/other.imagesync.cache.journal-1", "ImageSync validator cache 1\n");
        using var cache = ValidatorCache.Load(CacheFile);
        cache.TakeInAbandoned(_ => true);
        cache.Put(Record(1));
        cache.Save(LockTimeout.OfARun());
        Assert.That(Names, Does.Contain("other.imagesync.cache.journal-1"));
    }

    [Test]
    public void A_link_in_a_journals_place_is_not_written_to_and_what_it_leads_to_stays()
    {
        var target = _directory.Write("outside", "precious");
        Directory.CreateDirectory(_directory.PathOf("obj"));
        File.CreateSymbolicLink(CacheFile + ".journal-x", target);
        using var cache = ValidatorCache.Load(CacheFile);
        cache.TakeInAbandoned(_ => true);
        cache.Put(Record(1));
        cache.Save(LockTimeout.OfARun());
        Assert.That((cache.SaveProblem, File.ReadAllText(target)), Is.EqualTo(((string?)null, "precious")));
    }

    [Test]
    public void Of_two_builds_that_wrote_one_file_the_one_whose_bytes_are_there_knows_it([Values] bool isTheFirst)
    {
        var (ours, theirs) = (Record(1), Record(1) with { Sha256 = new string('b', 64), Stamp = new FileStamp(7, 7) });
        using var first = ValidatorCache.Load(CacheFile, _ => isTheFirst ? ours.Stamp : theirs.Stamp);
        using var second = ValidatorCache.Load(CacheFile);
        first.Put(ours);
        second.Put(theirs);
        second.Save(LockTimeout.OfARun());
        first.Save(LockTimeout.OfARun());
        using var next = ValidatorCache.Load(CacheFile);
        Assert.That(next.Find("img/1.png"), Is.EqualTo(isTheFirst ? ours : theirs));
    }

    private string?[] Names => [.. Directory.GetFiles(_directory.PathOf("obj")).Select(Path.GetFileName).Order(StringComparer.Ordinal)];

    private static ValidatorRecord Record(int i) => Given.Record with { LocalPath = $"img/{i}.png" };

    private void Leave(params ValidatorRecord[] records)
    {
        using var journal = new CacheJournal(CacheFile);
        journal.Append(records);
    }
}
