using ImageSync.Http;

namespace ImageSync.Tests.Http;

public class FreshnessTests
{
    private const string NowText = "Sun, 06 Nov 1994 08:49:37 GMT";
    private const string MinuteAgo = "Sun, 06 Nov 1994 08:48:37 GMT";
    private const string MinuteAhead = "Sun, 06 Nov 1994 08:50:37 GMT";
    private static readonly DateTimeOffset Now = new(1994, 11, 6, 8, 49, 37, TimeSpan.Zero);

    private static IEnumerable<TestCaseData> Responses()
    {
        yield return Case("nothing declared", new(200), 0);
        yield return Case("max-age", new(200) { CacheControl = "max-age=60" }, 60);
        yield return Case("max-age=0", new(200) { CacheControl = "max-age=0" }, 0);
        yield return Case("max-age beside Expires", new(200) { CacheControl = "max-age=30", Expires = MinuteAhead, Date = NowText }, 30);
        yield return Case("Expires", new(200) { Expires = MinuteAhead, Date = NowText }, 60);
        yield return Case("Expires without Date", new(200) { Expires = MinuteAhead }, 0);
        yield return Case("Expires: 0", new(200) { Expires = "0", Date = NowText }, 0);
        yield return Case("Expires in the past", new(200) { Expires = MinuteAgo, Date = NowText }, 0);
        yield return Case("no heuristics", new(200) { LastModified = "Sun, 06 Nov 1984 08:49:37 GMT", Date = NowText }, 0);
        yield return Case("no-cache", new(200) { CacheControl = "no-cache, max-age=60" }, 0);
        yield return Case("no-store", new(200) { CacheControl = "no-store, max-age=60" }, 0);
        yield return Case("broken, beside Expires", new(200) { CacheControl = "max-age=x", Expires = MinuteAhead, Date = NowText }, 0);
        yield return Case("immutable alone means nothing", new(200) { CacheControl = "immutable" }, 0);
        yield return Case("must-revalidate while fresh", new(200) { CacheControl = "must-revalidate, max-age=60" }, 60);
        yield return Case("s-maxage is for others", new(200) { CacheControl = "s-maxage=600, max-age=60" }, 60);
        yield return Case("Age", new(200) { CacheControl = "max-age=60", Age = "20" }, 40);
        yield return Case("Age beyond the lifetime", new(200) { CacheControl = "max-age=60", Age = "60" }, 0);
        yield return Case("Age of two caches: the first", new(200) { CacheControl = "max-age=60", Age = "20, 50" }, 40);
        yield return Case("Age of two caches, with spaces", new(200) { CacheControl = "max-age=60", Age = "20 , 50" }, 40);
        yield return Case("Age that is none", new(200) { CacheControl = "max-age=60", Age = "young" }, 0);
        yield return Case("Age negative", new(200) { CacheControl = "max-age=60", Age = "-5" }, 0);
        yield return Case("apparent age", new(200) { CacheControl = "max-age=90", Date = MinuteAgo }, 30);
        yield return Case("the origin's clock is ahead", new(200) { CacheControl = "max-age=60", Date = MinuteAhead }, 60);
        yield return Case("Vary: * with Expires", new(200) { Vary = "*", Expires = MinuteAhead, Date = NowText }, 0);
        yield return Case("Vary: * with max-age", new(200) { Vary = "*", CacheControl = "max-age=60" }, 0);

        static TestCaseData Case(string name, ResponseHead head, int seconds) => new TestCaseData(head, seconds).SetName("fresh for: " + name);
    }

    [TestCaseSource(nameof(Responses))]
    public void Of_a_response(object head, int seconds)
    {
        var freshness = Freshness.Of((ResponseHead)head, Now);
        Assert.That((Seconds(freshness), freshness == Freshness.None), Is.EqualTo((seconds, seconds == 0)));
    }

    private static IEnumerable<TestCaseData> NotModified()
    {
        yield return Case("declares nothing: what was declared holds from now on", new(304), 60);
        yield return Case("declares nothing, aged", new(304) { Age = "10" }, 50);
        yield return Case("declares another", new(304) { CacheControl = "max-age=5" }, 5);
        yield return Case("takes it back", new(304) { CacheControl = "no-cache" }, 0);
        yield return Case("declares by Expires", new(304) { Expires = MinuteAhead, Date = MinuteAgo }, 60);

        static TestCaseData Case(string name, ResponseHead head, int seconds) => new TestCaseData(head, seconds).SetName("304 " + name);
    }

    [TestCaseSource(nameof(NotModified))]
    public void After_a_304(object head, int seconds) =>
        Assert.That(Seconds(new Freshness(TimeSpan.FromSeconds(60), Now.AddSeconds(-10)).After((ResponseHead)head, Now)), Is.EqualTo(seconds));

    [Test]
    public void A_lifetime_without_measure_ends_with_the_calendar()
    {
        var ages = new ResponseHead(200) { Date = "Mon, 01 Jan 0001 00:00:00 GMT", Expires = "Fri, 31 Dec 9999 23:59:59 GMT" };
        var longest = Freshness.Of(ages, Now);
        Assert.That(longest.After(new ResponseHead(304), Now).Until, Is.EqualTo(DateTimeOffset.MaxValue));
        var read = new Freshness(TimeSpan.MaxValue, Now);
        Assert.That(read.After(new ResponseHead(304), Now).Until, Is.EqualTo(DateTimeOffset.MaxValue));
        Assert.That(read.After(new ResponseHead(304) { Date = MinuteAhead }, Now).Until, Is.EqualTo(DateTimeOffset.MaxValue));
    }

    private static double Seconds(Freshness freshness) => Math.Max(0, (freshness.Until - Now).TotalSeconds);
}
