using System.Text.RegularExpressions;

namespace ImageSync.Tests.Docs;

/// <summary>docs/reliability.md: no rule is missing.</summary>
public partial class ReliabilityPage
{
    // The numbers of the requirement list, which has gaps between its sections.
    private static readonly (int First, int Last)[] Rules = [(1, 17), (20, 36), (40, 48), (50, 55), (60, 68), (70, 78), (80, 89)];

    [Test]
    public void Every_rule_stands_in_the_table_once() => Assert.That(
        RuleRow().Matches(new TestedPage("reliability.md").Text).Select(match => match.Groups[1].Value),
        Is.EqualTo(Rules.SelectMany(rules => Enumerable.Range(rules.First, rules.Last - rules.First + 1)).Select(rule => $"R-{rule:00}")));

    [GeneratedRegex(@"^\| (R-\d\d) \|", RegexOptions.Multiline)]
    private static partial Regex RuleRow();
}
