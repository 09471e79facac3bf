namespace Drawing;

/// <summary>A full moon over a sea of scallops (the Japanese seigaiha), flatter the farther they are.</summary>
internal static class Moonrise
{
    private const double MoonX = 330;
    private const double MoonY = 186;
    private const double MoonRadius = 98;
    private const double Shore = 352;
    private const int Rows = 15;
    private const double HalfWidth = 43;

    public static byte[] Draw() => Png.TrueColour(Picture.Render(ColourAt));

    private static Rgb ColourAt(double x, double y)
    {
        for (var row = Rows; row >= 0; row--)
        {
            if (Scallop(row, x, y) is { } colour)
            {
                return colour;
            }
        }
        return Sky(x, y);
    }

    // Where the row's ellipses have their centres, and how tall they are: all are as wide, the far ones are flatter.
    private static (double Y, double Tall) Row(int row)
    {
        var near = row / (double)Rows;
        return (Shore + 10 + (320 * Math.Pow(near, 1.35)), 12 + (42 * near));
    }

    private static Rgb? Scallop(int row, double x, double y)
    {
        var (centreY, tall) = Row(row);
        var offset = MoonX + (row % 2 == 0 ? 0 : HalfWidth);
        var centreX = offset + (Math.Round((x - offset) / (2 * HalfWidth)) * 2 * HalfWidth);
        var distance = Math.Sqrt(Math.Pow((x - centreX) / HalfWidth, 2) + Math.Pow((y - centreY) / tall, 2));
        if (distance > 1)
        {
            return null;
        }

        var near = row / (double)Rows;
        var sea = Palette.Along(near, Rgb.Hex(0x3E9A9C), Palette.Teal, Palette.Deep, Rgb.Hex(0x173A5C), Palette.Night);
        var light = Palette.Along(near, Palette.Cream, Palette.Mint, Rgb.Hex(0x62B9B3), Palette.Teal);
        var glitter = Math.Exp(-Math.Pow((centreX - MoonX) / (74 + (90 * near)), 2));
        var ring = (int)Math.Floor((1 - distance) * 5.2);
        var line = ring % 2 == 0 ? 1.0 : 0.0;
        var colour = sea.To(light, line * (0.24 + (0.18 * (1 - near))));
        colour = colour.To(Palette.Cream, glitter * (line == 1 ? 0.78 : 0.2) * (1 - (0.45 * near)));
        colour = colour.To(Palette.Apricot, glitter * line * 0.25 * near);
        return colour * (1 - (0.28 * Noise.Step(0.2, 1.3, (y - centreY + tall) / tall)));
    }

    private static Rgb Sky(double x, double y)
    {
        var distance = Math.Sqrt(Math.Pow(x - MoonX, 2) + Math.Pow(y - MoonY, 2));
        var sky = Palette.Along(y / (Shore + 10), Palette.Ink, Palette.Night, Palette.Indigo, Rgb.Hex(0x3F4C8A), Rgb.Hex(0x4E8FA0), Palette.Mint);

        // Rings of light, as a woodcut would have them.
        var halo = Math.Floor(Math.Max(0, 7 - ((distance - MoonRadius) / 27)));
        sky = sky.Screen(Rgb.Hex(0x6FA8B5) * (0.035 * halo));

        var cloud = Noise.Fractal((x / 300) + 4, y / 34, 3, 31) - (Math.Abs(y - 262) / 190);
        sky = sky.To(Rgb.Hex(0x9FC3C4), cloud > 0.02 ? 0.3 : 0);
        sky = sky.To(Rgb.Hex(0xD9DCC9), cloud > 0.2 ? 0.35 : 0);
        if (distance > MoonRadius)
        {
            return sky.Screen(Star(x, y));
        }

        var maria = Noise.Fractal((x / 74) + 9, (y / 66) + 2, 4, 63);
        var moon = Palette.Cream.To(Rgb.Hex(0xE7C9A8), Noise.Step(0.02, 0.3, maria) * 0.75);
        var edge = distance / MoonRadius;
        moon = moon.To(Palette.Apricot, 0.4 * Math.Pow(edge, 5));
        return cloud > 0.2 ? moon.To(Rgb.Hex(0xEBD9BE), 0.6) : cloud > 0.02 ? moon.To(Rgb.Hex(0xF3DDBE), 0.45) : moon;
    }

    private static Rgb Star(double x, double y)
    {
        const double Cell = 38;
        var (cx, cy) = ((int)Math.Floor(x / Cell), (int)Math.Floor(y / Cell));
        var (px, py) = ((cx + 0.2 + (0.6 * Noise.Hash(cx, cy, 2))) * Cell, (cy + 0.2 + (0.6 * Noise.Hash(cx, cy, 3))) * Cell);
        var size = 0.6 + (1.1 * Math.Pow(Noise.Hash(cx, cy, 4), 3));
        var near = Math.Exp(-(Math.Pow(x - px, 2) + Math.Pow(y - py, 2)) / (size * size));
        return Palette.Cream * (near * (Noise.Hash(cx, cy, 1) < 0.6 ? 0.85 : 0) * Noise.Step(230, 60, y));
    }
}
