using ImageSync.Http;
using ImageSync.Images;
using ImageSync.Testing;

namespace ImageSync.Tests.Docs;

/// <summary>docs/formats.md has every format with all of its names, and every name whose coding stays.</summary>
public class FormatsPage
{
    private static readonly string Text = File.ReadAllText(RepositoryRoot.PathOf("docs/formats.md"));

    private static IEnumerable<string> Formats => ImageFormat.All.Select(format => string.Join(' ', format.Extensions.Select(extension => $"`{extension}`")));

    [TestCaseSource(nameof(Formats))]
    public void A_format_has_a_row_with_its_names(string names) => Assert.That(Text, Does.Contain($" | {names} | "));

    [Test]
    public void There_are_no_other_rows() =>
        Assert.That(Text.Split('\n').Count(line => line.Split(" | ") is [_, ['`', '.', ..], ..]), Is.EqualTo(ImageFormat.All.Count));

    [Test]
    public void Names_of_formats_are_listed()
    {
        var sentence = Text.Split('\n').Single(line => line.StartsWith("- **Format** is ", StringComparison.Ordinal)).Split(". ")[0];
        Assert.That(sentence.Split('`').Where((_, index) => index % 2 == 1), Is.EqualTo(ImageFormat.All.Select(format => format.Name)));
    }

    [Test]
    public void Names_whose_coding_stays_are_listed()
    {
        var sentence = Text.Split('\n').Single(line => line.StartsWith("Many servers send a `.svgz`", StringComparison.Ordinal));
        var names = sentence.Split('`').Where(part => part.StartsWith('.'));
        Assert.That(names.Where(name => ContentCoding.OwnOf("a" + name) is null), Is.Empty);
        Assert.That(names.Select(name => ContentCoding.OwnOf("a" + name)), Is.SupersetOf(new[] { "gzip", "br", "zstd", "compress" }));
    }
}
