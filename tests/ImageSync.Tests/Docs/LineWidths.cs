using ImageSync.Testing;

namespace ImageSync.Tests.Docs;

/// <summary>No line of C# is longer than .editorconfig says, so that two files fit side by side on a screen.</summary>
public class LineWidths
{
    private static readonly int Widest = Configured();

    // What there still is in tests, by project. A number only ever goes down; a project that is not among them has none.
    private static readonly Dictionary<string, int> Ceilings = new(StringComparer.Ordinal)
    {
        ["ImageSync.Browser.Tests"] = 34,
        ["ImageSync.MSBuild.Tests"] = 114,
        ["ImageSync.Package.Tests"] = 175,
        ["ImageSync.Testing"] = 49,
        ["ImageSync.Tests"] = 480,
    };

    private static IEnumerable<string> TestProjects =>
        Directory.EnumerateFiles(RepositoryRoot.PathOf("tests"), "*.csproj", SearchOption.AllDirectories)
            .Where(IsSource).Select(file => Path.GetFileNameWithoutExtension(file));

    [Test]
    public void No_line_of_the_product_is_too_long() => Assert.That(TooLong("src"), Is.Empty);

    [TestCaseSource(nameof(TestProjects))]
    public void Long_lines_of_tests_get_fewer(string project)
    {
        var lines = TooLong("tests/" + project);
        var ceiling = Ceilings.GetValueOrDefault(project);
        Assert.That(lines, Has.Count.LessThanOrEqualTo(ceiling), () => string.Join('\n', lines));
    }

    [Test]
    public void Every_ceiling_is_of_a_project() => Assert.That(TestProjects, Is.SupersetOf(Ceilings.Keys));

    [Test]
    public void Columns_are_characters_and_a_carriage_return_is_none()
    {
        var file = new TestDirectory().Write("A.cs", $"{new string('…', Widest)}\r\n{new string('x', Widest + 1)}\r\n");
        Assert.That(TooLongOf(file), Is.EqualTo(new[] { 2 }));
    }

    private static List<string> TooLong(string folder)
    {
        var files = Directory.EnumerateFiles(RepositoryRoot.PathOf(folder), "*.cs", SearchOption.AllDirectories).Where(IsSource).ToList();
        Assert.That(files, Is.Not.Empty);
        return [.. files.Order(StringComparer.Ordinal).SelectMany(file => TooLongOf(file).Select(line => $"{NameOf(file)}:{line}"))];
    }

    private static IEnumerable<int> TooLongOf(string file) =>
        File.ReadLines(file).Select((text, index) => (text.Length, Line: index + 1)).Where(each => each.Length > Widest)
            .Select(each => each.Line);

    // What a build writes is not tracked.
    private static bool IsSource(string file) => !NameOf(file).Split('/').Any(folder => folder is "bin" or "obj" or "artifacts");

    private static string NameOf(string file) => Path.GetRelativePath(RepositoryRoot.FullPath, file).Replace('\\', '/');

    private static int Configured()
    {
        const string Key = "max_line_length = ";
        var lines = File.ReadAllLines(RepositoryRoot.PathOf(".editorconfig"));
        return int.Parse(lines.Single(line => line.StartsWith(Key, StringComparison.Ordinal))[Key.Length..]);
    }
}
