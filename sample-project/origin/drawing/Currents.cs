namespace Drawing;

/// <summary>A flow field: streamlines that keep their distance from each other, as ribbons.</summary>
internal static class Currents
{
    private const double Separation = 9.5;
    private const double Stride = 1.5;
    private const int Margin = 40;

    public static byte[] Draw()
    {
        var ribbons = new Grid(Separation);
        foreach (var seed in Seeds())
        {
            Follow(seed.X, seed.Y, ribbons);
        }
        return Png.Indexed(Picture.Render((x, y) => ColourAt(x, y, ribbons)));
    }

    private static IEnumerable<(double X, double Y)> Seeds()
    {
        for (var i = 0; i < 9000; i++)
        {
            yield return (
                (Noise.Hash(i, 1, 400) * (Picture.Width + (2 * Margin))) - Margin,
                (Noise.Hash(i, 2, 400) * (Picture.Height + (2 * Margin))) - Margin);
        }
    }

    private static double Direction(double x, double y)
    {
        var swirl = Math.Atan2(y - 300, x - 610);
        var distance = Math.Sqrt(Math.Pow(x - 610, 2) + Math.Pow(y - 300, 2));
        var pull = Math.Exp(-Math.Pow(distance / 250, 2));
        var drift = (Noise.Fractal(x / 420, y / 420, 2, 410) * 2.2) + 0.25;
        var (sx, sy) = (Math.Cos(drift) * (1 - pull), Math.Sin(drift) * (1 - pull));
        var around = swirl + 1.85;
        return Math.Atan2(sy + (Math.Sin(around) * pull), sx + (Math.Cos(around) * pull));
    }

    private static void Follow(double x, double y, Grid ribbons)
    {
        if (ribbons.Nearest(x, y, Separation) is not null)
        {
            return;
        }
        var path = Walk(x, y, -Stride, ribbons);
        path.Reverse();
        path.Add((x, y));
        path.AddRange(Walk(x, y, Stride, ribbons));
        if (path.Count < 16)
        {
            return;
        }
        var tone = Tone(path[path.Count / 2].X, path[path.Count / 2].Y, path.Count);
        var width = 1.7 + (2.3 * Noise.Hash((int)x, (int)y, 430));
        for (var i = 0; i < path.Count; i++)
        {
            var taper = Math.Min(1, Math.Min(i, path.Count - 1 - i) / 22.0);
            ribbons.Add(new(path[i].X, path[i].Y, width * Math.Sqrt(taper), tone));
        }
    }

    private static List<(double X, double Y)> Walk(double x, double y, double stride, Grid ribbons)
    {
        var path = new List<(double X, double Y)>();
        for (var i = 0; i < 260; i++)
        {
            var (sin, cos) = Math.SinCos(Direction(x, y));
            (x, y) = (x + (stride * cos), y + (stride * sin));
            if (x < -Margin || y < -Margin || x > Picture.Width + Margin || y > Picture.Height + Margin
                || ribbons.Nearest(x, y, Separation * 0.8) is not null)
            {
                break;
            }
            path.Add((x, y));
        }
        return path;
    }

    private static Rgb Tone(double x, double y, int salt)
    {
        var place = (0.5 + (0.5 * Noise.Fractal(x / 380, y / 380, 2, 440)) + (0.16 * (Noise.Hash((int)x, (int)y, salt) - 0.5)));
        return Palette.Along((place * 1.5) - 0.25, Palette.Teal, Palette.Mint, Palette.Cream, Palette.Apricot, Palette.Coral, Palette.Rose, Palette.Plum, Palette.Violet);
    }

    private static Rgb ColourAt(double x, double y, Grid ribbons)
    {
        var ground = Palette.Along((x + y) / (Picture.Width + Picture.Height), Palette.Ink, Palette.Night, Rgb.Hex(0x231F52));
        return ribbons.Nearest(x, y, Separation / 2) is { } bead && bead.Distance(x, y) < bead.Width ? bead.Tone : ground;
    }
}
