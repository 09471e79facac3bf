using ImageSync.Sync;

namespace ImageSync.Tests.Sync;

/// <summary>Which known name a misspelt one was to be.</summary>
public class SpellingCorrectionTests
{
    private static readonly string[] Known = ["LocalPath", "BuildAction", "Sha256", "MaxAge", "Watch", "Url", "Optional"];

    [TestCase("LocalPath", "LocalPath")]
    [TestCase("localpath", "LocalPath")]
    [TestCase("LoclPath", "LocalPath")]
    [TestCase("LocalPathh", "LocalPath")]
    [TestCase("LocalPatg", "LocalPath")]
    [TestCase("LcoalPath", "LocalPath")]
    [TestCase("LcoalPaths", "LocalPath")]
    [TestCase("LokalPaths1", null)]
    [TestCase("ocalPath", null)]
    [TestCase("Sha265", "Sha256")]
    [TestCase("Sha512", null)]
    [TestCase("MaxAgs", "MaxAge")]
    [TestCase("MinAge", null)]
    [TestCase("Match", null)]
    [TestCase("Wach", "Watch")]
    [TestCase("Urn", null)]
    [TestCase("Options", null)]
    [TestCase("x", null)]
    public void A_slip_or_two(string name, string? expected) => Assert.That(SpellingCorrection.Closest(name, Known), Is.EqualTo(expected));

    [TestCase("Lo", "LocalPath")]
    [TestCase("loca", "LocalPath")]
    [TestCase("LocaPath", "LocalPath")]
    [TestCase("M", "MaxAge,Mirror")]
    [TestCase("Z", "")]
    public void Beginnings(string name, string expected) =>
        Assert.That(string.Join(',', SpellingCorrection.ClosestOrStartingWith(name, [.. Known, "Mirror"])), Is.EqualTo(expected));

    [Test]
    public void All_that_begin_so_are_told() =>
        Assert.That(SpellingCorrection.ClosestOrStartingWith("ImageSyncLock", ["ImageSyncLockFile", "ImageSyncLocked", "ImageSyncStore"]),
            Is.EqualTo(new[] { "ImageSyncLockFile", "ImageSyncLocked" }));
}
