using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using ImageSync.Engine;
using ImageSync.Engine.Runs;
using ImageSync.Pipe;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Docs;

/// <summary>docs/engine.md: its tables have all lines of the pipe, and no others.</summary>
public partial class EnginePage
{
    private static readonly DocumentationPage Page = DocumentationPage.All.Single(page => page.Name == "docs/engine.md");

    // By the method that writes it; what it is called with says how many fields there are.
    private static readonly Dictionary<string, Action<PipeEvents>> Events = new()
    {
        [nameof(PipeEvents.Greet)] = events => events.Greet(),
        [nameof(PipeEvents.Progress)] = events => events.Progress(default, default),
        [nameof(PipeEvents.Line)] = events => events.Line("high", "a"),
        [nameof(PipeEvents.Diagnose)] =
            events => events.Diagnose(new Diagnostic(DiagnosticCode.NotAnHttpUrl, Severity.Error, "a"), index: 0),
        [nameof(PipeEvents.Settled)] = events => events.Settled(0),
        [nameof(PipeEvents.File)] = events => events.File(0, "a"),
        [nameof(PipeEvents.Image)] = events => events.Image(new SyncOutcome("a", "https://h/a", SyncStatus.Added)),
        [nameof(PipeEvents.Pruned)] = events => events.Pruned("a"),
        [nameof(PipeEvents.Summary)] = events => events.Summary("a"),
        [nameof(PipeEvents.Report)] = events => events.Report("file:///a"),
        [nameof(PipeEvents.Done)] = events => events.Done("complete"),
        [nameof(PipeEvents.Fault)] = events => events.Fault("a"),
    };

    private static IEnumerable<string> EventNames => Events.Keys;

    private static IEnumerable<string[]> RequestRows => Rows("### What the task sends", "line");

    private static IEnumerable<string> FieldNames => Rows("### What the task sends", "field").Select(row => row[0]);

    private static IEnumerable<TestCaseData> Escapes => Rows("### Escapes", "character").Select(row => new TestCaseData(row[0], row[1]));

    [Test]
    public void Options_without_a_property_are_listed() => Assert.That(
        Rows("### What the task sends", "option").Select(row => row[0]),
        Is.EquivalentTo(RunOptions.All.Where(option => option.IsPrivate).Select(option => option.Name)));

    [Test]
    public void Fields_of_an_image_are_its_metadata_and_six_more() => Assert.That(
        FieldNames,
        Is.EquivalentTo(DocumentedTable.Rows(DocumentedTable.RemoteImage).Select(row => row.Name)
            .Concat(["Include", "Name", "Folder", "DefiningProject", "List", "ListPath"])));

    [TestCaseSource(nameof(FieldNames))]
    public void A_field_of_an_image_is_one_to_the_engine(string name)
    {
        Assert.That(In("sync").Add(["image", name + "=a"]), Is.Null);
        Assert.That(In("sync").Add(["image", name + "s=a"]), Does.Contain(name + "s"));
    }

    // The words of a switch can be had from its source alone. What cancels is a line between requests.
    [Test]
    public void Lines_of_a_request_are_listed()
    {
        var source = File.ReadAllText(RepositoryRoot.PathOf("src/ImageSync.Engine/Pipe/RequestReader.cs"));
        var words = CaseOfLine().Matches(source).SelectMany(line => Quoted().Matches(line.Value)).Select(word => word.Groups[1].Value);
        Assert.That(RequestRows.Select(row => row[0]), Is.EquivalentTo(words.Append("cancel")));
    }

    [TestCaseSource(nameof(RequestRows))]
    public void A_line_of_a_request_is_taken_as_it_stands(string word, string fields, string meaning)
    {
        string[] line = [word, .. FieldsOf(fields).Select(field => field == "name" ? "Retries" : field.Contains('=') ? "Include=a" : "a")];
        Assert.That(ObjectionTo(line), Is.Null, meaning);
        if (word != "image")
        {
            Assert.That(ObjectionTo([.. line, "a"]), Is.Not.Null, "one field more");
        }
    }

    [Test]
    public void Each_kind_of_event_is_tried_here() => Assert.That(
        typeof(PipeEvents).GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName).Select(method => method.Name),
        Is.EquivalentTo(Events.Keys.Append(nameof(IDisposable.Dispose))));

    [TestCaseSource(nameof(EventNames))]
    public void An_event_is_written_as_it_is_listed(string name)
    {
        var line = Written(Events[name]);
        var row = Rows("### What the engine sends", "line").Single(row => row[0] == line[0]);
        var fields = FieldsOf(row[1]).ToList();
        if (row[1].EndsWith('…'))
        {
            Assert.That(line, Has.Length.EqualTo(fields.Count + SyncedImageMetadata.Names.Length));
        }
        else
        {
            Assert.That(line, Has.Length.EqualTo(1 + fields.Count));
        }
    }

    [Test]
    public void No_other_events_are_listed() => Assert.That(
        Rows("### What the engine sends", "line").Select(row => row[0]),
        Is.EquivalentTo(Events.Values.Select(write => Written(write)[0]).Distinct()));

    [TestCaseSource(nameof(Escapes))]
    public void A_character_is_escaped_as_the_table_says(string character, string written)
    {
        var text = ((char)int.Parse(character["U+".Length..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString();
        Assert.That(PipeLine.Of(text), Is.EqualTo(written));
        Assert.That(PipeLine.Fields(written), Is.EqualTo(new[] { text }));
    }

    [Test]
    public void The_conversation_is_one()
    {
        var lines = Page.Snippets.Single(snippet => snippet.Text.StartsWith('◀')).Text.TrimEnd().Split('\n')
            .Select(line => (Who: line[0], Fields: PipeLine.Fields(line[2..].Replace('⇥', PipeLine.Separator))!)).ToList();
        Assert.That(lines[0].Fields[..2], Is.EqualTo(new[] { PipeLine.Greeting, PipeLine.Protocol }));

        var request = new RequestReader();
        Assert.That(lines.Where(line => line.Who == '▶').Select(line => request.Add(line.Fields)), Is.All.Null);
        Assert.That(request.Take()!.Images, Has.Count.EqualTo(1));

        var words = Rows("### What the engine sends", "line").Select(row => row[0]);
        Assert.That(lines.Where(line => line.Who == '◀').Select(line => line.Fields[0]).Distinct(), Is.SubsetOf(words));
        Assert.That(lines[^1].Fields, Is.EqualTo(new[] { "done", "complete" }));
    }

    // What cancels is no part of a request: the verb takes it between, and outside of, all others.
    private static string? ObjectionTo(string[] line)
    {
        if (line[0] is not "cancel")
        {
            return (line[0] is "sync" or "check" ? new RequestReader() : In("sync")).Add(line);
        }

        using var output = new MemoryStream();
        using var verb = new EngineVerb(new MemoryStream(Encoding.UTF8.GetBytes(PipeLine.Of(line) + "\n")), output);
        return verb.Serve() == 0 ? null : Encoding.UTF8.GetString(output.ToArray());
    }

    private static RequestReader In(string request)
    {
        var reader = new RequestReader();
        string[][] lines = [[request], ["option", "ProjectDirectory", Path.GetTempPath()], ["option", "CacheFile", "a"]];
        Assert.That(lines.Select(reader.Add), Is.All.Null);
        return reader;
    }

    private static string[] Written(Action<PipeEvents> write)
    {
        using var output = new MemoryStream();
        using (var events = new PipeEvents(output))
        {
            write(events);
        }

        return PipeLine.Fields(Encoding.UTF8.GetString(output.ToArray()).TrimEnd('\n'))!;
    }

    private static IEnumerable<string> FieldsOf(string cell) => cell.Split(", ").Where(field => field is not ("" or "…"));

    // The rows of the table below a heading whose first column is called so: code without its quotes, other cells as they stand.
    private static IEnumerable<string[]> Rows(string heading, string column)
    {
        var section = Page.Text[Page.Text.IndexOf(heading + "\n", StringComparison.Ordinal)..].Split("\n#")[0];
        var table = section[section.IndexOf($"| {column} |", StringComparison.Ordinal)..].Split("\n\n")[0];
        return table.Split('\n').Skip(2).Where(line => line.Length > 0)
            .Select(line => line.Split('|')[1..^1].Select(cell => OnlyCode().Replace(cell.Trim(), "$1")).ToArray());
    }

    // ("sync" or "check", 1) => …
    [GeneratedRegex(@"^ +\("".*?, (>= )?\d\) =>", RegexOptions.Multiline)]
    private static partial Regex CaseOfLine();

    [GeneratedRegex("\"(\\w+)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex("^`([^`=]+)`$")]
    private static partial Regex OnlyCode();
}
