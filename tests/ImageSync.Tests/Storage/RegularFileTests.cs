using System.Runtime.Versioning;
using ImageSync.Storage;
using ImageSync.Testing;

namespace ImageSync.Tests.Storage;

/// <summary>What is opened for reading, and how much of it is read.</summary>
[UnsupportedOSPlatform("windows")]
public class RegularFileTests
{
    private TestDirectory _directory;

    [SetUp]
    public void SetUp() => _directory = new TestDirectory();

    [Test]
    public void A_file_is_read_from_any_place_and_through_a_link()
    {
        var file = _directory.Write("a", "0123456789");
        File.CreateSymbolicLink(_directory.PathOf("b"), file);
        using var read = RegularFile.Open(_directory.PathOf("b"), 10);
        Assert.That((read.Seek(-3, SeekOrigin.End), read.ReadByte(), read.Seek(1, SeekOrigin.Current), read.ReadByte(), read.ReadByte()), Is.EqualTo((7, '7', 9, '9', -1)));
        Assert.That(RegularFile.ReadAllBytes(file, 10), Is.EqualTo("0123456789"u8.ToArray()));
    }

    [Test]
    public void A_file_that_grows_ends_where_it_ended()
    {
        var file = _directory.Write("a", "01234");
        using var read = RegularFile.Open(file, long.MaxValue);
        File.AppendAllText(file, "56789");
        Assert.That((new StreamReader(read).ReadToEnd(), read.Length), Is.EqualTo(("01234", 5)));
    }

    [Test]
    public void A_file_that_was_cut_ends_there()
    {
        var file = _directory.Write("a", "01234");
        using var read = RegularFile.Open(file, long.MaxValue);
        File.WriteAllText(file, "01");
        Assert.That(new StreamReader(read).ReadToEnd(), Is.EqualTo("01"));
    }

    [Test]
    public void More_than_is_wanted_is_refused()
    {
        var file = _directory.Write("a", "01234");
        Assert.That(() => RegularFile.Open(file, 4), Throws.TypeOf<IOException>().With.Message.Contains("has 5 bytes, which is more than the 4"));
        Assert.That(() => RegularFile.Open(file, 5).Dispose(), Throws.Nothing);
    }

    [Test, Platform("Linux,MacOsX")]
    public void What_is_no_file_is_told()
    {
        var fifo = Irregular.Fifo.Make(_directory.PathOf("fifo"));
        Assert.That(() => IrregularFiles.Ends(() => RegularFile.Open(fifo, 10)), Throws.TypeOf<IOException>().With.Message.Contains("not a regular file"));
        Assert.That(() => RegularFile.Open(_directory.FullPath, 10), Throws.TypeOf<UnauthorizedAccessException>().With.Message.Contains("is a directory"));
        Assert.That(() => RegularFile.Open(_directory.PathOf("none"), 10), Throws.TypeOf<FileNotFoundException>());
        Assert.That(() => RegularFile.Open(_directory.PathOf("none/none"), 10), Throws.TypeOf<FileNotFoundException>());
        Assert.That(() => RegularFile.Open(_directory.Write("file", "") + "/none", 10), Throws.InstanceOf<IOException>());
        File.CreateSymbolicLink(_directory.PathOf("loop"), "loop");
        Assert.That(() => RegularFile.Open(_directory.PathOf("loop"), 10), Throws.InstanceOf<IOException>());
    }

    [TestCase("/dev/zero")]
    [TestCase("/dev/null")]
    [Platform("Linux,MacOsX")]
    public void A_device_has_no_bytes(string device) => Assert.That(IrregularFiles.Ends(() => RegularFile.ReadAllBytes(device, 10)), Is.Empty);

    [Test]
    public void A_file_to_be_added_to_is_made_and_nobody_elses_meanwhile()
    {
        var path = _directory.PathOf("a");
        using (var file = RegularFile.TryOpenAlone(path)!)
        {
            file.Write("0123"u8);
            Assert.That(RegularFile.TryOpenAlone(path), Is.Null);
            Assert.That(() => new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None), Throws.InstanceOf<IOException>(), "a version that locks as .NET does");
        }

        using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.That(RegularFile.TryOpenAlone(path), Is.Null);
        }

        using var again = RegularFile.TryOpenAlone(path)!;
        Assert.That((again.Length, again.Position), Is.EqualTo((4, 0)));
    }

    [Test, Platform("Linux,MacOsX")]
    public void A_link_is_not_added_to_nor_is_what_is_no_file()
    {
        foreach (var target in new[] { _directory.Write("a", "a"), "a", "nowhere", "/dev/null", "link" })
        {
            File.Delete(_directory.PathOf("link"));
            File.CreateSymbolicLink(_directory.PathOf("link"), target);
            Assert.That(() => RegularFile.TryOpenAlone(_directory.PathOf("link")), Throws.TypeOf<IOException>().With.Message.Contains("is a symbolic link"));
        }

        Assert.That((_directory.ReadText("a"), _directory.Exists("nowhere")), Is.EqualTo(("a", false)));
        var fifo = Irregular.Fifo.Make(_directory.PathOf("fifo"));
        Assert.That(() => RegularFile.TryOpenAlone(fifo), Throws.TypeOf<IOException>().With.Message.Contains("not a regular file"));
        Assert.That(() => RegularFile.TryOpenAlone(_directory.FullPath), Throws.InstanceOf<Exception>().And.Not.InstanceOf<TimeoutException>());
    }
}
