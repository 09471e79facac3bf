using System.Text;
using ImageSync.Pipe;
using ImageSync.Tests.Images;

namespace ImageSync.Tests.Pipe;

/// <summary>Whatever comes through the pipe, in whatever pieces, is lines or a fault.</summary>
public class PipeReaderTests
{
    private const string Torn = "the last line is torn";
    private const string TooLong = "a line is longer than 16 MiB";
    private const string NoUtf8 = "a line is not UTF-8";
    private const string NoEscape = "a line holds an escape that is none";

    private static IEnumerable<TestCaseData> Streams()
    {
        yield return Case("nothing", []);
        yield return Case("one line", "a\tb\n"u8, "a|b");
        yield return Case("two lines", "a\nb\n"u8, "a", "b");
        yield return Case("empty lines", "\n\na\n\n"u8, "", "", "a", "");
        yield return Case("an empty field and nothing else", "\t\n"u8, "|");
        yield return Case("a torn last line", "a\nb"u8, "a", "!" + Torn);
        yield return Case("nothing but a torn line", "a"u8, "!" + Torn);
        yield return Case("CR is part of its line", "a\r\n"u8, "a\r");
        yield return Case("a byte order mark at the beginning", [0xEF, 0xBB, 0xBF, .. "a\tb\n"u8], "a|b");
        yield return Case("a byte order mark alone", [0xEF, 0xBB, 0xBF, .. "\n"u8], "");
        yield return Case("a byte order mark, torn", [0xEF, 0xBB, 0xBF], "!" + Torn);
        yield return Case("a second one is text", [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, .. "a\n"u8], "\uFEFFa");
        yield return Case("one in a later line is text", [.. "a\n"u8, 0xEF, 0xBB, 0xBF, .. "b\n"u8], "a", "\uFEFFb");
        yield return Case("letters and emoji", "ö€\U0001F5BC\n"u8, "ö€\U0001F5BC");
        yield return Case("a byte that UTF-8 does not have", [.. "a\n"u8, 0xFF, (byte)'\n'], "a", "!" + NoUtf8);
        yield return Case("a letter cut in two by a line's end", [0xC3, (byte)'\n', 0xB6, (byte)'\n'], "!" + NoUtf8);
        yield return Case("a surrogate in UTF-8", [0xED, 0xA0, 0x80, (byte)'\n'], "!" + NoUtf8);
        yield return Case("an overlong slash", [0xC0, 0xAF, (byte)'\n'], "!" + NoUtf8);
        yield return Case("an escape that is none", "a\\n\n"u8, "!" + NoEscape);
        yield return Case("NUL", "a\0b\n"u8, "a\0b");
        yield return Case("more than the buffer", [.. Long(40_000, 'a'), .. Long(70_000, 'b')], new string('a', 40_000),
            new string('b', 70_000));
        foreach (var length in new[] { PipeReader.LongestLine - 1, PipeReader.LongestLine })
        {
            yield return Case($"{length} bytes", [.. Long(length, 'a'), .. "b\n"u8], new string('a', length), "b");
            yield return Case($"{length} bytes behind another line", [.. "b\n"u8, .. Long(length, 'a')], "b", new string('a', length));
        }

        foreach (var length in new[] { PipeReader.LongestLine + 1, PipeReader.LongestLine * 3 / 2, PipeReader.LongestLine * 3 })
        {
            yield return Case($"{length} bytes", Long(length, 'a'), "!" + TooLong);
            yield return Case($"{length} bytes behind another line", [.. "b\n"u8, .. Long(length, 'a')], "b", "!" + TooLong);
            yield return Case($"{length} bytes without an end", Long(length, 'a').AsSpan(0, length), "!" + TooLong);
        }
    }

    [TestCaseSource(nameof(Streams))]
    public void ReadsLines(byte[] bytes, string[] expected) => Assert.That(ReadAll(new MemoryStream(bytes)), Is.EqualTo(expected));

    [TestCaseSource(nameof(Streams))]
    public void InAnyPieces(byte[] bytes, string[] expected)
    {
        foreach (var size in new[] { 1, 3, 4096, 32 * 1024, 100_000 }.Where(size => bytes.Length / size < 200_000))
        {
            Assert.That(ReadAll(new TricklingStream(bytes) { BytesAtOnce = size }), Is.EqualTo(expected), $"{size} bytes at a time");
        }
    }

    [Test]
    public void GivesUpWhereNoLineEnds()
    {
        // arrange
        using var endless = new EndlessStream();

        // act
        var lines = ReadAll(endless);

        // assert: it has not read on and on
        Assert.That(lines, Is.EqualTo(new[] { "!" + TooLong }));
        Assert.That(endless.Given, Is.LessThanOrEqualTo(2 * PipeReader.LongestLine));
    }

    [Test]
    public void TellsNoFaultOfALineThatIsGood()
    {
        // arrange
        var reader = new PipeReader(new MemoryStream("\\\na\n"u8.ToArray()));

        // act, assert
        Assert.That((reader.Read(), reader.Fault), Is.EqualTo(((string[]?)null, NoEscape)));
        Assert.That(reader.Read(), Is.EqualTo(new[] { "a" }));
        Assert.That(reader.Fault, Is.Null);
        Assert.That((reader.Read(), reader.Fault), Is.EqualTo(((string[]?)null, (string?)null)));
    }

    [Test]
    public void NeverThrows()
    {
        // arrange
        var seed = Random.Shared.Next();
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        byte[] awkward = [(byte)'\n', (byte)'\t', (byte)'\\', (byte)'u', 0xEF, 0xBB, 0xBF, 0xF0, 0x9F, 0x96, 0xBC, 0xC3, 0];

        // act, assert
        for (var round = 0; round < 5_000; round++)
        {
            var bytes = Enumerable.Range(0, random.Next(40)).Select(_ => awkward[random.Next(awkward.Length)]).ToArray();
            var whole = ReadAll(new MemoryStream(bytes));
            Assert.That(ReadAll(new TricklingStream(bytes) { BytesAtOnce = 1 + random.Next(5) }), Is.EqualTo(whole),
                Convert.ToHexString(bytes));
        }
    }

    // Each line with bars between its fields; a fault, which is the last, behind an exclamation mark.
    private static List<string> ReadAll(Stream stream)
    {
        var (reader, lines) = (new PipeReader(stream), new List<string>());
        while (reader.Read() is { } fields)
        {
            Assert.That(reader.Fault, Is.Null);
            lines.Add(string.Join('|', fields));
        }

        if (reader.Fault is { } fault)
        {
            lines.Add("!" + fault);
        }

        return lines;
    }

    private static byte[] Long(int length, char letter) => Encoding.ASCII.GetBytes(new string(letter, length) + "\n");

    private static TestCaseData Case(string name, ReadOnlySpan<byte> bytes, params string[] lines) =>
        new TestCaseData(bytes.ToArray(), lines).SetArgDisplayNames(name);

    private sealed class EndlessStream : MemoryStream
    {
        public long Given { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Array.Fill(buffer, (byte)'a', offset, count);
            Given += count;
            return count;
        }
    }
}
