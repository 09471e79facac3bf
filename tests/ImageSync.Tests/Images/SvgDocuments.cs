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
    [TestCase("<svg xmlns='http://www.w3.org/2000/svg'/>\n<!-- behind the end -->\n")]
    [TestCase("<!DOCTYPE s:svg [<!ATTLIST s:svg a CDATA #IMPLIED b CDATA ''> <!ELEMENT a (b|c)*>]><s:svg xmlns:s='http://www.w3.org/2000/svg'/>")]
    [TestCase("<!DOCTYPE svg [<!ATTLIST svg xmlns CDATA #FIXED 'http://www.w3.org/2000/svg'>]><svg/>")]
    [TestCase("<svg xmlns='http://www.w3.org/2000/svg'><g xmlns=''><svg/></g></svg>")]
    public void Whole(string text) => Assert.That(IsComplete(text), Is.True);

    [TestCase("<svg>")]
    [TestCase("<svg/><svg/>")]
    [TestCase("<svg/>text")]
    [TestCase("<svg/>\0")]
    [TestCase("<svg><g></svg>")]
    [TestCase("<svg a='1' a='2'/>")]
    [TestCase("<svg>&nbsp;</svg>")]
    [TestCase("<svg xlink:href='#a'/>")]
    [TestCase("<svg>\u0001</svg>")]
    [TestCase("<?xml version='2.0'?><svg/>")]
    [TestCase("<?xml version='1.'?><svg/>")]
    [TestCase("<?xml encoding='utf-8'?><svg/>")]
    [TestCase("<?xml version='1.0' standalone='maybe'?><svg/>")]
    [TestCase("<?xml version='1.0'?><?xml version='1.0'?><svg/>")]
    [TestCase("\n<?xml version='1.0'?><svg/>")]
    public void Not_well_formed(string text) => Assert.That(IsComplete(Named(text)), Is.False);

    // Chromium shows these. XmlReader refuses each by itself.
    [TestCase("<svg xml:space='x'/>")]
    [TestCase("<svg><g xml:space=''/><g xml:space='preserve'/><g xml:space = \"DEFAULT\"></g></svg>")]
    [TestCase("<!DOCTYPE svg [<!ATTLIST svg xml:space CDATA #IMPLIED>]><svg/>")]
    [TestCase("<!DOCTYPE svg [<!ATTLIST svg xml:space (default|preserve) 'x'>]><svg/>")]
    [TestCase("<!DOCTYPE svg [<!ENTITY a \"<g xml:space='x'/><?a:b c?>\">]><svg>&a;</svg>")]
    [TestCase("<?a:b c?><svg/>")]
    [TestCase("<?a:b?><svg><?xml:foo bar?></svg><?:?>")]
    [TestCase("<?é:b c?><svg/>")]
    [TestCase("<!DOCTYPE svg [<!ENTITY b:c 'x'>]><svg a='&b:c;'>&b:c;</svg>")]
    public void Names_and_values_that_browsers_pass_over(string text) => Assert.That(IsComplete(Named(text)), Is.True);

    // Chromium refuses these.
    [TestCase("<svg a:b='1'/>")]
    [TestCase("<svg><a:g/></svg>")]
    [TestCase("<svg><?a b?><a:g/></svg>")]
    [TestCase("<svg><!--<?--><a:g/></svg>")]
    [TestCase("<svg><![CDATA[&]]><a:g/></svg>")]
    [TestCase("<svg>&b:c;</svg>")]
    [TestCase("<svg xml:space='x' xml:space='y'/>")]
    [TestCase("<svg xmlns:a='x' a:b:c='1'/>")]
    public void Names_that_browsers_do_not_pass_over(string text) => Assert.That(IsComplete(Named(text)), Is.False);

    [Test]
    public void Names_at_the_seams_of_buffers([Values(1, 2, 3, 7, 4095, 4096)] int bytesAtOnce)
    {
        var text = Named($"<?{new string('a', 5000)}:b?><svg>{string.Concat(Enumerable.Repeat("<g xml:space='x'/><?a:b?>", 1000))}</svg>");
        using var stream = new TricklingStream(Encoding.UTF8.GetBytes(text)) { BytesAtOnce = bytesAtOnce };
        Assert.That(ImageFormat.Detect(SampleImages.Svg())!.IsComplete(stream), Is.True);
    }

    // What Chromium shows, and what it does not.
    [TestCase("xmlns='http://www.w3.org/2000/svg'", true)]
    [TestCase("", false)]
    [TestCase("xmlns=''", false)]
    [TestCase("xmlns='http://www.w3.org/1999/xhtml'", false)]
    [TestCase("xmlns='http://www.w3.org/2000/svg/'", false)]
    [TestCase("xmlns='https://www.w3.org/2000/svg'", false)]
    [TestCase("xmlns:svg='http://www.w3.org/2000/svg'", false)]
    public void Without_its_namespace_no_browser_shows_it(string attributes, bool isComplete) =>
        Assert.That(IsComplete($"<svg {attributes}/>"), Is.EqualTo(isComplete));

    [TestCase("<?xml version='1.1'?>")]
    [TestCase("<?xml version=\"1.1\" encoding=\"UTF-8\" standalone=\"no\"?>")]
    [TestCase("<?xml version='1.2' ?>\n")]
    public void Versions_that_browsers_take_for_1_0(string declaration) => Assert.That(IsComplete(Named(declaration + "<svg/>")), Is.True);

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
        var text = Named($"<?xml version='1.0' encoding='{encoding}'?><svg><text>Привет</text></svg>");
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(encoding)!.GetBytes(text);
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
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(Named($"<?xml version='1.0' encoding='{name}'?><svg/>"))];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(SampleTable.IsCompleteImage(bytes), Is.True);
            Assert.That(SampleTable.IsCompleteImage(bytes[..^1]), Is.False);
        }
    }

    // Labels of the Encoding Standard that .NET does not know, labels that the bytes contradict, and one that nobody knows.
    [Test]
    public void Encodings_that_browsers_know_or_pass_over(
        [Values("utf8", "UTF8", "unicode-1-1-utf-8", "utf-16", "UTF-16LE", "utf-16be", "unicode", "ucs-2", "iso-10646-ucs-2", "utf-32",
            "ebcdic-cp-us", "ibm037", "no-such-thing")] string label,
        [Values("é", "見")] string letter) =>
        Assert.That(IsComplete(Named($"<?xml version='1.0' encoding='{label}'?><svg><text>{letter}</text></svg>")), Is.True);

    [Test]
    public void Encodings_of_one_byte_or_two_under_labels_that_browsers_know(
        [Values("latin1", "l1", "ascii", "us-ascii", "ansi_x3.4-1968", "cp1252", "x-cp1252", "cp1251", "iso8859-9", "iso88591",
            "iso-8859-16", "koi8_r", "x-mac-roman", "csiso88598e",
            "windows-31j", "ms932", "x-gbk", "gb_2312", "windows-949", "x-user-defined")] string label) =>
        Assert.That(SampleTable.IsCompleteImage(InOneByteOrTwo(label)), Is.True);

    [TestCase("utf8")]
    [TestCase("utf-16")]
    [TestCase("utf-8")]
    public void Bytes_that_are_no_UTF_8_are_refused_under_labels_of_it(string label) =>
        Assert.That(SampleTable.IsCompleteImage(InOneByteOrTwo(label)), Is.False);

    // The mark counts, and not what is declared (Encoding Standard §6, "BOM sniff").
    [Test]
    public void A_byte_order_mark_tells_the_encoding([Values("utf-8", "utf-16", "utf-16BE")] string name,
        [Values("utf-8", "utf8", "utf-16", "UTF-16BE", "iso-8859-1", "no-such-thing", null)] string? declared)
    {
        var encoding = Encoding.GetEncoding(name);
        var declaration = declared is null ? "" : $"<?xml version=\"1.0\" encoding=\"{declared}\"?>\n";
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(Named(declaration + "<svg><text>見</text></svg>"))];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(SampleTable.IsCompleteImage(bytes), Is.True);
            Assert.That(Enumerable.Range(3, bytes.Length - 3).Where(length => SampleTable.IsCompleteImage(bytes[..length])), Is.Empty);
        }
    }

    // XML 1.0 §4.3.3 wants the mark, and Chromium does as well.
    [Test]
    public void UTF_16_without_a_mark_is_none([Values("utf-16", "utf-16BE")] string name) =>
        Assert.That(
            SampleTable.IsCompleteImage(Encoding.GetEncoding(name).GetBytes(Named($"<?xml version='1.0' encoding='{name}'?><svg/>"))),
            Is.False);

    [TestCase("<!--", "-->")]
    [TestCase("<?x ", "?>")]
    [TestCase("", "")]
    [TestCase("<!DOCTYPE svg>\n<!--", "-->")]
    public void Much_before_the_root(string open, string close)
    {
        foreach (var length in new[] { 16_000, 16_384, 20_000, 500_000 })
        {
            var text = Named(open + new string(' ', length) + close + "<svg/>");
            using (Assert.EnterMultipleScope())
            {
                Assert.That(Judge(Encoding.UTF8.GetBytes(text)), Is.Null, $"{length}");
                Assert.That(Judge([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)]), Is.Null, $"{length}, UTF-16");
                Assert.That(Judge(Encoding.UTF8.GetBytes(text)[..^1]), Does.Contain("breaks off"), $"{length}, cut");
            }
        }
    }

    [Test]
    public void More_than_a_megabyte_before_the_root_is_not_looked_through() =>
        Assert.That(Judge(Encoding.UTF8.GetBytes(Named($"<!--{new string('a', MarkupSniffer.MaxLength)}--><svg/>"))),
            Does.Contain("not an image that ImageSync recognises"));

    // As old Illustrators wrote them: the style of each path.
    [TestCase(30_000, 100)]
    [TestCase(45_000, 200)]
    public void Entities_that_are_used_often(int times, int characters) => Assert.That(
        IsComplete(OfEntities(times, characters)), Is.True);

    [TestCase(2_000, 10_000)]
    [TestCase(90_000, 200)]
    public void Entities_that_are_used_too_often(int times, int characters) => Assert.That(
        IsComplete(OfEntities(times, characters)), Is.False);

    [TestCase("<svg>&a9;</svg>")]
    [TestCase("<svg a='&a9;'/>")]
    public void Entities_that_multiply(string root)
    {
        var entities = Enumerable.Range(1, 9).Select(i => $"<!ENTITY a{i} '{string.Concat(Enumerable.Repeat($"&a{i - 1};", 10))}'>");
        Assert.That(IsComplete($"<!DOCTYPE svg [<!ENTITY a0 'lol'>{string.Concat(entities)}]>{Named(root)}"), Is.False);
    }

    [Test]
    public void Entities_that_go_in_circles() =>
        Assert.That(IsComplete(Named("<!DOCTYPE svg [<!ENTITY a '&b;'><!ENTITY b '&a;'>]><svg>&a;</svg>")), Is.False);

    [Test]
    [CancelAfter(20_000)]
    public void Default_attributes_that_multiply()
    {
        var attributes = string.Join(' ', Enumerable.Range(0, 800).Select(i => $"a{i} CDATA ''"));
        var elements = string.Concat(Enumerable.Repeat("<g/>", 20_000));
        Assert.That(IsComplete(Named($"<!DOCTYPE svg [<!ATTLIST g {attributes}>]><svg>{elements}</svg>")), Is.False);
    }

    [Test]
    public void Elements_nested_deeply()
    {
        const int Depth = 200_000;
        var open = string.Concat(Enumerable.Repeat("<g>", Depth));
        var close = string.Concat(Enumerable.Repeat("</g>", Depth));
        Assert.That(IsComplete(Named($"<svg>{open}{close}</svg>")), Is.True);
    }

    // XmlReader takes long over content models, and parameter entities can hold them.
    [TestCase("<!ELEMENT a ({0})>", false)]
    [TestCase("<!ENTITY % a '{0}'>", false)]
    [TestCase("<!ATTLIST a b CDATA '{0}'>", false)]
    [TestCase("<!ENTITY a '{0}'>", true)]
    [TestCase("<!ENTITY a '{0}'><!ENTITY b '<!ELEMENT'><!-- <!ELEMENT --><?p <!ELEMENT ?>", true)]
    public void A_DOCTYPE_longer_than_the_head_holds_entities_alone(string declarations, bool isComplete)
    {
        var text = declarations.Replace("{0}", new string('a', ImageFormat.HeadLength), StringComparison.Ordinal);
        Assert.That(Judge(Encoding.UTF8.GetBytes(Named($"<!DOCTYPE svg [{text}]><svg/>"))) is null, Is.EqualTo(isComplete));
    }

    [Test]
    public void What_lies_elsewhere_is_not_fetched()
    {
        using var origin = new TcpListener(IPAddress.Loopback, 0);
        origin.Start();
        var url = $"http://{origin.LocalEndpoint}/x";
        var complete = IsComplete(
            $"<!DOCTYPE svg PUBLIC 'x' '{url}.dtd' [<!ENTITY a SYSTEM '{url}'><!ENTITY % b SYSTEM '{url}'> %b;]>"
            + $"<?xml-stylesheet href='{url}'?>{Named("<svg>&a;</svg>")}");
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

    private static string? Judge(byte[] bytes) => MediaTypeCheck.Judge(MediaRange.Images, null, new MemoryStream(bytes)).Problem;

    /// <summary>The same with its root in the namespace.</summary>
    private static string Named(string text) =>
        text.Insert(text.IndexOf("<svg", StringComparison.Ordinal) + "<svg".Length, " xmlns='http://www.w3.org/2000/svg'");

    private static byte[] InOneByteOrTwo(string label) =>
        [.. Encoding.ASCII.GetBytes(Named($"<?xml version='1.0' encoding='{label}'?><svg><text>")), 0xE9, 0xA1, .. "</text></svg>"u8];

    private static string OfEntities(int times, int characters)
    {
        var elements = string.Concat(Enumerable.Repeat("<g style='&st0;'/>", times));
        return Named($"<!DOCTYPE svg [<!ENTITY st0 '{new string('a', characters)}'>]><svg>{elements}</svg>");
    }

    private static bool IsComplete(string text) =>
        ImageFormat.Detect(SampleImages.Svg())!.IsComplete(new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
