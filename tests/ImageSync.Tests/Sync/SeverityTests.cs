using ImageSync.Http;
using ImageSync.Sync;

namespace ImageSync.Tests.Sync;

/// <summary>The one rule for warning or error.</summary>
public class SeverityTests
{
    private static readonly Wording Words = Wording.Project;

    private static readonly Problem Origin = Problems.Refused(Words, Given.Image.Url, new ResponseHead(404) { Reason = "Not Found" });

    private static readonly LocalCopy Flawed = new(false) { Flaw = "it is an HTML page" };
    private static readonly LocalCopy Disproved = new(false) { Flaw = "it has other bytes", IsDisproved = true };

    private static IEnumerable<TestCaseData> Table()
    {
        yield return new TestCaseData(Origin, LocalCopy.Good, false, "Warning").SetName("origin failed, copy stays");
        yield return new TestCaseData(Origin, LocalCopy.None, false, "Error").SetName("origin failed, no copy");
        yield return new TestCaseData(Origin, LocalCopy.None, true, "Warning").SetName("origin failed, no copy, optional");
        yield return new TestCaseData(Origin, Flawed, false, "Error").SetName("origin failed, what is there is no image");
        yield return new TestCaseData(Origin, Flawed, true, "Warning").SetName("origin failed, what is there is no image, optional");
        yield return new TestCaseData(Origin, Disproved, false, "Error").SetName("origin failed, a digest disproves what is there");
        yield return new TestCaseData(Origin, Disproved, true, "Error").SetName("origin failed, a digest disproves what is there, optional");
        yield return new TestCaseData(Problems.EditKept(Words, "was edited since it was synced"), Disproved, false, "Warning").SetName("edit kept, not the locked bytes");
        yield return new TestCaseData(Problems.Offline(Words), LocalCopy.None, false, "Error").SetName("offline");
        yield return new TestCaseData(Problems.Offline(Words), LocalCopy.None, true, "Warning").SetName("offline, optional");
        yield return new TestCaseData(Problems.NotAUrl(Words, "logo.png", "is none"), LocalCopy.Good, true, "Error").SetName("declaration, optional");
        yield return new TestCaseData(Problems.WrongDigest(Given.Image.Url, Given.Digest, Given.OtherDigest), LocalCopy.Good, true, "Error").SetName("digest, copy stays, optional");
        yield return new TestCaseData(Problems.NotWritten(Words, "disk full"), LocalCopy.Good, true, "Error").SetName("not written, optional");
        yield return new TestCaseData(Problems.WrongExtension(Words, "image/webp", "a.png", "a.webp"), LocalCopy.None, false, "Warning").SetName("extension");
        yield return new TestCaseData(Problems.UrlCut("https://h/C", "Write %23."), LocalCopy.None, false, "Warning").SetName("name not known");
        yield return new TestCaseData(Problems.CacheUnsaved(Words, "c", "disk full", 3), LocalCopy.None, false, "Warning").SetName("cache");
        yield return new TestCaseData(Problems.ReportUnwritten(Words, "ReportFile", "r.html", "disk full"), LocalCopy.None, false, "Warning").SetName("report");
        yield return new TestCaseData(Problems.EditKept(Words, "was edited since it was synced"), LocalCopy.None, false, "Warning").SetName("edit kept");
        yield return new TestCaseData(Problems.EditReplaced(Words, "was edited since it was synced", "obj"), LocalCopy.None, false, "Warning").SetName("edit replaced");
        yield return new TestCaseData(Problems.EditRefused(Words, "was edited since it was synced"), LocalCopy.Good, true, "Error").SetName("edit refused");
    }

    [TestCaseSource(nameof(Table))]
    public void Severity_follows_from_code_copy_and_optional(object problem, object copy, bool optional, string expected) =>
        Assert.That(((Problem)problem).ToDiagnostic("img/logo.png", (LocalCopy)copy, optional).Severity.ToString(), Is.EqualTo(expected));

    private static IEnumerable<TestCaseData> Outcomes()
    {
        yield return new TestCaseData(LocalCopy.Good, "The local copy was kept.");
        yield return new TestCaseData(LocalCopy.None, "There is no local copy.");
        yield return new TestCaseData(Flawed, "The local file was kept, but it is no copy of the image: it is an HTML page.");
    }

    [TestCaseSource(nameof(Outcomes))]
    public void Message_says_which_image_what_happened_what_became_of_it_and_what_to_do(object copy, string outcome) =>
        Assert.That(Origin.ToDiagnostic("img/logo.png", (LocalCopy)copy, optional: false).Message, Is.EqualTo(
            $"img/logo.png: https://cdn.example/logo.png answered 404 Not Found. {outcome} Check the URL; if the image is gone for good, remove the item."));
}
