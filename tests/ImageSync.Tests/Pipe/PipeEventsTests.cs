using System.Text;
using ImageSync.Engine;
using ImageSync.Images;
using ImageSync.Pipe;
using ImageSync.Sync;

namespace ImageSync.Tests.Pipe;

/// <summary>What is told of a run, as lines of the pipe.</summary>
public class PipeEventsTests
{
    private static readonly string Version = Product.Version;

    private MemoryStream _pipe;
    private PipeEvents _events;

    [SetUp]
    public void Open()
    {
        _pipe = new MemoryStream();
        _events = new PipeEvents(_pipe);
    }

    [TearDown]
    public void Close()
    {
        _events.Dispose();
        _pipe.Dispose();
    }

    [Test]
    public void EachIsALine()
    {
        // arrange
        var told = new Diagnostic(DiagnosticCode.InvalidValue, Severity.Error, "a\tb\n##[c]");

        // act
        _events.Greet();
        _events.Line("high", "two\nlines");
        _events.Diagnose(told, index: 3);
        _events.Diagnose(told with { Severity = Severity.Warning, Place = new TextLocation("/p/a\tb.json", 4, 5) }, index: null);
        _events.Settled(1);
        _events.File(2, "images/ö \u2028.png");
        _events.Pruned("a\\b.png");
        _events.Summary("1 image");
        _events.Report("file:///p/r.html");
        _events.Done("complete");
        _events.Fault("::what");

        // assert
        Assert.That(Lines(), Is.EqualTo(new[]
        {
            $"imagesync|2|{Version}",
            "line|high|two lines",
            "told|error|IMGSYNC1004|3||0|0|a b # #[c]",
            "told|warning|IMGSYNC1004||/p/a\tb.json|4|5|a b # #[c]",
            "settled|1",
            "file|2|images/ö \u2028.png",
            "pruned|a\\b.png",
            "summary|1 image",
            "report|file:///p/r.html",
            "done|complete",
            "fault|: : what",
        }));
    }

    [Test]
    public void AnImageHasWhatIsKnownOfIt()
    {
        // act
        _events.Image(new SyncOutcome("a b.png", "http://h/a%20b.png", SyncStatus.Updated)
        {
            Index = 7,
            EntityTag = "\"a\tb\n\"",
            LastModified = "",
            Picture = new Picture("png", new ImageSize(3, 2)),
        });
        _events.Image(new SyncOutcome("", "::url", SyncStatus.Failed) { Index = 8 });
        _events.Done("complete");

        // assert
        var lines = Lines();
        Assert.That(lines[0],
            Is.EqualTo("image|7|a b.png|http://h/a%20b.png||Updated|true||\"a b \"|||||png|3|2|0||0|0|"));
        Assert.That(lines[1], Does.StartWith("image|8|: : url|: : url||Failed|"), "what has no path is called by its URL");
    }

    // Each of those that somebody waits for; the others go with the next of them.
    [TestCase("greeting", true)]
    [TestCase("progress", true)]
    [TestCase("done", true)]
    [TestCase("fault", true)]
    [TestCase("line", false)]
    [TestCase("image", false)]
    public void GoesOutAtOnce(string what, bool atOnce)
    {
        // act
        switch (what)
        {
            case "greeting":
                _events.Greet();
                break;
            case "progress":
                _events.Progress(new SyncProgress(7, 100, 0), default);
                break;
            case "done":
                _events.Done("cancelled");
                break;
            case "fault":
                _events.Fault("x");
                break;
            case "line":
                _events.Line("high", "x");
                break;
            default:
                _events.Image(new SyncOutcome("a.png", "http://h/a.png", SyncStatus.Added));
                break;
        }

        // assert
        Assert.That(_pipe.Length > 0, Is.EqualTo(atOnce));
    }

    [Test]
    public void LinesOfManyThreadsStayWhole()
    {
        // act
        Parallel.For(0, 2_000, number =>
        {
            _events.Line("low", $"{number} " + new string('x', number % 300));
            if (number % 7 == 0)
            {
                _events.Progress(new SyncProgress(number, 2_000, 0), default);
            }
        });
        _events.Done("complete");

        // assert
        Assert.That(Lines()[..^1].Where(line => line.Contains("low")).Select(line => int.Parse(line.Split('|', ' ')[2])), Is.EquivalentTo(Enumerable.Range(0, 2_000)));
    }

    [Test]
    public void AnEndThatIsGoneIsNobodyToBeTold()
    {
        // arrange
        using var broken = new BrokenStream();
        using var events = new PipeEvents(broken);

        // act, assert
        Assert.That(() =>
        {
            events.Greet();
            events.Image(new SyncOutcome(new string('x', 100_000), "http://h/a.png", SyncStatus.Added));
            events.Line("high", new string('x', 100_000));
            events.Done("complete");
            events.Fault("x");
            events.Dispose();
            events.Progress(default, default);
        }, Throws.Nothing);
        Assert.That(broken.Writes, Is.GreaterThan(1));
    }

    private List<string> Lines()
    {
        _pipe.Position = 0;
        var (reader, lines) = (new PipeReader(_pipe), new List<string>());
        while (reader.Read() is { } fields)
        {
            lines.Add(string.Join('|', fields));
        }

        Assert.That(reader.Fault, Is.Null);
        Assert.That(Encoding.UTF8.GetString(_pipe.ToArray()).Count(c => c == '\n'), Is.EqualTo(lines.Count));
        return lines;
    }

    private sealed class BrokenStream : MemoryStream
    {
        public int Writes { get; private set; }

        public override void Write(byte[] buffer, int offset, int count) => Break();

        public override void Write(ReadOnlySpan<byte> buffer) => Break();

        private void Break()
        {
            Writes++;
            throw new IOException("Broken pipe");
        }
    }
}
