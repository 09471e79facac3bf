using System.Text;
using ImageSync.Http;

namespace ImageSync.Tests.Http;

/// <summary>What is found in foreign text, in whichever form, and what is left alone.</summary>
public class SecretsTests
{
    [TestCase("no s3cret/+value here", "no *** here")]
    [TestCase("s3cret/+value", "***")]
    [TestCase("S3CRET/+VALUE", "***")]
    [TestCase("s3cret/+values3cret/+value", "***")]
    [TestCase("s3cret/+value s3cret/+value", "*** ***")]
    [TestCase("s3cret/+valu", "s3cret/+valu")]
    [TestCase("s3cret%2F%2Bvalue", "***")]
    [TestCase("s3cret%2f%2bvalue!", "***!")]
    [TestCase("a%20%733cret/%2bvalu%65%20b", "a%20***%20b")]
    [TestCase("s3cret%252F%252bvalue", "***")]
    [TestCase("100%25 s3cret/+value 50%", "100%25 *** 50%")]
    [TestCase("%s3cret/+value%2", "%***%2")]
    [TestCase("s3cret\\/+value", "***")]
    [TestCase("s3cret\\/\\u002Bvalue!", "***!")]
    [TestCase("\\u0073\\u0033cret\\u002f\\u002bvalue", "***")]
    [TestCase("s3cret\\\\\\/\\\\u002bvalue", "***")]
    [TestCase("s3cret\\x2F\\+value", "***")]
    [TestCase("s3cret&#47;&#43;value!", "***!")]
    [TestCase("s3cret&#x2F;&#X2bvalue", "***")]
    [TestCase("s3cret&#x2F;&#x2B;value", "***")]
    [TestCase("s3cret&#0047;&#43value", "***")]
    [TestCase("s3cret&sol;&plus;value", "***")]
    [TestCase("s3cret&amp;#47;&amp;#43;value", "***")]
    [TestCase("s3cret%26%2347%3B%2Bvalue", "***")]
    [TestCase("{\"to\":\"https:\\/\\/h\\/?a\\u0026b=s3cret%252F%252Bvalue\"}", "{\"to\":\"https:\\/\\/h\\/?a\\u0026b=***\"}")]
    [TestCase("&\\%&#;&#x;\\u12&bogus;s3cret/+value&#1114112;&#xD800;\\", "&\\%&#;&#x;\\u12&bogus;***&#1114112;&#xD800;\\")]
    [TestCase("", "")]
    [TestCase("nothing", "nothing")]
    public void Are_taken_out_of_a_text(string text, string expected) =>
        Assert.That(Of("X-Key: ${V}", "s3cret/+value").Conceal(text), Is.EqualTo(expected));

    [TestCase("Authorization: Bearer ${V}", "abcdef", "the key abcdef", "the key ***")]
    [TestCase("Authorization: Bearer ${V}", "abcdef", "got: Bearer abcdef!", "got: ***!")]
    [TestCase("Authorization: Bearer ${V}", "abcdef", "Bearer+abcdef", "***")]
    [TestCase("Authorization: Bearer ${V}", "abcde", "no key abcde", "no key abcde", Description = "too short by itself, as is the token")]
    [TestCase("Authorization: Bearer ${V}", "abcde", "got: Bearer abcde", "got: ***", Description = "but not with what stands before it")]
    [TestCase("X-Key: ab-${V}", "abcd", "ab-abcd", "***")]
    [TestCase("X-Key: 1${V}", "1", "11 of 11 at 11:11", "11 of 11 at 11:11")]
    [TestCase("X-Key: literal-value", "abcdef", "literal-value abcdef", "literal-value abcdef", Description = "what the project says is none")]
    [TestCase("Authorization: Basic ${V}", "dXNlcjpwYXNzd29yZA==", "no user:password", "no ***")]
    [TestCase("Authorization: Basic ${V}", "dXNlcjpwYXNzd29yZA==", "no password for user", "no *** for user")]
    [TestCase("Authorization: Basic ${V}", "dXNlcjpwYXNzd29yZA==", "dXNlcjpwYXNzd29yZA", "***")]
    [TestCase("X-Key: ${V}", "pässwörd", "no p%C3%A4ssw%c3%b6rd", "no ***")]
    [TestCase("X-Key: ${V}", "pässwörd", "no p%E4ssw%f6rd", "no ***")]
    [TestCase("X-Key: ${V}", "pässwörd", "no p\u00C3\u00A4ssw\u00C3\u00B6rd", "no ***", Description = "UTF-8, read as Latin-1")]
    [TestCase("X-Key: ${V}", "pässwörd", "no p?ssw?rd", "no ***", Description = "read as ASCII")]
    [TestCase("X-Key: ${V}", "a\"quote\"", "{\"key\":\"a\\\"quote\\\"\"}", "{\"key\":\"***\"}")]
    [TestCase("X-Key: ${V}", "a&b<c>\"d'e", "no a&amp;b&lt;c&gt;&quot;d&#39;e", "no ***")]
    [TestCase("X-Key: ${V}", "a&amp;b%41c\\nd", "no a&amp;b%41c\\nd", "no ***", Description = "escapes that are its own")]
    [TestCase("X-Key: ${V}", "a&amp;b%41c\\nd", "no a&amp;amp;b%41c\\nd", "no ***", Description = "… and one of them escaped")]
    [TestCase("X-Key: ${V}", "a&amp;b%41c\\nd", "no a&amp;b%2541c\\nd", "no ***")]
    [TestCase("X-Key: ${V}", "a&amp;b%41c\\nd", "no a&amp;b%41c\\\\nd", "no ***")]
    [TestCase("X-Key: ${V}", "pässwörd", "no p\\u00e4ssw\\u00F6rd", "no ***")]
    [TestCase("X-Key: ${V}", "pässwörd", "no p&auml;ssw&#246;rd", "no ***")]
    [TestCase("X-Key: ${V}", "pass€😀word", "no pass\\u20ac\\ud83d\\ude00word", "no ***")]
    [TestCase("X-Key: ${V}", "pass€😀word", "no pass&euro;&#128512;word", "no ***")]
    [TestCase("X-Key: ${V}", "pass€😀word", "no pass€😀word", "no ***")]
    public void Are_all_that_a_field_tells(string field, string value, string text, string expected) =>
        Assert.That(Of(field, value).Conceal(text), Is.EqualTo(expected));

    // Of 1 to 60 octets behind 0 to 5 others and before 0 to 2: each is a row of its own.
    [Test]
    public void Are_found_in_base64_wherever_they_begin_in_it()
    {
        foreach (var length in Enumerable.Range(SecretForm.ShortestValue, 60))
        {
            var secret = string.Concat(Enumerable.Range(0, length).Select(i => (char)('!' + (i * 37 % 90))));
            foreach (var (before, behind) in from before in Enumerable.Range(0, 6) from behind in Enumerable.Range(0, 3) select (before, behind))
            {
                var whole = Convert.ToBase64String(Encoding.Latin1.GetBytes(new string('u', before) + secret + new string('v', behind)));
                var url = whole.Replace('+', '-').Replace('/', '_');
                foreach (var written in new[] { whole, whole.TrimEnd('='), url, Uri.EscapeDataString(whole), whole.ToLowerInvariant() })
                {
                    var shown = Of("X-Key: ${V}", secret).Conceal($"<{written}>");
                    Assert.That(shown, Does.Match(@"^<[a-zA-Z0-9]{0,8}\*\*\*[a-zA-Z0-9]{0,3}(=|%3D){0,2}>$"), $"{length} {before} {behind} {written}");
                }
            }
        }
    }

    [Test]
    public void Are_found_with_any_of_their_characters_encoded()
    {
        const string Secret = "a1b/c d~e";
        var secrets = Of("X-Key: ${V}", Secret);
        for (var subset = 0; subset < 1 << Secret.Length; subset++)
        {
            var written = string.Concat(Secret.Select((c, i) => (subset >> i & 1) == 0 ? c.ToString() : $"%{(int)c:x2}"));
            Assert.That(secrets.Conceal($"(%41{written}%)"), Is.EqualTo("(%41***%)"), written);
        }
    }

    // Each subset of the characters escaped, in each of the ways.
    [TestCase("\\u{0:x4}")]
    [TestCase("\\u{0:X4}")]
    [TestCase("&#{0};")]
    [TestCase("&#x{0:X};")]
    public void Are_found_with_any_of_their_characters_escaped(string format)
    {
        const string Secret = "a+b/c&d\"";
        var secrets = Of("X-Key: ${V}", Secret);
        for (var subset = 0; subset < 1 << Secret.Length; subset++)
        {
            var written = string.Concat(Secret.Select((c, i) => (subset >> i & 1) == 0 ? c.ToString()
                : string.Format(System.Globalization.CultureInfo.InvariantCulture, format, (int)c)));
            Assert.That(secrets.Conceal($"(A{written}\\u)"), Is.EqualTo("(A***\\u)"), written);
        }
    }

    [TestCase("http://user:hunter2@proxy:3128", "hunter2", "***")]
    [TestCase("http://user:p%40ss%3Aword@proxy:3128/", "p@ss:word or p%40ss%3aword", "*** or ***")]
    [TestCase("user:hunter2@proxy", "for user:hunter2", "for ***")]
    [TestCase("http://user:hunter2@proxy:3128", "Basic dXNlcjpodW50ZXIy", "Basic ***")]
    [TestCase("http://user:pin@proxy:3128", "a pin of user:pin", "a pin of ***")]
    [TestCase("http://user@proxy:3128", "user@proxy", "user@proxy")]
    [TestCase("http://proxy:3128", "proxy:3128", "proxy:3128")]
    [TestCase("", "proxy", "proxy")]
    public void Are_the_credentials_of_proxies_too(string proxy, string text, string expected)
    {
        foreach (var variable in new[] { "http_proxy", "HTTPS_PROXY", "all_proxy" })
        {
            Assert.That(Secrets.Of([], name => name == variable ? proxy : null).Conceal(text), Is.EqualTo(expected));
        }
    }

    [Test]
    public void Are_those_of_all_images()
    {
        var headers = new[] { "X: ${A}", "", "X: ${B}|Y: ${A}" }.Select(text => RequestHeaders.Parse(text, out _)!);
        var secrets = Secrets.Of(headers, name => name + "-secret");
        Assert.That(secrets.Conceal("A-secret, B-secret and C-secret"), Is.EqualTo("***, *** and C-secret"));
    }

    [Test]
    public void None_is_none() => Assert.That(Secrets.Of([RequestHeaders.Parse("X: literal", out _)!], _ => null), Is.SameAs(Secrets.None));

    [TestCase("/s3cret/+value/b.png", "https://cdn/***/b.png")]
    [TestCase("/b.png?x=s3cret/%2Bvalue", "https://cdn/b.png?x=***")]
    [TestCase("/b.png?x=s3cret/%2Bvalue&sig=1234567", "https://cdn/b.png?x=***&sig=…")]
    [TestCase("//s3cret/+value/b.png", "https://***/b.png")]
    public void Are_in_no_form_of_a_URL_but_the_one_that_is_sent(string location, string redacted)
    {
        Assert.That(TargetUri.TryParse("https://cdn/", out var cdn, out _));
        var plain = cdn!.Resolve(location, out _)!;
        var url = plain.Without(Of("X-Key: ${V}", "s3cret/+value"));
        Assert.That((url.Redacted, url.Sent, url.ToUri()), Is.EqualTo((redacted, plain.Sent, plain.ToUri())));
        Assert.That(url, Is.EqualTo(plain), "it is the same URL");
        var told = new[] { url.ToString(), url.WithoutQuery, url.Fingerprint, url.ShownOrigin };
        Assert.That(told, Has.None.Contain("value").And.None.Contain("s3cret"));
    }

    [Test]
    public void Different_ones_make_different_records_of_a_URL()
    {
        Assert.That(TargetUri.TryParse("https://cdn/", out var cdn, out _));
        var secrets = Of("X-Key: ${V}", "abcdef");
        var urls = new[] { "/abcdef/a.png", "/ABCDEF/a.png", "/a.png?abcdef", "/a.png?ABCDEF", "/***/a.png", "/a.png" }
            .Select(path => cdn!.Resolve(path, out _)!.Without(secrets)).ToList();
        Assert.That(urls.Select(url => url.Fingerprint), Is.Unique);
        Assert.That(urls.Take(2).Select(url => url.WithoutQuery), Is.Unique);
    }

    // Where the query begins could not be told from what is shown.
    [Test]
    public void One_with_a_question_mark_hides_the_rest_of_its_URL()
    {
        Assert.That(TargetUri.TryParse("https://cdn/abc?def&sig=1234567", out var url, out _));
        Assert.That(url!.Without(Of("X-Key: ${V}", "abc?def")).Redacted, Is.EqualTo("https://cdn/***"));
    }

    private static Secrets Of(string field, string value) =>
        Secrets.Of([RequestHeaders.Parse(field, out _)!], name => name == "V" ? value : null);
}
