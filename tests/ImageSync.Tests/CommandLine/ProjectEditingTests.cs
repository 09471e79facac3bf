using System.Text;

namespace ImageSync.Tests.CommandLine;

/// <summary>Images are added to a project, and removed from it.</summary>
public class ProjectEditingTests
{
    private const string Empty = "<Project Sdk=\"Microsoft.NET.Sdk\">\r\n</Project>\r\n";
    private const string Full = "<Project Sdk=\"Microsoft.NET.Sdk\">\r\n  <ItemGroup>\r\n    <RemoteImage Include=\"https://h/a.png\" LocalPath=\"img/a.png\" />\r\n"
        + "  </ItemGroup>\r\n</Project>\r\n";

    private CommandRun _run;

    private static IEnumerable<TestCaseData> Encodings =>
    [
        new TestCaseData("", new UTF8Encoding(false)).SetArgDisplayNames("UTF-8"),
        new TestCaseData("", new UTF8Encoding(true)).SetArgDisplayNames("UTF-8 with a mark"),
        new TestCaseData("<?xml version=\"1.0\" encoding=\"utf-16\"?>\r\n", new UnicodeEncoding(false, true)).SetArgDisplayNames("UTF-16"),
        new TestCaseData("<?xml version='1.0' encoding='ISO-8859-1'?>\r\n<!-- größe -->\r\n", Encoding.Latin1).SetArgDisplayNames("ISO 8859-1"),
    ];

    [SetUp]
    public void Start() => _run = new CommandRun();

    [TestCaseSource(nameof(Encodings))]
    public void A_project_keeps_its_encoding(string head, Encoding encoding)
    {
        byte[] Bytes(string text) => [.. encoding.GetPreamble(), .. encoding.GetBytes(head + text)];
        _run.Folder.Write("App.csproj", Bytes(Empty));
        Assert.That(_run.Of("add https://h/a.png img/a.png --project ~/App.csproj"), Is.Zero);
        Assert.That(_run.Folder.Read("App.csproj"), Is.EqualTo(Bytes(Full)));
        var path = _run.Folder.PathOf("App.csproj");
        Assert.That(_run.Output, Is.EqualTo($"{path}: 1 image added; fetch it with: dotnet build {path} -t:SyncImages\n"));
        Assert.That(_run.Of("remove img/a.png --project ~/App.csproj"), Is.Zero);
        Assert.That(_run.Folder.Read("App.csproj"), Is.EqualTo(Bytes(Empty)));
        Assert.That(_run.Output, Is.EqualTo($"{path}: 1 image removed\n"));
    }

    [Test]
    public void What_is_there_is_not_added_again()
    {
        _run.Folder.Write("Images.props", Full);
        var time = _run.Folder.FileInfo("Images.props").LastWriteTimeUtc;
        Assert.That(_run.Of("add https://h/a.png img/a.png --project ~/Images.props"), Is.Zero);
        Assert.That(_run.Output, Is.EqualTo($"{_run.Folder.PathOf("Images.props")}(3) has it already\n"));
        Assert.That(_run.Folder.FileInfo("Images.props").LastWriteTimeUtc, Is.EqualTo(time));
        Assert.That(_run.Folder.Files(), Is.EqualTo(new[] { "Images.props" }));
    }

    [Test]
    [Platform("Linux,MacOsX")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void A_project_keeps_its_mode_and_a_link_stays_one()
    {
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.UserExecute;
        File.SetUnixFileMode(_run.Folder.Write("real/App.csproj", Empty), Mode);
        File.CreateSymbolicLink(_run.Folder.PathOf("App.csproj"), "real/App.csproj");
        Assert.That(_run.Of("add https://h/a.png img/a.png --project ~/App.csproj"), Is.Zero);
        Assert.That(_run.Folder.ReadText("real/App.csproj"), Is.EqualTo(Full));
        Assert.That(File.GetUnixFileMode(_run.Folder.PathOf("real/App.csproj")), Is.EqualTo(Mode));
        Assert.That(_run.Folder.FileInfo("App.csproj").LinkTarget, Is.EqualTo("real/App.csproj"));
    }

    [Test]
    public void An_image_in_a_folder_is_called_by_its_file()
    {
        const string Item = "<RemoteImage Include=\"https://h/a%20b.png\" LocalPath=\"img/\" />";
        _run.Folder.Write("App.csproj", $"<Project><ItemGroup>{Item}</ItemGroup></Project>");
        Assert.That(_run.Of("remove img/a --project ~/App.csproj"), Is.EqualTo(2));
        Assert.That(_run.OfWords("remove", "img/a b.png", "--project", _run.Folder.PathOf("App.csproj")), Is.Zero, () => _run.Errors);
        Assert.That(_run.Folder.ReadText("App.csproj"), Does.Not.Contain("RemoteImage"));
    }

    [TestCase("https://h/a.png")]
    [TestCase("https://h/b.png")]
    public void An_image_that_an_Include_has_among_others_is_there(string url)
    {
        const string Text = "<Project><ItemGroup><RemoteImage Include=\"https://h/a.png; https://h/b.png\" /></ItemGroup></Project>";
        _run.Folder.Write("App.csproj", Text);
        Assert.That(_run.Of($"add {url} --project ~/App.csproj"), Is.Zero);
        Assert.That(_run.Output, Is.EqualTo($"{_run.Folder.PathOf("App.csproj")}(1) has it already\n"));
        Assert.That(_run.Folder.ReadText("App.csproj"), Is.EqualTo(Text));
    }

    [TestCase("add https://h/b.png img/a.png", "https://h/a.png has the same local path")]
    [TestCase("add https://h/b.png ../a.png", "is outside the project's directory")]
    [TestCase("add https://h/b.css", "ends in \".css\"")]
    [TestCase("add https://h/b.png $(X).png", "$(X).png")]
    [TestCase("add ftp://h/a.png", "is not an absolute http or https URL")]
    [TestCase("add https://me:secret@h/a.png", "credentials")]
    [TestCase("add https://h/a\u0007.png", "a project would read it differently")]
    [TestCase("add https://h/b.png --list LIST", "Give --list or --project, and not both")]
    [TestCase("remove b.png", "the project has no image \"b.png\"")]
    [TestCase("remove https://h/d.png", "the item on line 4 names several images")]
    public void What_cannot_be_done_writes_nothing(string line, string reason)
    {
        var text = Full.Replace("  </ItemGroup>", "    <RemoteImage Include=\"https://h/c.png;https://h/d.png\" />\r\n  </ItemGroup>");
        _run.Folder.Write("App.csproj", text);
        Assert.That(_run.Of(line + " --project ~/App.csproj"), Is.EqualTo(2));
        Assert.That(_run.Errors, Does.Contain(reason).And.Not.Contain("secret"));
        Assert.That(_run.Folder.ReadText("App.csproj"), Is.EqualTo(text));
        Assert.That(_run.Folder.Files(), Is.EqualTo(new[] { "App.csproj" }));
    }

    [TestCase("<Project>\n<X>\n</Project>", "(3): error: the file is not XML: ")]
    [TestCase("<html />", "error: the file is no project: its root is <html>")]
    [TestCase("<?xml version=\"1.0\" encoding=\"koi8-r\"?><Project />", "error: the project is in another encoding")]
    [TestCase(null, "error: the project is not there.")]
    public void What_is_no_project_stays(string? text, string reason)
    {
        _ = text is null ? "" : _run.Folder.Write("App.csproj", text);
        Assert.That(_run.Of("add https://h/a.png --project ~/App.csproj"), Is.EqualTo(2));
        Assert.That(_run.Errors, Does.Contain(reason));
        Assert.That(_run.Folder.Files(), Is.EqualTo(text is null ? [] : new[] { "App.csproj" }));
    }

    [Test]
    public void Octets_that_are_no_text_stay()
    {
        _run.Folder.Write("App.csproj", [.. "<Project><!-- "u8, 0xE9, .. " --></Project>"u8]);
        Assert.That(_run.Of("add https://h/a.png --project ~/App.csproj"), Is.EqualTo(2));
        Assert.That(_run.Errors, Does.Contain("the project is not text in utf-8"));
    }
}
