using System.Globalization;
using ImageSync.Images;
using ImageSync.Storage;
using ImageSync.Sync;

namespace ImageSync.Tests.Storage;

/// <summary>What the files of a project may be called.</summary>
public class FileNamesTests
{
    [TestCase("img/logo.png")]
    [TestCase("img/it's (1) größe.png")]
    [TestCase("a$b/c@2x.png")]
    [TestCase("100%.png")]
    [TestCase("(1)$.png")]
    [TestCase("../x")]
    [TestCase("git/.gitignore")]
    [TestCase("x.git/a.png")]
    public void Are_taken(string localPath) => Assert.That(FileNames.Objection(localPath), Is.Null);

    [TestCase("a$(OS).png", "holds \"$(\"")]
    [TestCase("(a@(b).png", "holds \"@(\"")]
    [TestCase("x%(Identity)/a.png", "holds \"%(\"")]
    [TestCase("a(`).png", "holds a backtick")]
    [TestCase(".git/HEAD", "in a repository's own folder")]
    [TestCase("sub/.GIT/hooks/post-checkout", "in a repository's own folder")]
    [TestCase("GIT~1/config", "in a repository's own folder")]
    [TestCase(".git", "in a repository's own folder")]
    [TestCase("a/con.png", "\"con.png\", which Windows cannot have")]
    [TestCase("a /b.png", "\"a \", which Windows cannot have")]
    [TestCase("a\nb.png", "a line break (U+000A), which a file name cannot have")]
    [TestCase("a\rb.png", "a line break (U+000D), which a file name cannot have")]
    [TestCase("a\tb.png", "a tab (U+0009), which a file name cannot have")]
    [TestCase("a\0b.png", "the control character U+0000, which a file name cannot have")]
    [TestCase("a\u007Fb.png", "the control character U+007F, which a file name cannot have")]
    [TestCase("a\u0085b.png", "the control character U+0085, which a file name cannot have")]
    [TestCase("a:b.png", "the character \":\" (U+003A), which Windows cannot have in a name")]
    [TestCase("C:/a.png", "\":\" (U+003A), which Windows cannot have")]
    [TestCase("logo.png:Zone.Identifier", "\":\" (U+003A), which Windows cannot have")]
    [TestCase("what?is.png", "\"?\" (U+003F), which Windows cannot have")]
    [TestCase("a*.png", "\"*\" (U+002A), which Windows cannot have")]
    [TestCase("<a.png", "\"<\" (U+003C), which Windows cannot have")]
    [TestCase("a>.png", "\">\" (U+003E), which Windows cannot have")]
    [TestCase("a\".png", "\"\"\" (U+0022), which Windows cannot have")]
    [TestCase("a|b/c.png", "\"|\" (U+007C), which Windows cannot have")]
    [TestCase("a.png.", "\"a.png.\", which Windows cannot have")]
    [TestCase("img/.../a.png", "\"...\", which Windows cannot have")]
    public void Are_refused(string localPath, string expected) => Assert.That(FileNames.Objection(localPath), Does.Contain(expected));

    [TestCase(251, "a", null)]
    [TestCase(252, "a", "256")]
    [TestCase(125, "ö", null)]
    [TestCase(126, "ö", "256")]
    [TestCase(83, "€", null)]
    [TestCase(84, "€", "256")]
    public void Names_have_as_many_bytes_as_file_systems_take(int count, string character, string? bytes)
    {
        var name = string.Concat(Enumerable.Repeat(character, count));
        foreach (var path in new[] { $"{name}.png", $"img/{name}.png", $"{name}.png/a.png" })
        {
            Assert.That(FileNames.Objection(path),
                Is.EqualTo(bytes is null ? null : $"contains a name of {bytes} bytes, more than the 255 that file systems take"));
        }
    }

    /// <summary>Devices of Windows, alone, with an extension, in a folder, as a folder, in any case, before blanks.</summary>
    [Test]
    public void Devices_are_refused(
        [Values("CON", "prn", "Aux", "NUL", "COM1", "com9", "COM¹", "COM²", "com³", "LPT1", "lpt9", "LPT¹", "LPT²", "LPT³",
            "CONIN$", "ConOut$")] string device,
        [Values("{0}", "{0}.png", "img/{0}.png", "{0}/a.png", "{0}.tar.png", "{0} .png")] string path) =>
        Assert.That(FileNames.Objection(string.Format(CultureInfo.InvariantCulture, path, device)),
            Does.Contain("which Windows cannot have"));

    [TestCase("CONSOLE.png")]
    [TestCase("COM.png")]
    [TestCase("COM10.png")]
    [TestCase("com⁴.png")]
    [TestCase("CONIN.png")]
    [TestCase("img/CONIN$x.png")]
    [TestCase("a.con/png.png")]
    public void Names_beside_devices_are_taken(string localPath) => Assert.That(FileNames.Objection(localPath), Is.Null);

    [TestCase("logo.png", true)]
    [TestCase("img.cshtml/LOGO.JPEG", true)]
    [TestCase("drawing.svgz", true)]
    [TestCase("avatar/123", true)]
    [TestCase("Index.cshtml", false)]
    [TestCase("logo.png.targets", false)]
    [TestCase("App.csproj", false)]
    [TestCase("Strings.resx", false)]
    [TestCase("appsettings.json", false)]
    [TestCase(".editorconfig", false)]
    [TestCase("run.sh", false)]
    [TestCase("index.php", false)]
    [TestCase("style.css", false)]
    public void Names_of_images(string localPath, bool expected) => Assert.That(ImageFormat.IsNameOfImage(localPath), Is.EqualTo(expected));

    // Path, who has chosen the name, media type, and whether it is refused.
    [TestCase("images/logo.png", "Url", "image/*", false)]
    [TestCase("images/logo.png", "Url", "*/*", false)]
    [TestCase("images/123", "Url", "image/*", false)]
    [TestCase("images/123", "Url", "*/*", true)]
    [TestCase("images/_redirects", "Url", "image/*", true)]
    [TestCase("images/-rf", "Url", "image/*", true)]
    [TestCase("Makefile", "Url", "image/*", true)]
    [TestCase("Makefile", "Author", "image/*", false)]
    [TestCase("wwwroot/_redirects", "Author", "*/*", false)]
    [TestCase("images/style.css", "Url", "*/*", true)]
    [TestCase("images/style.css", "Url", "text/css", true)]
    [TestCase("images/style.css", "Author", "text/css", false)]
    [TestCase("images/style.css", "Author", "image/*", true)]
    [TestCase("Pages/Index.cshtml", "Author", "image/svg+xml", true)]
    [TestCase("Pages/Index.cshtml", "Author", "*/*", false)]
    [TestCase("wwwroot", "Author", "image/*", true)]
    [TestCase("site/WWWRoot", "Author", "image/png", true)]
    [TestCase("wwwroot/logo", "Author", "image/*", false)]
    [TestCase("wwwroot", "Author", "*/*", false)]
    [TestCase("img/logo.png", "List", "*/*", false)]
    [TestCase("img/123", "List", "image/*", true)]
    [TestCase("docs/CODEOWNERS", "List", "image/*", true)]
    [TestCase("Makefile", "List", "image/*", true)]
    [TestCase("Directory.Build.targets", "List", "*/*", true)]
    public void A_name_that_something_obeys_is_the_authors_to_write(string localPath, string origin, string mediaType, bool isBroken) =>
        Assert.That(FileNameRule.IsBroken(localPath, Enum.Parse<NameOrigin>(origin), MediaRange.TryParse(mediaType, out var range) ? range : default), Is.EqualTo(isBroken));
}
