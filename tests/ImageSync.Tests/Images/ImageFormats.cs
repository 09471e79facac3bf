using System.Text;
using ImageSync.Images;
using ImageSync.Testing;

namespace ImageSync.Tests.Images;

/// <summary>What the first bytes say, and which names go with it.</summary>
public class ImageFormats
{
    [TestCaseSource(typeof(SampleTable), nameof(SampleTable.All))]
    public void Sample(string mediaType, byte[] bytes) => Assert.That(Detected(bytes), Is.EqualTo(mediaType));

    [TestCase("GIF87a\u0001", "image/gif")]
    [TestCase("\u00FF\u00D8\u00FF\u00DB", "image/jpeg")]
    [TestCase("\u00FF\u000A", "image/jxl")]
    [TestCase("MM\0*\0\0\0\u0008", "image/tiff")]
    [TestCase("\0\0\u0002\0\u0001\0", "image/x-icon")]
    [TestCase("\0\0\0\u0018ftypavis\0\0\0\0msf1miaf", "image/avif")]
    [TestCase("\0\0\0\u0018ftypmif1\0\0\0\0mif1avif", "image/avif")]
    [TestCase("\0\0\0\u0018ftypmif1\0\0\0\0mif1heic", "image/heic")]
    [TestCase("\0\0\0\u0010ftypmif3avif", "image/avif")]
    [TestCase("\0\0\0\u0010ftypmif3heic", "image/heic")]
    [TestCase("\0\0\0\u0010ftypmif3\0\0\0\0", null)]
    [TestCase("\0\0\0\u0010ftypisomavif", null)]
    [TestCase("II+\0\u0008\0\0\0", "image/tiff")]
    [TestCase("MM\0+\0\u0008\0\0", "image/tiff")]
    [TestCase("II+\0\u0004\0\0\0", null)]
    [TestCase("BM............\u0010\0\0\0", "image/bmp")]
    [TestCase("BM............\u0018\0\0\0", "image/bmp")]
    [TestCase("BM............\u0011\0\0\0", null)]
    [TestCase("BM............\u0044\0\0\0", null)]
    [TestCase("\u001F\u008B\u0008", null)]
    [TestCase("\0\0\0\u0018ftypisom\0\0\0\0iso2mp41", null)]
    [TestCase("\0\0\0\u0010ftypisom\0\0\0\0....avif", null)]
    [TestCase("\0\0\0\u0014ftypisomavifmp41", null)]
    [TestCase("RIFF....WAVEfmt ", null)]
    [TestCase("BMW and Mini, a history", null)]
    [TestCase("\0\0\u0001\0\0\0", null)]
    [TestCase("\0\u0001\0\0\0\u0012", null)]
    [TestCase("{\"error\":\"not found\"}", null)]
    [TestCase("", null)]
    public void Signature(string head, string? mediaType) => Assert.That(Detected(Encoding.Latin1.GetBytes(head)), Is.EqualTo(mediaType));

    // The table in docs/formats.md.
    [Test]
    public void Brands(
        [Values("avif", "avis", "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "mif1", "msf1", "avci", "avcs", "jpeg",
            "j2ki", "isom", "mp42", "qt  ")] string brand)
    {
        var mediaType = brand switch { "avif" or "avis" => "image/avif", "mif1" or "msf1" or ['h', 'e', ..] => "image/heic", _ => null };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Detected(Encoding.Latin1.GetBytes($"\0\0\0\u0010ftyp{brand}\0\0\0\0")), Is.EqualTo(mediaType), "major");
            Assert.That(Detected(Encoding.Latin1.GetBytes($"\0\0\0\u0014ftypmiaf\0\0\0\0{brand}")), Is.EqualTo(mediaType), "compatible");
            Assert.That(Detected(Encoding.Latin1.GetBytes($"\0\0\0\u0010ftypmif3{brand}")), Is.EqualTo(mediaType), "mif3");
            Assert.That(Detected(Encoding.Latin1.GetBytes($"\0\0\0\u0010ftypmiaf{brand}")), Is.Null, "a minor version");
        }
    }

    [TestCase("<svg>")]
    [TestCase("<svg/>")]
    [TestCase("<svg\nxmlns=''>")]
    [TestCase("<svg:svg xmlns:svg='http://www.w3.org/2000/svg'>")]
    [TestCase("\uFEFF<svg>")]
    [TestCase("  \r\n\t<svg>")]
    [TestCase("<?xml version='1.0'?><svg>")]
    [TestCase("<?xml version='1.0'?><?xml-stylesheet href='a.css'?>\n<!-- <html> --><!-- > --><svg>")]
    [TestCase("<!DOCTYPE svg><svg>")]
    [TestCase("<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\"><!-- x --><svg>")]
    [TestCase("<!DOCTYPE svg [ <!ENTITY a \"]><html>\"> <!-- ]> it's --> <?p ]>' ?> <!ENTITY b '\"'> ] >\n<svg>")]
    public void Svg(string text)
    {
        var unmarked = text.TrimStart('\uFEFF');
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Detected(Encoding.UTF8.GetBytes(text)), Is.EqualTo("image/svg+xml"));
            Assert.That(Detected([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(unmarked)]), Is.EqualTo("image/svg+xml"), "UTF-16, little-endian");
            Assert.That(Detected([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(unmarked)]), Is.EqualTo("image/svg+xml"), "UTF-16, big-endian");
        }
    }

    [TestCase("<svg")]
    [TestCase("<SVG>")]
    [TestCase("<svgs>")]
    [TestCase("<svg:g>")]
    [TestCase("<g><svg>")]
    [TestCase("<html><body><svg></svg>")]
    [TestCase("<!-- <svg>")]
    [TestCase("<!-- -- > <svg>")]
    [TestCase("<?xml <svg>")]
    [TestCase("<!DOCTYPE svg [ <svg>")]
    [TestCase("<!DOCTYPE svg [ <!ENTITY a '> ]><svg>")]
    [TestCase("text <svg>")]
    [TestCase("<>")]
    [TestCase(">")]
    public void Other_markup(string text) => Assert.That(Detected(Encoding.UTF8.GetBytes(text)), Is.Null);

    [TestCase("a.png", true)]
    [TestCase("img/a.PNG", true)]
    [TestCase("a.apng", true)]
    [TestCase("a.jpg", false)]
    [TestCase("a.png.webp", false)]
    [TestCase("a.svg", false)]
    [TestCase("a.ico", false)]
    [TestCase("a.dat", true)]
    [TestCase("a", true)]
    [TestCase("a.svgz", false)]
    [TestCase("a.jpg/avatar", true)]
    [TestCase("", true)]
    public void Extension_for_a_PNG(string path, bool fits) =>
        Assert.That(ImageFormat.Detect(SampleImages.Png(1, 1, 1))!.FitsExtension(path), Is.EqualTo(fits));

    [Test]
    public void Table()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var format in ImageFormat.All)
            {
                Assert.That(format.Extensions, Is.Not.Empty.And.All.Match("^\\.[a-z]+$"), format.Noun);
                Assert.That(format.Extensions.All(extension => format.FitsExtension("a" + extension)), Is.True, format.Noun);
                Assert.That(format.OtherMediaTypes.Append(format.MediaType), Is.All.Match("^image/[a-z.+-]+$"), format.Noun);
            }

            Assert.That(ImageFormat.All.SelectMany(format => format.Extensions), Is.Unique);

            // A coding of a format has no media type of its own.
            var coded = ImageFormat.All.Where(format => format.Coding is not null).ToList();
            Assert.That(coded.Select(format => (format.CodedMediaType, format.Extensions.Single())),
                Is.EqualTo(new[] { ("image/svg+xml in gzip", ".svgz") }));
            Assert.That(ImageFormat.All.Except(coded).SelectMany(format => format.OtherMediaTypes.Append(format.MediaType)), Is.Unique);
        }
    }

    private static string? Detected(byte[] bytes) => ImageFormat.Detect(bytes)?.MediaType;
}
