namespace Drawing;

/// <summary>A map of an island that does not exist.</summary>
internal static class Contours
{
    private const double Interval = 0.05;
    private const int Index = 4;

    public static byte[] Draw() => Png.Indexed(Picture.Render(ColourAt));

    private static double HeightAt(double x, double y)
    {
        var (u, v) = (x / 250, y / 250);
        var (wx, wy) = (u + (0.42 * Noise.Fractal(u, v, 3, 300)), v + (0.42 * Noise.Fractal(u + 5, v + 9, 3, 301)));
        var land = Noise.Fractal(wx, wy, 4, 311);
        var west = Math.Exp(-((Math.Pow((x - 360) / 235, 2)) + Math.Pow((y - 330) / 190, 2)));
        var east = Math.Exp(-((Math.Pow((x - 690) / 150, 2)) + Math.Pow((y - 250) / 150, 2)));
        return (0.62 * west) + (0.46 * east) + (0.36 * land) - 0.17;
    }

    private static Rgb ColourAt(double x, double y)
    {
        var height = HeightAt(x, y);
        var (dx, dy) = ((HeightAt(x + 0.5, y) - height) * 2, (HeightAt(x, y + 0.5) - height) * 2);
        var steepness = Math.Sqrt((dx * dx) + (dy * dy)) + 1e-6;
        var level = Math.Floor(height / Interval);
        var colour = Tint(level);

        // Terraces lit from the north-west.
        if (height > 0)
        {
            var light = -(dx + dy) / steepness;
            var nextUp = (((level + 1) * Interval) - height) / steepness;
            colour = colour.To(light > 0 ? Palette.Cream : Palette.Night, Math.Abs(light) * 0.16 * Noise.Step(7, 0, nextUp));
        }
        else if (OnGraticule(x, y))
        {
            colour = colour.To(Palette.Mint, 0.2);
        }

        var toLine = Math.Abs(height - (Math.Round(height / Interval) * Interval)) / steepness;
        var line = (int)Math.Round(height / Interval);
        var (width, strength) = line == 0 ? (1.5, 0.85) : line % Index == 0 ? (1.05, 0.62) : (0.5, 0.4);
        return toLine < width ? colour.To(line < 0 ? Palette.Mint : Palette.Night, line < 0 ? strength * 0.45 : strength) : colour;
    }

    private static Rgb Tint(double level) => level < 0
        ? Palette.Along((level + 8) / 7, Palette.Night, Rgb.Hex(0x1B2F5A), Rgb.Hex(0x17506B), Palette.Teal, Rgb.Hex(0x5DB5AC))
        : Palette.Along(level / 14, Rgb.Hex(0xFBE3B6), Palette.Apricot, Palette.Coral, Palette.Rose, Palette.Plum, Palette.Violet, Palette.Indigo);

    private static bool OnGraticule(double x, double y) => Math.Abs((x % 120) - 60) < 0.5 || Math.Abs((y % 120) - 40) < 0.5;
}
