using ImageSync.Storage;
using ImageSync.Tests.Sync;

namespace ImageSync.Tests.Storage;

/// <summary>The lock file comes to rest, whatever the origin does.</summary>
public class LockEntryTests
{
    private static readonly LockEntry Plain = Given.Entry with
    {
        EntityTags = ObservedValidators.None,
        LastModified = ObservedValidators.None,
    };

    private static IEnumerable<TestCaseData> Origins()
    {
        yield return Origin("one server", 1, _ => Seen("\"v1\"", Date(1)), "\"v1\"", Date(1));
        yield return Origin("a node of two in turn", 2, i => Seen($"\"{i % 2}\"", Date(i % 2)), "\"0\", \"1\"", null);
        yield return Origin("eight nodes", 8, i => Seen($"\"{i % 8}\"", Date(i % 8)), "\"0\", \"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\"", null);
        yield return Origin("tags that never repeat, one date", 9, i => Seen($"\"{i}\"", Date(1)), null, Date(1));
        yield return Origin("neither tags nor dates that ever repeat", 10, i => Seen($"\"{i}\"", Date(i)), null, null);
        yield return Origin("one tag, dates of two nodes", 2, i => Seen("\"v1\"", Date(i % 2)), "\"v1\"", null);
        yield return Origin("one tag, weak at one node", 1, i => Seen(i % 2 == 0 ? "\"v1\"" : "W/\"v1\"", null), "\"v1\"", null);
        yield return Origin("no tag, dates of two nodes: the later one", 2, i => Seen(null, Date(i % 2)), null, Date(1));
        yield return Origin("no tag, dates that never repeat", 9, i => Seen(null, Date(i)), null, null);
        yield return Origin("no validators now and then", 2, i => i % 2 == 0 ? Plain : Seen("\"v1\"", Date(1)), "\"v1\"", Date(1));
        yield return Origin("a tag that cannot stand in a list", 2, i => Seen(i % 2 == 0 ? "\"v1\"" : "v2", null), "\"v1\"", null);
        yield return Origin("tags that cannot stand in a list", 2, i => Seen(i % 2 == 0 ? "v1" : "v2", null), "v1", null);
        yield return Origin("a redirect that moved once", 2, i => At(i == 0 ? "https://a/" : "https://b/"), "\"v1\"", null);
        yield return Origin("a redirect to two mirrors in turn", 3, i => At($"https://{i % 2}/"), null, null);
        yield return Origin("a redirect that leads elsewhere each time", 3, i => At($"https://h/?{i}"), null, null);

        static TestCaseData Origin(string name, int changes, Func<int, LockEntry> answer, string? tags, string? date) =>
            new TestCaseData(changes, answer, tags, date).SetName(name);
    }

    [TestCaseSource(nameof(Origins))]
    public void Comes_to_rest(int changes, object answer, string? tags, string? date)
    {
        LockEntry? entry = null;
        var changed = 0;
        for (var i = 0; i < 100; i++)
        {
            var next = ((Func<int, LockEntry>)answer)(i).After(entry);
            changed += next == entry ? 0 : 1;
            entry = next;
        }

        Assert.That((changed, entry!.Validators.IfNoneMatch, entry.Validators.IfModifiedSince), Is.EqualTo((changes, tags, date)));
    }

    [Test]
    public void What_varies_is_known_to_vary_for_other_bytes_too_and_not_for_another_URL()
    {
        var varying = Given.Entry with { EntityTags = ObservedValidators.Varying, LastModified = ObservedValidators.Varying };
        var bytes = (Given.Entry with { Sha256 = Given.OtherDigest }).After(varying);
        var url = (Given.Entry with { Url = "https://cdn.example/other.png", EffectiveUrl = "https://cdn.example/other.png" }).After(varying);
        Assert.That((bytes.EntityTags.Varies, bytes.LastModified.Varies, bytes.Sha256), Is.EqualTo((true, true, Given.OtherDigest)));
        Assert.That((url.EntityTags, url.LastModified), Is.EqualTo((Given.Entry.EntityTags, Given.Entry.LastModified)));
    }

    [Test]
    public void Other_bytes_and_other_headers_have_validators_of_their_own()
    {
        var before = Seen("\"old\"", Date(1));
        Assert.That((Seen("\"new\"", Date(2)) with { Sha256 = Given.OtherDigest }).After(before).Validators.IfNoneMatch, Is.EqualTo("\"new\""));
        Assert.That((Seen("\"new\"", Date(2)) with { RequestKey = "0123456789ABCDEF" }).After(before).Validators.IfNoneMatch, Is.EqualTo("\"new\""));
    }

    [Test]
    public void A_versioned_redirect_is_no_varying_one() =>
        Assert.That(Enumerable.Range(0, 20).Aggregate((LockEntry?)null, (before, i) => (At($"https://h/{i}") with { Sha256 = new string("0123456789abcdef"[i % 16], 64) }).After(before))!.Validators.IfNoneMatch, Is.EqualTo("\"v1\""));

    [TestCase(false, true, ExpectedResult = false)]
    [TestCase(true, false, ExpectedResult = true)]
    public bool Who_wrote_the_bytes_is_told_once(bool before, bool seen) => (Given.Entry with { Found = seen }).After(Given.Entry with { Found = before }).Found;

    [TestCase(null, "a", ExpectedResult = null)]
    [TestCase("a", "b", ExpectedResult = "a")]
    [TestCase("a", null, ExpectedResult = null)]
    public string? A_framework_does_not_take_what_another_has_and_the_project_does(string? before, string? seen) =>
        (Given.Entry with { TargetFramework = seen }).After(Given.Entry with { TargetFramework = before }).TargetFramework;

    private static LockEntry Seen(string? tag, string? date) =>
        Plain with { EntityTags = ObservedValidators.Of(tag), LastModified = ObservedValidators.Of(date) };

    private static LockEntry At(string effectiveUrl) => Seen("\"v1\"", null) with { EffectiveUrl = effectiveUrl };

    private static string Date(int day) => DateTimeOffset.UnixEpoch.AddDays(day).ToString("R");
}
