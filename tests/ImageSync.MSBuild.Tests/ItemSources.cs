using ImageSync.MSBuild.Names;
using ImageSync.Testing;
using Microsoft.Build.Framework;

namespace ImageSync.MSBuild.Tests;

/// <summary>Diagnostics point to the line that declares their item.</summary>
public class ItemSources
{
    private const string Project = """
        <Project>
          <ItemGroup>
            <RemoteImage Include="https://h/a.png" />
            <RemoteImage Include="https://h/twice.png" LocalPath="one.png" />
              <RemoteImage Include="https://h/twice.png" LocalPath="two.png" />
            <RemoteImage Include="$(Origin)/b.png" LocalPath="$(Folder)b.png" />
            <RemoteImage Include="$(Origin)/c.png;
                                  $(Origin)/d.png" />
            <RemoteImage Include="https://h/%C3%A4%20e.png">
              <LocalPath>e.png</LocalPath>
            </RemoteImage>
            <RemoteImage Include="named" Url="https://h/f.png?sig=x%2B" />
            <RemoteImage Include="@(Sponsor->'https://h/%(Identity)/logo.png')" />
            <RemoteImage Include="https://h/g.png" LocalPath="before.png" />
            <RemoteImage Update="https://h/g.png" LocalPath="after.png" Url="https://h/g2.png" />
            <RemoteImage Remove="https://h/g.png" LocalPath="after.png" />
            <RemoteImage Include="$(Any)" LocalPath="$(Any)" />
            <RemoteImage Include=" https://h/blank.png&#10; " LocalPath="
              blank.png " />
            <RemoteImage Include="&#9;https://h/blank.png">
              <LocalPath>
                two.png
              </LocalPath>
            </RemoteImage>
          </ItemGroup>
        </Project>
        """;

    [TestCase("https://h/a.png", "", 3, 5)]
    [TestCase("https://h/twice.png", "one.png", 4, 5)]
    [TestCase("https://h/twice.png", "two.png", 5, 7)]
    [TestCase("https://cdn/x/b.png", "img/b.png", 6, 5)]
    [TestCase("https://cdn/x/c.png", "", 7, 5)]
    [TestCase("https://cdn/x/d.png", "", 7, 5)]
    [TestCase("https://h/ä e.png", "e.png", 9, 5)]
    [TestCase("https://h/acme/logo.png", "", 13, 5)]
    [TestCase("https://h/g.png", "after.png", 14, 5)]
    [TestCase("https://h/blank.png", "blank.png", 18, 5)]
    [TestCase("https://h/blank.png", " blank.png\n", 18, 5)]
    [TestCase("https://h/blank.png", "two.png", 20, 5)]
    public void Found_by_what_they_say(string include, string localPath, int line, int column)
    {
        var file = new TestDirectory().Write("app.csproj", Project);
        var source = new DeclaringFiles().SourceOf(new Item(include, file) { LocalPath = localPath }, "other");
        Assert.That(source, Is.EqualTo(new SourceLocation(file, line, column)));
    }

    // The items as MSBuild hands them over: escapes are undone octet by octet.
    [TestCase("""<RemoteImage Include="https://h/%C3%B6.png" />""", "https://h/\u00C3\u00B6.png")]
    [TestCase("""<RemoteImage Include="$(O)/%E2%82%AC.png" />""", "https://h/\u00E2\u0082\u00AC.png")]
    [TestCase("""<RemoteImage Include="https://h/ö.png" />""", "https://h/ö.png")]
    [TestCase("""<RemoteImage Include="https://h/%40%28RemoteImage%29.png" />""", "https://h/@(RemoteImage).png")]
    [TestCase("""<remoteimage include="https://h/a.png" />""", "https://h/a.png")]
    [TestCase("""<REMOTEIMAGE INCLUDE="https://h/a.png"><localPATH>a.png</localPATH></REMOTEIMAGE>""", "https://h/a.png")]
    [TestCase("""<RemoteImage Include="$(O)/logo.png" />""", "https://h/logo.png")]
    [TestCase("""<RemoteImage Include="$(O)/lo$(X).png" />""", "https://h/logo.png")]
    public void Found_among_others_that_fit_less(string element, string include)
    {
        string[] others =
        [
            """<RemoteImage Include="$(O)/$(Logo)" />""", """<RemoteImage Include="%40%28RemoteImage%29" />""",
            """<RemoteImage Include="https://h/%24%28X%29" />""", """<RemoteImage Include="$(O)/$(Logo)" />""",
        ];
        string[] lines = ["<Project><ItemGroup>", others[0], others[1], element, others[2], others[3], "</ItemGroup></Project>"];
        var file = new TestDirectory().Write("app.csproj", string.Join('\n', lines));
        Assert.That(new DeclaringFiles().SourceOf(new Item(include, file), "other").Line, Is.EqualTo(4));
    }

    [Test]
    public void What_is_escaped_is_no_expression()
    {
        var file = new TestDirectory().Write("app.csproj",
            """<Project><ItemGroup><RemoteImage Include="%40%28RemoteImage%29" /></ItemGroup></Project>""");
        Assert.That(new DeclaringFiles().SourceOf(new Item("https://h/b.png", file), "other"), Is.EqualTo(new SourceLocation(file, 0, 0)));
    }

    [Test]
    public void Found_by_their_url()
    {
        var file = new TestDirectory().Write("app.csproj", Project);
        Assert.That(new DeclaringFiles().SourceOf(new Item("named", file) { Url = "https://h/f.png?sig=x+" }, "other").Line, Is.EqualTo(12));
    }

    [Test]
    public void An_item_that_no_element_can_have_made_is_at_no_line()
    {
        var file = new TestDirectory().Write("app.csproj", """<Project><ItemGroup><RemoteImage Include="$(Origin)/a.png" /></ItemGroup></Project>""");
        Assert.That(new DeclaringFiles().SourceOf(new Item("https://h/b.png", file), "other"), Is.EqualTo(new SourceLocation(file, 0, 0)));
    }

    [Test]
    public void A_file_that_cannot_be_read_is_named_all_the_same()
    {
        var file = new TestDirectory().Write("app.csproj", "<Project");
        Assert.That(new DeclaringFiles().SourceOf(new Item("https://h/a.png", file), "other"), Is.EqualTo(new SourceLocation(file, 0, 0)));
    }

    [Test]
    public void What_concerns_no_item_is_the_projects() =>
        Assert.That(new DeclaringFiles().SourceOf(null, "app.csproj"), Is.EqualTo(new SourceLocation("app.csproj", 0, 0)));

    /// <summary>An item as MSBuild knows it: with the file that declares it.</summary>
    private sealed class Item(string include, string file) : ITaskItem
    {
        public string LocalPath { get; init; } = "";

        public string Url { get; init; } = "";

        public string ItemSpec { get; set; } = include;

        public System.Collections.ICollection MetadataNames => Array.Empty<string>();

        public int MetadataCount => 0;

        public string GetMetadata(string metadataName) => metadataName switch { "DefiningProjectFullPath" => file, "LocalPath" => LocalPath, "Url" => Url, _ => "" };

        public void SetMetadata(string metadataName, string metadataValue) => throw new NotSupportedException();

        public void RemoveMetadata(string metadataName) => throw new NotSupportedException();

        public void CopyMetadataTo(ITaskItem destinationItem) => throw new NotSupportedException();

        public System.Collections.IDictionary CloneCustomMetadata() => new Dictionary<string, string>();
    }
}
