using ImageSync.Engine.Lists.Import;

namespace ImageSync.Tests.Import;

public class ImportKindTests
{
    [TestCase("libman.json", "", "libman")]
    [TestCase("x/.netconfig", "", "netconfig")]
    [TestCase("x.netconfig", "", "netconfig")]
    [TestCase("index.HTML", "", "html")]
    [TestCase("README.md", "", "markdown")]
    [TestCase(".curlrc", "", "curl")]
    [TestCase("x", " \r\n{ }", "libman")]
    [TestCase("x", "<!doctype html>", "html")]
    [TestCase("x.txt", "# x\n[file \"a.png\"]\nurl = https://h/a.png", "netconfig")]
    [TestCase("x.txt", "# x\nurl = \"https://h/a.png\"", "curl")]
    [TestCase("x.cfg", "--url https://h/a.png", "curl")]
    [TestCase("x.txt", "url https://h/a.png", "curl")]
    [TestCase("x.txt", "Look: ![a](https://h/a.png)", "markdown")]
    [TestCase("x.txt", "https://h/a.png img/a.png", null)]
    [TestCase("x", "", null)]
    public void A_file_is_recognized(string name, string text, string? expected) =>
        Assert.That(ImportKind.Of(name, text)?.Name, Is.EqualTo(expected));

    [TestCase("/s", "/s", "img/a.png", "img/a.png")]
    [TestCase("/s", "/s", @"img\a.png", "img/a.png")]
    [TestCase("/s", "/s/src", "img/a.png", "src/img/a.png")]
    [TestCase("/s", "/s/src", "img/", "src/img/")]
    [TestCase("/s", "/s/src", "./", "src/")]
    [TestCase("/s/src", "/s", "src/img/a.png", "img/a.png")]
    [TestCase("/s/src", "/s", "img/a.png", "../img/a.png", TestName = "{m}: out of the list's folder, and refused there")]
    [TestCase("/s", "/t", "/s/img/a.png", "img/a.png", TestName = "{m}: absolute, within the list's folder")]
    [TestCase("/s", "/s", "/etc/a.png", "/etc/a.png")]
    [TestCase("/s", "/t", "", "")]
    [TestCase("/s", "/t", "a\0b", "a\0b")]
    [Platform("Linux,MacOsX")]
    public void A_path_is_written_for_the_list(string list, string file, string path, string expected) =>
        Assert.That(new ImportedPaths(list, file).Of(path), Is.EqualTo(expected));
}
