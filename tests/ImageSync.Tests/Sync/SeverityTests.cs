using ImageSync.Http;
using ImageSync.Sync;

namespace ImageSync.Tests.Sync;

/// <summary>The one rule for warning or error.</summary>
public class SeverityTests
{
    private static readonly Problem Origin = Problems.Refused(Given.Image.Url, new ResponseHead(404) { Reason = "Not Found" });

    private static IEnumerable<TestCaseData> Table()
    {
        yield return new TestCaseData(Origin, true, false, "Warning").SetName("origin failed, copy stays");
        yield return new TestCaseData(Origin, false, false, "Error").SetName("origin failed, no copy");
        yield return new TestCaseData(Origin, false, true, "Warning").SetName("origin failed, no copy, optional");
        yield return new TestCaseData(Problems.Offline(), false, false, "Error").SetName("offline");
        yield return new TestCaseData(Problems.Offline(), false, true, "Warning").SetName("offline, optional");
        yield return new TestCaseData(Problems.NotAUrl("logo.png", "is none"), true, true, "Error").SetName("declaration, optional");
        yield return new TestCaseData(Problems.WrongDigest(Given.Image.Url, Given.Digest, Given.OtherDigest), true, true, "Error").SetName("digest, copy stays, optional");
        yield return new TestCaseData(Problems.NotWritten("disk full"), true, true, "Error").SetName("not written, optional");
        yield return new TestCaseData(Problems.WrongExtension("image/webp", ".png"), false, false, "Warning").SetName("extension");
        yield return new TestCaseData(Problems.CacheUnsaved("c", "disk full", 3), false, false, "Warning").SetName("cache");
        yield return new TestCaseData(Problems.ReportUnwritten("ImageSyncReportFile", "r.html", "disk full"), false, false, "Warning").SetName("report");
        yield return new TestCaseData(Problems.EditKept(), false, false, "Warning").SetName("edit kept");
        yield return new TestCaseData(Problems.EditReplaced("obj"), false, false, "Warning").SetName("edit replaced");
        yield return new TestCaseData(Problems.EditRefused(), true, true, "Error").SetName("edit refused");
    }

    [TestCaseSource(nameof(Table))]
    public void Severity_follows_from_code_copy_and_optional(object problem, bool hasUsableCopy, bool optional, string expected) =>
        Assert.That(((Problem)problem).ToDiagnostic("img/logo.png", hasUsableCopy, optional).Severity.ToString(), Is.EqualTo(expected));

    [TestCase(true, "img/logo.png: https://cdn.example/logo.png answered 404 Not Found. The local copy was kept. Check the URL; if the image is gone for good, remove the item.")]
    [TestCase(false, "img/logo.png: https://cdn.example/logo.png answered 404 Not Found. There is no local copy. Check the URL; if the image is gone for good, remove the item.")]
    public void Message_says_which_image_what_happened_what_became_of_it_and_what_to_do(bool hasUsableCopy, string expected) =>
        Assert.That(Origin.ToDiagnostic("img/logo.png", hasUsableCopy, optional: false).Message, Is.EqualTo(expected));
}
