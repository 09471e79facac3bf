using System.Globalization;
using ImageSync.Http;
using ImageSync.Images;
using ImageSync.Storage;
using ImageSync.Sync;

namespace ImageSync.Tests.Http;

/// <summary>
/// Every parser against random text: none throws, and what each lets through keeps its promise. The seed is printed;
/// IMAGESYNC_FUZZ_CASES and IMAGESYNC_FUZZ_SEED run more, or the same again.
/// </summary>
public class HostileText
{
    private static readonly string[] Pieces =
    [
        "http://", "https://", "HTTPS://", "//", "/", "..", ".", "?", "#", "@", ":", "%", "%2F", "%zz", "[::1]", "127.0.0.1", "h", "bücher", "xn--", ":80", ":99999", "\\",
        "max-age", "no-store", "no-cache", "private", "=", ",", ";", "\"", "'", "\\\"", "60", "-1", "99999999999999999999", "0", "1.5", " ", "\t",
        "W/", "*", "\"abc\"", "\r", "\n", "\r\nX-Evil: 1", "\0", "\u0085", "\u00ff", "\u20ac", "\ud83d", "\ude00", "\u2028",
        "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Nov", "GMT", "08:49:37", "31", "Feb",
        "sha-256", "sha-512", ":AAAA:", "Authorization", "X-A", "${TOKEN}", "${", "}", "|", "$(X)", "url=", "etag=", "sha256=", "length=", "gzip", "br", "image/*", "text/html",
        "00:15:00", "1.00:00:00", "server", "true", "*.example.com", "cdn.example.com", "=http://", "https://h=http://m/x",
    ];

    private Random _random = new();
    private int _cases;

    [OneTimeSetUp]
    public void SetUp()
    {
        _cases = Number("IMAGESYNC_FUZZ_CASES") ?? 20_000;
        var seed = Number("IMAGESYNC_FUZZ_SEED") ?? Random.Shared.Next();
        TestContext.Progress.WriteLine($"IMAGESYNC_FUZZ_CASES={_cases} IMAGESYNC_FUZZ_SEED={seed}");
        _random = new Random(seed);
    }

    [Test]
    public void Urls_that_are_taken_can_stand_in_a_request_line() => ForEach(text =>
    {
        if (TargetUri.TryParse(text, out var url, out _))
        {
            Assert.That(url.PathAndQuery, Does.Match("^/[!-~]*$").And.Not.Contain("#"));
            Assert.That(url.ToUri().PathAndQuery, Is.EqualTo(url.PathAndQuery));
            Assert.That(TargetUri.TryParse(url.ToString(), out var again, out _) ? again : null, Is.EqualTo(url));
            Assert.That(url.ToUri().UserInfo, Is.Empty);
        }
    });

    [Test]
    public void References_lead_to_http_or_nowhere()
    {
        var from = Tests.Sync.Given.Url("https://h/a/b?c");
        ForEach(text => Assert.That(from.Resolve(text, out _)?.Origin ?? "http://", Does.StartWith("http")));
    }

    [Test]
    public void Redaction_shows_no_query_of_what_is_no_URL() => ForEach(text => UrlRedaction.Redact(text));

    [Test]
    public void Validators_that_are_kept_can_stand_in_a_header() => ForEach(text =>
    {
        var validators = new Validators(text, text);
        Assert.That(HeaderText.IsClean(validators.EntityTag ?? ""));
        Assert.That(HeaderText.IsClean(validators.LastModified ?? ""));
        Assert.That(validators.EntityTag, Is.AnyOf(text, null));
    });

    [Test]
    public void Freshness_is_never_longer_than_declared() => ForEach(text =>
    {
        var declared = CacheControl.Parse(text);
        var freshness = Freshness.Of(new ResponseHead(200) { CacheControl = text, Age = Text(), Expires = Text(), Date = Text(), Vary = Text() }, DateTimeOffset.UtcNow);
        Assert.That(declared.MaxAge is { } maxAge && freshness.Lifetime > maxAge, Is.False);
    });

    [Test]
    public void Waiting_is_never_longer_than_a_day() => ForEach(text =>
        Assert.That(RetryAfter.Parse(text, DateTimeOffset.UtcNow) ?? TimeSpan.Zero, Is.InRange(TimeSpan.Zero, RetryAfter.Longest)));

    [Test]
    public void Headers_that_are_taken_are_single_lines_and_not_our_own() => ForEach(text =>
    {
        foreach (var (name, value) in RequestHeaders.Parse(text, out _)?.Fields ?? [])
        {
            Assert.That(HeaderText.IsToken(name) && HeaderText.IsClean(value));
            Assert.That(name, Does.Not.StartWith("If-").IgnoreCase);
        }
    });

    [Test]
    public void Redirects_are_followed_to_allowed_hosts_alone()
    {
        var from = Tests.Sync.Given.Url("https://h/a");
        var allowed = new EgressPolicy(AllowedHosts.Parse("*.example.com")!);
        ForEach(text =>
        {
            var step = Redirects.Next([from], new ResponseHead(302) { Location = text }, allowed, Secrets.None);
            Assert.That(step.Next?.Host ?? "x.example.com", Does.EndWith(".example.com"));
        });
    }

    [Test]
    public void Mirrors_are_asked_for_what_is_below_them_and_lead_back()
    {
        var mirrors = Mirrors.Parse("https://h=http://m/x http://h=http://m/x https://h/a=http://n")!;
        ForEach(text =>
        {
            if (TargetUri.TryParse("https://h/" + text, out var url, out _))
            {
                var asked = mirrors.Map(url);
                Assert.That(asked.ToString(), Does.StartWith("http://m/x/").Or.StartWith("http://n/").Or.EqualTo(url.ToString()));
                Assert.That(asked == url || asked.ToUri().AbsolutePath.Split('/').Intersect([".", ".."]).Any() == false);
                Assert.That(mirrors.Map(Tests.Sync.Given.Url(mirrors.Restore(asked.ToString(), url, asked)!)), Is.EqualTo(asked));
            }

            _ = Mirrors.Parse(text)?.Map(Tests.Sync.Given.Url("https://h/a"));
            _ = Mirrors.Redact(text);
            _ = mirrors.Restore(text, Tests.Sync.Given.Url("https://h/b"), Tests.Sync.Given.Url("http://m/x/b"));
        });
    }

    [Test]
    public void Everything_else_takes_any_text() => ForEach(text =>
    {
        _ = DigestFields.Of(new ResponseHead(200) { ContentDigest = text, ReprDigest = Text() });
        _ = ContentCoding.Parse(text);
        _ = AllowedHosts.Parse(text);
        _ = MediaRange.TryParse(text, out _);
        _ = MaxAge.Parse(text);
        _ = OptionValues.Duration(text);
        _ = OptionValues.Boolean(text);
        _ = OptionValues.Number(text, 0);
        _ = OptionValues.Name<OnLocalEdit>(text);
        _ = HttpDate.Parse(text);
    });

    [Test]
    public void Cache_lines_come_back_as_they_went_and_nothing_else_passes() => ForEach(text =>
    {
        Assert.That(ValidatorCacheFormat.TryRead(text, out _), Is.False);
        if (text.Length > 0 && !text.Any(char.IsSurrogate))
        {
            var record = Tests.Sync.Given.Record with { LocalPath = text, Url = Text(), EffectiveUrl = Text(), Validators = new Validators(Text(), Text()), MediaType = text, RequestKey = text };
            var line = ValidatorCacheFormat.Write(record);
            Assert.That(line.IndexOf('\n', StringComparison.Ordinal), Is.EqualTo(line.Length - 1));
            Assert.That(ValidatorCacheFormat.TryRead(line.AsSpan()[..^1], out var read));
            Assert.That(read, Is.EqualTo(record));
        }
    });

    [Test]
    public void A_lock_file_comes_back_as_it_went_and_any_other_text_is_a_fault() => ForEach(text =>
    {
        // What is written was declared or received: neither can hold half a character.
        string Whole() => string.Concat(Text().Where(c => !char.IsSurrogate(c)));
        var seen = new[] { Whole(), Whole() }.Where(tag => new EntityTag(tag).IsSendable);
        var written = LockFileFormat.Write([Tests.Sync.Given.Entry with
        {
            LocalPath = "a/" + Whole(), Url = Whole(), EffectiveUrl = Whole(), EntityTags = ObservedValidators.Of(seen), RequestKey = Whole(), TargetFramework = Whole(),
        }]);
        Assert.That(written, Does.Not.Contain('\r'));
        if (LockFileFormat.TryRead(written, out var entries, out var fault))
        {
            Assert.That(LockFileFormat.Write(entries.Values), Is.EqualTo(written));
            Assert.That(entries.Keys.Single().Split('/'), Has.None.EqualTo("..").And.None.EqualTo(""));
        }
        else
        {
            Assert.That(fault.Cause, Does.Contain("path of a file"));
        }

        var at = _random.Next(written.Length);
        var torn = written.Remove(at, Math.Min(_random.Next(3), written.Length - at)).Insert(at, text);
        foreach (var hostile in new[] { text, torn })
        {
            if (LockFileFormat.TryRead(hostile, out entries, out _))
            {
                Assert.That(
                    entries.Values.SelectMany(entry => entry.EntityTags.Values), Is.All.Matches<string>(tag => HeaderText.IsClean(tag!)));
                Assert.That(
                    entries.Values.Select(entry => entry.Sha256), Is.All.Matches<string>(digest => ContentDigest.IsDigest(digest!)));
            }
            else
            {
                Assert.That(entries, Is.Empty);
            }
        }
    });

    private void ForEach(Action<string> check)
    {
        for (var i = 0; i < _cases; i++)
        {
            var text = Text();
            try
            {
                check(text);
            }
            catch (Exception exception) when (exception is not AssertionException)
            {
                Assert.Fail($"{exception.GetType().Name} on {string.Join(' ', text.Select(c => ((int)c).ToString("x4", CultureInfo.InvariantCulture)))} \"{text}\"\n{exception}");
            }
        }
    }

    private string Text()
    {
        var text = string.Concat(Enumerable.Range(0, _random.Next(8)).Select(_ => Pieces[_random.Next(Pieces.Length)]));
        for (var edits = _random.Next(3); edits > 0 && text.Length > 0; edits--)
        {
            text = text.Remove(_random.Next(text.Length), 1).Insert(_random.Next(text.Length), ((char)_random.Next(_random.Next(2) == 0 ? 128 : 0x3000)).ToString());
        }

        return text;
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
