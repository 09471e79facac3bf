using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ImageSync.MSBuild.Tests;

/// <summary>Whatever the engine answers is taken line by line, or is a fault of which nothing is told.</summary>
public class EngineAnswerTests
{
    // The values of an image of which nothing is known.
    private const string None = "||||||||||||||||||";

    private static readonly TaskItem[] Images =
    [
        TaskRun.Item("http://h/a.png", ("BuildAction", "Content")),
        TaskRun.Item("http://h/b.png"),
        TaskRun.Item("http://h/c.png"),
    ];

    private FakeEngine _build;
    private EngineAnswer _answer;

    [SetUp]
    public void Ask()
    {
        _build = new FakeEngine();
        _answer = new EngineAnswer(Images, new BuildLog(new TaskLoggingHelper(_build, "SyncImages"), "app.csproj"));
    }

    // Fields are parted by bars.
    [TestCase("")]
    [TestCase("|")]
    [TestCase("hello")]
    [TestCase("imagesync|2|1.1.0", TestName = "a greeting")]
    [TestCase("sync", TestName = "a line of a request")]
    [TestCase("Line|high|x")]
    [TestCase("line")]
    [TestCase("line|high")]
    [TestCase("line|high|x|y")]
    [TestCase("line|x|high", TestName = "fields in another order")]
    [TestCase("line|urgent|x")]
    [TestCase("line||x")]
    [TestCase("told")]
    [TestCase("told|error|IMGSYNC1004|0||0|0")]
    [TestCase("told|error|IMGSYNC1004|0||0|0|x|y")]
    [TestCase("told|fatal|IMGSYNC1004|0||0|0|x")]
    [TestCase("told|Error|IMGSYNC1004|0||0|0|x")]
    [TestCase("told||IMGSYNC1004|0||0|0|x")]
    [TestCase("told|IMGSYNC1004|error|0||0|0|x", TestName = "a code in the severity's place")]
    [TestCase("told|error|IMGSYNC1004|3||0|0|x", TestName = "an index behind the last")]
    [TestCase("told|error|IMGSYNC1004|-1||0|0|x")]
    [TestCase("told|error|IMGSYNC1004| 1||0|0|x")]
    [TestCase("told|error|IMGSYNC1004|+1||0|0|x")]
    [TestCase("told|error|IMGSYNC1004|one||0|0|x")]
    [TestCase("told|error|IMGSYNC1004|99999999999||0|0|x")]
    [TestCase("told|error|IMGSYNC1004|0|f.json|x|0|x")]
    [TestCase("told|error|IMGSYNC1004|0|f.json|-1|0|x")]
    [TestCase("told|error|IMGSYNC1004|0|f.json|1||x")]
    [TestCase("image")]
    [TestCase("image|0")]
    [TestCase("image|3|a.png" + None)]
    [TestCase("image|-1|a.png" + None)]
    [TestCase("image||a.png" + None)]
    [TestCase("image|a.png|0" + None)]
    [TestCase("image|0x0|a.png" + None)]
    [TestCase("image|0|a.png")]
    [TestCase("image|0|a.png|u|u|Added|true|||||||||||||", TestName = "a value too few")]
    [TestCase("image|0|a.png|u|u|Added|true|||||||||||||||", TestName = "a value too many")]
    [TestCase("file|0")]
    [TestCase("file|3|a.png")]
    [TestCase("file|-1|a.png")]
    [TestCase("file|a.png|0")]
    [TestCase("file|0|a.png|b.png")]
    [TestCase("settled")]
    [TestCase("settled|3")]
    [TestCase("settled|-1")]
    [TestCase("settled|0|1")]
    [TestCase("pruned")]
    [TestCase("pruned|a.png|b.png")]
    [TestCase("summary")]
    [TestCase("summary|a|b")]
    [TestCase("report")]
    [TestCase("report|a|b")]
    public void RefusesWhatIsNoLine(string line)
    {
        // act, assert
        Assert.That(_answer.Take(line.Split('|')), Is.False);
        NothingIsTold();
    }

    [TestCase("image|0|a.png" + None, TestName = "an image for the second time")]
    [TestCase("image|1|b.png" + None + ";image|0|a.png" + None, TestName = "images in another order")]
    public void RefusesImagesOutOfTurn(string lines)
    {
        // arrange
        Assert.That(_answer.Take(("image|0|a.png" + None).Split('|')), Is.True);
        string[] all = lines.Split(';');
        Assert.That(all[..^1].Select(line => _answer.Take(line.Split('|'))), Is.All.True);

        // act, assert
        Assert.That(_answer.Take(all[^1].Split('|')), Is.False);
        Assert.That(_answer.Synced, Has.Count.EqualTo(all.Length));
    }

    [Test]
    public void TakesEachLine()
    {
        // act
        Assert.That(new[]
        {
            "line|high|h", "line|normal|n", "line|low|{0}",
            "told|error|IMGSYNC2001|1|||0|e", "told|warning|IMGSYNC4004||f.json|4|5|{1}",
            "settled|0", "file|0|img/a;b.png", "pruned|old%41.png",
            "image|1|b.png|http://h/b.png||Added|true|200|\"a=b\"||||||||||||", "image|2|c.png" + None,
            "summary|2 images", "report|file:///r.html",
        }.Where(line => !_answer.Take(line.Replace("|||0|", "||0|0|").Split('|'))), Is.Empty);

        // assert
        Assert.That(_build.Messages.Select(message => (message.Importance, message.Message)),
            Is.EqualTo(new[] { (MessageImportance.High, "h"), (MessageImportance.Normal, "n"), (MessageImportance.Low, "{0}") }));
        Assert.That(_build.Errors.Select(error => (error.Code, error.Message)), Is.EqualTo(new[] { ("IMGSYNC2001", "e") }));
        Assert.That(_build.Warnings.Select(told => (told.Code, told.File, told.LineNumber, told.ColumnNumber, told.Message)),
            Is.EqualTo(new[] { ("IMGSYNC4004", "f.json", 4, 5, "{1}") }));
        Assert.That(_answer.Own, Is.EqualTo(Images[1..]));
        Assert.That(_answer.Files.Select(file => (file.ItemSpec, file.GetMetadata("BuildAction"))),
            Is.EqualTo(new[] { ("img/a;b.png", "Content") }));
        Assert.That(_answer.Pruned.Select(item => item.ItemSpec), Is.EqualTo(new[] { "old%41.png" }));
        Assert.That(_answer.Synced.Select(item => item.ItemSpec), Is.EqualTo(new[] { "b.png", "c.png" }));
        Assert.That(new[] { "Status", "ETag", "Length" }.Select(_answer.Synced[0].GetMetadata),
            Is.EqualTo(new[] { "Added", "\"a=b\"", "" }));
        Assert.That((_answer.Summary, _answer.ReportUrl), Is.EqualTo(("2 images", "file:///r.html")));
    }

    [Test]
    public void NeverThrows()
    {
        // arrange
        var seed = Random.Shared.Next();
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string[] words = ["line", "told", "image", "file", "settled", "pruned", "summary", "report", "done", "fault", "", "high", "low",
            "error", "warning", "0", "1", "2", "3", "-1", "a.png", "Added", "=", "FullPath=x", "%", "\0", "\uD800", "{0}", "*"];

        // act, assert: what was taken can be looked at
        for (var round = 0; round < 20_000; round++)
        {
            string[] fields = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => words[random.Next(words.Length)])];
            fields = fields[0] == "image" ? [.. fields.Concat(Enumerable.Repeat(fields[^1], 17)).Take(18)] : fields;
            Assert.That(() => _answer.Take(fields), Throws.Nothing, string.Join('|', fields));
        }

        Assert.That(() => _answer.Synced.Select(item => item.ItemSpec + ((ITaskItem2)item).CloneCustomMetadataEscaped().Count).ToList(),
            Throws.Nothing);
        Assert.That(_answer.Files, Is.Not.Empty);
    }

    private void NothingIsTold()
    {
        Assert.That((_build.Errors.Count, _build.Warnings.Count, _build.Messages.Count), Is.EqualTo((0, 0, 0)));
        Assert.That((_answer.Synced.Count, _answer.Files.Count, _answer.Pruned.Count, _answer.Summary, _answer.ReportUrl),
            Is.EqualTo((0, 0, 0, "", "")));
        Assert.That(_answer.Own, Is.EqualTo(Images));
    }
}
