using System.Text.RegularExpressions;
using ImageSync.Testing;

namespace ImageSync.Tests.Docs;

/// <summary>docs/build-actions.md: the tests that it names exist where its links lead.</summary>
public partial class BuildActionsPage
{
    private static readonly string Text = File.ReadAllText(RepositoryRoot.PathOf("docs/build-actions.md"));

    private static IEnumerable<TestCaseData> Tests =>
        TestLink().Matches(Text).Select(match => new TestCaseData(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value)).DistinctBy(test => (test.Arguments[0], test.Arguments[1]));

    [TestCaseSource(nameof(Tests))]
    public void A_test_that_is_named_exists(string type, string method, string file)
    {
        var source = File.ReadAllText(Path.GetFullPath(file, RepositoryRoot.PathOf("docs")));
        Assert.That(source, Does.Match($@"\bclass {type}\b"));
        Assert.That(source, Does.Match($@"\[[^\r\n]*Test[^\r\n]*\]\s+public [^\r\n(]*\b{method}\("), "a test has this name");
    }

    [Test]
    public void Every_name_of_a_test_is_a_link() => Assert.That(TestLink().Count(Text), Is.EqualTo(TestName().Count(Text)));

    [GeneratedRegex(@"\[`(\w+)\.(\w+)`\]\((\S+?\.cs)\)")]
    private static partial Regex TestLink();

    [GeneratedRegex(@"`[A-Z]\w+\.[A-Z]\w+`")]
    private static partial Regex TestName();
}
