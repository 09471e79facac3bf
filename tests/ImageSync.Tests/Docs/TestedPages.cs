namespace ImageSync.Tests.Docs;

/// <summary>The pages that name tests: these exist, where the links say.</summary>
public class TestedPages
{
    private static readonly TestedPage[] Pages = [new("reliability.md"), new("compatibility.md"), new("editors.md"), new("security.md"), new("formats.md")];

    private static IEnumerable<TestCaseData> Tests => Pages.SelectMany(page => page.Tests.Distinct().Select(test => new TestCaseData(page, test)));

    [TestCaseSource(nameof(Tests))]
    public void A_test_that_is_named_exists(TestedPage page, string name)
    {
        var (type, method) = (name.Split('.')[0], name.Split('.')[1]);
        Assert.That(page.Text, Does.Contain($"[`{name}`][{type}]"), "it is linked wherever it stands");
        Assert.That(page.Tests.Count(test => test == name), Is.EqualTo(page.Text.Split($"[`{name}`][{type}]").Length - 1));
        var source = File.ReadAllText(TestedPage.FileOf(page.References[type]));
        Assert.That(source, Does.Match($@"\bclass {type}\b"));

        // An attribute may go on in further lines, which are indented deeper than it is.
        Assert.That(
            source, Does.Match($@"\[[^\r\n]*Test[^\r\n]*(\r?\n {{8}}[^\r\n]*)*\]\s+public [^\r\n(]*\b{method}\("), "a test has this name");
    }

    [TestCaseSource(nameof(Pages))]
    public void Every_reference_is_used(TestedPage page) =>
        Assert.That(page.References.Keys.Where(name => !page.Text.Contains($"][{name}]", StringComparison.Ordinal)), Is.Empty);

    [TestCaseSource(nameof(Pages))]
    public void Every_row_of_a_table_has_as_many_cells_as_its_head(TestedPage page)
    {
        var columns = 0;
        foreach (var line in page.Text.Split('\n').Select(line => line.TrimEnd()))
        {
            var cells = line.StartsWith('|') ? line.Replace("\\|", "", StringComparison.Ordinal).Split('|').Length : 0;
            Assert.That(cells == 0 || columns == 0 || cells == columns, line);
            columns = cells;
        }
    }
}
