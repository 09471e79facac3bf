using System.Text;

namespace ImageSync.Testing;

/// <summary>Answers that never end or that want to use up their reader, by name: in HTTP/1.1, and as HTTP/2 frames.</summary>
public static class HostileStreams
{
    private const string Chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    private const string Hint = "HTTP/1.1 103 Early Hints\r\nETag: \"hint\"\r\n\r\n";
    private static readonly TimeSpan Slowly = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);
    private static readonly byte[] Noise = SampleImages.Png(1, 40_000);
    private static readonly byte[] Field = [0, 1, (byte)'a', 1, (byte)'b'];
    private static readonly byte[] EarlyHints = [0, 7, .. Encoding.ASCII.GetBytes(":status"), 3, .. "103"u8, .. Field];

    private static readonly byte[] GzipBomb = Bombs.Of("gzip", 4_000_000);
    private static readonly byte[] GzipTwice = Bombs.Of("gzip", 30_000_000, layers: 2);
    private static readonly byte[] DeflateBomb = Bombs.Of("deflate", 30_000_000);
    private static readonly byte[] BrotliBomb = Bombs.Of("br", 30_000_000);

    /// <summary>HTTP/1.1 (RFC 9112), and which diagnostics may come of each.</summary>
    public static IReadOnlyList<(string Name, Func<RecordedRequest, Reply> Answer, string[] Codes)> Http1 { get; } =
    [
        ("status-line", _ => Paced(Reply.Flood("HTTP/1.1 200 ", "y")), Unreached),
        ("field-lines", _ => Paced(Reply.Flood("HTTP/1.1 200 OK\r\n", "X-Flood: y\r\n")), Unreached),
        ("one-field", _ => Paced(Reply.Flood("HTTP/1.1 200 OK\r\nX-Flood: ", "y")), Unreached),
        ("folds", _ => Paced(Reply.Flood("HTTP/1.1 200 OK\r\nX-Flood: y", "\r\n y")), Unreached),
        ("field-lines-slowly", _ => Reply.Flood("HTTP/1.1 200 OK\r\n", "X-Flood: y\r\n").Trickle(1, Slowly), Unreached),
        ("continue", _ => Paced(Reply.Flood("", "HTTP/1.1 100 Continue\r\n\r\n")), Unreached),
        ("hints", _ => Paced(Reply.Flood("", Hint)), Unreached),
        ("hints-slowly", _ => Reply.Flood("", Hint).Trickle(Hint.Length, Slowly), Unreached),
        ("redirects", request => Reply.Redirect(302, request.Target + "x"), ["IMGSYNC2005"]),
        ("body", _ => Paced(Reply.Ok(Noise).WithoutLength().Endlessly()), Large),
        ("body-slowly", _ => Reply.Ok(Noise).Trickle(1, Slowly), Unreached),
        ("length", _ => Paced(Reply.Ok(Noise, ("Content-Length", "9000000000000")).Endlessly()), Large),
        ("chunks", _ => Paced(Reply.Flood(Chunked, "1\r\ny\r\n")), Large),
        ("chunk-extension", _ => Paced(Reply.Flood(Chunked + "1;", "a=b;")), Unreached),
        ("chunk-extensions", _ => Paced(Reply.Flood(Chunked, $"1;{new string('e', 4000)}\r\ny\r\n")), [.. Large, .. Unreached]),
        ("trailers", _ => Paced(Reply.Flood(Chunked + "0\r\n", "X-Flood: y\r\n")), Unreached),
        ("gzip", _ => Paced(Reply.Ok(GzipBomb, ("Content-Encoding", "gzip")).WithoutLength().Endlessly()), Large),
        ("gzip-twice", _ => Reply.Ok(GzipTwice, ("Content-Encoding", "gzip, gzip")), Large),
        ("gzip-thrice", _ => Reply.Ok(GzipTwice, ("Content-Encoding", "gzip, gzip, gzip")), Refused),
        ("deflate", _ => Reply.Ok(DeflateBomb, ("Content-Encoding", "deflate")), Large),
        ("brotli", _ => Reply.Ok(BrotliBomb, ("Content-Encoding", "br")), Large),
        ("brotli-twice", _ => Reply.Ok(BrotliBomb, ("Content-Encoding", "br, br")), Refused),
        ("codings", _ => Reply.Ok(Noise, ("Content-Encoding", string.Concat(Enumerable.Repeat("gzip,", 2000)))), Refused),
    ];

    /// <summary>HTTP/2 (RFC 9113 §10.5), and which diagnostics may come of each.</summary>
    public static IReadOnlyList<(string Name, Func<FrameRequest, Task> Answer, string[] Codes)> Http2 { get; } =
    [
        ("pings", stream => stream.Connection.FloodAsync(FrameConnection.Ping, 0, 0, new byte[8], Between), Unreached),
        ("pings-unread", stream => Deaf(stream).FloodAsync(FrameConnection.Ping, 0, 0, new byte[8], Between), Unreached),
        ("settings", stream => stream.Connection.FloodAsync(FrameConnection.Settings, 0, 0, [], Between), Unreached),
        ("settings-unread", stream => Deaf(stream).FloodAsync(FrameConnection.Settings, 0, 0, [0, 4, 0, 0, 0xFF, 0xFF], Between), Unreached),
        ("windows", stream => stream.Connection.FloodAsync(FrameConnection.WindowUpdate, 0, stream.Id, [127, 255, 255, 255], Between), Unreached),
        ("small-windows", stream => stream.Connection.FloodAsync(FrameConnection.WindowUpdate, 0, 0, [0, 0, 0, 1], Between), Unreached),
        ("unknown", stream => stream.Connection.FloodAsync(0xBE, 0, stream.Id, new byte[100], Between), Unreached),
        ("resets", stream => stream.Connection.FloodAsync(FrameConnection.RstStream, 0, stream.Id, [0, 0, 0, 8], Between), Unreached),
        ("hints", stream =>
            stream.Connection.FloodAsync(FrameConnection.Headers, FrameConnection.EndHeaders, stream.Id, EarlyHints, Between), Unreached),
        ("continuations", async stream =>
        {
            await stream.Connection.SendAsync(FrameConnection.Headers, 0, stream.Id, [0x88]);
            await stream.Connection.FloodAsync(FrameConnection.Continuation, 0, stream.Id, Field);
        }, Unreached),
        ("empty-continuations", async stream =>
        {
            await stream.Connection.SendAsync(FrameConnection.Headers, 0, stream.Id, [0x88]);
            await stream.Connection.FloodAsync(FrameConnection.Continuation, 0, stream.Id, []);
        }, Unreached),
        ("empty-data", async stream =>
        {
            await stream.SendHeadAsync(200, ends: false);
            await stream.Connection.FloodAsync(FrameConnection.Data, 0, stream.Id, [], Between);
        }, Unreached),
        ("small-data", async stream =>
        {
            await stream.SendHeadAsync(200, ends: false);
            await stream.Connection.FloodAsync(FrameConnection.Data, 0, stream.Id, [1], Between);
        }, [.. Large, .. Unreached]),
        ("data-beyond-the-window", async stream =>
        {
            await stream.SendHeadAsync(200, ends: false);
            await stream.Connection.FloodAsync(FrameConnection.Data, 0, stream.Id, new byte[16_384], Between);
        }, [.. Large, .. Unreached]),
    ];

    private static string[] Unreached => ["IMGSYNC2001"];

    private static string[] Large => ["IMGSYNC3003"];

    private static string[] Refused => ["IMGSYNC3001"];

    // Two hundred at full speed would be a test of the machine's processors, on which the client and all origins of a test run.
    // Endless headers end of themselves.
    private static Reply Paced(Reply reply) => reply.Trickle(16_384, TimeSpan.FromMilliseconds(5));

    private static FrameConnection Deaf(FrameRequest stream)
    {
        stream.Connection.IsDeaf = true;
        return stream.Connection;
    }
}
