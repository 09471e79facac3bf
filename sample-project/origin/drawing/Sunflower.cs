namespace Drawing;

/// <summary>A sunflower by phyllotaxis: every floret a golden angle after the one before.</summary>
internal static class Sunflower
{
    private const double CentreX = 480;
    private const double CentreY = 320;
    private const double Spread = 6.75;
    private const double Rim = 192;
    private const int Florets = 760;

    private static readonly double GoldenAngle = Math.PI * (3 - Math.Sqrt(5));
    private static readonly (double X, double Y, double Size, int Index)[] Head = [.. Enumerable.Range(0, Florets).Select(Floret)];

    public static byte[] Draw() => Png.Indexed(Picture.Render(ColourAt));

    private static (double X, double Y, double Size, int Index) Floret(int index)
    {
        var radius = Spread * Math.Sqrt(index + 0.5);
        var (sin, cos) = Math.SinCos(index * GoldenAngle);
        return (CentreX + (radius * cos), CentreY + (radius * sin), 4.5 + (1.5 * index / Florets), index);
    }

    private static Rgb ColourAt(double x, double y)
    {
        var (dx, dy) = (x - CentreX, y - CentreY);
        var radius = Math.Sqrt((dx * dx) + (dy * dy));
        var angle = Math.Atan2(dy, dx);
        return radius < Rim ? Disc(x, y, radius) : Petal(radius, angle, 34, 0, 272, Palette.Apricot, Palette.Coral)
            ?? Petal(radius, angle, 34, 0.5, 298, Palette.Coral, Palette.Rose)
            ?? Background(x, y, radius);
    }

    private static Rgb Disc(double x, double y, double radius)
    {
        var colour = Palette.Along(radius / Rim, Rgb.Hex(0x2B1B3D), Rgb.Hex(0x4A2350), Rgb.Hex(0x5A2A45), Rgb.Hex(0x7A3442));
        foreach (var (fx, fy, size, index) in Head)
        {
            var (dx, dy) = (x - fx, y - fy);
            var distance = (dx * dx) + (dy * dy);
            if (distance < size * size)
            {
                var share = index / (double)Florets;
                var ripe = Palette.Along(share, Palette.Teal, Rgb.Hex(0x7FBF9F), Palette.Cream, Palette.Apricot, Palette.Coral, Palette.Rose, Palette.Plum);
                var lit = 1 - (Math.Sqrt(Math.Pow(dx + (size * 0.3), 2) + Math.Pow(dy + (size * 0.3), 2)) / (size * 1.7));
                return (ripe * 0.72).To(ripe.To(Palette.Cream, 0.35), lit);
            }
        }
        return colour;
    }

    private static Rgb? Petal(double radius, double angle, int count, double shift, double reach, Rgb tip, Rgb root)
    {
        var turn = (angle / Math.Tau * count) + shift;
        var index = (int)Math.Floor(turn);
        var wrapped = ((index % count) + count) % count;
        var across = Math.Abs(turn - index - 0.5) * 2;
        var length = reach * (0.94 + (0.1 * Noise.Hash(wrapped, (int)reach, 3)));
        var along = (radius - Rim + 12) / (length - Rim + 12);
        if (along > 1)
        {
            return null;
        }
        var width = 1.04 * Math.Pow(1 - Math.Pow(along, 2.1), 0.62);
        if (across > width)
        {
            return null;
        }
        var colour = root.To(tip, Noise.Step(0.05, 0.8, along));
        colour = colour.To(Palette.Cream, 0.55 * Noise.Step(0.5, 1.0, along) * (1 - (across / width)));
        var vein = across < 0.055 * (1.2 - along) || Math.Abs(across - (width * 0.52)) < 0.03;
        colour = vein ? colour.To(Palette.Rose, 0.3) : colour;
        colour = colour.To(Palette.Plum, 0.6 * Noise.Step(0.72, 1, across / width));
        return colour * (0.62 + (0.38 * Noise.Step(0, 0.32, along)));
    }

    private static Rgb Background(double x, double y, double radius)
    {
        // In steps, like a print: also what keeps 256 colours enough.
        var colour = Palette.Along(Math.Floor(y / 32) / 19, Palette.Night, Rgb.Hex(0x1C3A5E), Palette.Deep, Palette.Teal);
        colour = colour.Screen(Palette.Plum * (0.09 * Math.Floor(Math.Max(0, 7 - ((radius - 240) / 24)))));

        // Seeds carried off, on the same spiral as the florets.
        var index = (int)Math.Round(Math.Pow(radius / 26, 2));
        for (var i = Math.Max(150, index - 28); i < index + 28; i++)
        {
            var far = 26 * Math.Sqrt(i);
            var (sin, cos) = Math.SinCos(i * GoldenAngle);
            var distance = Math.Sqrt(Math.Pow(x - CentreX - (far * cos), 2) + Math.Pow(y - CentreY - (far * sin), 2));
            if (distance < 2.4)
            {
                return colour.To(Palette.Apricot, 0.75);
            }
        }
        return colour;
    }
}
