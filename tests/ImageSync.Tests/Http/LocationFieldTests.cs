using ImageSync.Http;

namespace ImageSync.Tests.Http;

/// <summary>What a Location field leads to, octet by octet.</summary>
public class LocationFieldTests
{
    [TestCase("/plain.png?v=1#x", "/plain.png?v=1#x")]
    [TestCase("/caf\u00E9.png", "/caf%e9.png")]
    [TestCase("/caf\u00C3\u00A9.png", "/caf%c3%a9.png")]
    [TestCase("caf\u00E9.png?q=\u00E9#\u00E9", "caf%e9.png?q=%e9#%e9")]
    [TestCase("https://h/\u00FF\u0080", "https://h/%ff%80")]
    [TestCase("https://b\u00C3\u00BCcher.example/\u00FC", "https://bücher.example/%fc")]
    [TestCase("//b\u00C3\u00BCcher.example?\u00FC", "//bücher.example?%fc")]
    [TestCase("https://b\u00FCcher.example/\u00FC", "https://bücher.example/%fc")]
    [TestCase("https://\u00E9@h/", "https://é@h/")]
    [TestCase("/a//\u00E9", "/a//%e9")]
    [TestCase("?to=https://\u00E9/", "?to=https://%e9/")]
    public void Octets_are_escaped_and_a_host_is_text(string octets, string expected) =>
        Assert.That(LocationField.ToReference(octets), Is.EqualTo(expected));

    [Test]
    public void Every_octet_beyond_ASCII_is_its_own_escape([Range(0x80, 0xFF)] int octet) =>
        Assert.That(LocationField.ToReference($"/a{(char)octet}b"), Is.EqualTo($"/a%{octet:x2}b"));
}
