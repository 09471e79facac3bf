using ImageSync.Testing;

namespace ImageSync.Tests.Docs;

/// <summary>The README is short, and the pages that it leads to have the rest.</summary>
public class ReadmePage
{
    private static readonly DocumentationPage Page = DocumentationPage.All.Single(page => page.Name == "README.md");

    private static IEnumerable<string> Pages => DocumentationPage.All.Select(page => page.Name).Where(IsListed);

    private static IEnumerable<TestCaseData> Settings =>
        DocumentedTable.Rows(DocumentedTable.Settings).Select(row => new TestCaseData(row.Name, row.Second));

    // Counted as wc -w does.
    [Test]
    public void It_has_less_than_a_thousand_words() =>
        Assert.That(Page.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), Has.Length.LessThan(1_000));

    [Test]
    public void It_has_eight_settings() => Assert.That(Settings.Count(), Is.EqualTo(8));

    [TestCaseSource(nameof(Settings))]
    public void A_setting_has_the_default_that_its_page_names(string name, string second)
    {
        var heading = name.StartsWith("ImageSync", StringComparison.Ordinal) ? DocumentedTable.Properties : DocumentedTable.RemoteImage;
        Assert.That(DocumentedTable.Rows(heading), Does.Contain((name, second)));
    }

    [TestCaseSource(nameof(Pages))]
    public void The_contents_list_every_page(string name)
    {
        var contents = DocumentationPage.All.Single(page => page.Name == "docs/README.md");
        Assert.That(contents.Links.Select(link => link.Split('#')[0]), Does.Contain(name["docs/".Length..]));
    }

    // The table of docs/diagnostics/README.md has a row for each code, and DiagnosticPages compares the two.
    private static bool IsListed(string name) =>
        name.StartsWith("docs/", StringComparison.Ordinal) && name != "docs/README.md" && !name.StartsWith("docs/diagnostics/IMGSYNC", StringComparison.Ordinal);
}
