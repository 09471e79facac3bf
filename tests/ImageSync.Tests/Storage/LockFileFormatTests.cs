using ImageSync.Storage;
using ImageSync.Tests.Sync;

namespace ImageSync.Tests.Storage;

public class LockFileFormatTests
{
    private const string Valid = """
        {
          "img/a.png": {
            "url": "https://cdn.example/a.png",
            "length": 1000,
            "entityTag": "\"v1\"",
            "sha256": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
          },
          "version": 1
        }

        """;

    private static IEnumerable<LockEntry> Entries()
    {
        yield return Given.Entry;
        yield return Given.Entry with { EntityTags = ObservedValidators.None, LastModified = ObservedValidators.None, Found = true };
        yield return Given.Entry with { EntityTags = ObservedValidators.Varying, LastModified = ObservedValidators.Varying, IsEffectiveUrlVarying = true };
        yield return Given.Entry with { EntityTags = ObservedValidators.Of("\"v2\"", "\"v1\"", "W/\"<&+'>\\ \u0085\u00ff\""), RequestKey = "0123456789ABCDEF", TargetFramework = "net10.0" };
        yield return Given.Entry with { EffectiveUrl = "https://edge.example/1?0123456789ABCDEF", MovedFrom = "https://cdn.example/logo.png" };
        yield return Given.Entry with { LastModified = ObservedValidators.Of("Sat, 21 Nov 2026 12:00:00 GMT", "Sun, 22 Nov 2026 12:00:00 GMT"), EntityTags = ObservedValidators.None, Length = long.MaxValue };
        yield return Given.Entry with { LocalPath = "bilder/größe \"x\" 🖼.png" };
        yield return Given.Entry with { LocalPath = "version" };
    }

    [TestCaseSource(nameof(Entries))]
    public void An_entry_comes_back_as_it_went(object entry)
    {
        Assert.That(LockFileFormat.TryRead(LockFileFormat.Write([(LockEntry)entry]), out var entries, out _));
        Assert.That(entries.Values.Single(), Is.EqualTo(entry));
    }

    [Test]
    public void The_text_is_the_same_to_the_octet_whatever_the_order()
    {
        var entries = new[] { "b.png", "img/a.png", "B.png", "a/z.png", "a.png" }.Select(path => Given.Entry with { LocalPath = path }).ToList();
        var text = LockFileFormat.Write(entries);
        Assert.That(LockFileFormat.Write(entries.AsEnumerable().Reverse()), Is.EqualTo(text));
        Assert.That(text.Split('\n').Where(line => line.EndsWith('{')), Is.EqualTo(new[] { "{", "  \"B.png\": {", "  \"a.png\": {", "  \"a/z.png\": {", "  \"b.png\": {", "  \"img/a.png\": {" }));
    }

    [Test]
    public void The_text_is_the_one_that_is_documented() =>
        Assert.That(LockFileFormat.Write([Given.Entry with { LocalPath = "img/a.png", Url = "https://cdn.example/a.png", EffectiveUrl = "https://cdn.example/a.png", LastModified = ObservedValidators.None }]), Is.EqualTo(Valid));

    [TestCase("url", "\"url\": 1", "that has a \"url\"")]
    [TestCase("url", "\"link\": \"x\"", "lacks one of \"url\"")]
    [TestCase("length", "\"length\": -1", "\"length\"")]
    [TestCase("length", "\"length\": 1.5", "\"length\"")]
    [TestCase("length", "\"length\": \"1000\"", "\"length\"")]
    [TestCase("length", "\"length\": 1000, \"length\": 1000", "\"length\"")]
    [TestCase("length", "\"length\": 1000, \"found\": 1", "\"found\"")]
    [TestCase("length", "\"length\": 1000, \"effectiveUrl\": true", "\"effectiveUrl\"")]
    [TestCase("entityTag", "\"entityTag\": true", "\"entityTag\"")]
    [TestCase("entityTag", "\"entityTag\": [1]", "\"entityTag\"")]
    [TestCase("entityTag", "\"lastModified\": {}", "\"lastModified\"")]
    [TestCase("entityTag", "\"entityTag\": \"\\ud800\"", "no valid Unicode")]
    [TestCase("sha256", "\"sha256\": \"abc\"", "\"sha256\"")]
    [TestCase("version", "\"version\": 2", "newer version of ImageSync")]
    [TestCase("version", "\"version\": 0", "does not name its version")]
    [TestCase("version", "\"version\": \"1\"", "does not name its version")]
    [TestCase("version", "\"format\": 1", "does not name its version")]
    [TestCase("\"img/a.png\"", "\"../a.png\": {", "path of a file below")]
    [TestCase("\"img/a.png\"", "\"/etc/a.png\": {", "path of a file below")]
    [TestCase("\"img/a.png\"", "\"img\\\\a.png\": {", "path of a file below")]
    [TestCase("\"img/a.png\"", "\"img/\\u0000a.png\": {", "path of a file below")]
    [TestCase("\"img/a.png\"", "\"\": {", "path of a file below")]
    public void An_entry_that_is_not_valid_is_a_fault(string member, string replacement, string cause)
    {
        var line = Valid.Split('\n').Single(line => line.Contains(member, StringComparison.Ordinal));
        var text = Valid.Replace(line.TrimEnd(','), replacement, StringComparison.Ordinal);
        Assert.That(LockFileFormat.TryRead(text, out var entries, out var fault), Is.False);
        Assert.That((fault!.Cause, entries.Count), Is.EqualTo((fault.Cause, 0)));
        Assert.That(fault.Cause, Does.Contain(cause));
    }

    [TestCase("", 1, 1)]
    [TestCase("garbage", 1, 1)]
    [TestCase("{\n  \"a.png\": {\n    \"url\" 1\n", 3, 11)]
    [TestCase("{\n<<<<<<< HEAD\n=======\n>>>>>>> other\n}", 2, 1)]
    [TestCase("{\n=======\n}", 2, 1)]
    [TestCase("[]", 0, 0)]
    [TestCase("{}", 0, 0)]
    [TestCase("{ \"version\": 1 } {}", 1, 18)]
    public void What_is_no_lock_file_is_a_fault_with_its_place(string text, int line, int column)
    {
        Assert.That(LockFileFormat.TryRead(text, out _, out var fault), Is.False);
        Assert.That((fault!.Line, fault.Column), Is.EqualTo((line, column)), fault.Cause);
    }

    [Test]
    public void Two_entries_of_one_file_are_a_fault()
    {
        var entry = Valid[Valid.IndexOf("  \"img", StringComparison.Ordinal)..Valid.IndexOf("  \"version", StringComparison.Ordinal)];
        Assert.That(LockFileFormat.TryRead(Valid.Replace(entry, entry + entry, StringComparison.Ordinal), out _, out var fault), Is.False);
        Assert.That(fault!.Cause, Does.Contain("two entries \"img/a.png\""));
    }

    [TestCase("\"length\": 1000", "\"length\": 1000, \"comment\": [1, 2]")]
    [TestCase("\"version\": 1", "\"version\": 1, \"project\": \"x\"")]
    [TestCase("\"version\": 1", "\"version\": 1,")]
    [TestCase("\n", "\r\n")]
    public void What_a_person_or_a_later_version_may_add_is_passed_over(string text, string replacement)
    {
        Assert.That(LockFileFormat.TryRead(Valid.Replace(text, replacement, StringComparison.Ordinal), out var entries, out var fault), fault?.Cause);
        Assert.That(LockFileFormat.Write(entries.Values), Is.EqualTo(Valid));
    }

    [Test]
    public void No_tag_of_it_can_break_a_header_line()
    {
        Assert.That(LockFileFormat.TryRead(Valid.Replace("\"\\\"v1\\\"\"", "[\"\\\"1\\\"\\r\\nX-Evil: 1\", \"*\", \"\\\"2\\\"\"]", StringComparison.Ordinal), out var entries, out _));
        Assert.That(entries["img/a.png"].Validators.IfNoneMatch, Is.EqualTo("\"2\""));
    }
}
