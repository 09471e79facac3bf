using ImageSync.Images;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Sync;

/// <summary>Which names of files are told of, by what the bytes are.</summary>
public class ExtensionRuleTests
{
    private static readonly ImageFormat Png = ImageFormat.Detect(SampleImages.Png(1, 100))!;

    [TestCase("images/logo.png", null)]
    [TestCase("images/logo.APNG", null)]
    [TestCase("images/logo.webp", "images/logo.png")]
    [TestCase("wwwroot/a.b/logo.svg", "wwwroot/a.b/logo.png")]
    [TestCase("images/logo.dat", null)]
    [TestCase("wwwroot/logo.dat", null)]
    [TestCase("images/logo", null)]
    [TestCase("wwwroot", null)]
    [TestCase("a.wwwroot/logo", null)]
    [TestCase("wwwroot/logo", "wwwroot/logo.png")]
    [TestCase("wwwroot/avatar/123", "wwwroot/avatar/123.png")]
    [TestCase("WWWRoot/a.b/logo", "WWWRoot/a.b/logo.png")]
    [TestCase("src/Site/wwwroot/img/logo", "src/Site/wwwroot/img/logo.png")]
    public void A_name_that_does_not_say_what_the_bytes_are(string localPath, string? fitting)
    {
        var problem = ExtensionRule.Objection(Wording.Project, localPath, Png, hasNameOfUrl: false);
        Assert.That(problem?.Code, Is.EqualTo(fitting is null ? null : (DiagnosticCode?)DiagnosticCode.ExtensionDoesNotFit));
        Assert.That(problem?.Advice ?? "", fitting is null ? Is.Empty : Does.Contain($"\"{fitting}\""));
    }

    [Test]
    public void Nothing_is_told_of_what_is_no_image([Values("wwwroot/logo", "wwwroot/logo.png")] string localPath) =>
        Assert.That(ExtensionRule.Objection(Wording.Project, localPath, null, hasNameOfUrl: false), Is.Null);

    [TestCase(true, false)]
    [TestCase(false, true)]
    public void A_slash_is_no_advice_where_there_is_one(bool hasNameOfUrl, bool isAdvised) =>
        Assert.That(
            ExtensionRule.Objection(Wording.Project, "wwwroot/avatar/123", Png, hasNameOfUrl)!.Advice.Contains("end it with a slash", StringComparison.Ordinal),
            Is.EqualTo(isAdvised));
}
