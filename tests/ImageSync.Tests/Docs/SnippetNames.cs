using System.Text.RegularExpressions;
using System.Xml.Linq;
using ImageSync.Testing;

namespace ImageSync.Tests.Docs;

/// <summary>What the snippets of all pages name, in whatever language: properties that docs/properties.md lists, and this version of the package.</summary>
public partial class SnippetNames
{
    private static readonly HashSet<string> Properties = [.. DocumentedTable.Rows(DocumentedTable.Properties).Select(row => row.Name)];

    private static IEnumerable<Snippet> Snippets => DocumentationPage.All.SelectMany(page => page.Snippets);

    private static IEnumerable<Snippet> References => Snippets.Where(snippet => Reference().IsMatch(snippet.Text));

    [Test]
    public void Properties_are_those_of_their_page()
    {
        Assert.That(Properties, Has.Count.GreaterThan(20));
        Assert.That(
            Snippets.SelectMany(snippet => PropertyName().Matches(snippet.Text).Select(match => $"{snippet}: {match.Value}")).Where(use => !Properties.Contains(use.Split(' ')[^1])),
            Is.Empty);
    }

    [TestCaseSource(nameof(References))]
    public void The_version_of_a_reference_is_the_one_that_is_packed(Snippet snippet)
    {
        var version = XDocument.Load(RepositoryRoot.PathOf("Directory.Build.props")).Descendants("Version").Single().Value;
        Assert.That(Reference().Match(snippet.Text).Groups[1].Value, Is.EqualTo($"{version.Split('.')[0]}.*"));
    }

    // Those that a message shows because there are none such stand behind these words (IMGSYNC1007).
    [GeneratedRegex(@"(?<![\w.]|there is no property )ImageSync[A-Z]\w*")]
    private static partial Regex PropertyName();

    [GeneratedRegex(@"<PackageReference Include=""ImageSync"" Version=""([^""]*)""")]
    private static partial Regex Reference();
}
