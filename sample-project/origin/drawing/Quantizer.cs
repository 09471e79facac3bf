namespace Drawing;

/// <summary>Finds the 256 colours that serve a picture best: median cut, then a few rounds of k-means.</summary>
internal static class Quantizer
{
    private const int Colours = 256;
    private const int Rounds = 6;

    public static (byte[] Palette, byte[] Indices) Reduce(byte[] pixels)
    {
        var counts = new Dictionary<int, int>();
        for (var i = 0; i < pixels.Length; i += 3)
        {
            var key = Key(pixels, i);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        // Sorted, because the order of a dictionary is nobody's promise.
        var shades = counts.Select(pair => new Shade(pair.Key >> 16, (pair.Key >> 8) & 255, pair.Key & 255, pair.Value))
            .OrderBy(shade => shade.Key).ToArray();
        var centres = MedianCut(shades);
        for (var round = 0; round < Rounds; round++)
        {
            centres = Recentre(shades, centres);
        }
        centres = [.. centres.OrderBy(centre => (centre.R * 0.3) + (centre.G * 0.6) + (centre.B * 0.1))];

        var nearest = shades.AsParallel().ToDictionary(shade => shade.Key, shade => (byte)Nearest(shade, centres));
        var indices = new byte[pixels.Length / 3];
        for (var i = 0; i < indices.Length; i++)
        {
            indices[i] = nearest[Key(pixels, i * 3)];
        }
        return ([.. centres.SelectMany(centre => new[] { Round(centre.R), Round(centre.G), Round(centre.B) })], indices);
    }

    private static int Key(byte[] pixels, int i) => (pixels[i] << 16) | (pixels[i + 1] << 8) | pixels[i + 2];

    private static byte Round(double value) => (byte)Math.Round(value);

    private static Rgb[] MedianCut(Shade[] shades)
    {
        var boxes = new List<Shade[]> { shades };
        while (boxes.Count < Colours && boxes.Where(box => box.Length > 1).MaxBy(Weight) is { } widest)
        {
            boxes.Remove(widest);
            var sorted = widest.OrderBy(Longest(widest)).ThenBy(shade => shade.Key).ToArray();
            var (half, at, seen) = (sorted.Sum(shade => (long)shade.Count) / 2, 0, 0L);
            while (at < sorted.Length - 1 && (at == 0 || seen < half))
            {
                seen += sorted[at++].Count;
            }
            boxes.Add(sorted[..at]);
            boxes.Add(sorted[at..]);
        }
        return [.. boxes.Select(Mean)];
    }

    // Wide boxes first, but a big flat area must not eat every colour: hence the root.
    private static double Weight(Shade[] box) => Math.Pow(box.Sum(shade => (double)shade.Count), 0.35) * Range(box, Longest(box));

    private static Func<Shade, int> Longest(Shade[] box)
    {
        Func<Shade, int>[] channels = [shade => shade.R, shade => shade.G, shade => shade.B];
        return channels.MaxBy(channel => Range(box, channel))!;
    }

    private static int Range(Shade[] box, Func<Shade, int> channel) => box.Max(channel) - box.Min(channel);

    private static Rgb Mean(IEnumerable<Shade> box)
    {
        var (sum, count) = (default(Rgb), 0L);
        foreach (var shade in box)
        {
            sum += new Rgb(shade.R, shade.G, shade.B) * shade.Count;
            count += shade.Count;
        }
        return sum * (1.0 / count);
    }

    private static Rgb[] Recentre(Shade[] shades, Rgb[] centres) =>
        [.. shades.AsParallel().AsOrdered().Select(shade => (Shade: shade, Centre: Nearest(shade, centres))).AsEnumerable()
            .GroupBy(pair => pair.Centre, pair => pair.Shade).OrderBy(group => group.Key).Select(Mean)];

    private static int Nearest(Shade shade, Rgb[] centres)
    {
        var (best, least) = (0, double.MaxValue);
        for (var i = 0; i < centres.Length; i++)
        {
            var (r, g, b) = (shade.R - centres[i].R, shade.G - centres[i].G, shade.B - centres[i].B);
            var distance = (r * r * 0.9) + (g * g * 1.5) + (b * b * 0.6);
            if (distance < least)
            {
                (best, least) = (i, distance);
            }
        }
        return best;
    }

    private readonly record struct Shade(int R, int G, int B, int Count)
    {
        public int Key => (R << 16) | (G << 8) | B;
    }
}
