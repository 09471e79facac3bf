using System.Text;
using System.Text.Json;
using ImageSync.Images;
using ImageSync.Reporting;
using ImageSync.Storage;
using ImageSync.Sync;
using ImageSync.Testing;
using ImageSync.Tests.Sync;

namespace ImageSync.Tests.Reporting;

/// <summary>The manifest: its text, what a run makes of the one before, and what becomes an entry.</summary>
public class ManifestTests
{
    private static readonly ManifestEntry Logo =
        new("img/logo.png", "https://cdn.example/logo.png", new Picture("png", new ImageSize(640, 480)), 1000, Given.Digest);

    [Test]
    public void Its_text_is_sorted_and_the_same_everywhere()
    {
        ManifestEntry[] entries =
        [
            Logo with { LocalPath = "img/é.png" },
            Logo with { LocalPath = "b.svg", Picture = new Picture("svg", null), TargetFramework = "net10.0" },
            Logo,
            Logo with { LocalPath = "img/Z.css", Picture = Picture.None },
        ];
        const string integrity = "sha256-qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqo=";
        Assert.That(ManifestFormat.Write(entries), Is.EqualTo($$"""
            {
              "b.svg": {
                "url": "https://cdn.example/logo.png",
                "targetFramework": "net10.0",
                "format": "svg",
                "length": 1000,
                "sha256": "{{Given.Digest}}",
                "integrity": "{{integrity}}"
              },
              "img/Z.css": {
                "url": "https://cdn.example/logo.png",
                "length": 1000,
                "sha256": "{{Given.Digest}}",
                "integrity": "{{integrity}}"
              },
              "img/logo.png": {
                "url": "https://cdn.example/logo.png",
                "format": "png",
                "width": 640,
                "height": 480,
                "length": 1000,
                "sha256": "{{Given.Digest}}",
                "integrity": "{{integrity}}"
              },
              "img/é.png": {
                "url": "https://cdn.example/logo.png",
                "format": "png",
                "width": 640,
                "height": 480,
                "length": 1000,
                "sha256": "{{Given.Digest}}",
                "integrity": "{{integrity}}"
              }
            }

            """.ReplaceLineEndings("\n")));
        Assert.That(ManifestFormat.Write(entries.Reverse()), Is.EqualTo(ManifestFormat.Write(entries)));
        Assert.That(ManifestFormat.Read(ManifestFormat.Write(entries)), Is.EqualTo(entries.OrderBy(entry => entry.LocalPath, StringComparer.Ordinal)));
    }

    [Test]
    public void Of_nothing_it_is_empty() => Assert.That(ManifestFormat.Write([]), Is.EqualTo("{}\n"));

    [TestCase("</script><!--.png")]
    [TestCase("a\"b\\c\t\n.png")]
    [TestCase("\u2028\u2029\u202E\u0000.png")]
    [TestCase("🖼 größe '&+.png")]
    [TestCase("__proto__")]
    [TestCase("")]
    public void Any_name_comes_back_and_ends_no_script(string name)
    {
        var text = ManifestFormat.Write([Logo with { LocalPath = name, Url = "https://cdn.example/?" + name }]);
        Assert.That(text, Does.Not.Contain("<"));
        Assert.That(text.Split('\n').SelectMany(line => line).Where(char.IsControl), Is.Empty);
        Assert.That(ManifestFormat.Read(text)!.Single(), Is.EqualTo(Logo with { LocalPath = name, Url = "https://cdn.example/?" + name }));
        using var json = JsonDocument.Parse(text);
        Assert.That(json.RootElement.EnumerateObject().Single().Name, Is.EqualTo(name));
    }

    private static IEnumerable<string> Foreign =>
    [
        "[]", "null", "1", "\"\"", "{", "class P { }", "{ \"version\": 1 }", "{ \"a\": {} }", "{ \"a\": [] }", "<<<<<<< HEAD\n", "{\"\\uD800\": {}}",
        $$"""{ "a": { "url": "u", "length": 1, "sha256": "{{Given.Digest}}" } }""",
        $$"""{ "a": { "url": "u", "length": "1", "sha256": "{{Given.Digest}}", "integrity": "" } }""",
        $$"""{ "a": { "url": "\uD800", "length": 1, "sha256": "{{Given.Digest}}", "integrity": "" } }""",
        """{ "a": { "url": "u", "length": 1, "sha256": "12", "integrity": "" } }""",
        LockFileFormat.Write([Given.Entry]),
        ManifestFormat.Write([Logo])[..^3],
        new string('[', 10_000),
    ];

    [TestCaseSource(nameof(Foreign))]
    public void What_others_have_written_is_none(string text) =>
        Assert.That(
            (ManifestFormat.Read(text), FileOwnership.GivesWayToManifest(text)), Is.EqualTo(((IReadOnlyList<ManifestEntry>?)null, false)));

    [TestCase("{}", true)]
    [TestCase("", false)]
    [TestCase("\uFEFF\r\n", false)]
    [TestCase("<<<<<<< HEAD\n\"integrity\": \"sha256-", false)]
    public void What_it_may_replace(string text, bool isRead) =>
        Assert.That((ManifestFormat.Read(text) is not null, isRead || FileOwnership.GivesWayToManifest(text)), Is.EqualTo((isRead, true)));

    // before: path and framework of each entry; images: path, and "-" for one without a copy → after.
    [TestCase("", "a", null, "a", "a")]
    [TestCase("a", "a", null, "a", "a")]
    [TestCase("a b", "a", null, "a", "a", Description = "its item is gone")]
    [TestCase("a b", "a", null, null, "a b", Description = "an item is not valid")]
    [TestCase("a b", "a -b", null, "a b", "a", Description = "no good copy")]
    [TestCase("a b", "a", null, "a b", "a b", Description = "another instance has it")]
    [TestCase("a b:net8.0", "a", null, "a", "a b:net8.0", Description = "of a framework that the project has")]
    [TestCase("a b:net6.0", "a", null, "a", "a", Description = "of one that it no longer has")]
    [TestCase("a b:net8.0", "a b", null, "a b", "a b", Description = "all have it now")]
    [TestCase("a", "b", "net8.0", "a b", "a b:net8.0")]
    [TestCase("a b:net8.0", "", "net8.0", "a", "a", Description = "the framework's item is gone")]
    [TestCase("a b:net9.0", "b", "net8.0", "a b", "a b:net9.0", Description = "two frameworks share it")]
    [TestCase("a b:net9.0", "", "net8.0", "a", "a b:net9.0")]
    public void A_run_leaves_what_it_knows_nothing_of(string before, string images, string? framework, string? claimed, string after)
    {
        var options = Given.Options with
        {
            TargetFramework = framework,
            TargetFrameworks = ["net8.0", "net9.0"],
            Claimed = claimed is null ? null : new ClaimedFiles(claimed.Split(' ').ToHashSet(), new HashSet<string>()),
        };
        var entries = ManifestFile.Merge(
            [.. Words(before).Select(Entry)],
            [.. Words(images).Select(image => (image.TrimStart('-'), image[0] == '-' ? null : Entry(image) with { TargetFramework = framework }))],
            options);
        Assert.That(entries.Select(entry => entry.LocalPath + (entry.TargetFramework is { } of ? ":" + of : "")).Order(StringComparer.Ordinal),
            Is.EqualTo(Words(after)));

        static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        static ManifestEntry Entry(string text) =>
            Logo with { LocalPath = text.Split(':')[0], TargetFramework = text.Contains(':') ? text.Split(':')[1] : null };
    }

    [Test]
    public void Only_a_good_copy_has_an_entry([Values] bool isKnown)
    {
        var directory = new TestDirectory();
        var image = SampleImages.Png(5, 3, 1);
        directory.Write("a.png", image);
        var options = Given.Options with { ProjectDirectory = directory.FullPath };
        foreach (var status in Enum.GetValues<SyncStatus>())
        {
            var outcome = new SyncOutcome("a.png", "https://cdn.example/a.png?token=abc&w=1", status)
            {
                Length = image.Length,
                Sha256 = isKnown ? Given.Digest : null,
                Picture = isKnown ? new Picture("gif", null) : null,
            };
            var entry = ManifestEntry.Of(outcome, options);
            Assert.That(entry is null, Is.EqualTo(status == SyncStatus.Failed), status.ToString());
            Assert.That(entry?.Picture.ToString(), Is.EqualTo(entry is null ? null : isKnown ? "gif" : "png 5x3"));
            Assert.That(entry?.Sha256, Is.EqualTo(entry is null ? null : isKnown ? Given.Digest : ContentDigest.OfFile(directory.PathOf("a.png"), 1000)));
            Assert.That(entry?.Url, Is.Null.Or.EqualTo("https://cdn.example/a.png?token=…&w=1"));
        }

        Assert.That(ManifestEntry.Of(new SyncOutcome("a.png", "https://cdn.example/a.png", SyncStatus.Kept), options), Is.Null, "no file");
        Assert.That(ManifestEntry.Of(new SyncOutcome("b.png", "https://cdn.example/a.png", SyncStatus.Kept) { Length = 5 }, options), Is.Null, "gone");
    }

    [Test]
    public void What_cannot_be_parsed_does_no_harm()
    {
        var random = new Random(18);
        var text = ManifestFormat.Write([Logo, Logo with { LocalPath = "b" }]);
        for (var round = 0; round < 3_000; round++)
        {
            var changed = new StringBuilder(text);
            for (var change = random.Next(4); change >= 0; change--)
            {
                changed[random.Next(changed.Length)] = "{}[]\",:\\\uD800<0\n"[random.Next(12)];
            }

            Assert.That(() => ManifestFormat.Read(changed.ToString()), Throws.Nothing);
        }
    }
}
