using ImageSync.Engine.Lists.Import;

namespace ImageSync.Tests.Import;

public class MarkdownPageTests
{
    [TestCase("![a](https://h/a.png)", "1 https://h/a.png")]
    [TestCase("# x\r\n\r\ntext ![](https://h/a.png 'title') and ![b]( <https://h/b c.png> \"x\" )",
        "3 https://h/a.png\n3 https://h/b%20c.png", TestName = "{m}: titles and angle brackets")]
    [TestCase("![a](https://h/a_(1).png) ![b](https://h/b\\).png (t))",
        "1 https://h/a_(1).png\n1 https://h/b).png", TestName = "{m}: parentheses")]
    [TestCase("[![a](https://h/a.png)](https://h/) ![x ![b](https://h/b.png) y](https://h/c.png) ![[d]](https://h/d.png)",
        "1 https://h/a.png\n1 https://h/c.png\n1 https://h/b.png\n1 https://h/d.png", TestName = "{m}: in links and in each other")]
    [TestCase("![a][Logo  X] ![logo\nx][] ![logo x]\n\n[logo x]: https://h/a.png 'title'\n[logo x]: https://h/b.png",
        "1 https://h/a.png", TestName = "{m}: by reference")]
    [TestCase("![a][b] ![c] ![^b]\n\n> [c]:\n> https://h/c.png\n\n[b]: <https://h/a.png>\n[^b]: https://h/d.png",
        "1 https://h/a.png\n1 https://h/c.png", TestName = "{m}: definitions")]
    [TestCase("![a][b] ![c]", "", TestName = "{m}: references without a definition")]
    [TestCase("[a](https://h/a.png) <https://h/b.png>\n[c]: https://h/c.png", "", TestName = "{m}: links are no images")]
    [TestCase("\\![a](https://h/a.png) !\\[b](https://h/b.png) ![c\\](https://h/c.png)", "", TestName = "{m}: escapes")]
    [TestCase("`![a](https://h/a.png)` ``` ` ![b](https://h/b.png)``` ![c](https://h/c.png) \\`![d](https://h/d.png)`",
        "1 https://h/c.png\n1 https://h/d.png", TestName = "{m}: code spans")]
    [TestCase("a ` b\n\n![a](https://h/a.png) `\n\n- x `\n- ![b](https://h/b.png)\n- `",
        "3 https://h/a.png\n6 https://h/b.png", TestName = "{m}: code spans end with their paragraphs")]
    [TestCase("```md\n![a](https://h/a.png)\n~~~\n```\n![b](https://h/b.png)\n~~~~\n![c](https://h/c.png)\n~~~\n~~~~~  \n![d](https://h/d.png)", "5 https://h/b.png\n10 https://h/d.png", TestName = "{m}: fences")]
    [TestCase("- 1. ```\n     ![a](https://h/a.png)\n     ```\n> ~~~\n> ![b](https://h/b.png)\n> ~~~\n\n![c](https://h/c.png)",
        "8 https://h/c.png", TestName = "{m}: fences in lists and quotations")]
    [TestCase("``` a`b\n![a](https://h/a.png)", "2 https://h/a.png", TestName = "{m}: what is no fence")]
    [TestCase("```\n![a](https://h/a.png)", "", TestName = "{m}: a fence without an end")]
    [TestCase("x\n\n    ![a](https://h/a.png)\n\n    ![b](https://h/b.png)\ny\n    ![c](https://h/c.png)\n\n- z\n\n    ![d](https://h/d.png)", "7 https://h/c.png\n11 https://h/d.png", TestName = "{m}: indented code, and what is none")]
    [TestCase("<img src=\"https://h/a.png\" width=1>\n\n<p><picture><source srcset='https://h/b.png 2x'></picture>",
        "1 https://h/a.png\n3 https://h/b.png", TestName = "{m}: HTML")]
    [TestCase("`<img src=https://h/a.png>` \\<img src=https://h/b.png> <!-- ![](https://h/c.png) <img src=https://h/d.png> `--> ![](https://h/e.png)`", "1 https://h/e.png", TestName = "{m}: HTML in code, escaped, in comments")]
    [TestCase("<script>\n![](https://h/a.png) <img src=https://h/b.png>\n</script>\n<style> ![](https://h/c.png)",
        "4 https://h/c.png", TestName = "{m}: scripts; one without an end hides nothing")]
    [TestCase("The <title> of it, i<n, and 'x'\n<img\n\n<img src=https://h/a.png>",
        "4 https://h/a.png", TestName = "{m}: signs that begin no tag")]
    [TestCase("![a](a.png) ![b](data:image/png;base64,AA) ![c](javascript:alert) ![d](https://me:x@h/a.png)",
        "-1 a.png: relative URL\n-1 data:image/png;base64,AA: data: URL\n-1 javascript:alert: javascript: URL\n!1 https://…@h/a.png: carries credentials before the host")]
    [TestCase("![a](https://h/a.png?x=1&amp;y=2#z)", "1 https://h/a.png?x=1&y=2")]
    [TestCase("![a](https://h/a.png) ![b](https://h/a.png#x)", "1 https://h/a.png", TestName = "{m}: each once")]
    [TestCase("![a](https://h/a.png\n\n![b](https://h/b.png \"x\n\ny\") ![c] (https://h/c.png) ![",
        "", TestName = "{m}: what is not closed")]
    public void A_text_is_read(string text, string expected) =>
        Assert.That(FindingsText.Of(MarkdownPage.Read(text)), Is.EqualTo(expected));
}
