using ImageSync.Engine.Lists.Import;

namespace ImageSync.Tests.Import;

public class NetConfigTests
{
    [TestCase("[file \"img/a.png\"]\n\turl = https://h/a.png\n\tsha = 1\n\tetag = \"x\"\n\tweak\n", "2 https://h/a.png img/a.png")]
    [TestCase("[file \"img\\\\a.png\"]\r\nurl=https://h/a.png\r\n",
        "2 https://h/a.png img/a.png", TestName = "{m}: separators and line ends of Windows")]
    [TestCase("[file \"a.png\"]\nurl = https://github.com/me/repo/blob/main/img/a%20b.png?raw=true#x",
        "2 https://raw.githubusercontent.com/me/repo/main/img/a%20b.png a.png")]
    [TestCase("[file \"a.png\"]\nurl = https://github.com/me/repo/raw/main/a.png",
        "2 https://raw.githubusercontent.com/me/repo/main/a.png a.png")]
    [TestCase("[file \"a.png\"]\nurl = https://github.com/me/repo/releases/download/1/a.png",
        "2 https://github.com/me/repo/releases/download/1/a.png a.png")]
    [TestCase("[file \"img\"]\nurl = https://github.com/me/repo/tree/main/img",
        "!2 https://github.com/me/repo/tree/main/img: is a folder of a repository, whose files nobody knows without asking")]
    [TestCase("[file]\nurl = https://github.com/me/repo",
        "!2 https://github.com/me/repo: is a folder of a repository, whose files nobody knows without asking")]
    [TestCase("[file]\nurl = https://h/a.png", "!2 https://h/a.png: has a section without a path")]
    [TestCase("[file \"img/\"]\nurl = https://h/a.png\n[file \".\"]\nurl = https://h/b.png",
        "2 https://h/a.png img/\n4 https://h/b.png ./", TestName = "{m}: folders")]
    [TestCase("[file \"a.png\"]\nurl = https://h/a.png\nskip", "-2 a.png: skipped there, too")]
    [TestCase("[file \"a.png\"]\nurl = https://h/a.png\nskip = TRUE", "-2 a.png: skipped there, too")]
    [TestCase("[file \"a.png\"]\nurl = https://h/a.png\nskip = false", "2 https://h/a.png a.png")]
    [TestCase("[file \"a.png\"]\nskip\n[other]\nurl = https://h/b.png\n[FILE \"a.png\"]\nURL = https://h/a.png\nskip = no",
        "6 https://h/a.png a.png", TestName = "{m}: a section in two parts, and letter case")]
    [TestCase("[file \"a.png\"] url = https://h/a.png", "1 https://h/a.png a.png", TestName = "{m}: all in one line")]
    [TestCase("; x\n# y\n[file \"a.png\"] # z\nurl = https://h/a.png ; z\n", "4 https://h/a.png a.png", TestName = "{m}: comments")]
    [TestCase("[file \"a.png\"]\nurl = \"https://h/a;b#c.png\"", "2 https://h/a;b#c.png a.png", TestName = "{m}: quoted")]
    [TestCase("[file \"a.png\"]\nurl = https://h/\\\na.png\n[file \"b.png\"]\nurl = https://h/b.png",
        "2 https://h/a.png a.png\n5 https://h/b.png b.png", TestName = "{m}: a line that goes on")]
    [TestCase("[file \"a \\\"b\\\".png\"]\nurl = https://h/a.png", "2 https://h/a.png a \"b\".png", TestName = "{m}: escapes in a path")]
    [TestCase("[file \"a.cs\"]\nurl = https://github.com/me/repo/blob/main/a.cs",
        "-2 https://raw.githubusercontent.com/me/repo/main/a.cs: no image by its name")]
    [TestCase("[file \"a.png\"]\nurl = https://me:secret@h/a.png", "!2 https://…@h/a.png: carries credentials before the host")]
    [TestCase("[file \"a.png\"]\nsha = 1", "")]
    [TestCase("[file \"a.png", "", TestName = "{m}: a section that is not closed")]
    [TestCase("[file \"a.png\"]\nurl = \"https://h/a.png", "2 https://h/a.png a.png", TestName = "{m}: a quote that is not closed")]
    [TestCase("[file \"a.png\"]\nurl = https://h/a.png\\", "2 https://h/a.png\\ a.png", TestName = "{m}: a backslash at the end")]
    [TestCase("[file \"a.png\"]\n=\nurl\nurl = https://h/a.png\n]]]\u0001",
        "4 https://h/a.png a.png", TestName = "{m}: what is none of it")]
    public void A_config_is_read(string text, string expected) =>
        Assert.That(FindingsText.Of(NetConfig.Read(text)), Is.EqualTo(expected));
}
