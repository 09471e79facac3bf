using System.Text;
using ImageSync.Sync;
using ImageSync.Testing;
using ImageSync.Tests.Engine;

namespace ImageSync.Tests.Transport;

/// <summary>HTTP/1.1 messages of every shape: the file is whole and right, or it is what it was and somebody is told.</summary>
public class Framing
{
    private static readonly TimeSpan NoHang = TimeSpan.FromSeconds(30);
    private static readonly byte[] Old = SampleImages.Png(1, 4000);
    private static readonly byte[] New = SampleImages.Png(2, 40_000);

    // Not checked as images: what a cut or padded body is cannot be told from its bytes then.
    private const string Any = "*/*";

    private ScriptedOrigin _origin;
    private Project _project;

    private static IEnumerable<TestCaseData> Whole()
    {
        var length = $"Content-Length: {New.Length}\r\n";
        yield return Case("HTTP/1.0 with a length", Head("HTTP/1.0 200 OK", length), New);
        yield return Case("HTTP/1.0 until the connection ends", Head("HTTP/1.0 200 OK"), New);
        yield return Case("no reason phrase", Head("HTTP/1.1 200", length), New);
        yield return Case("line feeds alone", Head("HTTP/1.1 200 OK", length).Replace("\r\n", "\n", StringComparison.Ordinal), New);
        yield return Case("the same length twice", Head("HTTP/1.1 200 OK", length, length), New);
        yield return Case("the same length twice in one line",
            Head("HTTP/1.1 200 OK", $"Content-Length: {New.Length}, {New.Length}\r\n"), New);
        yield return Case("length and chunks",
            Head("HTTP/1.1 200 OK", "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n"), Chunk(New), "0\r\n\r\n");
        yield return Case("chunks with extensions and trailers",
            Head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked\r\n"), Chunk(New, ";a=b"), "0\r\nETag: \"trailer\"\r\n\r\n");
        yield return Case("bytes after the body", Head("HTTP/1.1 200 OK", length), New, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nxyz");
        yield return Case("bytes after the last chunk",
            Head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked\r\n"), Chunk(New), "0\r\n\r\nxyz");
        yield return Case("transfer coding identity", Head("HTTP/1.1 200 OK", "Transfer-Encoding: identity\r\n", length), New);
        yield return Case("100 Continue first", "HTTP/1.1 100 Continue\r\n\r\n" + Head("HTTP/1.1 200 OK", length), New);
        yield return Case("103 Early Hints first",
            "HTTP/1.1 103 Early Hints\r\nETag: \"hint\"\r\nLast-Modified: Mon, 05 Jan 2026 10:00:00 GMT\r\n\r\n"
                + Head("HTTP/1.1 200 OK", length),
            New);

        static TestCaseData Case(string name, string head, byte[] body, string rest = "") =>
            new TestCaseData(Raw(head, body, rest)).SetName("{m}: " + name);
    }

    private static IEnumerable<TestCaseData> Broken()
    {
        yield return Case("different lengths",
            Lengths($"{New.Length}", "100"), 1, $"wrong framing: the answer has the field \"Content-Length: {New.Length}, 100\"");
        yield return Case("different lengths, the shorter first", Lengths("100", $"{New.Length}"), 1, "wrong framing");
        yield return Case("different lengths in one line", Lengths($"{New.Length}, 100"), 1, "wrong framing");
        yield return Case("negative length", Lengths("-1"), 1, "wrong framing");
        yield return Case("length with a sign", Lengths($"+{New.Length}"), 1, "wrong framing");
        yield return Case("length that is no number", Lengths("many"), 1, "wrong framing");
        yield return Case("length in another base", Lengths("0x10"), 1, "wrong framing");
        yield return Case("length beyond all numbers", Lengths("99999999999999999999"), 1, "wrong framing");
        yield return Case("empty length", Lengths(""), 1, "wrong framing");
        yield return Case("transfer coding that was not asked for",
            Raw(Head("HTTP/1.1 200 OK", "Transfer-Encoding: gzip, chunked\r\n"), Chunk(New), "0\r\n\r\n"), 1, "wrong framing");
        yield return Case("length without a body",
            Raw(Head("HTTP/1.1 200 OK", "Content-Length: 5\r\n"), [], ""), 4, "the connection ended before the answer was complete");
        yield return Case("chunk without a size",
            Raw(Head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked\r\n") + "zz\r\n", New, "\r\n0\r\n\r\n"), 4, "not valid HTTP");
        yield return Case("chunk of a size beyond all numbers",
            Raw(Head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked\r\n") + "fffffffffffffffff\r\n", New, "\r\n0\r\n\r\n"), 4,
            "not valid HTTP");
        yield return Case("chunk of a negative size",
            Raw(Head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked\r\n") + "-5\r\n", New, "\r\n0\r\n\r\n"), 4, "not valid HTTP");
        yield return Case("chunk that is longer than its size",
            Raw(Head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked\r\n") + "5\r\n", New, "\r\n0\r\n\r\n"), 4, "not valid HTTP");
        yield return Case("HTTP/0.9", Raw("", New, ""), 4, "not valid HTTP");
        yield return Case("HTTP/2 that nobody spoke of", Raw("HTTP/2 200 OK\r\n\r\n", New, ""), 4, "not valid HTTP");
        yield return Case("no status", Raw("HTTP/1.1 OK\r\n\r\n", New, ""), 4, "not valid HTTP");
        yield return Case("nothing", Raw("", [], ""), 4, "the connection ended before the answer was complete");
        yield return Case("headers of 200 KB",
            Reply.Ok(New, [.. Enumerable.Range(0, 200).Select(i => ($"X-Flood-{i}", new string('x', 1000)))]), 1,
            "headers are larger than 64 KB");
        yield return Case("one header of 200 KB",
            Reply.Ok(New, ("ETag", $"\"{new string('x', 200_000)}\"")), 1, "headers are larger than 64 KB");
        yield return Case("line without a name", Raw(Head("HTTP/1.1 200 OK", "oops\r\n"), New, ""), 4, "not valid HTTP");
        yield return Case("endless 103 Early Hints",
            Reply.Raw("HTTP/1.1 103 Early Hints\r\nETag: \"hint\"\r\n\r\n").Endlessly(), 1, "headers are larger than 64 KB");

        static TestCaseData Case(string name, Reply reply, int requests, string cause) =>
            new TestCaseData(reply, requests, cause).SetName("{m}: " + name);

        static Reply Lengths(params string[] lengths) =>
            Raw(Head("HTTP/1.1 200 OK", [.. lengths.Select(length => $"Content-Length: {length}\r\n")]), New, "");
    }

    [SetUp]
    public void SetUp() => (_origin, _project) = (new ScriptedOrigin(), new Project());

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [TestCaseSource(nameof(Whole))]
    public async Task Taken_whole(Reply reply)
    {
        _origin.On("/a", reply);
        var outcome = await SyncAsync();
        Assert.That(outcome.Diagnostics, Is.Empty);
        Assert.That((outcome.Status, outcome.Attempts, _project.Files.Read("a")), Is.EqualTo((SyncStatus.Added, 1, New)));
        // The validators are those of the final head alone.
        Assert.That(
            (_project.Record("a")!.Validators.EntityTag, _project.Record("a")!.Validators.LastModified),
            Is.EqualTo(("\"final\"", (string?)null)));
    }

    [TestCaseSource(nameof(Broken))]
    public async Task Not_taken(Reply reply, int requests, string cause)
    {
        _origin.On("/a", Reply.Ok(Old, ("ETag", "\"v1\"")));
        await SyncAsync();
        var (time, record) = (_project.Age("a"), _project.Record("a"));
        _origin.Clear();
        _origin.On("/a", reply);

        // What is asked for again may be short of octets; whatever else it is, a busy machine must not be taken for silence.
        _project.Options = requests == 1 ? _project.Options : _project.Options with { IdleTimeout = TimeSpan.FromSeconds(1) };
        var outcome = await SyncAsync();
        var diagnostic = outcome.Diagnostics.Single();
        Assert.That(
            (outcome.Status, diagnostic.CodeText, diagnostic.Severity),
            Is.EqualTo((SyncStatus.Kept, "IMGSYNC2001", Severity.Warning)),
            diagnostic.Message);
        Assert.That(diagnostic.Message, Does.Contain(cause));
        Assert.That((_project.Files.Read("a"), _project.TimeOf("a"), _project.Record("a")), Is.EqualTo((Old, time, record)));
        Assert.That((_project.FilesPresent, outcome.Attempts), Is.EqualTo((new[] { "a" }, requests)));
    }

    [Test]
    public async Task A_switch_to_another_protocol_is_no_image()
    {
        _origin.On("/a", Raw("HTTP/1.1 101 Switching Protocols\r\nUpgrade: image\r\nConnection: upgrade\r\nETag: \"v1\"\r\n\r\n", New, ""));
        var outcome = await SyncAsync();
        Assert.That(
            (outcome.Status, outcome.Diagnostics.Single().CodeText, outcome.Attempts), Is.EqualTo((SyncStatus.Failed, "IMGSYNC2004", 1)));
        Assert.That(_project.FilesPresent, Is.Empty);
    }

    [Test]
    public async Task What_comes_after_a_body_is_no_answer_to_the_next_request()
    {
        var intruder = Encoding.Latin1.GetString(Old);
        var head = Head("HTTP/1.1 200 OK", $"Content-Length: {New.Length}\r\n");
        _origin.On("/a", Raw(head, New, $"HTTP/1.1 200 OK\r\nContent-Length: {Old.Length}\r\n\r\n{intruder}"));
        _origin.On("/b", Reply.Ok(New));
        _project.Options = _project.Options with { MaxConcurrency = 1, MaxConnectionsPerHost = 1 };
        var run = await _project.RunAsync(new[] { "a", "b" }
            .Select(name => new RemoteImageDeclaration(_origin.Url("/" + name)) { LocalPath = name, MediaType = Any }));
        Assert.That(run.Outcomes.Select(outcome => outcome.Status), Is.All.EqualTo(SyncStatus.Added));
        Assert.That((_project.Files.Read("a"), _project.Files.Read("b"), _origin.RequestsTo("/b").Count), Is.EqualTo((New, New, 1)));
    }

    [TestCase("length")]
    [TestCase("chunks")]
    [TestCase("close")]
    [TestCase("gzip")]
    public async Task A_body_without_end_ends_at_MaxBytes(string framing)
    {
        var reply = framing switch
        {
            "length" => Reply.Ok(New, ("Content-Length", "9000000000000")),
            "chunks" => Reply.Ok(New).Chunked(1000),
            "close" => Reply.Ok(New).WithoutLength(),
            _ => Reply.Ok(GzipMembers(), ("Content-Encoding", "gzip")).WithoutLength(),
        };
        _origin.On("/a", reply.Endlessly());
        var outcome = await _project.SyncAsync(_origin.Url("/a"), "a", image => image with { MediaType = Any, MaxBytes = "500000" })
            .WaitAsync(NoHang);
        Assert.That(
            (outcome.Status, outcome.Diagnostics.Single().CodeText, outcome.Attempts), Is.EqualTo((SyncStatus.Failed, "IMGSYNC3003", 1)));
        Assert.That((outcome.BytesReceived < 1_000_000, _project.FilesPresent), Is.EqualTo((true, Array.Empty<string>())));
    }

    private static byte[] GzipMembers()
    {
        using var octets = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(octets, System.IO.Compression.CompressionLevel.Fastest))
        {
            gzip.Write(New);
        }

        return octets.ToArray();
    }

    private static string Head(string statusLine, params string[] fields) =>
        $"{statusLine}\r\nETag: \"final\"\r\n{string.Concat(fields)}\r\n";

    private static byte[] Chunk(byte[] body, string extension = "") =>
        [.. Encoding.Latin1.GetBytes($"{body.Length:x}{extension}\r\n"), .. body, .. "\r\n"u8];

    private static Reply Raw(string head, byte[] body, string rest) =>
        Reply.Raw([.. Encoding.Latin1.GetBytes(head), .. body, .. Encoding.Latin1.GetBytes(rest)]);

    private Task<SyncOutcome> SyncAsync() =>
        _project.SyncAsync(_origin.Url("/a"), "a", image => image with { MediaType = Any }).WaitAsync(NoHang);
}
