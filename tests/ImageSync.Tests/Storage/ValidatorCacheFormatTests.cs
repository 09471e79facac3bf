using ImageSync.Http;
using ImageSync.Images;
using ImageSync.Storage;
using ImageSync.Tests.Sync;

namespace ImageSync.Tests.Storage;

public class ValidatorCacheFormatTests
{
    private static IEnumerable<ValidatorRecord> Records()
    {
        yield return Given.Record;
        yield return Given.Record with { Validators = Validators.None, Written = false, MediaType = "image/png", AcceptedAs = "image/*" };
        yield return Given.Record with { Validators = new Validators("\"v1\"", null) };
        yield return Given.Record with { Validators = new Validators(null, Given.Record.Validators.LastModified) };
        yield return Given.Record with { Freshness = new Freshness(TimeSpan.FromHours(1), Given.Now), RequestKey = "0123456789ABCDEF", NotBefore = Given.Now, TargetFramework = "net10.0" };
        yield return Given.Record with { Picture = new Picture("png", new ImageSize(640, long.MaxValue)) };
        yield return Given.Record with { Picture = new Picture("svg", null) };
        yield return Given.Record with { Picture = Picture.None };
        yield return Given.Record with { Sha256 = "", Stamp = default, NotBefore = Given.Now };
        yield return Given.Record with { EffectiveUrl = "https://edge.example/a?b=c\\d", FetchedAt = Given.Record.ValidatedAt };
        yield return Given.Record with { Validators = new Validators("W/\"tab\there = \\ \u0085\u00ff\"", "Sun Nov  6 08:49:37 1994") };
        yield return new ValidatorRecord("bilder/größe \\ =\t\r\n🖼.png") { Url = "u", EffectiveUrl = "u", Sha256 = Given.Digest, Stamp = default, ValidatedAt = Given.Now, FetchedAt = Given.Now };
    }

    [TestCaseSource(nameof(Records))]
    public void A_record_comes_back_as_it_went(object record)
    {
        var line = ValidatorCacheFormat.Write((ValidatorRecord)record);
        Assert.That(line, Does.EndWith("\n"));
        Assert.That(ValidatorCacheFormat.TryRead(line.AsSpan()[..^1], out var read));
        Assert.That(read, Is.EqualTo(record));
    }

    [Test]
    public void A_line_that_lost_its_end_is_passed_over()
    {
        var line = ValidatorCacheFormat.Write(Given.Record)[..^1];
        for (var length = 0; length < line.Length; length++)
        {
            Assert.That(ValidatorCacheFormat.TryRead(line.AsSpan(0, length), out _), Is.False, $"{length} of {line.Length} characters");
        }
    }

    [Test]
    public void A_line_with_any_one_character_changed_is_passed_over()
    {
        var line = ValidatorCacheFormat.Write(Given.Record)[..^1].ToCharArray();
        for (var i = 0; i < line.Length; i++)
        {
            line[i]++;
            Assert.That(ValidatorCacheFormat.TryRead(line, out _), Is.False, $"character {i}");
            line[i]--;
        }
    }

    /// <summary>A line with a right checksum, as an attacker would write it.</summary>
    internal static string Poisoned(ValidatorRecord record, string entityTag)
    {
        var escaped = entityTag.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        var line = ValidatorCacheFormat.Write(record)[9..^1].Replace("etag=" + record.Validators.EntityTag, "etag=" + escaped, StringComparison.Ordinal);
        return $"\n{ValidatorCacheFormat.Checksum(line)}\t{line}\n";
    }

    [TestCase("a.png\turl=u\tsha256=" + Given.Digest, true)]
    [TestCase("a.png\turl=u\tsha256=", true)]
    [TestCase("a.png\turl=u\\\tsha256=", true)]
    [TestCase("a.png\tsha256=" + Given.Digest, false)]
    [TestCase("a.png\turl=u", false)]
    [TestCase("a.png\turl=u\tsha256=aa", false)]
    [TestCase("\turl=u\tsha256=" + Given.Digest, false)]
    [TestCase("a", false)]
    public void A_right_checksum_does_not_make_a_record(string text, bool expected) => Assert.That(TryRead(text) is not null, Is.EqualTo(expected));

    [Test]
    public void Fields_that_say_nothing_are_passed_over()
    {
        const string said = "\turl=u\tsha256=" + Given.Digest;
        Assert.That(TryRead("a.png\t=x\t\tunknown=1\tetag\tlength=-1\ttime=soon\tvalidated=3155378976000000000\tfetched=" + said), Is.Not.Null.And.EqualTo(TryRead("a.png" + said)));
    }

    // Then somebody looks at the file once more.
    [TestCase("later 1x1")]
    [TestCase("PNG 1x1")]
    [TestCase("png 0x1")]
    [TestCase("png 1x-1")]
    [TestCase("png 1x9223372036854775808")]
    [TestCase("png 1x1x1")]
    [TestCase("png  1x1")]
    [TestCase("png x1")]
    [TestCase("png 11")]
    [TestCase("png ")]
    [TestCase(" ")]
    public void A_picture_that_is_none_is_not_known(string text) =>
        Assert.That(TryRead("a.png\tpicture=" + text + "\turl=u\tsha256=" + Given.Digest)!.Picture, Is.Null);

    [TestCase("logo.png", "4f1855ef")]
    [TestCase("img/logo.png?", "2b66ab56")]
    public void The_checksum_is_CRC_32C_of_the_UTF_16_text(string text, string expected) => Assert.That(ValidatorCacheFormat.Checksum(text), Is.EqualTo(expected));

    private static ValidatorRecord? TryRead(string text) => ValidatorCacheFormat.TryRead($"{ValidatorCacheFormat.Checksum(text)}\t{text}", out var record) ? record : null;

    [TestCase("")]
    [TestCase("<<<<<<< HEAD")]
    [TestCase("=======")]
    [TestCase("garbage\twith\ttabs")]
    public void What_is_no_record_is_passed_over(string line) => Assert.That(ValidatorCacheFormat.TryRead(line, out _), Is.False);
}
