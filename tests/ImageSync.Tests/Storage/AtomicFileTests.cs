using System.Diagnostics;
using ImageSync.Storage;
using ImageSync.Testing;

namespace ImageSync.Tests.Storage;

public class AtomicFileTests
{
    [Test]
    public void Many_writers_of_one_file_leave_it_whole_and_nothing_beside_it()
    {
        var directory = new TestDirectory();
        var path = directory.PathOf("art/report.html");
        Parallel.For(0, 200, i => AtomicFile.WriteWhole(path, new string((char)('a' + (i % 26)), 300_000)));
        var text = File.ReadAllText(path);
        Assert.That((text.Length, text.Distinct().Count()), Is.EqualTo((300_000, 1)));
        Assert.That(directory.Files(), Is.EqualTo(new[] { "art/report.html" }));
    }

    [Test]
    public void What_a_killed_build_left_goes()
    {
        var directory = new TestDirectory();
        directory.Write(".imagesync-1999999999-0.tmp", "half");
        AtomicFile.WriteWhole(directory.PathOf("report.html"), "whole");
        Assert.That(directory.Files(), Is.EqualTo(new[] { "report.html" }));
    }

    // The parent, sleep by then, asks for no child: a container's first process can be the same.
    [Test, Platform("Linux")]
    public void What_a_killed_build_left_goes_before_anybody_asks_for_its_end()
    {
        var directory = new TestDirectory();
        const string UntilTheParentIsSleep = "until grep -q sleep /proc/$PPID/comm; do sleep 0.05; done";
        string[] arguments = ["-c", "sh -c \"$0\" & echo $!; exec sleep 60", UntilTheParentIsSleep];
        var start = new ProcessStartInfo("sh", arguments) { RedirectStandardOutput = true };
        using var parent = Process.Start(start)!;
        try
        {
            var id = parent.StandardOutput.ReadLine();
            Assert.That(() => File.ReadAllText($"/proc/{id}/stat"), Does.Contain(") Z ").After(10_000, 10));
            directory.Write($".imagesync-{id}-0.tmp", "half");
            AtomicFile.WriteWhole(directory.PathOf("report.html"), "whole");
            Assert.That(directory.Files(), Is.EqualTo(new[] { "report.html" }));
        }
        finally
        {
            parent.Kill();
        }
    }

    [Test, Platform("Linux,MacOsX"), System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Permissions_stay_and_those_of_what_a_link_leads_to_do_not_count()
    {
        var directory = new TestDirectory();
        var (path, outside) = (directory.Write("a", "a"), directory.Write("b", "b"));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetUnixFileMode(outside, (UnixFileMode)511);
        AtomicFile.WriteWhole(path, "new");
        Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        File.Delete(path);
        File.CreateSymbolicLink(path, outside);
        AtomicFile.WriteWhole(path, "newer");
        Assert.That((File.GetUnixFileMode(path) & UnixFileMode.OtherWrite, File.ReadAllText(outside)), Is.EqualTo(((UnixFileMode)0, "b")));
    }

    // Nobody else can give a file away, so for others there is nothing to show.
    [Test, Platform("Linux")]
    public void Root_leaves_a_file_to_its_owner()
    {
        var directory = new TestDirectory();
        var path = directory.Write("a", "a");
        Assume.That(Environment.IsPrivilegedProcess);
        Assert.That(Run("chown", "12345:54321", path), Is.Empty);
        AtomicFile.WriteWhole(path, "new");
        Assert.That((Run("stat", "--format=%u:%g", path), File.ReadAllText(path)), Is.EqualTo(("12345:54321", "new")));

        static string Run(string command, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true })!;
            var output = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            Assert.That(process.ExitCode, Is.Zero, command);
            return output;
        }
    }

    [Test, Platform("Linux,MacOsX"), System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void What_is_no_regular_file_is_left_alone([Values] SpecialFile kind)
    {
        var directory = new TestDirectory();
        var place = kind.Make(directory.PathOf("a"));
        Assert.That(
            () => AtomicFile.WriteWhole(place, "text"),
            Throws.InstanceOf<IOException>().With.Message.EqualTo($"'{place}' is not a regular file, and was left alone."));
        Assert.That((kind.IsAt(place), directory.Files().Count), Is.EqualTo((true, 1)));
    }

    [Test, Platform("Linux,MacOsX"), System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void A_link_to_what_is_no_regular_file_is_replaced_itself([Values] SpecialFile kind)
    {
        var directory = new TestDirectory();
        var place = kind.Make(directory.PathOf("a"));
        var link = directory.PathOf("link");
        File.CreateSymbolicLink(link, place);
        AtomicFile.WriteWhole(link, "text");
        Assert.That((kind.IsAt(place), File.ReadAllText(link)), Is.EqualTo((true, "text")));
    }
}
