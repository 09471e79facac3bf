using ImageSync.Engine.Lists.Import;

namespace ImageSync.Tests.Import;

public class LibManManifestTests
{
    private const string Unknown = "has no \"files\", which means all of them: nobody knows which these are without asking";

    [TestCase("""{ "library": "flags@1.2.0", "provider": "cdnjs", "destination": "wwwroot/lib", "files": ["a.png", "svg/b c.svg"] }""",
        "0 https://cdnjs.cloudflare.com/ajax/libs/flags/1.2.0/a.png wwwroot/lib/a.png\n0 https://cdnjs.cloudflare.com/ajax/libs/flags/1.2.0/svg/b%20c.svg wwwroot/lib/svg/b c.svg")]
    [TestCase("""{ "library": "flags@1.2.0", "files": ["a.png"] }""",
        "0 https://unpkg.com/flags@1.2.0/a.png wwwroot/flags/1.2.0/a.png", TestName = "{m}: the defaults")]
    [TestCase("""{ "library": "@me/flags@1.2.0", "provider": "jsdelivr", "destination": "x/", "files": ["a.png"] }""",
        "0 https://cdn.jsdelivr.net/npm/@me/flags@1.2.0/a.png x/a.png")]
    [TestCase("""{ "library": "me/flags@1.2.0", "provider": "jsdelivr", "destination": "x", "files": ["a.png"] }""",
        "0 https://cdn.jsdelivr.net/gh/me/flags@1.2.0/a.png x/a.png")]
    [TestCase("""{ "library": "flags@1", "provider": "UNPKG", "destination": "x\\y", "files": ["a.png"] }""",
        "0 https://unpkg.com/flags@1/a.png x/y/a.png")]
    [TestCase("""{ "library": "flags@1", "destination": "x", "fileMappings": [{ "root": "dist/img", "files": ["a.png"] }, { "destination": "y", "files": ["b.png"] }, { "root": "z" }] }""",
        "0 https://unpkg.com/flags@1/dist/img/a.png x/a.png\n0 https://unpkg.com/flags@1/b.png y/b.png\n!0 flags@1: " + Unknown)]
    [TestCase("""{ "library": "https://h/a.png?x=1", "provider": "filesystem", "destination": "img", "files": ["b.png"] }""",
        "0 https://h/a.png?x=1 img/b.png")]
    [TestCase("""{ "library": "https://h/a.png", "provider": "filesystem", "destination": "img" }""", "0 https://h/a.png img/")]
    [TestCase("""{ "library": "../a.png", "provider": "filesystem", "destination": "img" }""", "-0 ../a.png: file of this machine")]
    [TestCase("""{ "library": "flags@1" }""", "!0 flags@1: " + Unknown)]
    [TestCase("""{ "library": "flags@1", "files": [] }""", "!0 flags@1: " + Unknown)]
    [TestCase("""{ "library": "flags@1", "files": ["img/*.png", "a.png"], "destination": "x" }""",
        "0 https://unpkg.com/flags@1/a.png x/a.png\n!0 flags@1 img/*.png: is a pattern: nobody knows which files that are without asking")]
    [TestCase("""{ "library": "flags@1", "files": ["a.js"] }""", "-0 https://unpkg.com/flags@1/a.js: no image by its name")]
    [TestCase("""{ "library": "flags", "files": ["a.png"] }""", "!0 flags: has no version, without which there is no URL")]
    [TestCase("""{ "library": "flags@latest", "provider": "cdnjs", "files": ["a.png"] }""",
        "!0 flags@latest: has no version, without which there is no URL")]
    [TestCase("""{ "library": "flags@1", "provider": "mine", "files": ["a.png"] }""",
        "!0 flags@1: is of the provider \"mine\", which has no URLs")]
    [TestCase("""{ "files": ["a.png"] }""", "!0 an entry of \"libraries\": names no library")]
    [TestCase("null", "!0 an entry of \"libraries\": names no library")]
    [TestCase("""{ "library": "flags@1", "files": [1, null, "a.png"], "destination": 1 }""",
        "0 https://unpkg.com/flags@1/a.png wwwroot/flags/1/a.png")]
    public void A_library_is_read(string library, string expected) => Assert.That(
        FindingsText.Of(LibManManifest.Read($$"""
            {
              // Comments and a comma too many are those of its editor.
              "version": "1.0", "defaultProvider": "unpkg", "defaultDestination": "wwwroot/[Name]/[Version]",
              "libraries": [ /* one */ {{library}}, ],
            }
            """)),
        Is.EqualTo(expected));

    [Test]
    public void Without_defaults_a_library_has_its_own() => Assert.That(
        FindingsText.Of(LibManManifest.Read("""{ "libraries": [{ "library": "a@1", "files": ["a.png"] }, { "library": "b@1", "provider": "unpkg", "files": ["b.png"] }] }""")),
        Is.EqualTo("0 https://unpkg.com/b@1/b.png b.png\n!0 a@1: has no provider"));

    [TestCase("", "is not JSON (line 1)")]
    [TestCase("{\n\"libraries\": [}", "is not JSON (line 2)")]
    [TestCase("[]", "has no \"libraries\", as a libman.json has")]
    [TestCase("{ \"libraries\": {} }", "has no \"libraries\", as a libman.json has")]
    [TestCase("{ \"name\": \"x\" }", "has no \"libraries\", as a libman.json has")]
    public void What_is_none_is_told(string text, string fault) => Assert.That(LibManManifest.Read(text).Fault, Is.EqualTo(fault));

    [Test]
    public void Depth_has_a_bound() => Assert.That(LibManManifest.Read(new string('[', 1_000_000)).Fault, Does.StartWith("is not JSON"));
}
