using System.Text.RegularExpressions;
using ImageSync.Testing;

namespace ImageSync.Tests.Docs;

/// <summary>A page of docs/ that names the tests behind what it says: `Class.Method`, linked to the class's file by a reference of the class's name.</summary>
public sealed partial class TestedPage(string name)
{
    private readonly DocumentationPage _page = DocumentationPage.All.Single(page => page.Name == "docs/" + name);

    public string Text => _page.Text;

    /// <summary>The tests that are named anywhere, each as often as it is.</summary>
    public IEnumerable<string> Tests => TestName().Matches(Text).Select(match => match.Value);

    /// <summary>Where each reference leads: a class of tests to its file.</summary>
    public IReadOnlyDictionary<string, string> References => _page.References;

    /// <summary>The file that a target within the repository means.</summary>
    public static string FileOf(string target) => Path.GetFullPath(target.Split('#')[0], RepositoryRoot.PathOf("docs"));

    public override string ToString() => name;

    [GeneratedRegex(@"(?<=`)[A-Z]\w+\.[A-Z]\w+(?=`)")]
    private static partial Regex TestName();
}
