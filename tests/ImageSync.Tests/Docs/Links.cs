using ImageSync.Testing;

namespace ImageSync.Tests.Docs;

/// <summary>Every page that people read: its links lead somewhere within the repository, and to a heading that is there.</summary>
public class Links
{
    private static IEnumerable<DocumentationPage> Pages => DocumentationPage.All;

    [Test]
    public void Pages_that_must_be_among_them() => Assert.That(
        Pages.Select(page => page.Name), Is.SupersetOf(new[] { "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/README.md", "docs/reliability.md", "docs/recipes/README.md" }));

    [TestCaseSource(nameof(Pages))]
    public void Every_relative_link_leads_to_a_file_and_its_heading(DocumentationPage page) =>
        Assert.That(
            page.Links.Where(link => !link.Contains(':', StringComparison.Ordinal)).Select(link => Fault(page, link)).OfType<string>(),
            Is.Empty);

    [TestCaseSource(nameof(Pages))]
    public void Every_reference_is_defined(DocumentationPage page) => Assert.That(page.UndefinedReferences, Is.Empty);

    private static string? Fault(DocumentationPage page, string link)
    {
        var (path, anchor) = link.Split('#') is [var before, var after] ? (before, after) : (link, null);
        var file = path.Length == 0 ? page.Name : Path.GetRelativePath(RepositoryRoot.FullPath, Path.Combine(RepositoryRoot.FullPath, Path.GetDirectoryName(page.Name)!, path)).Replace('\\', '/');
        if (Path.IsPathRooted(path) || file.StartsWith("..", StringComparison.Ordinal))
        {
            return $"{link} leads out of the repository";
        }

        if (!Path.Exists(RepositoryRoot.PathOf(file)))
        {
            return $"{link}: there is no {file}";
        }

        var isThere = anchor is null || (DocumentationPage.All.FirstOrDefault(other => other.Name == file)?.Anchors.Contains(anchor) ?? false);
        return isThere ? null : $"{link}: no heading of {file} has this anchor";
    }
}
