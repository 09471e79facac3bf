using ImageSync.Engine.Lists;

namespace ImageSync.Tests.CommandLine;

public class ImageListTests
{
    [TestCase("", "")]
    [TestCase("https://h/a.png", "1|https://h/a.png|")]
    [TestCase("https://h/a.png\n", "1|https://h/a.png|")]
    [TestCase("https://h/a.png img/b.png", "1|https://h/a.png|img/b.png")]
    [TestCase("\t https://h/a.png \t img/a b.png \t\n", "1|https://h/a.png|img/a b.png", TestName = "{m}: blanks in a path, and around it")]
    [TestCase("https://h/a%20b%23.png img/", "1|https://h/a%20b%23.png|img/", TestName = "{m}: escapes, and a folder")]
    [TestCase("a\r\nb c\r\n\r\nd", "1|a|,2|b|c,4|d|", TestName = "{m}: line ends of Windows")]
    [TestCase("a\rb\n\rc", "1|a|,2|b|,4|c|", TestName = "{m}: lone carriage returns")]
    [TestCase("\uFEFFhttps://h/a.png", "1|https://h/a.png|", TestName = "{m}: behind a byte order mark")]
    [TestCase("# a\n  # b\n#c\n\nd", "5|d|", TestName = "{m}: comments and blank lines")]
    [TestCase("a # b\na b\t# c", "1|a|,2|a|b", TestName = "{m}: comments behind an image")]
    [TestCase("https://h/a.svg#mark x#1.svg", "1|https://h/a.svg#mark|x#1.svg", TestName = "{m}: number signs that are no comments")]
    [TestCase("a\u00A0b c", "1|a\u00A0b|c", TestName = "{m}: a no-break space separates nothing")]
    [TestCase("a 'b'", "1|a|'b'", TestName = "{m}: quotes are nothing special")]
    public void Images_are_read(string text, string expected) =>
        Assert.That(string.Join(',', new ImageList(text).Images.Select(image => $"{image.Line}|{image.Url}|{image.Path}")), Is.EqualTo(expected));

    [TestCase("", "https://h/a.png", "", "https://h/a.png\n")]
    [TestCase("a\n", "b", "c", "a\nb c\n")]
    [TestCase("a", "b", "", "a\nb\n", TestName = "{m}: a last line without an end")]
    [TestCase("a\r\n# x\r\n", "b", "c/", "a\r\n# x\r\nb c/\r\n", TestName = "{m}: line ends as they are")]
    [TestCase("\uFEFFa\n", "b", "", "\uFEFFa\nb\n", TestName = "{m}: a byte order mark stays")]
    public void An_image_is_added(string text, string url, string path, string expected) =>
        Assert.That(new ImageList(text).With(url, path).Text, Is.EqualTo(expected));

    [TestCase("a\nb\nc\n", "2", "a\nc\n")]
    [TestCase("a\nb", "2", "a\n")]
    [TestCase("a", "1", "")]
    [TestCase("\uFEFFa\r\n\r\n# x\r\nb   c # d\r\n", "1", "\uFEFF\r\n# x\r\nb   c # d\r\n", TestName = "{m}: all else is as it was written")]
    [TestCase("a\rb\rc", "1,3", "b\r")]
    public void Lines_are_removed(string text, string lines, string expected) =>
        Assert.That(new ImageList(text).Without(lines.Split(',').Select(int.Parse).ToHashSet()).Text, Is.EqualTo(expected));

    [TestCase("https://h/a.png", true)]
    [TestCase("img/a.png", true)]
    [TestCase(@"img\a.png", true)]
    [TestCase("a.png", false)]
    [TestCase("IMG/A.PNG", false)]
    [TestCase("", false)]
    public void An_image_is_called_by_its_URL_or_its_path(string name, bool expected) =>
        Assert.That(new ListedImage(1, "https://h/a.png", "img/a.png").IsCalled(name), Is.EqualTo(expected));

    [Test]
    public void An_image_without_a_path_has_no_empty_name() =>
        Assert.That(new ListedImage(1, "https://h/a.png", "").IsCalled(""), Is.False);
}
