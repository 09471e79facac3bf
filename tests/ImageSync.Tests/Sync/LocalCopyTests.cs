using ImageSync.Storage;
using ImageSync.Sync;
using static ImageSync.Tests.Sync.Given;

namespace ImageSync.Tests.Sync;

/// <summary>Image, file, lock file's entry → what the file is worth where the origin fails.</summary>
public class LocalCopyTests
{
    private static readonly StoredImage Flawed = Unrecorded with { Flaw = "it is an HTML page" };
    private static readonly StoredImage Empty = Unrecorded with { Stamp = Stamp with { Length = 0 } };
    private static readonly StoredImage Unread = Unrecorded with { Flaw = "it cannot be read" };

    private static IEnumerable<TestCaseData> Table()
    {
        yield return Case("no file", Image, StoredImage.Missing, null, "none");
        yield return Case("no file, pinned", Image with { Sha256 = Digest }, StoredImage.Missing, null, "none");
        yield return Case("empty", Image, Empty, null, "none");
        yield return Case("empty, pinned", Image with { Sha256 = Digest }, Empty, null, "none");
        yield return Case("as recorded", Image, Intact, null, "good");
        yield return Case("as recorded, and not accepted any more", Image, Intact with { Flaw = "it is an HTML page" }, null,
            "it is an HTML page");
        yield return Case("edited", Image, Altered, null, "good");
        yield return Case("nothing recorded", Image, Unrecorded, null, "good");
        yield return Case("plainly no image", Image, Flawed, null, "it is an HTML page");

        yield return Case("pinned, the same bytes", Image with { Sha256 = Digest }, Intact, null, "good");
        yield return Case("pinned, other bytes, as recorded", Image with { Sha256 = OtherDigest }, Intact, null,
            $"it has the SHA-256 {Digest}, and Sha256 is {OtherDigest}!");
        yield return Case("pinned, other bytes, edited", Image with { Sha256 = Digest }, Altered, null,
            $"it has the SHA-256 {OtherDigest}, and Sha256 is {Digest}!");
        yield return Case("pinned, edited into the pinned ones", Image with { Sha256 = OtherDigest }, Altered, null, "good");
        yield return Case("pinned, nothing recorded, the same bytes",
            Image with { Sha256 = Digest }, Unrecorded with { Sha256 = Digest }, null, "good");
        yield return Case("pinned, unreadable", Image with { Sha256 = Digest }, Unread, null,
            $"it cannot be read, and Sha256 is {Digest}!");

        yield return Case("locked, as recorded", Image, Intact, Entry, "good");
        yield return Case("locked, as recorded, and the lock file is newer", Image, Intact, Entry with { Sha256 = OtherDigest }, "good");
        yield return Case("locked, edited", Image, Altered, Entry,
            $"it has the SHA-256 {OtherDigest}, and the lock file names the SHA-256 {Digest}!");
        yield return Case("locked, nothing recorded, another length", Image, Unrecorded, Entry,
            $"it has other bytes, and the lock file names the SHA-256 {Digest}!");
        yield return Case("locked, the entry is of another URL", Image, Altered, Entry with { Url = "https://cdn.example/old.png" },
            "good");
        var lines = new StoredImage(FileState.LineEndsDiffer, Stamp, OtherDigest);
        yield return Case("locked, line ends", Image, lines, Entry, "good");
        yield return Case("pinned, line ends", Image with { Sha256 = Digest }, lines, null,
            $"it has the SHA-256 {OtherDigest}, and Sha256 is {Digest}!");
        yield return Case("locked, plainly no image", Image, Flawed, Entry,
            $"it is an HTML page, and the lock file names the SHA-256 {Digest}!");

        static TestCaseData Case(string name, RemoteImage image, StoredImage stored, LockEntry? locked, string expected) =>
            new TestCaseData(image, stored, locked, expected).SetName("copy: " + name);
    }

    [TestCaseSource(nameof(Table))]
    public void Tells_what_it_is_worth(object image, object stored, object? locked, string expected) =>
        Assert.That(Show(LocalCopy.Of((RemoteImage)image, (StoredImage)stored, (LockEntry?)locked)), Is.EqualTo(expected));

    private static string Show(LocalCopy copy) => copy.IsGood ? "good" : (copy.Flaw ?? "none") + (copy.IsDisproved ? "!" : "");
}
