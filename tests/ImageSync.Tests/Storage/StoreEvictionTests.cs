using ImageSync.Storage;
using ImageSync.Testing;
using ImageSync.Tests.Sync;

namespace ImageSync.Tests.Storage;

/// <summary>What leaves a shared store, and what does not.</summary>
[NonParallelizable] // A process that another fixture starts is a copy of this one for a moment, and holds its locks until then.
public class StoreEvictionTests
{
    private TestDirectory _directory;
    private StoreLayout _layout;

    [SetUp]
    public void SetUp()
    {
        _directory = new TestDirectory();
        _layout = new StoreLayout(_directory.FullPath);
        Directory.CreateDirectory(Path.GetDirectoryName(_layout.Mutex)!);
    }

    // Ten contents of 100 bytes, 0 the least recently used; at most 90 % of the bound stays.
    [TestCase(1000, 10)]
    [TestCase(999, 8)]
    [TestCase(500, 4)]
    [TestCase(100, 0)]
    [TestCase(1, 0)]
    public void The_least_recently_used_go_until_there_is_room(long maxBytes, int staying)
    {
        var digests = Enumerable.Range(0, 10).Select(i => AddContent((char)('a' + (i * 7 % 6)) + new string((char)('0' + i), 63), 100, age: TimeSpan.FromDays(10 - i))).ToList();
        StoreEviction.Run(_layout, maxBytes);
        Assert.That(digests.Select(digest => File.Exists(_layout.ContentOf(digest))), Is.EqualTo(Enumerable.Range(0, 10).Select(i => i >= 10 - staying)));
    }

    [Test]
    public void Records_go_with_their_bytes_and_so_do_those_that_cannot_be_read()
    {
        AddContent(Given.Digest, 100, TimeSpan.FromDays(2));
        AddContent(Given.OtherDigest, 100, TimeSpan.FromDays(1));
        var (gone, stays, damaged) = (AddRecord("gone", Given.Digest), AddRecord("stays", Given.OtherDigest), AddRecord("damaged", Given.OtherDigest));
        File.WriteAllText(damaged, "damaged");
        StoreEviction.Run(_layout, 150);
        Assert.That(new[] { gone, stays, damaged }.Select(File.Exists), Is.EqualTo(new[] { false, true, false }));
    }

    [Test]
    public void Within_the_bound_nothing_goes()
    {
        AddContent(Given.Digest, 100, TimeSpan.FromDays(400));
        var record = AddRecord("of bytes that are gone", Given.OtherDigest);
        StoreEviction.Run(_layout, 100);
        Assert.That((File.Exists(_layout.ContentOf(Given.Digest)), File.Exists(record)), Is.EqualTo((true, true)));
    }

    [Test]
    public void What_is_not_the_stores_own_is_neither_counted_nor_deleted()
    {
        AddContent(Given.Digest, 100, TimeSpan.FromDays(1));
        string[] foreign =
        [
            "photo.png", "v1/photo.png", "v1/content/photo.png", "v1/content/aa/photo.png", "v1/content/AA/" + new string('a', 62), "v1/content/aa/" + new string('A', 62),
            "v1/content/aaa/" + new string('a', 61), "v1/content/aa/deeper/" + new string('a', 62), "v1/urls/aa/notes.txt", "v2/content/aa/" + new string('a', 62), "v1/other/aa/" + new string('a', 62),
        ];
        foreach (var file in foreign)
        {
            _directory.Write(file, new byte[1000]);
        }

        StoreEviction.Run(_layout, 100);
        Assert.That(File.Exists(_layout.ContentOf(Given.Digest)), "the others do not count");
        StoreEviction.Run(_layout, 1);
        Assert.That(_directory.Files().Except(["v1/lock"]), Is.EquivalentTo(foreign));
    }

    [Test, Platform(Exclude = "Win")]
    public void Links_are_not_followed()
    {
        var outside = new TestDirectory();
        var treasure = outside.Write("bb/" + new string('b', 62), new byte[1000]);
        Directory.CreateDirectory(_directory.PathOf("v1/content/aa"));
        Directory.CreateSymbolicLink(_directory.PathOf("v1/content/bb"), outside.PathOf("bb"));
        File.CreateSymbolicLink(_directory.PathOf("v1/content/aa/" + new string('c', 62)), treasure);
        Directory.CreateSymbolicLink(_directory.PathOf("v1/urls"), outside.FullPath);
        AddContent(Given.Digest, 100, TimeSpan.FromDays(1));
        StoreEviction.Run(_layout, 1);
        Assert.That((File.Exists(treasure), File.Exists(_layout.ContentOf(Given.Digest))), Is.EqualTo((true, false)));
    }

    [Test]
    public void What_killed_builds_left_goes_and_what_others_write_stays()
    {
        // A process of this number can never be.
        var abandoned = _directory.Write("v1/content/aa/.imagesync-2147483647-0.tmp", "half");
        var others = _directory.Write($"v1/content/aa/{TemporaryFiles.NewName()}", "half");
        StoreEviction.Run(_layout, 1000);
        Assert.That((File.Exists(abandoned), File.Exists(others)), Is.EqualTo((false, true)));
    }

    [Test]
    public void While_somebody_makes_room_nobody_else_does()
    {
        AddContent(Given.Digest, 100, TimeSpan.FromDays(1));
        using (FileLock.Acquire(_layout.Mutex, LockTimeout.None))
        {
            StoreEviction.Run(_layout, 1);
            Assert.That(File.Exists(_layout.ContentOf(Given.Digest)));
        }

        StoreEviction.Run(_layout, 1);
        Assert.That(File.Exists(_layout.ContentOf(Given.Digest)), Is.False);
    }

    private string AddContent(string digest, int length, TimeSpan age)
    {
        var path = _directory.Write(Path.GetRelativePath(_directory.FullPath, _layout.ContentOf(digest)), new byte[length]);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow - age);
        return digest;
    }

    private string AddRecord(string url, string digest)
    {
        var key = StoreLayout.KeyOf(url, null);
        return _directory.Write(Path.GetRelativePath(_directory.FullPath, _layout.RecordOf(key)), ValidatorCacheFormat.Write(Given.Record with { LocalPath = key, Sha256 = digest }));
    }
}
