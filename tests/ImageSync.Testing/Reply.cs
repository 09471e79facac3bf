using System.Net;
using System.Text;

namespace ImageSync.Testing;

/// <summary>What a <see cref="ScriptedOrigin"/> answers: a response, and the way in which it is sent or broken off.</summary>
public sealed record Reply
{
    private enum Framing
    {
        Length,
        Chunked,
        Close,
    }

    internal enum Ending
    {
        KeepOpen,
        Close,
        Reset,
        Stall,
    }

    private const int FloodLength = 16 * 1024;

    private int Code { get; init; } = 200;
    private byte[]? RawBytes { get; init; }
    private byte[] RawStart { get; init; } = [];
    private byte[] Body { get; init; } = [];
    private (string Name, string Value)[] Fields { get; init; } = [];
    private Framing Frame { get; init; }
    private int[] ChunkSizes { get; init; } = [];

    /// <summary>Whether the client hears no end of it.</summary>
    public bool EndsInSilence => End == Ending.Stall;

    internal Ending End { get; init; }
    internal int Limit { get; init; } = int.MaxValue;
    internal int WriteSize { get; init; } = int.MaxValue;
    internal TimeSpan WritePause { get; init; }
    internal TimeSpan HeadPause { get; init; }
    internal bool IsEndless { get; init; }

    /// <summary>200 with the body's Content-Length, and no other header than those given.</summary>
    public static Reply Ok(byte[] body, params (string Name, string Value)[] headers) => new() { Body = body, Fields = headers };

    /// <summary>What a decent origin answers: 304 to a request that names this tag, otherwise 200 with the body and the tag.</summary>
    public static Reply Current(RecordedRequest request, byte[] body, string entityTag) =>
        request.Header("If-None-Match") == entityTag ? NotModified(("ETag", entityTag)) : Ok(body, ("ETag", entityTag));

    public static Reply NotModified(params (string Name, string Value)[] headers) => new() { Code = 304, Fields = headers };

    public static Reply Status(int code, params (string Name, string Value)[] headers) => new() { Code = code, Fields = headers };

    public static Reply Status(int code, string body, params (string Name, string Value)[] headers) =>
        new() { Code = code, Fields = headers, Body = Encoding.UTF8.GetBytes(body) };

    public static Reply Redirect(int code, string location) => Status(code, ("Location", location));

    /// <summary>Anything, octet for octet, then the end of the connection.</summary>
    public static Reply Raw(byte[] octets) => new() { RawBytes = octets, End = Ending.Close };

    /// <summary>Anything, one octet a character (Latin-1), then the end of the connection.</summary>
    public static Reply Raw(string octets) => Raw(Encoding.Latin1.GetBytes(octets));

    /// <summary>Anything, and then something over and over until the client leaves (Latin-1).</summary>
    public static Reply Flood(string start, string then) => new()
    {
        RawStart = Encoding.Latin1.GetBytes(start),
        RawBytes = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(then, 1 + (FloodLength / then.Length)))),
        IsEndless = true,
        End = Ending.Close,
    };

    public Reply With(string name, string value) => this with { Fields = [.. Fields, (name, value)] };

    /// <summary>The head and the first octets of the body, then FIN; with the body's whole length, a close that was not announced.</summary>
    public Reply CutAfter(int octets) => this with { Limit = octets, End = Ending.Close };

    /// <summary>The head and the first octets of the body, then RST.</summary>
    public Reply ResetAfter(int octets) => this with { Limit = octets, End = Ending.Reset };

    /// <summary>The head and the first octets of the body, then silence until the client leaves or the origin is disposed.</summary>
    public Reply Stall(int octets = 0) => this with { Limit = octets, End = Ending.Stall };

    /// <summary>The body in small writes with a pause after each.</summary>
    public Reply Trickle(int octetsPerWrite, TimeSpan pause) => this with { WriteSize = octetsPerWrite, WritePause = pause };

    /// <summary>The head, then the body over and over until the client leaves.</summary>
    public Reply Endlessly() => this with { IsEndless = true, End = Ending.Close };

    /// <summary>Transfer-Encoding: chunked, with chunks of these sizes in turn; without sizes, one chunk.</summary>
    public Reply Chunked(params int[] sizes) => this with { Frame = Framing.Chunked, ChunkSizes = sizes };

    /// <summary>No Content-Length: the body ends where the connection ends.</summary>
    public Reply WithoutLength() => this with { Frame = Framing.Close, End = Ending.Close };

    /// <summary>A pause before the head.</summary>
    public Reply Delay(TimeSpan pause) => this with { HeadPause = pause };

    /// <summary>Announces the end of the connection with Connection: close, and ends it.</summary>
    public Reply CloseAfter() => With("Connection", "close") with { End = Ending.Close };

    internal (byte[] Head, byte[] Body) OnTheWire(string method)
    {
        if (RawBytes is not null)
        {
            return (RawStart, RawBytes);
        }

        var mayHaveBody = Code is not (< 200 or 204 or 304);
        var head = new StringBuilder($"HTTP/1.1 {Code} {(HttpStatusCode)Code}\r\n");
        foreach (var (name, value) in Fields)
        {
            head.Append($"{name}: {value}\r\n");
        }

        if (Frame == Framing.Chunked)
        {
            head.Append("Transfer-Encoding: chunked\r\n");
        }
        else if (Frame == Framing.Length && mayHaveBody && !Fields.Any(field => field.Name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)))
        {
            head.Append($"Content-Length: {Body.Length}\r\n");
        }

        head.Append("\r\n");
        var body = !mayHaveBody || method == "HEAD" ? [] : Frame == Framing.Chunked ? InChunks() : Body;
        return (Encoding.Latin1.GetBytes(head.ToString()), body);
    }

    private byte[] InChunks()
    {
        using var octets = new MemoryStream();
        for (int start = 0, turn = 0; start < Body.Length; turn++)
        {
            var size = Math.Min(ChunkSizes.Length == 0 ? Body.Length : ChunkSizes[turn % ChunkSizes.Length], Body.Length - start);
            octets.Write(Encoding.Latin1.GetBytes($"{size:x}\r\n"));
            octets.Write(Body, start, size);
            octets.Write("\r\n"u8);
            start += size;
        }

        octets.Write(IsEndless ? [] : "0\r\n\r\n"u8);
        return octets.ToArray();
    }
}
