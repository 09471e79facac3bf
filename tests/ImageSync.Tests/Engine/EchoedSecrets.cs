using System.Net;
using System.Text;
using ImageSync.Http;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>
/// An origin that repeats the secret that it was sent: wherever it puts it, and however it writes it, nobody reads it and
/// nothing keeps it.
/// </summary>
public class EchoedSecrets
{
    private const string Variable = "IMAGESYNC_TEST_SECRET_ECHOED";
    private const string Secret = "S3cr3t/+~t0ken?";
    private static readonly byte[] Image = SampleImages.Png(1, 500);

    // As they can stand in a header and in a request line; the last one was sent with another image of the run.
    private static readonly Dictionary<string, string> Written = new()
    {
        ["plain"] = Secret,
        ["in lower case"] = Secret.ToLowerInvariant(),
        ["percent-encoded"] = Uri.EscapeDataString(Secret),
        ["percent-encoded in lower case"] = Uri.EscapeDataString(Secret).ToLowerInvariant().Replace("s3cr3t", "S3cr3t", StringComparison.Ordinal),
        ["percent-encoded throughout"] = string.Concat(Secret.Select(c => $"%{(int)c:x2}")),
        ["percent-encoded twice"] = Uri.EscapeDataString(Uri.EscapeDataString(Secret)),
        ["escaped in JSON"] = Secret.Replace("/", "\\/", StringComparison.Ordinal),
        ["escaped in JSON by number"] = Escaped(c => $"\\u{(int)c:X4}"),
        ["escaped in HTML"] = Escaped(c => $"&#{(int)c};"),
        ["escaped in HTML in hexadecimal digits"] = Escaped(c => $"&#x{(int)c:x};"),
        ["escaped in HTML by name"] = Escaped(c => c switch { '+' => "&plus;", '/' => "&sol;", '?' => "&quest;", _ => c.ToString() }),
        ["escaped in JSON, percent-encoded"] = Uri.EscapeDataString(Escaped(c => $"\\u{(int)c:x4}")),
        ["base64"] = Base64(Secret),
        ["base64 in a credential"] = Base64("user:" + Secret),
        ["base64 in another credential"] = Base64("someuser:" + Secret + ":more"),
        ["base64 of the field's value"] = Base64("Bearer " + Secret),
        ["base64url"] = Base64("a:" + Secret).Replace('+', '-').Replace('/', '_').TrimEnd('='),
        ["base64, percent-encoded"] = Uri.EscapeDataString(Base64("abc" + Secret)),
    };

    private static readonly Dictionary<string, Func<string, Reply>> Places = new()
    {
        ["the reason of a refusal"] = told => Reply.Raw($"HTTP/1.1 403 no {told} here\r\nContent-Length: 0\r\n\r\n"),
        ["the reason of an outage"] = told => Reply.Raw($"HTTP/1.1 503 {told}\r\nContent-Length: 0\r\n\r\n"),
        ["the reason of an odd status"] = told => Reply.Raw($"HTTP/1.1 299 {told}\r\nContent-Length: 0\r\n\r\n"),
        ["a status line that is none"] = told => Reply.Raw($"HTTP/1.1 {told}\r\n\r\n"),
        ["a field that is none"] = told => Reply.Raw($"HTTP/1.1 200 OK\r\n{told}\r\n\r\n"),
        ["a chunk that is none"] = told => Reply.Raw($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{told}\r\n\r\n"),
        ["the tag"] = told => Reply.Ok(Image, ("ETag", $"\"{told}\"")),
        ["the tag, not quoted"] = told => Reply.Ok(Image, ("ETag", $"W/v1-{told}"), ("Last-Modified", told)),
        ["the media type"] = told => Reply.Ok(Encoding.UTF8.GetBytes("no image"), ("Content-Type", $"text/{told}")),
        ["the coding"] = told => Reply.Ok(Image, ("Content-Encoding", told)),
        ["the length"] = told => Reply.Ok(Image, ("Content-Length", told)),
        ["the framing"] = told => Reply.Ok(Image, ("Transfer-Encoding", told)),
        ["a body that is no image"] = told => Reply.Ok(Encoding.UTF8.GetBytes($"{{\"error\":\"unknown key {told}\"}}")),
        ["a body that is cut off where it is quoted"] = told => Reply.Ok(Encoding.UTF8.GetBytes(new string('x', 70) + told)),
        ["a body that is no text"] = told => Reply.Ok([.. Encoding.UTF8.GetBytes(told), 0, 255]),
        ["the path of a redirect to an image"] = told => Reply.Redirect(302, $"/image/{told}/b.png"),
        ["the query of a redirect to an image"] = told => Reply.Redirect(302, $"/image?a={told}&b=1"),
        ["the path of a redirect to nothing"] = told => Reply.Redirect(302, $"/gone/{told}"),
        ["a redirect in circles"] = told => Reply.Redirect(302, $"/circle/{told}"),
        ["a redirect with credentials"] = told => Reply.Redirect(302, $"http://user:{told}@127.0.0.1/"),
        ["a redirect to what is no host"] = told => Reply.Redirect(302, $"http://{told}:x/"),
        ["a redirect elsewhere"] = told => Reply.Redirect(302, $"http://{told.Replace('/', '.').Replace('?', '.')}.example/"),
    };

    private ScriptedOrigin _origin;
    private Project _project;

    [SetUp]
    public void SetUp()
    {
        Environment.SetEnvironmentVariable(Variable, Secret);
        (_origin, _project) = (new ScriptedOrigin(), new Project());
        _project.UseLockFile();
        _project.Options = _project.Options with
        {
            Retries = 0, StoreFolder = _project.Files.PathOf("store"), AllowedHosts = AllowedHosts.Parse("127.0.0.1")!,
        };
        _origin.Otherwise(request => request.Target switch
        {
            var target when target.StartsWith("/image", StringComparison.Ordinal) => Reply.Current(request, Image, "\"1\""),
            var target when target.StartsWith("/circle", StringComparison.Ordinal) => Reply.Redirect(302, target),
            _ => Reply.Status(404),
        });
    }

    [TearDown]
    public async Task TearDown()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        await _origin.DisposeAsync();
    }

    [TestCaseSource(nameof(AllPlaces))]
    public async Task Are_told_and_kept_nowhere(string place)
    {
        foreach (var (form, written) in Written)
        {
            _origin.On("/a.png", Places[place](written));
            for (var run = 0; run < 2; run++)
            {
                var told = await RunAsync("Authorization: Bearer ${" + Variable + "}");
                foreach (var text in Kept().Prepend(told))
                {
                    Assert.That(text, Does.Not.Contain(written).IgnoreCase, form);
                    Assert.That(Decoded(text), Does.Not.Contain(Secret).IgnoreCase, form);
                    Assert.That(WebUtility.HtmlDecode(text), Does.Not.Contain(Secret).IgnoreCase, form);
                }
            }
        }
    }

    private static IEnumerable<string> AllPlaces => Places.Keys;

    [Test]
    public async Task A_tag_that_holds_one_is_not_sent_back_and_the_image_comes_anew()
    {
        _origin.On("/a.png", request => Reply.Current(request, Image, $"\"{Secret}\""));
        await RunAsync("X-Key: ${" + Variable + "}");
        await RunAsync("X-Key: ${" + Variable + "}");
        Assert.That(_origin.Requests.Select(request => request.Header("If-None-Match")), Is.EqualTo(new string?[] { null, null }));
        Assert.That(_project.Record()!.Validators.IsEmpty);
    }

    [Test]
    public async Task A_304_with_a_tag_that_holds_one_says_nothing_of_the_tag_that_is_held()
    {
        _origin.On("/a.png", request => request.Header("If-None-Match") is null
            ? Reply.Ok(Image, ("ETag", "\"1\""))
            : Reply.NotModified(("ETag", $"\"{Secret}\"")));
        await RunAsync("X-Key: ${" + Variable + "}");
        await RunAsync("X-Key: ${" + Variable + "}");
        Assert.That(_origin.Requests.Select(request => request.Header("If-None-Match")), Is.EqualTo(new[] { null, "\"1\"", null }));
    }

    [Test]
    public async Task A_redirect_that_holds_one_is_followed_and_revalidated()
    {
        _origin.On("/a.png", Reply.Redirect(302, $"/image?token={Uri.EscapeDataString(Secret)}"));
        await RunAsync("X-Key: ${" + Variable + "}");
        await RunAsync("X-Key: ${" + Variable + "}");
        var followed = _origin.Requests.Where(request => request.Target.StartsWith("/image?token=S3cr3t", StringComparison.Ordinal));
        Assert.That(followed.Select(request => request.Header("If-None-Match")), Is.EqualTo(new[] { null, "\"1\"" }));
    }

    [Test]
    public async Task A_tag_that_was_recorded_before_it_was_known_for_one_is_not_sent_back()
    {
        _origin.On("/a.png", request => Reply.Current(request, Image, $"\"{Secret}\""));
        await RunAsync("X-Key: literal");
        Assert.That(_project.Record()!.Validators.EntityTag, Is.EqualTo($"\"{Secret}\""));
        await _project.RunAsync(
        [
            new RemoteImageDeclaration(_origin.Url("/a.png")) { LocalPath = "img/a.png", RequestHeaders = "X-Key: literal" },
            new RemoteImageDeclaration(_origin.Url("/b.png")) { LocalPath = "img/b.png", RequestHeaders = "X-Key: ${" + Variable + "}" },
        ]);
        Assert.That(_origin.RequestsTo("/a.png").Select(request => request.Header("If-None-Match")), Is.EqualTo(new string?[] { null, null }));
        Assert.That(_project.Record()!.Validators.IsEmpty);
    }

    [Test]
    public async Task That_were_sent_with_one_image_are_not_told_for_another()
    {
        await using var elsewhere = new ScriptedOrigin();
        elsewhere.On("/b.png", Reply.Raw($"HTTP/1.1 404 {Secret}\r\nContent-Length: 0\r\n\r\n"));
        _origin.On("/a.png", Reply.Ok(Image)).On("/c.png", Reply.Redirect(302, elsewhere.Url("/b.png")));
        var run = await _project.RunAsync(
        [
            new RemoteImageDeclaration(_origin.Url("/a.png")) { LocalPath = "a.png", RequestHeaders = "X-Key: ${" + Variable + "}" },
            new RemoteImageDeclaration(elsewhere.Url("/b.png")) { LocalPath = "b.png" },
            new RemoteImageDeclaration(_origin.Url("/c.png")) { LocalPath = "c.png" },
        ]);
        var told = run.Outcomes.SelectMany(outcome => outcome.Diagnostics).Select(diagnostic => diagnostic.Message);
        Assert.That(told, Has.Exactly(2).Contain("404 ***").And.None.Contain(Secret));
    }

    [Test]
    public async Task Are_not_told_by_a_check()
    {
        var digest = Base64("0123456789abcdef0123456789abcdef");
        Environment.SetEnvironmentVariable(Variable, "0123456789abcdef0123456789abcdef");
        _origin.On("/a.png", Reply.Ok(Image, ("Repr-Digest", $"sha-256=:{digest}:"), ("ETag", "\"1\"")));
        var run = await _project.CheckAsync(
        [
            new RemoteImageDeclaration(_origin.Url("/a.png"))
            {
                LocalPath = "a.png", RequestHeaders = "X-Key: ${" + Variable + "}", Sha256 = new string('a', 64),
            },
        ]);
        var told = string.Join(' ', run.Outcomes[0].Diagnostics.Select(diagnostic => diagnostic.Message));
        Assert.That(told, Does.Not.Contain("30313233343536373839616263646566"), "the digest in hexadecimal digits");
    }

    private async Task<string> RunAsync(string headers)
    {
        var outcome = await _project.SyncAsync(_origin.Url("/a.png"), "img/a.png", image => image with { RequestHeaders = headers });
        return string.Join('\n', outcome.Diagnostics.Select(diagnostic => diagnostic.ToString()).Prepend(outcome.ToString()));
    }

    // Not the image, which is the origin's own.
    private IEnumerable<string> Kept() =>
        _project.Files.Files().Where(file => !file.StartsWith("img/", StringComparison.Ordinal))
            .SelectMany(file => new[] { file, Encoding.Latin1.GetString(_project.Files.Read(file)) });

    private static string Decoded(string text) => Uri.UnescapeDataString(Uri.UnescapeDataString(text));

    private static string Escaped(Func<char, string> escape) =>
        string.Concat(Secret.Select(c => char.IsAsciiLetterOrDigit(c) ? c.ToString() : escape(c)));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
