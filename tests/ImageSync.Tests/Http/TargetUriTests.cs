using ImageSync.Http;

namespace ImageSync.Tests.Http;

public class TargetUriTests
{
    [TestCase("https://cdn.example/logo.png", "https://cdn.example/logo.png")]
    [TestCase("HTTPS://CDN.Example:443/Logo.png", "https://cdn.example/Logo.png")]
    [TestCase("http://cdn.example:80", "http://cdn.example/")]
    [TestCase("http://cdn.example:8080/", "http://cdn.example:8080/")]
    [TestCase("http://[::1]:8080/a", "http://[::1]:8080/a")]
    [TestCase("https://bücher.example/a", "https://xn--bcher-kva.example/a")]
    [TestCase("  https://cdn.example/a  ", "https://cdn.example/a")]
    [TestCase("https://cdn.example?v=1", "https://cdn.example/?v=1")]
    [TestCase("https://cdn.example:", "https://cdn.example/")]
    [TestCase("https://cdn.example#", "https://cdn.example/")]
    public void Normalises_the_authority_alone(string text, string expected) => Assert.That(Parse(text).ToString(), Is.EqualTo(expected));

    [TestCase("/a%20b.png")]
    [TestCase("/a%2Fb.png")]
    [TestCase("/a%2fb.png")]
    [TestCase("/%41%7E.png")]
    [TestCase("/logo@2x.png")]
    [TestCase("/a/../b/./c.png")]
    [TestCase("//double//slash.png")]
    [TestCase("/i.png?v=1&w=2")]
    [TestCase("/i.png?sig=x%2B%3D+/=&x=%3B;")]
    [TestCase("/i.png?")]
    [TestCase("/!$&'()*+,;=:@-._~")]
    [TestCase("/[brackets]")]
    [TestCase("/100%")]
    public void Keeps_path_and_query_as_written(string pathAndQuery)
    {
        var url = Parse("https://cdn.example" + pathAndQuery);
        Assert.That((url.PathAndQuery, url.ToUri().PathAndQuery), Is.EqualTo((pathAndQuery, pathAndQuery)));
    }

    [TestCase("/ä b.png", "/%C3%A4%20b.png")]
    [TestCase("/a\"<>^`{|}\\b", "/a%22%3C%3E%5E%60%7B%7C%7D%5Cb")]
    [TestCase("/a\r\nX-Evil: 1", "/a%0D%0AX-Evil:%201")]
    [TestCase("/a.png#fragment", "/a.png")]
    [TestCase("/a.png?x#fragment", "/a.png?x")]
    public void Escapes_what_no_request_line_can_hold_and_never_sends_a_fragment(string written, string sent) =>
        Assert.That(Parse("https://cdn.example" + written).PathAndQuery, Is.EqualTo(sent));

    [TestCase("", "is not an absolute http or https URL")]
    [TestCase("logo.png", "is not an absolute http or https URL")]
    [TestCase("//cdn.example/logo.png", "is not an absolute http or https URL")]
    [TestCase("ftp://cdn.example/logo.png", "is not an absolute http or https URL")]
    [TestCase("file:///etc/passwd", "is not an absolute http or https URL")]
    [TestCase("data:image/png;base64,AAAA", "is not an absolute http or https URL")]
    [TestCase("https:/cdn.example/logo.png", "is not an absolute http or https URL")]
    [TestCase("https://", "has no valid host")]
    [TestCase("https:///logo.png", "has no valid host")]
    [TestCase("https://a b/logo.png", "has no valid host")]
    [TestCase("https://cdn.example:99999/logo.png", "has no valid host")]
    [TestCase("https://user:secret@cdn.example/logo.png", "carries credentials before the host")]
    public void Refuses(string text, string expected)
    {
        Assert.That(TargetUri.TryParse(text, out _, out var problem), Is.False);
        Assert.That(problem, Is.EqualTo(expected));
    }

    // Not in the table above: an attribute cannot hold half a character.
    [Test]
    public void Refuses_half_a_character_in_the_host() => Refuses($"https://{'\ude00'}server/logo.png", "has no valid host");

    // RFC 3986 §5.4, with http: for the scheme; "g:h" is another scheme and so no target.
    [TestCase("g", "http://a/b/c/g")]
    [TestCase("./g", "http://a/b/c/g")]
    [TestCase("g/", "http://a/b/c/g/")]
    [TestCase("/g", "http://a/g")]
    [TestCase("//g", "http://g/")]
    [TestCase("?y", "http://a/b/c/d;p?y")]
    [TestCase("g?y", "http://a/b/c/g?y")]
    [TestCase("#s", "http://a/b/c/d;p?q")]
    [TestCase("g#s", "http://a/b/c/g")]
    [TestCase(";x", "http://a/b/c/;x")]
    [TestCase("", "http://a/b/c/d;p?q")]
    [TestCase(".", "http://a/b/c/")]
    [TestCase("./", "http://a/b/c/")]
    [TestCase("..", "http://a/b/")]
    [TestCase("../g", "http://a/b/g")]
    [TestCase("../..", "http://a/")]
    [TestCase("../../g", "http://a/g")]
    [TestCase("../../../g", "http://a/g")]
    [TestCase("/./g", "http://a/g")]
    [TestCase("/../g", "http://a/g")]
    [TestCase("g.", "http://a/b/c/g.")]
    [TestCase("..g", "http://a/b/c/..g")]
    [TestCase("./g/.", "http://a/b/c/g/")]
    [TestCase("g/../h", "http://a/b/c/h")]
    [TestCase("g?y/../x", "http://a/b/c/g?y/../x")]
    [TestCase("http://other/%2F?x=../y", "http://other/%2F?x=../y")]
    [TestCase("g:h", null)]
    [TestCase("ftp://other/a", null)]
    [TestCase("javascript:alert(1)", null)]
    public void Resolves_references(string reference, string? expected) =>
        Assert.That(Parse("http://a/b/c/d;p?q").Resolve(reference, out _)?.ToString(), Is.EqualTo(expected));

    [TestCase("https://h/a.png?v=1&w=200", "https://h/a.png?v=1&w=200")]
    [TestCase("https://h/a.png?sig=abc", "https://h/a.png?sig=…")]
    [TestCase("https://h/a.png?access_token=1&v=2", "https://h/a.png?access_token=…&v=2")]
    [TestCase("https://h/a.png?X-Amz-Expires=3600000", "https://h/a.png?X-Amz-Expires=…")]
    [TestCase("https://h/a.png?0123456789abcdef", "https://h/a.png?…")]
    [TestCase("https://user:secret@h/a.png?x", "https://…@h/a.png…")]
    [TestCase("ftp://h/a?token=1", "ftp://h/a…")]
    [TestCase("user:secret@h/a.png", "…@h/a.png")]
    [TestCase("not a url", "not a url")]
    public void Shows_no_secret(string text, string expected) => Assert.That(UrlRedaction.Redact(text), Is.EqualTo(expected));

    private static TargetUri Parse(string text) => TargetUri.TryParse(text, out var url, out var problem) ? url : throw new AssertionException(problem);
}
