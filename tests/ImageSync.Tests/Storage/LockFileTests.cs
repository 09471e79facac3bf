using ImageSync.Storage;
using ImageSync.Testing;
using ImageSync.Tests.Sync;

namespace ImageSync.Tests.Storage;

public class LockFileTests
{
    private TestDirectory _directory;

    private string Path => _directory.PathOf("repository/images.lock.json");

    [SetUp]
    public void SetUp() => _directory = new TestDirectory();

    [Test]
    public void It_is_made_when_there_is_something_to_say()
    {
        Save();
        Assert.That(_directory.Files(), Is.Empty);
        Save(Entry(1));
        Assert.That(LockFile.Load(Path).Entries, Is.EqualTo(new[] { Entry(1) }));
        Assert.That(_directory.Files(), Is.EqualTo(new[] { "obj/mutex", "repository/images.lock.json" }), "nothing beside it that git would see");
    }

    [Test]
    public void Its_octets_are_UTF_8_without_a_mark_and_its_lines_end_with_LF()
    {
        Save(Entry(1) with { LocalPath = "größe.png" });
        var octets = _directory.Read("repository/images.lock.json");
        Assert.That((octets[0], octets[^1], octets.Contains((byte)'\r')), Is.EqualTo(((byte)'{', (byte)'\n', false)));
        Assert.That(_directory.ReadText("repository/images.lock.json"), Does.Contain("größe.png"));
    }

    [Test]
    public void What_an_editor_made_of_it_stays_until_there_is_news()
    {
        Save(Entry(1));
        var text = "\uFEFF" + _directory.ReadText("repository/images.lock.json").Replace("\n", "\r\n", StringComparison.Ordinal);
        _directory.Write("repository/images.lock.json", System.Text.Encoding.UTF8.GetBytes(text));
        Save(Entry(1));
        Assert.That(System.Text.Encoding.UTF8.GetString(_directory.Read("repository/images.lock.json")), Is.EqualTo(text));
        Save(Entry(2));
        Assert.That(_directory.Read("repository/images.lock.json"), Has.None.EqualTo((byte)'\r'));
    }

    [Test]
    public void Two_builds_at_once_lose_nothing()
    {
        Parallel.For(0, 8, build => Save([.. Enumerable.Range(0, 20).Select(i => Entry((build * 100) + i))]));
        Assert.That(LockFile.Load(Path).Entries, Has.Count.EqualTo(160));
    }

    [Test]
    public void What_another_build_learned_of_the_same_image_meanwhile_is_kept()
    {
        var (one, two) = (LockFile.Load(Path), LockFile.Load(Path));
        one.Note(Entry(1) with { EntityTags = ObservedValidators.Of("\"1\"") });
        two.Note(Entry(1) with { EntityTags = ObservedValidators.Of("\"2\"") });
        one.Save(_directory.PathOf("obj/mutex"), LockTimeout.OfARun(), _ => false);
        two.Save(_directory.PathOf("obj/mutex"), LockTimeout.OfARun(), _ => false);
        Assert.That(LockFile.Load(Path).Entries.Single().EntityTags, Is.EqualTo(ObservedValidators.Of("\"1\"", "\"2\"")));
    }

    [Test]
    public void One_that_became_unreadable_meanwhile_is_not_written()
    {
        var file = LockFile.Load(Path);
        file.Note(Entry(1));
        _directory.Write("repository/images.lock.json", "<<<<<<< HEAD\n");
        file.Save(_directory.PathOf("obj/mutex"), LockTimeout.OfARun(), _ => false);
        Assert.That((file.Fault!.Line, _directory.ReadText("repository/images.lock.json")), Is.EqualTo((1, "<<<<<<< HEAD\n")));
    }

    [TestCase(new byte[] { (byte)'{', 0xFF, (byte)'}' }, "is not UTF-8")]
    [TestCase(new byte[] { (byte)'{', 0, (byte)'}' }, "is not valid JSON")]
    public void Octets_that_are_no_text_are_a_fault(byte[] octets, string cause)
    {
        _directory.Write("repository/images.lock.json", octets);
        Assert.That(LockFile.Load(Path).Fault!.Cause, Does.StartWith(cause));
    }

    [Test]
    public void A_place_that_cannot_be_written_is_told()
    {
        _directory.Write("repository", "a file in the folder's place");
        var file = LockFile.Load(Path);
        file.Note(Entry(1));
        file.Save(_directory.PathOf("obj/mutex"), LockTimeout.OfARun(), _ => false);
        Assert.That((file.SaveProblem ?? file.Fault?.Cause), Is.Not.Null);
    }

    private static LockEntry Entry(int i) => Given.Entry with { LocalPath = $"img/{i}.png" };

    private void Save(params LockEntry[] entries)
    {
        var file = LockFile.Load(Path);
        foreach (var entry in entries)
        {
            file.Note(entry);
        }

        file.Save(_directory.PathOf("obj/mutex"), LockTimeout.OfARun(), _ => false);
        Assert.That((file.Fault, file.SaveProblem), Is.EqualTo(((LockFileFault?)null, (string?)null)));
    }
}
