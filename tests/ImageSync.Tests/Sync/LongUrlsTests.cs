using ImageSync.Sync;

namespace ImageSync.Tests.Sync;

/// <summary>URLs in messages that nobody would read.</summary>
public class LongUrlsTests
{
    private const string Url = "https://cdn.example/a.png";

    [Test]
    public void A_long_one_has_its_beginning_and_its_end([Values(301, 12_000)] int length)
    {
        var url = Url + new string('x', length - Url.Length - 4) + ".end";
        var shown = LongUrls.Shorten($"{url}: the URL \"{url}\" is \"a b\".");
        Assert.That(shown, Does.StartWith(Url).And.Contain(".end: the URL \"https://cdn.example/").And.EndWith(".end\" is \"a b\"."));
        Assert.That(shown, Does.Contain(FormattableString.Invariant($"…({length - 220:N0} characters)…")));
        Assert.That(shown.Length, Is.LessThan(600));
    }

    [TestCase(300, true)]
    [TestCase(301, false)]
    public void A_short_one_stays(int length, bool stays)
    {
        var text = Url.PadRight(length, 'x') + " is asked for";
        Assert.That(LongUrls.Shorten(text) == text, Is.EqualTo(stays));
    }

    [Test]
    public void What_is_no_URL_stays([Values(" ", "/", "x")] string fill)
    {
        var text = "a" + string.Concat(Enumerable.Repeat(fill, 500)) + "b";
        Assert.That(LongUrls.Shorten(text), Is.EqualTo(text));
    }

    [Test]
    public void No_character_is_cut_in_half([Range(0, 3)] int shift)
    {
        var url = "https://h/" + new string('x', shift) + string.Concat(Enumerable.Repeat("\U0001F600", 400));
        Assert.That(LongUrls.Shorten(url).EnumerateRunes().Count(rune => rune.Value == 0xFFFD), Is.Zero);
    }

    [TestCase("https://h/1.png%3bhttps://h/2.png", true)]
    [TestCase("https://h/1.png%3B%20https://h/2.png", true)]
    [TestCase("https://h/1.png;https://h/2.png", true)]
    [TestCase("https://h/1.png%0D%0Ahttp://h/2.png", true)]
    [TestCase("https://h/1.png\nhttps://h/2.png", true)]
    [TestCase("https://h/1.png?v=1%3bhttps://h/2.png", true)]
    [TestCase("https://h/1.png%3bhttps%3a//h/2.png", true)]
    [TestCase("https://h/a%3Bb.png", false)]
    [TestCase("https://h/fetch/https://i/2.png", false)]
    [TestCase("https://h/?src=https%3A%2F%2Fi%2F2.png", false)]
    [TestCase("https://h/%3bhttps.png", false)]
    [TestCase(" https://h/a.png", false)]
    public void A_list_in_one_text(string url, bool isList) =>
        Assert.That(UrlMistakes.AdviceOnList(Wording.Project, url.TrimStart()) is not null, Is.EqualTo(isList));
}
