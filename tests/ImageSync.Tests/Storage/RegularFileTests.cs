using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using ImageSync.Storage;
using ImageSync.Testing;

namespace ImageSync.Tests.Storage;

/// <summary>What is opened for reading, and how much of it is read.</summary>
[UnsupportedOSPlatform("windows")]
[NonParallelizable] // A process that another fixture starts is a copy of this one for a moment, and holds its locks until then.
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
        Assert.That((read.Seek(-3, SeekOrigin.End), read.ReadByte()), Is.EqualTo((7, '7')));
        Assert.That((read.Seek(1, SeekOrigin.Current), read.ReadByte(), read.ReadByte()), Is.EqualTo((9, '9', -1)));
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
        Assert.That(() => RegularFile.Open(file, 4), Told("has 5 bytes, which is more than the 4"));
        Assert.That(() => RegularFile.Open(file, 5).Dispose(), Throws.Nothing);
    }

    [Test, Platform("Linux,MacOsX")]
    public void What_is_no_file_is_told()
    {
        var fifo = Irregular.Fifo.Make(_directory.PathOf("fifo"));
        Assert.That(() => IrregularFiles.Ends(() => RegularFile.Open(fifo, 10)), Told("not a regular file"));
        Assert.That(() => RegularFile.Open(_directory.FullPath, 10), Throws.TypeOf<UnauthorizedAccessException>());
        Assert.That(() => RegularFile.Open(_directory.PathOf("none"), 10), Throws.TypeOf<FileNotFoundException>());
        Assert.That(() => RegularFile.Open(_directory.PathOf("none/none"), 10), Throws.TypeOf<FileNotFoundException>());
        Assert.That(() => RegularFile.Open(_directory.Write("file", "") + "/none", 10), Throws.InstanceOf<IOException>());
        File.CreateSymbolicLink(_directory.PathOf("loop"), "loop");
        Assert.That(() => RegularFile.Open(_directory.PathOf("loop"), 10), Throws.InstanceOf<IOException>());
    }

    [TestCase("/dev/zero")]
    [TestCase("/dev/null")]
    [Platform("Linux,MacOsX")]
    public void A_device_has_no_bytes(string device) =>
        Assert.That(IrregularFiles.Ends(() => RegularFile.ReadAllBytes(device, 10)), Is.Empty);

    [Test]
    public void A_file_to_be_added_to_is_made_and_nobody_elses_meanwhile()
    {
        var path = _directory.PathOf("a");
        using (var file = RegularFile.TryOpenAlone(path)!)
        {
            file.Write("0123"u8);
            Assert.That(RegularFile.TryOpenAlone(path), Is.Null);
            Assert.That(() => OpenAsNetDoes(path), Throws.InstanceOf<IOException>());
        }

        using (OpenAsNetDoes(path))
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
            Assert.That(() => RegularFile.TryOpenAlone(_directory.PathOf("link")), Told("is a symbolic link"));
        }

        Assert.That((_directory.ReadText("a"), _directory.Exists("nowhere")), Is.EqualTo(("a", false)));
        var fifo = Irregular.Fifo.Make(_directory.PathOf("fifo"));
        Assert.That(() => RegularFile.TryOpenAlone(fifo), Told("not a regular file"));
        Assert.That(() => RegularFile.TryOpenAlone(_directory.FullPath), Throws.InstanceOf<IOException>());
    }

    [Test, Platform("Linux")]
    public void Blocks_are_shared_where_the_file_system_can()
    {
        var (disk, folder) = (_directory.PathOf("disk"), Directory.CreateDirectory(_directory.PathOf("mount")).FullName);
        using (var file = File.Create(disk))
        {
            file.SetLength(256L << 20);
        }

        if (!Run("mkfs.btrfs", "-q", disk) || !Run("mount", "-o", "loop", disk, folder))
        {
            Assert.Ignore("A disk with btrfs can be made where its tools are, and mounted by root alone.");
        }

        try
        {
            var bytes = RandomNumberGenerator.GetBytes(64 << 20);
            var source = _directory.Write("mount/source", bytes);
            Run("sync", "-f", source);
            var before = new DriveInfo(folder).AvailableFreeSpace;
            using var copy = new AtomicFile(_directory.PathOf("mount/copy"));
            copy.CopyFrom(source, bytes.Length);
            Assert.That(copy.Sha256, Is.EqualTo(ContentDigest.ToHex(SHA256.HashData(bytes))));
            copy.Commit();
            using (var read = RegularFile.Open(source, bytes.Length))
            using (var other = new FileStream(_directory.PathOf("mount/other"), FileMode.CreateNew))
            {
                read.CopyTo(other);
            }

            Assert.That(_directory.Read("mount/copy").SequenceEqual(bytes) && _directory.Read("mount/other").SequenceEqual(bytes));
            Run("sync", "-f", source);
            Assert.That(before - new DriveInfo(folder).AvailableFreeSpace, Is.LessThan(16 << 20));
        }
        finally
        {
            Run("umount", folder);
        }
    }

    private static bool Run(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    // As earlier versions do.
    private static FileStream OpenAsNetDoes(string path) => new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

    private static NUnit.Framework.Constraints.ContainsConstraint Told(string cause) =>
        Throws.TypeOf<IOException>().With.Message.Contains(cause);
}
