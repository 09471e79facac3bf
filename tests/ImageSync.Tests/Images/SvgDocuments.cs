using System.Net;
using System.Net.Sockets;
using System.Text;
using ImageSync.Images;
using ImageSync.Testing;

namespace ImageSync.Tests.Images;

/// <summary>SVG is XML, with all that XML brings.</summary>
public class SvgDocuments
{
    private const string Illustrator =
        """
        <?xml version="1.0" encoding="utf-8"?>
        <!-- Generator: Adobe Illustrator 16.0.0, SVG Export Plug-In . SVG Version: 6.00 Build 0)  -->
        <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
            <!ENTITY ns_extend "http://ns.adobe.com/Extensibility/1.0/">
            <!ENTITY ns_ai "http://ns.adobe.com/AdobeIllustrator/10.0/">
            <!ENTITY ns_svg "http://www.w3.org/2000/svg">
            <!ENTITY ns_xlink "http://www.w3.org/1999/xlink">
        ]>
        <svg version="1.1" xmlns:x="&ns_extend;" xmlns:i="&ns_ai;" xmlns="&ns_svg;" xmlns:xlink="&ns_xlink;" i:viewOrigin="0 0">
            <switch><foreignObject requiredExtensions="&ns_ai;" width="1" height="1"/><g i:extraneous="self"><path d="M0,0h9"/></g></switch>
        </svg>
        """;

    [TestCase(Illustrator)]
    [TestCase("<svg xmlns='http://www.w3.org/2000/svg'><![CDATA[ </svg> ]]></svg>")]
    [TestCase("<s:svg xmlns:s='http://www.w3.org/2000/svg'></s:svg>")]
    [TestCase("<svg/>\n<!-- behind the end -->\n")]
    [TestCase("<!DOCTYPE svg [<!ATTLIST svg xmlns:a CDATA #IMPLIED version CDATA '1.1'> <!ELEMENT a (b|c)*>]><svg/>")]
    public void Whole(string text) => Assert.That(IsComplete(text), Is.True);

    [TestCase("<svg>")]
    [TestCase("<svg/><svg/>")]
    [TestCase("<svg/>text")]
    [TestCase("<svg><g></svg>")]
    [TestCase("<svg a='1' a='2'/>")]
    [TestCase("<svg>&nbsp;</svg>")]
    [TestCase("<svg xlink:href='#a'/>")]
    [TestCase("<svg>\u0001</svg>")]
    [TestCase("<?xml version='1.0' encoding='no-such-thing'?><svg/>")]
    public void Not_well_formed(string text) => Assert.That(IsComplete(text), Is.False);

    [Test]
    public void Only_the_white_space_at_the_end_can_be_missing()
    {
        var bytes = Encoding.UTF8.GetBytes(Illustrator + "\r\n\n");
        Assert.That(
            Enumerable.Range(0, bytes.Length).Where(length => SampleTable.IsCompleteImage(bytes[..length])),
            Is.EqualTo(new[] { bytes.Length - 3, bytes.Length - 2, bytes.Length - 1 }));
    }

    [Test]
    public void Encodings_that_NET_has_to_be_asked_for([Values("windows-1251", "windows-1252", "gb2312", "shift_jis", "koi8-r")] string encoding)
    {
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(encoding)!.GetBytes($"<?xml version='1.0' encoding='{encoding}'?><svg><text>Привет</text></svg>");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(SampleTable.IsCompleteImage(bytes), Is.True);
            Assert.That(SampleTable.IsCompleteImage(bytes[..^1]), Is.False);
        }
    }

    [Test]
    public void Encodings_that_NET_has([Values("utf-8", "utf-16", "utf-16BE", "iso-8859-1", "us-ascii")] string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes($"<?xml version='1.0' encoding='{name}'?><svg/>")];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(SampleTable.IsCompleteImage(bytes), Is.True);
            Assert.That(SampleTable.IsCompleteImage(bytes[..^1]), Is.False);
        }
    }

    [TestCase("<svg>&a9;</svg>")]
    [TestCase("<svg a='&a9;'/>")]
    public void Entities_that_multiply(string root)
    {
        var entities = Enumerable.Range(1, 9).Select(i => $"<!ENTITY a{i} '{string.Concat(Enumerable.Repeat($"&a{i - 1};", 10))}'>");
        Assert.That(IsComplete($"<!DOCTYPE svg [<!ENTITY a0 'lol'>{string.Concat(entities)}]>{root}"), Is.False);
    }

    [Test]
    public void Entities_that_go_in_circles() => Assert.That(IsComplete("<!DOCTYPE svg [<!ENTITY a '&b;'><!ENTITY b '&a;'>]><svg>&a;</svg>"), Is.False);

    [Test]
    [CancelAfter(20_000)]
    public void Default_attributes_that_multiply()
    {
        var attributes = string.Join(' ', Enumerable.Range(0, 800).Select(i => $"a{i} CDATA ''"));
        var elements = string.Concat(Enumerable.Repeat("<g/>", 20_000));
        Assert.That(IsComplete($"<!DOCTYPE svg [<!ATTLIST g {attributes}>]><svg>{elements}</svg>"), Is.False);
    }

    [Test]
    public void Elements_nested_deeply()
    {
        const int Depth = 200_000;
        var open = string.Concat(Enumerable.Repeat("<g>", Depth));
        var close = string.Concat(Enumerable.Repeat("</g>", Depth));
        Assert.That(IsComplete($"<svg>{open}{close}</svg>"), Is.True);
    }

    [Test]
    public void A_DOCTYPE_longer_than_the_head_is_refused() =>
        Assert.That(IsComplete($"<!DOCTYPE svg [<!ENTITY a '{new string('a', ImageFormat.HeadLength)}'>]><svg/>"), Is.False);

    [Test]
    public void What_lies_elsewhere_is_not_fetched()
    {
        using var origin = new TcpListener(IPAddress.Loopback, 0);
        origin.Start();
        var url = $"http://{origin.LocalEndpoint}/x";
        var complete = IsComplete(
            $"<!DOCTYPE svg PUBLIC 'x' '{url}.dtd' [<!ENTITY a SYSTEM '{url}'><!ENTITY % b SYSTEM '{url}'> %b;]><?xml-stylesheet href='{url}'?><svg>&a;</svg>");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(complete, Is.True);
            Assert.That(origin.Pending(), Is.False);
        }
    }

    [Test]
    public void Another_root_is_no_SVG()
    {
        var svg = ImageFormat.Detect(SampleImages.Svg())!;
        Assert.That(svg.IsComplete(new MemoryStream("<html><svg/></html>"u8.ToArray())), Is.False);
    }

    [Test]
    public void The_stream_stays_open([Values("utf-8", "windows-1251")] string encoding)
    {
        using var stream = new MemoryStream(Encoding.ASCII.GetBytes($"<?xml version='1.0' encoding='{encoding}'?><svg/>"));
        ImageFormat.Detect(stream.ToArray())!.IsComplete(stream);
        Assert.That(stream.CanRead, Is.True);
    }

    private static bool IsComplete(string text) =>
        ImageFormat.Detect(SampleImages.Svg())!.IsComplete(new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
