using System.Text;
using ImageSync.Images;
using ImageSync.Testing;

namespace ImageSync.Tests.Images;

/// <summary>What is accepted, what is refused, and in which words.</summary>
public class MediaTypeChecks
{
    private const string HtmlPage = "<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>";
    private const string LooksLikeHtml = "looks like an HTML page (a login page, a captive portal or an error page answered with status 200), not like ";

    private const string Pointer =
        "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 1\n";

    private static readonly byte[] Png = SampleImages.Png(4, 4, 1);

    private static IEnumerable<TestCaseData<string, string?, byte[], string?, string?>> Cases =>
    [
        // expected, Content-Type, body → media type, problem
        new("image/*", "image/png", Png, "image/png", null),
        new("image/*", null, Png, "image/png", null),
        new("image/*", "text/plain", Png, "image/png", null),
        new("image/*", "image/jpeg", Png, "image/png", null),
        new("image/png", "image/webp", Png, "image/png", null),
        new("image/*", "image/svg+xml", SampleImages.Svg(), "image/svg+xml", null),
        new("image/jpg", "image/jpeg", SampleImages.Jpeg(), "image/jpeg", null),
        new("image/vnd.microsoft.icon", null, SampleImages.Ico(), "image/x-icon", null),
        new("image/png", "image/png", SampleImages.WebP(), "image/webp", "is image/webp, not image/png"),
        new("image/png", "image/png", SampleImages.WebP()[..^1], "image/webp", "is image/webp, not image/png"),
        new("image/*", "image/png", Png[..^1], "image/png", "is a PNG image that breaks off before its end"),
        new("image/*", "image/svg+xml", SampleImages.Svg()[..^1], "image/svg+xml", "is an SVG image that breaks off before its end"),
        new("image/*", "image/gif", SampleImages.Gif()[..^1], "image/gif",
            "is a GIF image without the trailer that ends one, so that it cannot be told whether it breaks off"),
        new("image/*", "image/svg+xml", SampleImages.CompressedSvg(), "image/svg+xml", null),
        new("image/svg+xml", "image/svg+xml", SampleImages.CompressedSvg(), "image/svg+xml", null),
        new("application/gzip", "application/gzip", SampleImages.CompressedSvg(), "image/svg+xml", null),
        new("application/zip", "application/zip", SampleImages.CompressedSvg(), "image/svg+xml", "is image/svg+xml, not application/zip"),
        new("image/*", "text/plain", Text(Pointer), "text/plain",
            "is a Git LFS pointer and not the image itself"),
        new("*/*", "text/plain", Text(Pointer), "text/plain", null),
        new("image/*", "image/png", [], "image/png", "is empty"),
        new("image/*", null, [], null, "is empty"),
        new("image/*", "text/html; charset=utf-8", Text(HtmlPage), "text/html", LooksLikeHtml + "image/*"),
        new("image/png", "image/png", Text(HtmlPage), "image/png", LooksLikeHtml + "image/png"),
        new("image/*", null, Text(HtmlPage), "text/html", LooksLikeHtml + "image/*"),
        new("image/*", "image/png", Text("Not found\r\n"), "image/png", "is not an image that ImageSync recognises (it is served as image/png and starts with \"Not found\")"),
        new("image/*", null, [1, 2, 3], null, "is not an image that ImageSync recognises (it starts with the bytes 01 02 03)"),

        new("*/*", "application/rss+xml", Text("<rss/>"), "application/rss+xml", null),
        new("*/*", "Text/CSS; charset=utf-8", [], "text/css", null),
        new("*/*", null, [], null, null),
        new("*/*", "text/plain", Png[..^1], "image/png", null),
        new("*/*", null, Text(HtmlPage), "text/html", null),

        new("text/css", "text/css; charset=utf-8", Text("a { color: red }"), "text/css", null),
        new("text/css", null, Text("a { color: red }"), null, null),
        new("text/css", " ", Text("a { color: red }"), null, null),
        new("text/css", "nonsense", Text("a { color: red }"), null, null),
        new("text/css", "text/css, text/css", Text("a { color: red }"), null, null),
        new("text/css", "text/css", [], "text/css", null),
        new("text/css", "text/plain", Text("a { color: red }"), "text/plain", "is served as text/plain, not text/css"),
        new("text/css", "text/css", Png, "image/png", "is image/png, not text/css"),
        new("text/css", "text/css", Text(HtmlPage), "text/css", LooksLikeHtml + "text/css"),
        new("text/css", null, Text(HtmlPage), "text/html", LooksLikeHtml + "text/css"),
        new("application/rss+xml", "application/rss+xml", Text("<?xml version='1.0'?><rss/>"), "application/rss+xml", null),
        new("text/*", "text/html", Text(HtmlPage), "text/html", null),
        new("text/html", "text/html", Text(HtmlPage), "text/html", null),
        new("application/xhtml+xml", "application/xhtml+xml", Text("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>"), "application/xhtml+xml", null),
        new("text/html", "text/html", Png, "image/png", "is image/png, not text/html"),
        new("text/html", "text/plain", Text(HtmlPage), "text/plain", "is served as text/plain, not text/html"),
    ];

    [TestCaseSource(nameof(Cases))]
    public void Verdict(string expected, string? contentType, byte[] body, string? mediaType, string? problem)
    {
        var verdict = Judge(expected, contentType, body);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdict.MediaType, Is.EqualTo(mediaType));
            Assert.That(verdict.Problem, Is.EqualTo(problem));
            Assert.That(verdict.Format, Is.SameAs(ImageFormat.Detect(body)));
            Assert.That(verdict.Problem is not null || verdict.Advice is null);
        }
    }

    [TestCase("<!doctype HTML>")]
    [TestCase("\uFEFF<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd'>")]
    [TestCase(" \r\n\t<HTML lang=en>")]
    [TestCase("<!-- proxy --><!-- <svg> -->\n<head>")]
    [TestCase("<?xml version='1.0'?>\n<html xmlns='http://www.w3.org/1999/xhtml'>")]
    [TestCase("<body onload=x>")]
    [TestCase("<script>location='/login'</script>")]
    [TestCase("<title>302 Found</title>")]
    public void Html(string text)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Judge("image/*", null, Text(text)).Problem, Does.StartWith("looks like an HTML page"));
            Assert.That(Judge("image/*", null, [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text.TrimStart('\uFEFF'))]).Problem, Does.StartWith("looks like an HTML page"));
        }
    }

    [TestCase("<header>")]
    [TestCase("<titlepage/>")]
    [TestCase("<!doctype htmlx>")]
    [TestCase("<!-- <html>")]
    [TestCase("body { }")]
    [TestCase("<html")]
    [TestCase("<rss><title>")]
    public void Not_html(string text) => Assert.That(Judge("text/css", null, Text(text)).Problem, Is.Null);

    [TestCase("{\"error\": {\n  \"code\": 403 }}", "\"{\"error\": { \"code\": 403 }}\"")]
    [TestCase("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\n", "\"version https://git-lfs.github.com/spec/v1 oid sha256:4d7a\"")]
    [TestCase("The request could not be satisfied, because the distribution is configured so that it cannot be.", "\"The request could not be satisfied, because the distribution is configured so th...\"")]
    [TestCase("Nicht gefunden: für immer", "\"Nicht gefunden: für immer\"")]
    [TestCase("見つかりません", "\"見つかりません\"")]
    [TestCase("\u001b[31mred", "the bytes 1B 5B 33 31 6D 72 65 64")]
    [TestCase("a\u202Eb", "the bytes 61 E2 80 AE 62")]
    [TestCase("   ", "the bytes 20 20 20")]
    public void Shown_start(string text, string shown) =>
        Assert.That(Judge("image/*", null, Text(text)).Problem, Is.EqualTo($"is not an image that ImageSync recognises (it starts with {shown})"));

    // Who looks at it, and finds it good, has to know how to take it.
    [Test]
    public void Of_an_image_that_is_not_in_order_it_is_said_how_to_take_it()
    {
        byte[][] bodies = [Png[..^12], SampleImages.Gif()[..^1], SampleImages.Jpeg()[..^2], SampleImages.Avif()[..^1], Text("<svg/>"),
            SampleImages.CompressedSvg()[..^1]];
        Assert.That(bodies.Select(body => Judge("image/*", null, body).IsDamaged), Is.All.True);
        Assert.That(bodies.Select(body => Judge("*/*", null, body).Problem), Is.All.Null);
    }

    // The URL is mostly right where the author has named a type.
    [TestCase("image/jpeg", null, "If that is what you want, set MediaType=\"image/png\"; otherwise check the URL.")]
    [TestCase("text/css", null, "If that is what you want, set MediaType=\"image/png\"; otherwise check the URL.")]
    [TestCase("text/css", "text/plain", "If that is what you want, set MediaType=\"text/plain\"; otherwise check the URL.")]
    [TestCase("text/css", "text/html", "Check the URL and the MediaType.")]
    [TestCase("image/jpeg", "text/html", null)]
    public void Of_another_type_than_the_named_one_it_is_said_how_to_take_it(string expected, string? contentType, string? advice) =>
        Assert.That(
            Judge(expected, contentType, contentType switch { null => Png, "text/html" => Text(HtmlPage), _ => Text("a") }).Advice,
            Is.EqualTo(advice));

    [Test]
    public void Of_a_pointer_it_is_said_where_the_file_may_be() =>
        Assert.That(Judge("image/*", null, Text(Pointer)).Advice, Does.Contain("git lfs pull"));

    [Test]
    public void A_file_is_judged_like_memory()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, Png);
            using var file = File.OpenRead(path);
            file.Seek(0, SeekOrigin.End);
            Assert.That(MediaTypeCheck.Judge(Range("image/*"), null, file), Is.EqualTo(Judge("image/*", null, Png)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static MediaVerdict Judge(string expected, string? contentType, byte[] body) =>
        MediaTypeCheck.Judge(Range(expected), contentType, new MemoryStream(body));

    private static MediaRange Range(string text) => MediaRange.TryParse(text, out var range) ? range : throw new FormatException(text);

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
