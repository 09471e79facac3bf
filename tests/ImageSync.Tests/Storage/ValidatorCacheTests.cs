using ImageSync.Storage;
using ImageSync.Testing;
using ImageSync.Tests.Sync;

namespace ImageSync.Tests.Storage;

public class ValidatorCacheTests
{
    private TestDirectory _directory;

    private string CacheFile => _directory.PathOf("obj/p.imagesync.cache");

    [SetUp]
    public void SetUp() => _directory = new TestDirectory();


    [Test]
    public void Records_are_there_in_the_next_build()
    {
        Save(Record(1), Record(2));
        Assert.That(Load(1, 2), Is.EqualTo(new[] { Record(1), Record(2) }));
    }

    [Test]
    public void The_latest_record_of_a_path_holds()
    {
        Save(Record(1));
        Save(Record(1) with { Sha256 = Given.OtherDigest });
        Assert.That(Load(1)[0]!.Sha256, Is.EqualTo(Given.OtherDigest));
    }

    [TestCase("")]
    [TestCase("garbage")]
    [TestCase("ImageSync validator cache 2\nwhatever a later version writes\n")]
    [TestCase("\0\0\0\0")]
    public void A_file_of_no_known_format_is_an_empty_cache_and_is_replaced(string content)
    {
        _directory.Write("obj/p.imagesync.cache", content);
        Assert.That(Load(1)[0], Is.Null);
        Save(Record(1));
        Assert.That(Load(1)[0], Is.EqualTo(Record(1)));
    }

    [Test]
    public void Merge_marks_and_half_lines_cost_only_themselves()
    {
        Save(Record(1), Record(2));
        var lines = File.ReadAllLines(CacheFile);
        File.WriteAllText(CacheFile, string.Join('\n', lines[0], "<<<<<<< HEAD", lines[1], "=======", lines[2], ">>>>>>> branch", lines[2][..40]));
        Save(Record(3));
        Assert.That(Load(1, 2, 3), Is.EqualTo(new[] { Record(1), Record(2), Record(3) }));
    }

    [Test]
    public void A_line_without_end_costs_only_itself()
    {
        Save(Record(1), Record(2));
        var lines = File.ReadAllLines(CacheFile);
        File.WriteAllText(CacheFile, string.Join('\n', lines[0], lines[1], new string('x', 5_000_000), lines[2]));
        Assert.That(Load(1, 2), Is.EqualTo(new[] { Record(1), Record(2) }));
    }

    [Test]
    public void Two_builds_that_write_it_anew_at_once_leave_it_whole()
    {
        Parallel.For(0, 20, build =>
        {
            var cache = ValidatorCache.Load(CacheFile);
            cache.Put(Record(build));
            cache.Save(LockTimeout.OfARun());
            cache.Forget(Record(build).LocalPath);
            cache.Put(Record(build + 100));
            cache.Save(LockTimeout.OfARun());
            Assert.That(cache.SaveProblem, Is.Null);
        });
        Assert.That(Load([.. Enumerable.Range(100, 20)]), Has.None.Null);
        Assert.That(_directory.Files(), Is.EqualTo(new[] { "obj/p.imagesync.cache", "obj/p.imagesync.cache.lock" }));
    }

    [Test]
    public void Two_builds_at_once_lose_nothing()
    {
        Save(Record(0));
        Parallel.For(1, 9, build => Save([.. Enumerable.Range(0, 100).Select(i => Record((build * 1000) + i))]));
        Assert.That(Load([.. Enumerable.Range(1, 8).SelectMany(build => Enumerable.Range(0, 100).Select(i => (build * 1000) + i))]), Has.None.Null);
    }

    [Test]
    public void A_file_of_outdated_lines_is_rewritten()
    {
        Save([.. Enumerable.Range(0, 200).Select(Record)]);
        var once = new FileInfo(CacheFile).Length;
        for (var build = 0; build < 10; build++)
        {
            Save([.. Enumerable.Range(0, 200).Select(Record)]);
        }

        Assert.That(new FileInfo(CacheFile).Length, Is.LessThan(3 * once));
        Assert.That(Load([.. Enumerable.Range(0, 200)]), Has.None.Null);
    }

    [Test]
    public void A_forgotten_record_is_gone_and_the_others_stay()
    {
        Save(Record(1), Record(2));
        var cache = ValidatorCache.Load(CacheFile);
        cache.Forget("img/1.png");
        cache.Put(Record(3));
        cache.Save(LockTimeout.OfARun());
        Assert.That(Load(1, 2, 3), Is.EqualTo(new[] { null, Record(2), Record(3) }));
    }

    [Test]
    public void A_directory_in_the_files_place_is_told_and_hurts_nobody()
    {
        Directory.CreateDirectory(CacheFile);
        var cache = ValidatorCache.Load(CacheFile);
        cache.Put(Record(1));
        cache.Save(LockTimeout.OfARun());
        Assert.That(cache.SaveProblem, Is.Not.Null);
    }

    [Test]
    public void Nothing_put_writes_nothing()
    {
        ValidatorCache.Load(CacheFile).Save(LockTimeout.OfARun());
        Assert.That(Directory.Exists(_directory.PathOf("obj")), Is.False);
    }

    private static ValidatorRecord Record(int i) => Given.Record with { LocalPath = $"img/{i}.png" };

    private void Save(params ValidatorRecord[] records)
    {
        var cache = ValidatorCache.Load(CacheFile);
        foreach (var record in records)
        {
            cache.Put(record);
        }

        cache.Save(LockTimeout.OfARun());
        Assert.That(cache.SaveProblem, Is.Null);
    }

    private ValidatorRecord?[] Load(params int[] numbers)
    {
        var cache = ValidatorCache.Load(CacheFile);
        return [.. numbers.Select(i => cache.Find($"img/{i}.png"))];
    }
}
