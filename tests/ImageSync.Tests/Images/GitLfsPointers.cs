using System.Text;
using ImageSync.Images;

namespace ImageSync.Tests.Images;

/// <summary>The text that stands in an image's place where Git LFS was not asked for it, and what only begins like it.</summary>
public class GitLfsPointers
{
    private const string Version = "version https://git-lfs.github.com/spec/v1\n";
    private const string Object = "oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\n";
    private const string Size = "size 12345\n";

    private static readonly string Long = new('a', GitLfsPointer.MaxLength);

    private static IEnumerable<TestCaseData<string, bool>> Files =>
    [
        Row("as Git LFS writes it", Version + Object + Size, true),
        Row("of an empty file", Version + Object + "size 0\n", true),
        Row("with an extension", Version + "ext-0-case sha256:aa\n" + Object + Size, true),
        Row("with line ends that git has changed", (Version + Object + Size).Replace("\n", "\r\n", StringComparison.Ordinal), true),
        Row("without its last line end", (Version + Object + Size).TrimEnd('\n'), true),
        Row("behind a byte order mark", "\uFEFF" + Version + Object + Size, true),
        Row("before 1.0", Version.Replace("git-lfs", "hawser", StringComparison.Ordinal) + Object + Size, true),
        Row("before that", "version http://git-media.io/v/2\n" + Object + Size, true),

        Row("no object", Version + Size, false),
        Row("no size", Version + Object, false),
        Row("an object without a digest's name", Version + "oid 4d7a\n" + Size, false),
        Row("a size that is no number", Version + Object + "size -1\n", false),
        Row("a size of nothing", Version + Object + "size \n", false),
        Row("cut in its version", Version[..30], false),
        Row("another version", Version.Replace("v1", "v12", StringComparison.Ordinal) + Object + Size, false),
        Row("another order", Object + Size + Version, false),
        Row("an empty line before the rest", Version + "\n" + Object + Size, false),
        Row("larger than a pointer can be", Version + Object + Size + Long, false),
        Row("text", "version 2 of the logo", false),
        Row("nothing", "", false),
    ];

    [TestCaseSource(nameof(Files))]
    public void Told(string text, bool isPointer) =>
        Assert.That(GitLfsPointer.IsPointer(Encoding.UTF8.GetBytes(text)), Is.EqualTo(isPointer));

    [TestCaseSource(typeof(SampleTable), nameof(SampleTable.All))]
    public void An_image_is_none(string mediaType, byte[] bytes) => Assert.That(GitLfsPointer.IsPointer(bytes), Is.False);

    private static TestCaseData<string, bool> Row(string name, string text, bool isPointer) =>
        new(text, isPointer) { TestName = "{m}: " + name };
}
