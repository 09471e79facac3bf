using System.Text.RegularExpressions;
using ImageSync.Testing;

namespace ImageSync.Tests.Docs;

/// <summary>docs/reliability.md: the tests that it names exist, its links lead somewhere, and no rule is missing.</summary>
public partial class ReliabilityPage
{
    private static readonly string Folder = RepositoryRoot.PathOf("docs");
    private static readonly string Text = File.ReadAllText(Path.Combine(Folder, "reliability.md"));

    // The numbers of the requirement list, which has gaps between its sections.
    private static readonly (int First, int Last)[] Rules = [(1, 17), (20, 36), (40, 48), (50, 55), (60, 68), (70, 78), (80, 89)];

    /// <summary>Where each reference of the page leads: a class of tests to its file.</summary>
    private static readonly Dictionary<string, string> References =
        Reference().Matches(Text).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    private static IEnumerable<string> Tests => TestName().Matches(Text).Select(match => match.Value).Distinct();

    [TestCaseSource(nameof(Tests))]
    public void A_test_that_is_named_exists(string name)
    {
        var (type, method) = (name.Split('.')[0], name.Split('.')[1]);
        Assert.That(Text, Does.Contain($"[`{name}`][{type}]"), "it is linked wherever it stands");
        Assert.That(TestName().Matches(Text).Count(match => match.Value == name), Is.EqualTo(Text.Split($"[`{name}`][{type}]").Length - 1));
        var source = File.ReadAllText(Path.GetFullPath(References[type], Folder));
        Assert.That(source, Does.Match($@"\bclass {type}\b"));
        Assert.That(source, Does.Match($@"\[[^\r\n]*Test[^\r\n]*\]\s+public [^\r\n(]*\b{method}\("), "a test has this name");
    }

    [Test]
    public void Every_link_leads_to_a_file()
    {
        var targets = References.Values.Concat(InlineLink().Matches(Text).Select(match => match.Groups[1].Value)).ToList();
        Assert.That(targets, Is.Not.Empty);
        foreach (var target in targets.Where(target => !target.Contains("://", StringComparison.Ordinal)))
        {
            var file = target.Split('#')[0];
            Assert.That(Path.GetFullPath(file, Folder), Does.Exist, target);
            Assert.That(Path.IsPathRooted(file), Is.False, target);
        }
    }

    [Test]
    public void Every_reference_is_used() =>
        Assert.That(References.Keys.Where(name => !Text.Contains($"][{name}]", StringComparison.Ordinal)), Is.Empty);

    [Test]
    public void Every_rule_stands_in_the_table_once() => Assert.That(
        RuleRow().Matches(Text).Select(match => match.Groups[1].Value),
        Is.EqualTo(Rules.SelectMany(rules => Enumerable.Range(rules.First, rules.Last - rules.First + 1)).Select(rule => $"R-{rule:00}")));

    [Test]
    public void Every_row_of_a_table_has_as_many_cells_as_its_head()
    {
        var columns = 0;
        foreach (var line in Text.Split('\n').Select(line => line.TrimEnd()))
        {
            var cells = line.StartsWith('|') ? line.Replace("\\|", "", StringComparison.Ordinal).Split('|').Length : 0;
            Assert.That(cells == 0 || columns == 0 || cells == columns, line);
            columns = cells;
        }
    }

    [GeneratedRegex(@"(?<=`)[A-Z]\w+\.[A-Z]\w+(?=`)")]
    private static partial Regex TestName();

    [GeneratedRegex(@"^\[(\w+)\]: (\S+)\r?$", RegexOptions.Multiline)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex InlineLink();

    [GeneratedRegex(@"^\| (R-\d\d) \|", RegexOptions.Multiline)]
    private static partial Regex RuleRow();
}
