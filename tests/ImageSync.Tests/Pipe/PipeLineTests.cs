using System.Text;
using ImageSync.Pipe;

namespace ImageSync.Tests.Pipe;

/// <summary>A line of the pipe holds any text, and is one line of plain UTF-8 whatever it holds.</summary>
public class PipeLineTests
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // No attribute can hold one of them.
    private static IEnumerable<TestCaseData> HalfPairs()
    {
        yield return new TestCaseData("\uD83D", @"\uD83D").SetName("high surrogate");
        yield return new TestCaseData("\uDDBC", @"\uDDBC").SetName("low surrogate");
        yield return new TestCaseData("\uDDBC\uD83D", @"\uDDBC\uD83D").SetName("surrogates in the wrong order");
        yield return new TestCaseData("\uD83D\U0001F5BC", @"\uD83D" + "\U0001F5BC").SetName("high surrogate before emoji");
        yield return new TestCaseData("\U0001F5BC\uDDBC", "\U0001F5BC" + @"\uDDBC").SetName("low surrogate behind emoji");
    }

    [TestCase("plain text, with ~ and spaces", "plain text, with ~ and spaces")]
    [TestCase("", "")]
    [TestCase("\\", @"\\", TestName = "backslash")]
    [TestCase(@"\u0041", @"\\u0041", TestName = "what looks like an escape")]
    [TestCase("\0", @"\u0000", TestName = "NUL")]
    [TestCase("\t", @"\u0009", TestName = "tab")]
    [TestCase("\r", @"\u000D", TestName = "CR")]
    [TestCase("\n", @"\u000A", TestName = "LF")]
    [TestCase("\u001B[0m", @"\u001B[0m", TestName = "ESC")]
    [TestCase("\u007F", @"\u007F", TestName = "DEL")]
    [TestCase("\u0085", @"\u0085", TestName = "NEL")]
    [TestCase("\u009F", @"\u009F", TestName = "the last control")]
    [TestCase("\u00A0", "\u00A0", TestName = "no-break space")]
    [TestCase("\u2028", @"\u2028", TestName = "line separator")]
    [TestCase("\u2029", @"\u2029", TestName = "paragraph separator")]
    [TestCase("\uFEFF", @"\uFEFF", TestName = "byte order mark")]
    [TestCase("ö€", "ö€", TestName = "letters")]
    [TestCase("\U0001F5BC", "\U0001F5BC", TestName = "emoji")]
    [TestCaseSource(nameof(HalfPairs))]
    public void WritesAField(string field, string written)
    {
        // act
        var line = PipeLine.Of("image", field);

        // assert
        Assert.That(line, Is.EqualTo("image\t" + written));
        Assert.That(PipeLine.Fields(line), Is.EqualTo(new[] { "image", field }));
    }

    [TestCase("")]
    [TestCase("", "")]
    [TestCase("", "a")]
    [TestCase("", "", "a", "")]
    [TestCase("a", "")]
    [TestCase("a", "", "")]
    public void KeepsEmptyFields(params string[] fields) => Assert.That(PipeLine.Fields(PipeLine.Of(fields)), Is.EqualTo(fields));

    [TestCase(@"a\")]
    [TestCase(@"\")]
    [TestCase(@"\\\")]
    [TestCase(@"\n")]
    [TestCase(@"\U0041")]
    [TestCase(@"\u")]
    [TestCase(@"\u004")]
    [TestCase("\\u004\t1")]
    [TestCase(@"\u00 1")]
    [TestCase(@"\u+041")]
    [TestCase(@"\u-041")]
    [TestCase(@"\u0x41")]
    [TestCase(@"\u00g1")]
    [TestCase(@"\ud83d", TestName = "lower case is no escape of ours")]
    [TestCase("image\tgood\tb\\ad")]
    public void RefusesWhatIsNoEscape(string line) => Assert.That(PipeLine.Fields(line), Is.Null);

    [Test]
    public void KeepsEveryCodeUnit()
    {
        // act
        var lost = Enumerable.Range(0, 0x10000).Select(code => "a" + (char)code + "b").Where(field => !Survives([field])).ToList();

        // assert
        Assert.That(lost, Is.Empty);
    }

    [Test]
    public void KeepsAnyText()
    {
        // arrange
        var seed = Random.Shared.Next();
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        char[] awkward = ['\\', 'u', '0', 'A', '\t', '\n', '\r', '\0', '\uD83D', '\uDDBC', '\u2028', '\uFEFF', '\uFFFF', ' ', '='];

        // act
        for (var round = 0; round < 20_000; round++)
        {
            var fields = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Text(random.Next(12))).ToArray();

            // assert
            Assert.That(Survives(fields), Is.True,
                () => string.Join(" | ", fields.Select(field => string.Join(' ', field.Select(c => $"{(int)c:X4}")))));
        }

        string Text(int length) => new([.. Enumerable.Range(0, length)
            .Select(_ => random.Next(3) > 0 ? awkward[random.Next(awkward.Length)] : (char)random.Next(0x10000))]);
    }

    [Test]
    public void NeverThrows()
    {
        // arrange
        var seed = Random.Shared.Next();
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        const string Letters = "\\u0AFf9\tx";

        // act, assert: and what is read is written again as it was, but for escapes of what needs none
        for (var round = 0; round < 20_000; round++)
        {
            var line = new string([.. Enumerable.Range(0, random.Next(20)).Select(_ => Letters[random.Next(Letters.Length)])]);
            if (PipeLine.Fields(line) is { } fields)
            {
                Assert.That(PipeLine.Fields(PipeLine.Of(fields)), Is.EqualTo(fields), line);
            }
        }
    }

    private static bool Survives(string[] fields)
    {
        var line = PipeLine.Of(fields);
        return !line.Any(c => c is < ' ' and not '\t' or '\u007F' or '\u0085' or '\u2028' or '\u2029' or '\uFEFF')
            && PipeLine.Fields(Strict.GetString(Strict.GetBytes(line))) is { } read && read.SequenceEqual(fields);
    }
}
