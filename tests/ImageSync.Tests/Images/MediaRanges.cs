using ImageSync.Images;

namespace ImageSync.Tests.Images;

/// <summary>The values of MediaType.</summary>
public class MediaRanges
{
    [TestCase("*/*", "*/*")]
    [TestCase("image/*", "image/*")]
    [TestCase("image/png", "image/png")]
    [TestCase("IMAGE/Png", "image/png")]
    [TestCase("  image/*\n", "image/*")]
    [TestCase("image/svg+xml", "image/svg+xml")]
    [TestCase("application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text")]
    [TestCase("x!#$%&'+-.^_`|~/1", "x!#$%&'+-.^_`|~/1")]
    public void Valid(string text, string normalized)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(MediaRange.TryParse(text, out var range), Is.True);
            Assert.That(range.ToString(), Is.EqualTo(normalized));
        }
    }

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("*")]
    [TestCase("png")]
    [TestCase(".png")]
    [TestCase("/")]
    [TestCase("image/")]
    [TestCase("/png")]
    [TestCase("*/png")]
    [TestCase("image/p*")]
    [TestCase("image/**")]
    [TestCase("image /png")]
    [TestCase("image/png/x")]
    [TestCase("image//png")]
    [TestCase("image/png, image/gif")]
    [TestCase("image/png;q=0.5")]
    [TestCase("image/*; q=1")]
    [TestCase("image/pñg")]
    [TestCase("image/\"png\"")]
    public void Invalid(string text)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(MediaRange.TryParse(text, out var range), Is.False);
            Assert.That(range, Is.Default);
        }
    }

    [TestCase("*/*", "image/png", true)]
    [TestCase("*/*", "text/css; charset=utf-8", true)]
    [TestCase("*/*", "nonsense", true)]
    [TestCase("image/*", "image/png", true)]
    [TestCase("image/*", "Image/AVIF", true)]
    [TestCase("image/*", "imagex/png", false)]
    [TestCase("image/*", "image", false)]
    [TestCase("image/*", "text/html", false)]
    [TestCase("image/png", "image/png", true)]
    [TestCase("image/png", "image/png ; a=\"b;c\"", true)]
    [TestCase("image/png", " IMAGE/PNG", true)]
    [TestCase("image/png", "image/pngx", false)]
    [TestCase("image/png", "image/webp", false)]
    [TestCase("image/png", "", false)]
    [TestCase("image/x-icon", "image/vnd.microsoft.icon", true)]
    [TestCase("image/vnd.microsoft.icon", "image/x-icon", true)]
    [TestCase("image/jpg", "image/jpeg", true)]
    [TestCase("image/jpeg", "image/JPG;q=1", true)]
    [TestCase("image/heif", "image/heic", true)]
    [TestCase("image/apng", "image/png", true)]
    [TestCase("image/png", "image/jpg", false)]
    [TestCase("text/*", "text/css", true)]
    [TestCase("application/rss+xml", "application/xml", false)]
    public void Includes(string text, string mediaType, bool included) => Assert.That(Range(text).Includes(mediaType), Is.EqualTo(included));

    [TestCase("*/*", true, false)]
    [TestCase("image/*", false, true)]
    [TestCase("image/png", false, true)]
    [TestCase("imagery/png", false, false)]
    [TestCase("text/*", false, false)]
    public void Kinds(string text, bool isAny, bool isImages)
    {
        var range = Range(text);
        Assert.That((range.IsAny, range.IsImages), Is.EqualTo((isAny, isImages)));
    }

    [Test]
    public void Valid_values_are_valid() =>
        Assert.That(
            MediaRange.ValidValues.Split(' ', ',').Where(word => word.Contains('/') && !MediaRange.TryParse(word, out _)),
            Is.Empty);

    private static MediaRange Range(string text) => MediaRange.TryParse(text, out var range) ? range : throw new FormatException(text);
}
