using ImageSync.Engine.Lists.Import;

namespace ImageSync.Tests.Import;

public class CurlConfigTests
{
    [TestCase("url = \"https://h/a.png\"\noutput = \"img/a.png\"", "1 https://h/a.png img/a.png")]
    [TestCase("url=https://h/a.png\noutput:img/a.png", "1 https://h/a.png img/a.png", TestName = "{m}: without blanks")]
    [TestCase("url https://h/a.png\noutput\timg/a.png", "1 https://h/a.png img/a.png", TestName = "{m}: blanks separate")]
    [TestCase("--url https://h/a.png\n--output img/a.png", "1 https://h/a.png img/a.png", TestName = "{m}: dashes")]
    [TestCase("--url \"https://h/a.png\"\n-o \"img/a.png\"", "1 https://h/a.png img/a.png", TestName = "{m}: a letter")]
    [TestCase("--url https://h/a.png\n-oimg/a.png", "1 https://h/a.png img/a.png", TestName = "{m}: a letter and its parameter")]
    [TestCase("--url https://h/a.png\n-sSLo img/a.png", "1 https://h/a.png img/a.png", TestName = "{m}: letters in one")]
    [TestCase("\r\n# brand\r\n\turl = https://h/a.png # logo\r\n  output = a.png\r\n",
        "3 https://h/a.png a.png", TestName = "{m}: comments and line ends of Windows")]
    [TestCase("url = https://h/a.png\nurl = https://h/b.png\noutput = a.png\noutput = b.png",
        "1 https://h/a.png a.png\n2 https://h/b.png b.png", TestName = "{m}: the n-th output is of the n-th URL")]
    [TestCase("output = a.png\nurl = https://h/a.png\nremote-name\nurl = https://h/b.png",
        "2 https://h/a.png a.png\n4 https://h/b.png ./", TestName = "{m}: an output before its URL")]
    [TestCase("url = https://h/a.png", "1 https://h/a.png", TestName = "{m}: no output")]
    [TestCase("url = https://h/a.png\noutput = -", "1 https://h/a.png", TestName = "{m}: standard output")]
    [TestCase("url = https://h/a.png\n-O", "1 https://h/a.png ./", TestName = "{m}: a remote name")]
    [TestCase("remote-name-all\nurl = https://h/a.png\nurl = https://h/b.png\noutput = c.png",
        "2 https://h/a.png c.png\n3 https://h/b.png ./", TestName = "{m}: all remote names")]
    [TestCase("url = https://h/a.png\nremote-name\noutput-dir = img",
        "1 https://h/a.png img/", TestName = "{m}: a folder for a remote name")]
    [TestCase("output-dir = \"img/\"\nurl = https://h/a.png\noutput = b.png\nnext\nurl = https://h/c.png\noutput = d.png",
        "2 https://h/a.png img/b.png\n5 https://h/c.png d.png", TestName = "{m}: next begins anew")]
    [TestCase("url = https://h/a.png\n-:\noutput = b.png\nurl = https://h/b.png",
        "1 https://h/a.png\n4 https://h/b.png b.png", TestName = "{m}: next by its letter")]
    [TestCase("output = \"a \\\"b\\\" \\\\c\\q.png\"\nurl = https://h/a.png",
        "2 https://h/a.png a \"b\" \\cq.png", TestName = "{m}: escapes")]
    [TestCase("output = \"a\\tb.png\"\nurl = https://h/a.png",
        "!2 https://h/a.png: holds white space or control characters, which no line of a list can",
        TestName = "{m}: an escape that is a control character")]
    [TestCase("url = \"https://h/a.png", "1 https://h/a.png", TestName = "{m}: a quote that is not closed")]
    [TestCase("url = \"https://h/a.png\\", "-1 https://h/a.png%5C: no image by its name", TestName = "{m}: a backslash at the end")]
    [TestCase("url = https://h/a[1-9].png", "!1 https://h/a[1-9].png: is a pattern of curl's; write each of its URLs")]
    [TestCase("url = https://h/{a,b}.png\ngloboff", "1 https://h/{a,b}.png", TestName = "{m}: braces that are none")]
    [TestCase("url = http://[::1]/a.png", "1 http://[::1]/a.png", TestName = "{m}: an address of IPv6")]
    [TestCase("url = h/a.png", "!1 h/a.png: has no scheme, which curl guesses; write https:// before it")]
    [TestCase("url = ftp://h/a.png", "-1 ftp://h/a.png: ftp: URL")]
    [TestCase("url = https://me:secret@h/a.png", "!1 https://…@h/a.png: carries credentials before the host")]
    [TestCase("url = https://h/feed.xml\noutput = feed.xml", "-1 https://h/feed.xml: no image by its name")]
    [TestCase("url = https://h/a.png\noutput = /dev/null", "-1 https://h/a.png: thrown away")]
    [TestCase("header = \"Authorization: Bearer secret\"\n-H \"X: secret\"\n-usecret\nurl = https://h/a.png", "4 https://h/a.png\n!1 --header: has no counterpart in a list, so images are added without it; one that needs it belongs in a project\n!3 --user: has no counterpart in a list, so images are added without it; one that needs it belongs in a project", TestName = "{m}: what a list cannot have is named without its value")]
    [TestCase("config = more.cfg", "!1 another config: is named here; import it, too")]
    [TestCase("expand-url = \"https://h/{{name}}\"", "!1 --expand-url: holds variables of curl's")]
    [TestCase("location\nfail\ncreate-dirs\nretry = 3\n", "", TestName = "{m}: what is no matter of a list")]
    [TestCase("url\noutput", "", TestName = "{m}: no parameter")]
    public void A_config_is_read(string text, string expected) =>
        Assert.That(FindingsText.Of(CurlConfig.Read(text)), Is.EqualTo(expected));
}
