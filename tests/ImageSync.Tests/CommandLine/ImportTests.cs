using System.Text;
using ImageSync.Testing;

namespace ImageSync.Tests.CommandLine;

/// <summary>What other files name is added to a list.</summary>
public class ImportTests
{
    private CommandRun _run;

    [SetUp]
    public void Start() => _run = new CommandRun();

    [Test]
    public void What_is_new_is_added_and_nothing_twice()
    {
        // arrange
        _run.Folder.Write("images.txt", "# brand\r\nhttps://h/a.png   img/logo.png # mine\r\nhttps://h/d.png");
        _run.Folder.Write("index.html", "<img src=https://h/a.png><img src=https://h/b.png>\n<img src=https://h/b.png><img src=c.png>");

        // act, assert
        Assert.That(_run.Of("import ~/index.html --list LIST"), Is.Zero);
        Assert.That(_run.Output, Is.EqualTo(
            $"  left out: 1 × relative URL\n{_run.List}: 1 image added, 1 there already; fetch it with: imagesync sync {_run.List}\n"));
        const string Expected = "# brand\r\nhttps://h/a.png   img/logo.png # mine\r\nhttps://h/d.png\r\nhttps://h/b.png\r\n";
        Assert.That(_run.Folder.ReadText("images.txt"), Is.EqualTo(Expected));

        // act, assert: once more
        Assert.That(_run.Of("import ~/index.html --list LIST -v"), Is.Zero);
        Assert.That(_run.Output, Is.EqualTo(
            $"  left out: {_run.Folder.PathOf("index.html")}(2): c.png (relative URL)\n{_run.List}: 0 images added, 2 there already\n"));
        Assert.That(_run.Folder.ReadText("images.txt"), Is.EqualTo(Expected));
        Assert.That(_run.Errors, Is.Empty);
    }

    [Test]
    public void A_path_that_the_list_has_in_other_words_is_there_already()
    {
        _run.Folder.Write("images.txt", "https://h/a.png\nhttps://h/b.png img/\n");
        _run.Folder.Write(".netconfig", "[file \"images/a.png\"]\nurl = https://h/a.png\n[file \"img/b.png\"]\nurl = https://h/b.png\n");
        Assert.That(_run.Of("import ~/.netconfig --list LIST"), Is.Zero);
        Assert.That(_run.Output, Does.Contain("0 images added, 2 there already"));
        Assert.That(_run.Folder.ReadText("images.txt"), Is.EqualTo("https://h/a.png\nhttps://h/b.png img/\n"));
    }

    [Test]
    public void A_dry_run_prints_the_lines_and_writes_nothing()
    {
        _run.Folder.Write("README.md", "![a](https://h/a.png)\n![b](b.png)\n![c](https://h/c.png)\n");
        Assert.That(_run.Of("import ~/README.md --list LIST --dry-run"), Is.Zero);
        Assert.That(_run.Output, Is.EqualTo("https://h/a.png\nhttps://h/c.png\n"));
        Assert.That(_run.Errors, Is.EqualTo($"  left out: 1 × relative URL\n{_run.List}: 2 images would be added\n"));
        Assert.That(_run.Folder.Files(), Is.EqualTo(new[] { "README.md" }));
    }

    [Test]
    public void A_list_is_made_where_there_is_none_and_its_lock_is_hidden()
    {
        _run.Folder.Write("a.md", "![a](https://h/a.png)");
        Assert.That(_run.Of("import ~/a.md --list LIST -q"), Is.Zero);
        Assert.That(_run.Output, Is.Empty);
        Assert.That(_run.Folder.ReadText("images.txt"), Is.EqualTo("https://h/a.png\n"));
        Assert.That(_run.Folder.ReadText(".imagesync/.gitignore"), Is.EqualTo("*\n"));
    }

    [Test]
    public void What_no_sync_would_accept_is_told_and_all_else_is_added()
    {
        _run.Folder.Write("images.txt", "https://h/logo.png\n");
        _run.Folder.Write("page.html", "<img src=https://i/logo.png>\n<img src=https://h/count.php>\n<img src=https://h/ok.png>\n<img src=https://h/>");
        Assert.That(_run.Of("import ~/page.html --list LIST"), Is.EqualTo(1));
        var page = _run.Folder.PathOf("page.html");
        Assert.That(_run.Errors, Does.Contain($"{page}(1): error IMGSYNC1003: ").And.Contain("https://h/logo.png has the same local path")
            .And.Contain($"{page}(2): error IMGSYNC1002: ").And.Contain($"{page}(4): error IMGSYNC1002: "));
        Assert.That(_run.Output, Does.Contain("1 image added;"));
        Assert.That(_run.Folder.ReadText("images.txt"), Is.EqualTo("https://h/logo.png\nhttps://h/ok.png\n"));
    }

    [Test]
    public void A_path_leaves_the_lists_folder_for_nobody()
    {
        _run.Folder.Write(".netconfig", "[file \"../a.png\"]\nurl = https://h/a.png\n[file \"/tmp/b.png\"]\nurl = https://h/b.png\n[file \"a #b.png\"]\nurl = https://h/c.png\n");
        Assert.That(_run.Of("import ~/.netconfig --list LIST"), Is.EqualTo(1));
        Assert.That(_run.Errors, Does.Contain("(2): error IMGSYNC1002: ").And.Contain("(4): error IMGSYNC1002: ")
            .And.Contain("(6): error: a #b.png: a list would read this path differently"));
        Assert.That(_run.Folder.Exists("images.txt"), Is.False);
    }

    [Test]
    public void Paths_are_relative_to_the_file_that_has_them()
    {
        _run.Folder.Write("src/Site/libman.json", """{ "libraries": [{ "provider": "filesystem", "library": "https://h/a.png", "destination": "wwwroot/img", "files": ["a.png"] }] }""");
        Assert.That(_run.Of("import ~/src/Site/libman.json --list LIST"), Is.Zero);
        Assert.That(_run.Folder.ReadText("images.txt"), Is.EqualTo("https://h/a.png src/Site/wwwroot/img/a.png\n"));
    }

    [Test]
    public void Libraries_without_files_are_warned_of()
    {
        _run.Folder.Write("libman.json", """{ "defaultProvider": "cdnjs", "libraries": [{ "library": "flags@1.0" }] }""");
        Assert.That(_run.Of("import ~/libman.json --list LIST"), Is.Zero);
        Assert.That(_run.Errors, Does.StartWith($"{_run.Folder.PathOf("libman.json")}: warning: flags@1.0 has no \"files\""));
        Assert.That(_run.Output, Does.Contain("0 images added\n"));
        Assert.That(_run.Folder.Exists("images.txt"), Is.False);
    }

    [Test]
    public void Standard_input_is_read()
    {
        _run.Input = Encoding.UTF8.GetBytes("\uFEFFurl = \"https://h/a.png\"\r\noutput = \"img/a.png\"\r\n");
        Assert.That(_run.Of("import - --from curl --dry-run --list images.txt"), Is.Zero);
        Assert.That(_run.Output, Is.EqualTo("https://h/a.png img/a.png\n"));
    }

    [TestCase("import - --list LIST", "standard input: error: standard input has no name that says what it is. Say so with --from curl, libman, netconfig, html or markdown.")]
    [TestCase("import ~/list.txt --list LIST", "its name and its text do not tell what it is. Name its kind with --from curl, libman, netconfig, html or markdown.")]
    [TestCase("import ~/list.txt --from xml --list LIST", "'xml' not recognized")]
    [TestCase("import ~/list.txt --from libman --list LIST", "the file is not JSON (line 1). It was read as libman; name another kind with --from: curl,")]
    [TestCase("import ~/gone.html --list LIST", "the file is not there.")]
    [TestCase("import ~/ --list LIST", "the file is a folder.")]
    [TestCase("import ~/a.png --from html --list LIST", "the file is not text in UTF-8.")]
    [TestCase("import ~/zero.html --list LIST", "the file is not text.")]
    [TestCase("import --list LIST", "Required argument missing for command: 'import'.")]
    [TestCase("import --dry-rum", "There is no option --dry-rum")]
    public void What_cannot_be_read_is_a_usage_error(string line, string reason)
    {
        _run.Folder.Write("list.txt", "https://h/a.png img/a.png\n");
        _run.Folder.Write("a.png", SampleImages.Png(1, 2_000));
        _run.Folder.Write("zero.html", "<img src=https://h/a.png>\0");
        Assert.That(_run.Of(line), Is.EqualTo(2));
        Assert.That(_run.Errors, Does.Contain(reason));
        Assert.That(_run.Folder.Exists("images.txt"), Is.False);
    }

    [Test]
    public void A_list_that_cannot_be_read_stays()
    {
        var png = SampleImages.Png(1, 2_000);
        _run.Folder.Write("images.txt", png);
        _run.Folder.Write("a.md", "![a](https://h/a.png)");
        Assert.That(_run.Of("import ~/a.md --list LIST"), Is.EqualTo(2));
        Assert.That(_run.Folder.Read("images.txt"), Is.EqualTo(png));
    }

    [Test]
    public void Input_has_a_bound()
    {
        _run.Input = new byte[64 * 1024 * 1024 + 1];
        Assert.That(_run.Of("import - --from html --list LIST"), Is.EqualTo(2));
        Assert.That(_run.Errors, Does.Contain("is larger than 67,108,864 bytes"));
    }

    [Test]
    public void A_hundred_thousand_images_are_no_matter()
    {
        _run.Folder.Write("a.html", string.Concat(Enumerable.Range(0, 100_000).Select(i => $"<img src='https://h/{i}.png'>\n")));
        Assert.That(_run.Of("import ~/a.html --list LIST"), Is.Zero);
        Assert.That(_run.Output, Does.Contain("100,000 images added; fetch them"));
        Assert.That(_run.Of("import ~/a.html --list LIST"), Is.Zero);
        Assert.That(_run.Output, Does.Contain("0 images added, 100,000 there already"));
    }

    [Test]
    public void Many_that_are_refused_are_some_lines()
    {
        _run.Folder.Write("a.html", string.Concat(Enumerable.Range(0, 1_000).Select(i => $"<img src='https://h/{i}/image.png'>\n")));
        Assert.That(_run.Of("import ~/a.html --list LIST"), Is.EqualTo(1));
        Assert.That(_run.Errors.Split('\n'), Has.Length.EqualTo(22));
        Assert.That(_run.Errors, Does.EndWith("… and 979 more; --verbose names them\n"));
    }

    // Each of them, read by what goes back for each sign, would take hours.
    [TestCase("html", "<")]
    [TestCase("html", "<!--")]
    [TestCase("html", "<img ")]
    [TestCase("html", "<img a='")]
    [TestCase("html", "<title>")]
    [TestCase("html", "<svg><![CDATA[")]
    [TestCase("markdown", "![](")]
    [TestCase("markdown", "![](<")]
    [TestCase("markdown", "![](a (")]
    [TestCase("markdown", "![](a \"")]
    [TestCase("markdown", "![")]
    [TestCase("markdown", "![a][")]
    [TestCase("markdown", "]")]
    [TestCase("markdown", "`` ` ")]
    [TestCase("markdown", "\n[")]
    [TestCase("markdown", "\n> ")]
    [TestCase("markdown", "<script>")]
    [TestCase("markdown", "<title><img ")]
    [TestCase("markdown", "<img a='")]
    [TestCase("markdown", "<!--")]
    [TestCase("markdown", "\\")]
    [TestCase("curl", "url = \"")]
    [TestCase("curl", "-o")]
    [TestCase("netconfig", "[file \"")]
    [TestCase("netconfig", "a=\\\n")]
    [TestCase("libman", "{\"libraries\":[")]
    public void A_text_without_an_end_has_one(string kind, string part)
    {
        _run.Input = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(part, 1_000_000 / part.Length)));
        Assert.That(_run.Of($"import - --from {kind} --list LIST --dry-run"), Is.Zero.Or.EqualTo(2));
        Assert.That(_run.Output, Is.Empty);
    }

    [Test]
    public void What_others_wrote_is_harmless_in_a_terminal()
    {
        _run.Folder.Write("a.md", "![a](\u001b[31m) ![b](https://h/\u202eb.png) ![c](https://h/c\u0007.png) ![d](https://me:secret@h/d.png)");
        Assert.That(_run.Of("import ~/a.md --list LIST --dry-run -v"), Is.Zero.Or.EqualTo(1));
        Assert.That(_run.Output + _run.Errors, Does.Not.Contain("\u001b").And.Not.Contain("\u202e").And.Not.Contain("\u0007").And.Not.Contain("secret"));
    }
}
