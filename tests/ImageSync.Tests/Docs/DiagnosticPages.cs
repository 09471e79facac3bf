using System.Text.RegularExpressions;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Docs;

/// <summary>docs/diagnostics: one page a code, in step with the product, with the table in its README.md, and with one another.</summary>
public partial class DiagnosticPages
{
    private static readonly string Folder = RepositoryRoot.PathOf("docs/diagnostics");

    // The codes that users are promised, and when each is an error. Other words for it would have to be understood first.
    private static readonly Dictionary<string, string> Promised = new()
    {
        ["1001"] = "error", ["1002"] = "error", ["1003"] = "error", ["1004"] = "error", ["1005"] = "error", ["1006"] = "error",
            ["1007"] = "warning", ["1008"] = "error",
        ["2001"] = Kept, ["2002"] = Kept, ["2003"] = Kept, ["2004"] = Kept, ["2005"] = Kept, ["2006"] = Offline, ["2010"] = Drift,
        ["3001"] = Kept, ["3002"] = "error", ["3003"] = Kept, ["3004"] = "error", ["3005"] = "warning",
        ["4001"] = Edited, ["4002"] = "error", ["4003"] = "warning", ["4004"] = "error", ["4005"] = "warning", ["4006"] = "warning", ["4007"] = "warning",
        ["5001"] = KeptAll, ["5002"] = Kept,
    };

    private const string Kept = "warning with a copy, else error";
    private const string KeptAll = "warning with copies of all, else error";
    private const string Offline = "error; warning if `Optional`";
    private const string Drift = "warning; error under `-question`";
    private const string Edited = "warning; error under `Fail`";

    /// <summary>What the table's column says in a few words, as the pages say it.</summary>
    private static readonly Dictionary<string, string> Sentences = new()
    {
        ["error"] = "Always an error.",
        ["warning"] = "Always a warning.",
        [Kept] = "A warning while a local copy stays or the image is `Optional`, otherwise an error.",
        [KeptAll] = "A warning while every image has a local copy, otherwise an error.",
        [Offline] = "An error; a warning where the image is `Optional`.",
        [Drift] = "A warning of `CheckImages`, an error of a build with `-question`.",
        [Edited] = "A warning under `ImageSyncOnLocalEdit` `Restore` and `Keep`, an error under `Fail`.",
    };

    private static readonly string[] Sections = ["What happened", "Why", "How to fix it", "How to silence or promote it"];

    private static readonly Dictionary<string, (string Severity, string Cause)> Table = TableRow().Matches(File.ReadAllText(Path.Combine(Folder, "README.md")))
        .ToDictionary(row => row.Groups[1].Value, row => (row.Groups[2].Value, row.Groups[3].Value));

    private static IEnumerable<string> Pages =>
        Directory.GetFiles(Folder).Select(file => Path.GetFileName(file)).Where(file => file != "README.md").Order(StringComparer.Ordinal);

    // What the task and the targets tell is shown by their own tests (EngineFailurePage, Lists).
    private static IEnumerable<string> PagesOfTheEngine => Pages.Where(page =>
        page != $"IMGSYNC{(int)DiagnosticCode.EngineNotRun}.md" && page != $"IMGSYNC{(int)DiagnosticCode.ListNotRead}.md");

    [Test]
    public void Promise_product_pages_and_table_have_the_same_codes()
    {
        var codes = Promised.Keys.Select(code => "IMGSYNC" + code).ToList();
        Assert.That(Enum.GetValues<DiagnosticCode>().Select(code => new Diagnostic(code, Severity.Error, "").CodeText), Is.EqualTo(codes));
        Assert.That(Pages, Is.EqualTo(codes.Select(code => code + ".md")));
        Assert.That(Table.Keys, Is.EqualTo(codes));
    }

    [TestCaseSource(nameof(Pages))]
    public void A_page_says_the_same_as_the_table(string page)
    {
        var (code, lines) = (Path.GetFileNameWithoutExtension(page), File.ReadAllLines(Path.Combine(Folder, page)));
        var cause = Table[code].Cause;
        Assert.That(lines[0], Is.EqualTo($"# {code}: {char.ToUpperInvariant(cause[0])}{cause[1..]}"));
        Assert.That(Table[code].Severity, Is.EqualTo(Promised[code["IMGSYNC".Length..]]));
        Assert.That(lines[2], Is.EqualTo(Sentences[Table[code].Severity]));
    }

    [TestCaseSource(nameof(Pages))]
    public void A_page_has_its_sections_and_none_is_empty(string page)
    {
        var sections = SectionsOf(page);
        Assert.That(sections.Select(section => section.Name), Is.EqualTo(Sections));
        Assert.That(sections.Select(section => section.Text), Has.None.Empty);
    }

    [TestCaseSource(nameof(Pages))]
    public void The_levers_that_a_page_names_are_those_of_its_severity(string page)
    {
        var (code, last) = (Path.GetFileNameWithoutExtension(page), SectionsOf(page)[^1].Text);
        var severity = Table[code].Severity;
        string[] levers = severity == "error" ? [] :
        [
            $"<NoWarn>$(NoWarn);{code}</NoWarn>",
            $"<WarningsAsErrors>$(WarningsAsErrors);{code}</WarningsAsErrors>",
            $"<MSBuildWarningsAsErrors>{code}</MSBuildWarningsAsErrors>",
            $"`-warnaserror:{code}`",
        ];
        Assert.That(levers.Where(lever => !last.Contains(lever, StringComparison.Ordinal)), Is.Empty);
        Assert.That(
            last.Contains("cannot be silenced", StringComparison.Ordinal), Is.EqualTo(severity != "warning"), "errors cannot be silenced");
        Assert.That(
            last.Contains("`Optional=\"true\"`", StringComparison.Ordinal),
            Is.EqualTo(severity is Kept or KeptAll or Offline),
            "Optional turns it into a warning");
        Assert.That(OtherCode().Matches(last).Select(match => match.Value).Where(other => other != code), Is.Empty);
    }

    [TestCaseSource(nameof(PagesOfTheEngine))]
    public void An_example_is_what_the_product_prints(string page)
    {
        var code = Path.GetFileNameWithoutExtension(page);
        var examples = Example().Matches(File.ReadAllText(Path.Combine(Folder, page))).Select(match => match.Groups[1].Value).ToList();
        Assert.That(examples, Is.Not.Empty);
        Assert.That(DiagnosticExamples.Of(code), Is.SupersetOf(examples));
    }

    [TestCaseSource(nameof(PagesOfTheEngine))]
    public void A_severity_is_what_the_product_makes_it(string page)
    {
        var code = Path.GetFileNameWithoutExtension(page);
        var expected = Table[code].Severity switch
        {
            "error" => new[] { ("error", "error", "error") },
            "warning" => [("warning", "warning", "warning")],
            Edited or Drift => [("warning", "warning", "warning"), ("error", "error", "error")],
            _ => [("warning", "error", "warning")],
        };
        Assert.That(DiagnosticExamples.Severities(code).Distinct(), Is.EqualTo(expected));
    }

    private static List<(string Name, string Text)> SectionsOf(string page) =>
        [.. Section().Matches(File.ReadAllText(Path.Combine(Folder, page))).Select(match => (match.Groups[1].Value, match.Groups[2].Value.Trim()))];

    [GeneratedRegex(@"^\| \[(IMGSYNC\d{4})\]\(\1\.md\) \| (.+?) \| (.+?) \|\r?$", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    [GeneratedRegex(@"^## (.+?)\r?\n(.*?)(?=^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^App\.csproj(?:\(\d+,\d+\)| ): ((?:error|warning) IMGSYNC\d{4}: .+?)\r?$", RegexOptions.Multiline)]
    private static partial Regex Example();

    [GeneratedRegex(@"IMGSYNC\d{4}")]
    private static partial Regex OtherCode();
}
