namespace Drawing;

/// <summary>Ridge behind ridge at dusk, each one deeper in the haze.</summary>
internal static class Mountains
{
    private const int Ridges = 7;
    private const double SunX = 655;
    private const double SunY = 292;

    // A ridge is the same all the way down a column; asking the noise once a column makes this a hundred times faster.
    private static readonly double[][] Tops = [.. Enumerable.Range(0, Ridges).Select(ridge =>
        Enumerable.Range(0, Picture.Width * Picture.Samples).Select(i => Top(ridge, (i + 0.5) / Picture.Samples)).ToArray())];

    public static byte[] Draw() => Png.TrueColour(Picture.Render(ColourAt));

    private static Rgb ColourAt(double x, double y)
    {
        for (var ridge = Ridges - 1; ridge >= 0; ridge--)
        {
            var top = Tops[ridge][(int)(x * Picture.Samples)];
            if (y >= top || (ridge == Ridges - 1 && InTree(x, y)))
            {
                return Slope(ridge, x, y);
            }
        }
        return Sky(x, y);
    }

    private static double Foot(int ridge) => 433 + (32 * ridge / (Ridges - 1.0)) + (170 * Math.Pow(ridge / (Ridges - 1.0), 2));

    private static double Top(int ridge, double x)
    {
        var depth = ridge / (Ridges - 1.0);
        var scale = 1 / (330 - (150 * depth));
        var crests = 1 - Math.Abs(Noise.Fractal((x * scale) + (ridge * 13.7), ridge * 3.1, 6, 40 + ridge));
        var swell = Noise.At((x * 0.0021) + (ridge * 5.3), 0.5, 7 + ridge);
        var relief = ridge == Ridges - 1 ? 46 : 118 + (10 * depth);
        return Foot(ridge) - (crests * crests * crests * relief) - (swell * (ridge == Ridges - 1 ? 26 : 44));
    }

    // Conifers stand on the nearest ridge only: at any other distance they would be dots.
    private static bool InTree(double x, double y)
    {
        const double Spacing = 11;
        var first = (int)Math.Floor(x / Spacing) - 2;
        for (var i = first; i <= first + 4; i++)
        {
            if (Noise.Hash(i, 1, 5) < 0.18)
            {
                continue;
            }
            var foot = (i + (0.8 * Noise.Hash(i, 2, 5))) * Spacing;
            var height = 22 + (44 * Noise.Hash(i, 3, 5) * (0.55 + (0.45 * Noise.At(foot * 0.012, 3, 9))));
            var up = Top(Ridges - 1, foot) + 4 - y;
            if (up < 0 || up > height)
            {
                continue;
            }
            var taper = 1 - (up / height);
            var tier = 0.72 + (0.5 * (taper * 6 % 1));
            if (Math.Abs(x - foot) < (taper * tier * height * 0.2) + 0.6)
            {
                return true;
            }
        }
        return false;
    }

    private static Rgb Slope(int ridge, double x, double y)
    {
        var depth = ridge / (Ridges - 1.0);
        var body = Palette.Along(depth, Rgb.Hex(0xEFA083), Palette.Rose, Palette.Plum, Palette.Violet, Palette.Indigo, Palette.Night, Palette.Ink);
        var haze = Palette.Along(depth, Palette.Apricot, Palette.Coral, Palette.Rose, Palette.Plum, Palette.Violet, Palette.Indigo, Palette.Night);
        var mist = Noise.Step(-105, 75, y - Foot(ridge)) * 0.78 * (1 - (0.55 * depth));
        var sunward = Math.Exp(-Math.Pow((x - SunX) / 260, 2)) * 0.22 * (1 - depth);
        return body.To(haze, mist).To(Palette.Apricot, sunward);
    }

    private static Rgb Sky(double x, double y)
    {
        var sky = Palette.Along(y / 420, Palette.Night, Palette.Indigo, Palette.Violet, Palette.Plum, Palette.Rose, Palette.Coral, Palette.Apricot, Palette.Cream);
        var distance = Math.Sqrt(Math.Pow(x - SunX, 2) + Math.Pow(y - SunY, 2));
        sky = sky.Screen(Palette.Coral * (0.55 * Math.Exp(-distance / 120)));

        var cloud = Noise.Fractal(x / 420, y / 46, 4, 90) + 0.25 - (Math.Abs(y - 190) / 260);
        sky = sky.To(Palette.Apricot, Noise.Step(0.12, 0.55, cloud) * 0.42);

        var sun = Palette.Cream.To(Palette.Apricot, (y - SunY + 52) / 130);
        sky = sky.To(sun, Noise.Step(53, 51.6, distance));
        return sky.Screen(Star(x, y));
    }

    private static Rgb Star(double x, double y)
    {
        const double Cell = 26;
        var (cx, cy) = ((int)Math.Floor(x / Cell), (int)Math.Floor(y / Cell));
        if (Noise.Hash(cx, cy, 21) > 0.42)
        {
            return default;
        }
        var (px, py) = ((cx + 0.15 + (0.7 * Noise.Hash(cx, cy, 22))) * Cell, (cy + 0.15 + (0.7 * Noise.Hash(cx, cy, 23))) * Cell);
        var size = 0.5 + (0.75 * Noise.Hash(cx, cy, 24));
        var near = Math.Exp(-(Math.Pow(x - px, 2) + Math.Pow(y - py, 2)) / (size * size));
        return Palette.Cream * (near * 0.9 * Noise.Step(170, 10, y));
    }
}
