using ImageSync.Engine.Lists;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Pipe;

public class ListedLinesTests
{
    private const string List =
        "# brand\nhttps://h/a.png\nhttps://h/b.png  b/1.png\nhttps://h/b.png  b/2.png\nhttps://h/a.png own/\n\nhttps://h/b.png\n";

    [TestCase("https://h/a.png", "", 2)]
    [TestCase("https://h/a.png", "own/", 5)]
    [TestCase("https://h/b.png", "b/1.png", 3)]
    [TestCase("https://h/b.png", "b/2.png", 4)]
    [TestCase("https://h/b.png", "", 7)]
    [TestCase("https://h/c.png", "", 0)]
    public void An_image_is_found_by_its_URL_and_its_path(string url, string path, int line)
    {
        // arrange
        var file = new TestDirectory().Write("images.txt", List);
        var lines = new ListedLines([new("https://h/x.png"), new(url) { Index = 1, ListPath = path, List = file }]);

        // act, assert
        Assert.That((lines.PlaceOf(0), lines.PlaceOf(1)), Is.EqualTo(((TextLocation?)null, new TextLocation(file, line, 0))));
        Assert.That(lines.Placed.Select(image => (image.DefiningProject, image.DefiningLine)), Is.EqualTo(new[] { ("", 0), (file, line) }));
    }

    [Test]
    public void Of_two_lines_that_are_the_same_each_has_its_own()
    {
        // arrange
        var file = new TestDirectory().Write("images.txt", "https://h/a.png\nhttps://h/b.png\nhttps://h/a.png\n");
        var lines = new ListedLines([.. Enumerable.Range(0, 3).Select(i => new RemoteImageDeclaration("https://h/a.png") { Index = i, List = file })]);

        // act, assert
        Assert.That(Enumerable.Range(0, 3).Select(i => lines.PlaceOf(i)!.Line), Is.EqualTo(new[] { 1, 3, 0 }));
    }

    [TestCase("relative.txt")]
    [TestCase("/a\0b")]
    [TestCase("/none/there.txt")]
    public void A_list_that_is_gone_has_no_lines(string list) =>
        Assert.That(new ListedLines([new("https://h/a.png") { List = list }]).PlaceOf(0), Is.EqualTo(new TextLocation(list, 0, 0)));
}
