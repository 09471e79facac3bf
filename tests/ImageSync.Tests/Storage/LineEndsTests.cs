using System.Text;
using ImageSync.Storage;

namespace ImageSync.Tests.Storage;

/// <summary>Text and a digest → whether line ends make the difference.</summary>
public class LineEndsTests
{
    [TestCase("a\nb\n", "a\r\nb\r\n", true, TestName = "lines: Git made LF of CR LF")]
    [TestCase("a\r\nb\r\n", "a\nb\n", true, TestName = "lines: Git made CR LF of LF")]
    [TestCase("a\r\nb\n", "a\nb\n", true, TestName = "lines: mixed, all are LF there")]
    [TestCase("a\r\nb\n", "a\r\nb\r\n", true, TestName = "lines: mixed, all are CR LF there")]
    [TestCase("a\nb", "a\r\nb", true, TestName = "lines: no end of the last line")]
    [TestCase("\n", "\r\n", true, TestName = "lines: nothing but an end")]
    [TestCase("é\n", "é\r\n", true, TestName = "lines: UTF-8")]
    [TestCase("a\rb\n", "a\rb\r\n", true, TestName = "lines: a CR within a line stays")]
    [TestCase("a\r\r\n", "a\r\n", true, TestName = "lines: one CR of two")]
    [TestCase("a\nc\n", "a\r\nb\r\n", false, TestName = "lines: other text")]
    [TestCase("a\nb\n", "a\rb\r", false, TestName = "lines: CR alone is none of Git's")]
    [TestCase("a\nb\n", "a\r\nb\n", false, TestName = "lines: mixed there, which cannot be told")]
    [TestCase("a\nb\n", "a\nb", false, TestName = "lines: the last end is gone")]
    [TestCase("ab", "ab", false, TestName = "lines: none")]
    [TestCase("", "", false, TestName = "lines: empty")]
    [TestCase("a\0\nb\n", "a\0\r\nb\r\n", false, TestName = "lines: a NUL, so no text")]
    public void Make_the_difference(string here, string there, bool expected) =>
        Assert.That(LineEnds.AreThoseOf(Encoding.UTF8.GetBytes(here), ContentDigest.Of(Encoding.UTF8.GetBytes(there))), Is.EqualTo(expected));
}
