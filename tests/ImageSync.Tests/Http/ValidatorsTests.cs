using ImageSync.Http;

namespace ImageSync.Tests.Http;

public class ValidatorsTests
{
    private const string Date = "Sun, 06 Nov 1994 08:49:37 GMT";
    private const string Later = "Mon, 07 Nov 1994 08:49:37 GMT";

    [TestCase("\"abc\"")]
    [TestCase("W/\"abc\"")]
    [TestCase("w/\"abc\"")]
    [TestCase("abc")]
    [TestCase("'abc'")]
    [TestCase("\"a\"b\"")]
    [TestCase("\"with space\"")]
    [TestCase("\"\u00e9\u0085\u00ff\"")]
    public void Entity_tags_are_kept_as_received(string tag) => Assert.That(new Validators(tag, null).EntityTag, Is.EqualTo(tag));

    [TestCase("")]
    [TestCase("\"\"")]
    [TestCase("W/\"\"")]
    [TestCase("W/")]
    [TestCase("*")]
    [TestCase("\"a\"\r\nX-Evil: 1")]
    [TestCase("\"a\0\"")]
    [TestCase("\"\u20ac\"")]
    public void Entity_tags_that_must_not_be_sent_are_dropped(string tag) => Assert.That(new Validators(tag, null).IsEmpty);

    [Test]
    public void An_entity_tag_of_more_than_4_KiB_is_dropped() => Assert.Multiple(() =>
    {
        Assert.That(new Validators(new string('x', 4096), null).IsEmpty, Is.False);
        Assert.That(new Validators(new string('x', 4097), null).IsEmpty);
    });

    [TestCase(Date)]
    [TestCase("Sunday, 06-Nov-94 08:49:37 GMT")]
    [TestCase("Sun Nov  6 08:49:37 1994")]
    [TestCase("Mon, 06 Nov 1994 08:49:37 GMT")]
    public void Dates_are_kept_as_received(string date) => Assert.That(new Validators(null, date).LastModified, Is.EqualTo(date));

    [TestCase("")]
    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("1994-11-06T08:49:37Z")]
    [TestCase("Sun, 06 Nov 1994 08:49:37 +0100")]
    [TestCase("Sun, 06 Nov 1994 08:49:37 GMT\r\nX-Evil: 1")]
    [TestCase("Sun, 31 Feb 1994 08:49:37 GMT")]
    public void What_is_no_HTTP_date_is_dropped(string date) => Assert.That(new Validators("\"a\"", date).LastModified, Is.Null);

    // what may be kept of a response.
    [TestCase("\"a\"", "Sun, 06 Nov 1994 08:49:36 GMT", null, "\"a\" date")]
    [TestCase("\"a\"", null, null, "\"a\"")]
    [TestCase(null, "Sun, 06 Nov 1994 08:49:36 GMT", null, "date")]
    [TestCase(null, "Sun, 06 Nov 1994 08:49:37 GMT", null, "")]
    [TestCase("\"a\"", "Sun, 06 Nov 1994 08:49:37 GMT", null, "\"a\" date")]
    [TestCase("\"a\"", "Sun, 06 Nov 1994 08:49:38 GMT", null, "\"a\"")]
    [TestCase(null, "Mon, 07 Nov 1994 08:49:37 GMT", null, "")]
    [TestCase("\"a\"", "Sun, 06 Nov 1994 08:49:36 GMT", "no-store", "")]
    [TestCase("\"a\"", "Sun, 06 Nov 1994 08:49:36 GMT", "private, no-cache", "\"a\" date")]
    public void Validators_that_may_be_kept(string? tag, string? modified, string? cacheControl, string expected)
    {
        var validators = Validators.Of(new ResponseHead(200) { EntityTag = tag, LastModified = modified, Date = Date, CacheControl = cacheControl });
        Assert.That(string.Join(' ', new[] { validators.EntityTag, validators.LastModified is null ? null : "date" }.Where(part => part is not null)), Is.EqualTo(expected));
    }

    [Test]
    public void A_date_is_kept_where_the_origin_tells_no_time() =>
        Assert.That(Validators.Of(new ResponseHead(200) { LastModified = Date }), Is.EqualTo(new Validators(null, Date)));

    // RFC 9110 §8.8.3.2, and RFC 9111 §4.3.4 for what a 304 may freshen.
    [TestCase("\"1\"", "\"1\"", true, true)]
    [TestCase("W/\"1\"", "W/\"1\"", false, true)]
    [TestCase("W/\"1\"", "W/\"2\"", false, false)]
    [TestCase("W/\"1\"", "\"1\"", false, true)]
    [TestCase("\"1\"", "\"2\"", false, false)]
    public void Entity_tags_compare(string a, string b, bool strongly, bool weakly)
    {
        var (first, second) = (new EntityTag(a), new EntityTag(b));
        Assert.That((first.MatchesStrongly(second), first.MatchesWeakly(second)), Is.EqualTo((strongly, weakly)));
    }

    [TestCase("\"a\"", "\"b\"|W/\"a\"|\"a\"|W/\"c\"", "\"a\", \"b\", W/\"c\"")]
    [TestCase("\"a\"", "b|\" c\"|\"b c\"|\"b\"c\"|*|\"\"|\"b\r\n\"", "\"a\"")]
    [TestCase("a", "\"b\"", "a")]
    [TestCase(null, "\"b\"", null)]
    public void Tags_share_a_line_where_they_can(string? own, string others, string? line)
    {
        var validators = new Validators(own, Date).Beside(others.Split('|'));
        Assert.That((validators.IfNoneMatch, validators.IfModifiedSince), Is.EqualTo((line, validators.OtherTags.IsEmpty ? Date : null)));
    }

    [Test]
    public void A_line_of_tags_is_no_longer_than_one_tag_may_be() =>
        Assert.That(new Validators("\"a\"", null).Beside(Enumerable.Range(0, 8).Select(i => $"\"{new string('x', 1000)}{i}\"")).IfNoneMatch!, Has.Length.InRange(3000, EntityTag.MaxLength));

    [TestCase(4091, true)]
    [TestCase(4092, false)]
    public void A_tag_that_fits_to_the_last_character_is_taken(int length, bool taken) =>
        Assert.That(new Validators("\"a\"", null).Beside([$"\"{new string('x', length - 2)}\""]).OtherTags.IsEmpty, Is.Not.EqualTo(taken));

    // A 304's own validators take the place of those held, where it names any.
    [TestCase("\"a\"", Date, null, null, "\"a\"", Date)]
    [TestCase("\"a\"", Date, "W/\"a\"", null, "W/\"a\"", Date)]
    [TestCase("\"a\"", Date, "\"a\"", Later, "\"a\"", Later)]
    [TestCase(null, Date, "\"a\"", null, "\"a\"", Date)]
    [TestCase("\"a\"", null, null, Date, "\"a\"", Date)]
    public void Validators_after_a_304(string? tag, string? date, string? saidTag, string? saidDate, string expectedTag, string expectedDate) =>
        Assert.That(new Validators(tag, date).After(new Validators(saidTag, saidDate)), Is.EqualTo(new Validators(expectedTag, expectedDate)));

    [TestCase(null, null, true)]
    [TestCase("\"a\"", Date, true)]
    [TestCase("\"a\"", null, true)]
    [TestCase(null, Date, true)]
    [TestCase("W/\"a\"", Date, false)]
    [TestCase("\"a\"", Later, false)]
    public void A_304_that_says_nothing_new(string? tag, string? date, bool expected)
    {
        var (held, head) = (new Validators("\"a\"", Date), new ResponseHead(304) { EntityTag = tag, LastModified = date });
        Assert.That((held.IsSaidBy(head), held.Beside(["\"b\""]).IsSaidBy(head)), Is.EqualTo((expected, false)));
    }

    [Test]
    public void Another_nodes_304_brings_its_tag_to_the_front_and_leaves_the_others_date()
    {
        var held = new Validators("\"a\"", Date).Beside(["\"b\"", "\"c\""]);
        Assert.That(held.After(Validators.None), Is.EqualTo(held));
        Assert.That((held.After(new Validators("\"b\"", null)).IfNoneMatch, held.After(new Validators("\"b\"", null)).LastModified), Is.EqualTo(("\"b\", \"c\", \"a\"", (string?)null)));
    }

    [TestCase("\"b\"", true)]
    [TestCase("W/\"c\"", null)]
    [TestCase("\"d\"", false)]
    public void A_check_knows_the_tags_of_all_nodes(string tag, bool? same)
    {
        var held = new Validators("\"a\"", null).Beside(["\"b\"", "\"c\""]);
        Assert.That(Representation.Of(new ResponseHead(200) { EntityTag = tag, ContentLength = 2 }, headOnly: true).Compare(held, 1)?.IsSame, Is.EqualTo(same));
    }
}
