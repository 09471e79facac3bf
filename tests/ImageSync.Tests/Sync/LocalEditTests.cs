using ImageSync.Storage;
using ImageSync.Sync;
using static ImageSync.Tests.Sync.Given;

namespace ImageSync.Tests.Sync;

/// <summary>Record, file → what is said of it where it is an edit.</summary>
public class LocalEditTests
{
    private static IEnumerable<TestCaseData> Table()
    {
        var left = Record with { Stamp = Stamp with { WriteTime = 0 } };
        var postponed = Record with { Sha256 = "" };
        yield return Case("synced", Record, Altered, "was edited since it was synced");
        yield return Case("synced, and made anew", Record, Unrecorded, "was edited since it was synced");
        yield return Case("left alone when it came to be there, in the next build", left, Altered, "is not the image that was received for it");
        yield return Case("nothing recorded, not the locked one", null, Altered, "is not the one that the lock file names");
        yield return Case("no bytes recorded, not the locked one", postponed, Altered, "is not the one that the lock file names");
        yield return Case("nothing recorded, made meanwhile", null, Unrecorded, "was written while the image was on its way");

        static TestCaseData Case(string name, ValidatorRecord? found, StoredImage stored, string expected) =>
            new TestCaseData(found, stored, expected).SetName("edit: " + name);
    }

    [TestCaseSource(nameof(Table))]
    public void Says_what_is_true(object? found, object stored, string expected) =>
        Assert.That(LocalEdit.Of((ValidatorRecord?)found, (StoredImage)stored), Is.EqualTo(expected));
}
