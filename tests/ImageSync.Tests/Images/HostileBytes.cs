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
