using System.Globalization;
using System.Text;

namespace ImageSync.Testing;

/// <summary>Answers of an origin, or of whoever sits on the way in http, that mean harm: any status, any field, any framing.</summary>
public static class HostileAnswers
{
    private static readonly int[] Statuses =
        [200, 200, 200, 200, 204, 206, 226, 300, 301, 302, 304, 307, 308, 401, 403, 404, 407, 410, 412, 429, 451, 500, 503, 600, 999];

    private static readonly string[] Fields =
    [
        "ETag", "Last-Modified", "Content-Type", "Content-Encoding", "Content-Length", "Content-Location",
        "Content-Disposition", "Content-Range", "Content-Digest", "Repr-Digest",
        "Location", "Retry-After", "Cache-Control", "Expires", "Age", "Date", "Vary", "Set-Cookie", "WWW-Authenticate",
        "Proxy-Authenticate", "Link", "Refresh", "Alt-Svc", "Upgrade",
        "Connection", "Transfer-Encoding", "Trailer", "Via", "Warning", "X-Any",
    ];

    private static readonly string[] Values =
    [
        "\"v1\"", "W/\"v1\"", "\"", "*", "v1", "Sun, 06 Nov 1994 08:49:37 GMT", "Thu, 31 Dec 9999 23:59:59 GMT",
        "Mon, 01 Jan 0001 00:00:00 GMT", "image/png", "text/html", "image/svg+xml", "*/*", "gzip",
        "br", "deflate", "identity", "gzip, br", "chunked", "0", "1", "-1", "2147483648", "9223372036854775807",
        "99999999999999999999", "max-age=9223372036854775807", "max-age=60", "no-store", "private", "*, *",
        "attachment; filename=\"../../../outside.png\"", "attachment; filename*=UTF-8''..%2F..%2Foutside.png", "id=1; Path=/",
        "Basic realm=\"x\", Negotiate", "bytes 0-1/2", "sha-256=:AAAA:", "h2=\":443\"", "close",
        "##vso[task.setvariable variable=PATH]x", "##teamcity[buildStop]", "::set-env name=PATH::x", "\u001b]0;x\u0007",
        "${IMAGESYNC_TEST_HOSTILE_SECRET}", "$(Password)", "../../../outside.png", "file:///etc/passwd",
        "obj/app.csproj.imagesync.cache", new('x', 2000),
    ];

    /// <summary>Any answer; redirects lead to hostile places, or on within the origin.</summary>
    public static Reply Any(Random random, int port)
    {
        var body = Body(random);
        var fields = Enumerable.Range(0, random.Next(6)).Select(_ => Field(random, port)).ToArray();
        var reply = random.OneOf(Statuses) is var status && status == 200 ? Reply.Ok(body, fields) : Reply.Status(status, "body", fields);
        return random.Next(9) switch
        {
            0 => reply.Chunked(1 + random.Next(500)),
            1 => reply.WithoutLength(),
            2 => reply.CutAfter(random.Next(body.Length)),
            3 => Raw(random, status, fields, body),
            _ => reply.CloseAfter(),
        };
    }

    private static (string Name, string Value) Field(Random random, int port)
    {
        var name = random.OneOf(Fields);
        var value = name is "Location" or "Refresh" or "Link" && random.Next(4) > 0 ? HostileLocations.Any(random, port)
            : random.Next(4) == 0 ? random.Mutated(HostileMarkup.Any(random))
            : random.Next(3) == 0 ? random.Mutated(random.OneOf(Values))
            : random.OneOf(Values);
        return (name, OneLine(value));
    }

    // Octets of a head that may hold anything, its lines' ends included.
    private static Reply Raw(Random random, int status, (string Name, string Value)[] fields, byte[] body)
    {
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.{random.Next(3)} {status} {OneLine(HostileMarkup.Any(random))}\r\n");
        foreach (var (name, value) in fields)
        {
            head.Append(name).Append(random.OneOf(":", ": ", " : ", "", "\t:")).Append(value);
            head.Append(random.OneOf("\r\n", "\r\n", "\n", "\r", "\r\n "));
        }

        return Reply.Raw([.. Encoding.Latin1.GetBytes(random.Mutated(head.Append("\r\n").ToString())), .. body]);
    }

    private static byte[] Body(Random random)
    {
        byte[][] bodies =
        [
            SampleImages.Png(random.Next(), 600), SampleImages.Svg(), SampleImages.Gif(), SampleImages.Ico(), Bombs.Of("gzip", 2000), [0],
            Encoding.UTF8.GetBytes(" " + HostileMarkup.Any(random)),
            "<svg xmlns='http://www.w3.org/2000/svg'><!ENTITY a SYSTEM 'file:///etc/passwd'></svg>"u8.ToArray(),
        ];
        var body = (byte[])random.OneOf(bodies).Clone();
        for (var edits = random.Next(3) == 0 ? random.Next(5) : 0; edits > 0; edits--)
        {
            body[random.Next(body.Length)] = (byte)random.Next(256);
        }

        return body;
    }

    private static string OneLine(string text) => text.Replace('\r', ' ').Replace('\n', ' ');
}
