using System.Security.Cryptography;
using ImageSync.Storage;
using ImageSync.Testing;
using ImageSync.Tests.Sync;

namespace ImageSync.Tests.Storage;

[NonParallelizable] // A process that another fixture starts is a copy of this one for a moment, and holds its locks until then.
public class SharedStoreTests
{
    private const string Key = "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc";
    private static readonly byte[] Bytes = "bytes"u8.ToArray();
    private static readonly string Digest = Convert.ToHexStringLower(SHA256.HashData(Bytes));

    private TestDirectory _directory;
    private StoreLayout _layout;
    private Clock _clock;
    private SharedStore _store;

    [SetUp]
    public void SetUp()
    {
        (_directory, _clock) = (new TestDirectory(), new Clock());
        _layout = new StoreLayout(_directory.PathOf("store"));
        _store = new SharedStore(_layout, _clock);
    }

    [Test]
    public void What_was_put_in_is_found()
    {
        Assert.That((_store.Find(Key), _store.LengthOf(Digest)), Is.EqualTo(((ValidatorRecord?)null, (long?)null)));
        var (record, source) = Put();
        Assert.That(_store.Find(Key), Is.EqualTo(record with { LocalPath = Key, Stamp = new FileStamp(Bytes.Length, 0) }));
        Assert.That((_store.LengthOf(Digest), File.ReadAllBytes(_store.PlaceOf(Digest)), _store.Problem), Is.EqualTo(((long?)Bytes.Length, Bytes, (string?)null)));
        Assert.That(File.ReadAllBytes(source), Is.EqualTo(Bytes));
    }

    [Test]
    public void A_file_that_is_no_longer_the_recorded_one_is_not_put_in()
    {
        var source = _directory.Write("a.png", Bytes);
        var stamp = FileStamp.Of(source)!.Value;
        File.WriteAllText(source, "other");
        File.SetLastWriteTimeUtc(source, new DateTime(stamp.WriteTime, DateTimeKind.Utc).AddSeconds(1));
        _store.Put(Key, Given.Record with { Sha256 = Digest, Stamp = stamp }, source);
        File.Delete(source);
        _store.Put(Key, Given.Record with { Sha256 = Digest, Stamp = stamp }, source);
        Assert.That((_directory.Files(), _store.Problem), Is.EqualTo((Array.Empty<string>(), (string?)null)));
    }

    [TestCase(0, false)]
    [TestCase(59, false)]
    [TestCase(61, true)]
    [TestCase(-61, true, Description = "a clock was set back")]
    public void Its_use_is_noted_now_and_then(int minutes, bool noted)
    {
        Put();
        var path = _store.PlaceOf(Digest);
        var before = File.GetLastWriteTimeUtc(path);
        _clock.Now += TimeSpan.FromMinutes(minutes);
        _store.Find(Key);
        Assert.That(File.GetLastWriteTimeUtc(path), Is.EqualTo(noted ? _clock.Now.UtcDateTime : before));
    }

    [Test]
    public void What_is_discarded_or_forgotten_is_gone_and_can_come_again()
    {
        Put();
        _store.Discard(Digest);
        Assert.That((_store.Find(Key), _store.LengthOf(Digest)), Is.EqualTo(((ValidatorRecord?)null, (long?)null)));
        Put();
        _store.Forget(Key);
        Assert.That((_store.Find(Key), _store.LengthOf(Digest)), Is.EqualTo(((ValidatorRecord?)null, (long?)Bytes.Length)));
        Put();
        Assert.That(_store.Find(Key), Is.Not.Null);
        _store.Discard(Given.Digest);
        _store.Forget(Given.Digest);
        Assert.That(_store.Problem, Is.Null);
    }

    [Test]
    public void Only_a_run_that_has_added_something_makes_room()
    {
        Put();
        _store.Trim(Bytes.Length);
        Assert.That(_store.Find(Key), Is.Not.Null);
        new SharedStore(_layout, _clock).Trim(1);
        Assert.That(_store.Find(Key), Is.Not.Null);
        _store.Trim(1);
        Assert.That(_directory.Files(), Is.EqualTo(new[] { "a.png", "store/v1/lock" }));
    }

    [Test]
    public void Many_writers_of_the_same_leave_it_whole()
    {
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            var store = new SharedStore(_layout, _clock);
            Put(store, $"{i}.png");
            Assert.That((store.Problem, store.Find(Key)?.Sha256), Is.EqualTo(((string?)null, Digest)));
        });
        Assert.That(File.ReadAllBytes(_store.PlaceOf(Digest)), Is.EqualTo(Bytes));
        Assert.That(Directory.GetFiles(_layout.Folder, "*.tmp", SearchOption.AllDirectories), Is.Empty);
    }

    private (ValidatorRecord Record, string Source) Put(SharedStore? store = null, string file = "a.png")
    {
        var source = _directory.Write(file, Bytes);
        var record = Given.Record with { Sha256 = Digest, Stamp = FileStamp.Of(source)!.Value };
        (store ?? _store).Put(Key, record, source);
        return (record, source);
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
