using ImageSync.Reporting;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Reporting;

/// <summary>Where an image is declared, as its card tells it.</summary>
public class DeclarationLocationsTests
{
    private const string Url = "https://h/a.png";

    [TestCase("<X Include=\"https://h/a.png\" />", 1)]
    [TestCase("\r\n\r\n<X Include='https://h/a.png' />", 3)]
    [TestCase("\n<X\n  LocalPath=\"a.png\"\n  include = \"https://h/a.png\" />", 4, Description = "MSBuild passes over the case of attributes.")]
    [TestCase("<X Include=\"https://h/b.png;\n  https://h/a.png;\n  https://h/c.png\" />", 2)]
    [TestCase("<X Include=\"https://h/a.png?b\" />", 0)]
    [TestCase("<X Include=\"$(Cdn)/a.png\" />", 0)]
    [TestCase("<X Exclude=\"https://h/a.png\" />", 0)]
    [TestCase("<X Update=\"https://h/a.png\" />\n<X Include=\"https://h/a.png\" />", 2)]
    [TestCase("<X Include=\"https://h/a.png\" />\n<X Include=\"https://h/a.png\" />", 0, Description = "Either may be meant.")]
    [TestCase("<!--\n<X Include=\"https://h/a.png\" />\n-->\n<X Include=\"https://h/a.png\" />", 4)]
    [TestCase("<!-- <X Include=\"https://h/a.png\" />", 1, Description = "An open comment is none.")]
    [TestCase("", 0)]
    public void A_line_is_found_by_the_URL(string project, int expected) =>
        Assert.That(IncludeLines.Of(project).GetValueOrDefault(Url), Is.EqualTo(expected));

    [TestCase("https://h/a.png?b=1&amp;c=2", "https://h/a.png?b=1&c=2")]
    [TestCase("https://h/a.png?b=&quot;&#x41;", "https://h/a.png?b=\"A")]
    [TestCase("https://h/a%20b.png", "https://h/a%20b.png")]
    public void A_URL_is_what_XML_means(string written, string url) =>
        Assert.That(IncludeLines.Of($"<X Include=\"b;{written};c\" />"), Does.ContainKey(url).WithValue(1).And.Count.EqualTo(3));

    [Test]
    public void The_file_is_named_from_the_project_and_alone_where_the_line_is_not_known()
    {
        var directory = new TestDirectory();
        directory.Write("src/App/App.csproj", $"<Project>\n<X Include=\"{Url}\" />\n</Project>");
        directory.Write("Images.props", $"\uFEFF<Project>\n\n<X Include=\"$(Cdn)/a.png\" /></Project>");
        string[] files = [directory.PathOf("src/App/App.csproj"), directory.PathOf("Images.props"), directory.PathOf("src/App/gone.props"), "", "\0", "a.props"];
        var places = new DeclarationLocations(
            directory.PathOf("src/App"), [.. files.Select(file => new RemoteImageDeclaration(Url) { DefiningProject = file })]);
        Assert.That(
            Enumerable.Range(0, files.Length + 1).Select(i => places.Of(new SyncOutcome("a.png", Url, SyncStatus.Added) { Index = i })),
            Is.EqualTo(new[] { "App.csproj:2", "../../Images.props", "gone.props", null, "\0", "a.props", null }));
    }
}
