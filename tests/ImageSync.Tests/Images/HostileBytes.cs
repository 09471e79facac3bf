using System.Diagnostics;
using ImageSync.Images;

namespace ImageSync.Tests.Images;

/// <summary>No bytes whatever make the checks throw, hang, or take memory for what is only declared.</summary>
public class HostileBytes
{
    private const int Cases = 50_000;

    private static readonly byte[][] Samples = [.. SampleTable.All.Select(row => (byte[])row.Arguments[1]!).Where(bytes => bytes.Length < 4096)];

    [TestCase(20261101)]
    public void Random(int seed)
    {
        TestContext.Out.WriteLine($"{Cases} cases, seed {seed}");
        var random = new Random(seed);
        for (var i = 0; i < Cases; i++)
        {
            // Behind the first bytes of an image, so that they get further than its signature.
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            var sample = Samples[random.Next(Samples.Length)];
            sample.AsSpan(0, Math.Min(random.Next(24), Math.Min(sample.Length, bytes.Length))).CopyTo(bytes);
            CheckEverything(bytes, $"seed {seed}, case {i}");
        }
    }

    [TestCase(20261102)]
    public void Mutated(int seed)
    {
        TestContext.Out.WriteLine($"{Cases} cases, seed {seed}");
        var random = new Random(seed);
        for (var i = 0; i < Cases; i++)
        {
            CheckEverything(Mutate(Samples[random.Next(Samples.Length)], random), $"seed {seed}, case {i}");
        }
    }

    [Test]
    public void Any_bytes_for_any_format()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var (format, sample) in ImageFormat.All.SelectMany(_ => Samples, (format, sample) => (format, sample)))
            {
                Assert.That(() => format.IsComplete(new MemoryStream(sample)), Throws.Nothing, format.Noun);
            }
        }
    }

    [Test]
    public void Declared_sizes_take_no_memory()
    {
        foreach (var sample in Samples)
        {
            for (var position = 4; position < sample.Length - 4; position++)
            {
                byte[] bytes = [.. sample];
                bytes.AsSpan(position, 4).Fill(0x7F);
                var before = GC.GetAllocatedBytesForCurrentThread();
                ImageFormat.Detect(bytes)?.IsComplete(new MemoryStream(bytes));
                Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1_000_000));
            }
        }
    }

    private static IEnumerable<TestCaseData<byte[]>> Circles =>
    [
        // 65,535 entries that point at one PNG of 100,000 chunks; a directory that is its own next one, with 500,000 strips; and
        // as many items as there can be, each of as many extents of no bytes.
        new TestCaseData<byte[]>(ManyTimesOneImage()) { TestName = "{m}: ICO" },
        new TestCaseData<byte[]>(CircleOfStrips()) { TestName = "{m}: TIFF" },
        new TestCaseData<byte[]>(ExtentsOfNothing()) { TestName = "{m}: AVIF" },
    ];

    // Without a bound each of these would take minutes or hours.
    [CancelAfter(60_000)]
    [TestCaseSource(nameof(Circles))]
    public void Bytes_that_are_looked_at_again_and_again(byte[] bytes)
    {
        var format = ImageFormat.Detect(bytes)!;
        Assert.That(() => (format.FindFault(SampleTable.Shown(bytes)), format.SizeOf(SampleTable.Shown(bytes))), Throws.Nothing);
    }

    private static byte[] ManyTimesOneImage()
    {
        const int Start = 6 + 16 * 0xFFFF;
        byte[] entry = [16, 16, 0, 0, 1, 0, 24, 0, 1, 0, 0, 0, Start & 0xFF, (Start >> 8) & 0xFF, Start >> 16, 0];
        var notes = Enumerable.Repeat((byte[])[0, 0, 0, 0, .. "tEXt"u8, 0, 0, 0, 0], 100_000).SelectMany(note => note);
        var png = Testing.SampleImages.Png(1, 1, 1);
        return [0, 0, 1, 0, 0xFF, 0xFF, .. Enumerable.Repeat(entry, 0xFFFF).SelectMany(bytes => bytes), .. png[..33], .. notes,
            .. png[33..]];
    }

    private static byte[] CircleOfStrips()
    {
        byte[] directory = [1, 0, 0x11, 1, 4, 0, .. BitConverter.GetBytes(500_000), 26, 0, 0, 0, 8, 0, 0, 0];
        return [.. "II*\0"u8, 8, 0, 0, 0, .. directory, .. new byte[2_000_000]];
    }

    private static byte[] ExtentsOfNothing()
    {
        var items = Enumerable.Repeat((byte[])[0, 1, 0, 0, 0xFF, 0xFF], 0xFFFF).SelectMany(item => item).ToArray();
        byte[] iloc = [.. Big(16 + items.Length), .. "iloc"u8, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, .. items];
        return [0, 0, 0, 16, .. "ftypavif"u8, 0, 0, 0, 0, .. Big(12 + iloc.Length), .. "meta"u8, 0, 0, 0, 0, .. iloc, 0, 0, 0, 9,
            .. "mdat"u8, 1];

        static byte[] Big(int value) => [.. BitConverter.GetBytes(value).Reverse()];
    }

    private static void CheckEverything(byte[] bytes, string name)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            byte[] before = [.. bytes];
            var verdict = MediaTypeCheck.Judge(Range("image/*"), null, new MemoryStream(bytes));
            Assert.That((MediaTypeCheck.Judge(Range("image/*"), null, SampleTable.Shown(bytes)), bytes), Is.EqualTo((verdict, before)));
            MediaTypeCheck.Judge(Range("text/css"), "text/css", new MemoryStream(bytes));
        }
        catch (Exception exception)
        {
            Assert.Fail($"{name}: {exception}\n{Convert.ToHexString(bytes)}");
        }

        if (watch.Elapsed > TimeSpan.FromSeconds(10))
        {
            Assert.Fail($"{name} took {watch.Elapsed}\n{Convert.ToHexString(bytes)}");
        }
    }

    private static byte[] Mutate(byte[] sample, Random random)
    {
        var bytes = sample.ToList();
        for (var times = random.Next(1, 6); times > 0 && bytes.Count > 0; times--)
        {
            var position = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 12), bytes.Count - position);
            switch (random.Next(5))
            {
                case 0:
                    bytes[position] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[position] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.RemoveRange(position, length);
                    break;
                case 3:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(position, length));
                    break;
                case 4:
                    // Sizes at their limits are where arithmetic breaks.
                    bytes.InsertRange(position, Enumerable.Repeat((byte)(random.Next(2) * 0xFF), length));
                    break;
            }
        }

        return [.. bytes];
    }

    private static MediaRange Range(string text) => MediaRange.TryParse(text, out var range) ? range : throw new FormatException(text);
}
