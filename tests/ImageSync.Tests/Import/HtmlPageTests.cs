using ImageSync.Engine.Lists.Import;

namespace ImageSync.Tests.Import;

public class HtmlPageTests
{
    [TestCase("<img src=\"https://h/a.png\">", "1 https://h/a.png")]
    [TestCase("<IMG\n ALT='>' SRC = 'https://h/a.png' />", "1 https://h/a.png", TestName = "{m}: letter case, quotes and blanks")]
    [TestCase("<p>\r\n<img src=https://h/a.png/>", "2 https://h/a.png/", TestName = "{m}: a slash belongs to a value without quotes")]
    [TestCase("<img src=https://h/a.png src=https://h/b.png>", "1 https://h/a.png", TestName = "{m}: the first of two attributes")]
    [TestCase("<img src=https://h/a.png srcset='https://h/b.png 2x, https://h/c,d.png, https://h/e.png 100w (a,b), https://h/f.png,'>",
        "1 https://h/a.png\n1 https://h/b.png\n1 https://h/c,d.png\n1 https://h/e.png\n1 https://h/f.png", TestName = "{m}: srcset")]
    [TestCase("<picture><source srcset='https://h/a.webp'><source src='https://h/a.mp4'></picture>", "1 https://h/a.webp")]
    [TestCase("<video poster=https://h/a.png src=https://h/a.mp4></video>", "1 https://h/a.png")]
    [TestCase("<link rel='Shortcut ICON' href=https://h/a.ico><link rel=apple-touch-icon href=https://h/b.png><link rel=stylesheet href=https://h/c.css>",
        "1 https://h/a.ico\n1 https://h/b.png")]
    [TestCase("<input type=Image src=https://h/a.png><input type=text src=https://h/b.png>", "1 https://h/a.png")]
    [TestCase("<svg><image href=https://h/a.png /><image xlink:href='https://h/b.png'/></svg>", "1 https://h/a.png\n1 https://h/b.png")]
    [TestCase("<!-- <img src=https://h/a.png> --><img src=https://h/b.png>", "1 https://h/b.png")]
    [TestCase("<!--><img src=https://h/a.png>--><!---><img src=https://h/b.png><!-- --!><img src=https://h/c.png>",
        "1 https://h/a.png\n1 https://h/b.png\n1 https://h/c.png", TestName = "{m}: comments that end oddly")]
    [TestCase("<!-- <img src=https://h/a.png>", "", TestName = "{m}: a comment without an end")]
    [TestCase("<script>'<img src=https://h/a.png></scripts>'</SCRIPT ><img src=https://h/b.png>", "1 https://h/b.png")]
    [TestCase("<style><img src=https://h/a.png></style><textarea><img src=https://h/b.png></textarea><title><img src=https://h/c.png></title>", "")]
    [TestCase("<svg><style/><image href=https://h/a.png /></svg>", "1 https://h/a.png", TestName = "{m}: a style that SVG closes at once")]
    [TestCase("<svg><![CDATA[<image href=https://h/a.png>]]></svg><![CDATA[ > <img src=https://h/b.png>",
        "1 https://h/b.png", TestName = "{m}: CDATA in SVG and outside")]
    [TestCase("<!doctype html><?x <img src=a> ?></ x><img src=https://h/a.png>", "1 https://h/a.png", TestName = "{m}: declarations")]
    [TestCase("</p <img src=https://h/a.png><noscript><img src=https://h/b.png></noscript>",
        "1 https://h/b.png", TestName = "{m}: end tags, and noscript")]
    [TestCase("1 < 2 <3 <img src=https://h/a.png", "", TestName = "{m}: a tag without an end")]
    [TestCase("<imgx src=https://h/a.png><img-src src=https://h/b.png>", "", TestName = "{m}: other names")]
    [TestCase("<img src=' https://h/a&amp;b.png?x&#61;1&amp&copy=2&sol;&lpar; '>",
        "1 https://h/a&b.png?x=1&&copy=2/(", TestName = "{m}: character references")]
    [TestCase("<img src='https://h/a b\n.png#x'><img src='https://h/a%20b.png'>",
        "1 https://h/a%20b.png", TestName = "{m}: blanks, line ends and fragments")]
    [TestCase("<img src='a.png'><img src='/b.png'><img src='//h/c.png'>",
        "-1 a.png: relative URL\n-1 /b.png: relative URL\n-1 //h/c.png: relative URL")]
    [TestCase("<img src='a.png'><base href='https://h/x/y'><base href='https://other/'><img src='/b.png'><img src='//i/c.png'><img src='?d'><img src='https://j/e.png'><img src='../f g.png'>",
        "1 https://h/x/a.png\n1 https://h/b.png\n1 https://i/c.png\n1 https://h/x/y?d\n1 https://j/e.png\n1 https://h/f%20g.png", TestName = "{m}: relative to a base")]
    [TestCase("<base href='/x/'><img src='a.png'>", "-1 a.png: relative URL")]
    [TestCase("<img src='data:image/png;base64,AAAA'><img src='JavaScript:alert(1)'><img src='blob:https://h/1'>",
        "-1 data:image/png;base64,AAAA: data: URL\n-1 JavaScript:alert(1): javascript: URL\n-1 blob:https://h/1: blob: URL")]
    [TestCase("<img src='https://me:secret@h/a.png'>", "!1 https://…@h/a.png: carries credentials before the host")]
    [TestCase("<img src='https://h/\u0001.png'>",
        "!1 https://h/%01.png: holds white space or control characters, which no line of a list can",
        TestName = "{m}: a control character")]
    [TestCase("<img src='https://h/\u3000.png'>",
        "!1 https://h/%E3%80%80.png: holds white space or control characters, which no line of a list can")]
    [TestCase("<img src='https://h/größe.png'>", "1 https://h/größe.png")]
    [TestCase("<img src=''><img src><img>", "", TestName = "{m}: nothing")]
    [TestCase("<img src='https:///a.png'>", "!1 https:///a.png: has no valid host")]
    public void A_page_is_read(string text, string expected) =>
        Assert.That(FindingsText.Of(HtmlPage.Read(text)), Is.EqualTo(expected));
}
