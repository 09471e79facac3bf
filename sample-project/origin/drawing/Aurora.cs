namespace Drawing;

/// <summary>Northern lights over a lake.</summary>
internal static class Aurora
{
    private const double Shore = 478;

    public static byte[] Draw()
    {
        var light = new Rgb[Picture.Width * Picture.Height];
        Hang(light, 3, 0.55, t => (1010 - (1060 * t) + (100 * Wave(1.3 * t)), 205 - (80 * t) + (34 * Wave((1.7 * t) + 0.2))), 120);
        Hang(light, 11, 1.5, t => (-70 + (1110 * t) + (88 * Wave((1.75 * t) + 0.05)), 372 - (225 * t) + (52 * Wave((1.5 * t) + 0.62))), 165);
        var glow = Soften(light);
        return Png.TrueColour(Picture.Render((x, y) => ColourAt(x, y, glow)));
    }

    private static double Wave(double turns) => Math.Sin(turns * Math.Tau);

    // A curtain hangs along a curve that folds back on itself; where it does, we look through more of it, and it is brighter.
    private static void Hang(Rgb[] light, int seed, double strength, Func<double, (double X, double Hem)> curve, double reach)
    {
        const int Steps = 30000;
        for (var i = 0; i < Steps; i++)
        {
            var t = i / (double)Steps;
            var (cx, hem) = curve(t);
            var x = (int)Math.Floor(cx + (34 * Noise.At(t * 13, 0.7, seed + 1)));
            if (x < 0 || x >= Picture.Width)
            {
                continue;
            }
            hem += 16 * Noise.At(t * 16, 0.1, seed + 3);
            var ray = Math.Max(0, 0.42 + (0.95 * Noise.Fractal(t * 52, 0.4, 3, seed + 4)));
            var swell = Noise.Step(-0.45, 0.55, Noise.At(t * 4.2, 0.6, seed + 5));
            var tall = reach * (0.5 + (0.55 * ray) + (0.6 * swell));
            var power = strength * (0.18 + ray) * (0.24 + (0.76 * swell)) * 0.034;
            for (var y = 0; y < Math.Min(hem + 90, Picture.Height); y++)
            {
                var up = hem - y;
                var fall = up > 0 ? Math.Exp(-2.1 * up / tall) : (0.55 * Math.Exp(-Math.Pow(up / 8, 2))) + (0.45 * Math.Exp(-Math.Pow(up / 34, 2)));
                var colour = Palette.Along(
                    up / (tall * 1.25), Rgb.Hex(0x86E3BE), Rgb.Hex(0x46CFA0), Rgb.Hex(0x2FA39B), Rgb.Hex(0x4B62B0), Rgb.Hex(0x8A55B8), Palette.Rose);
                light[(y * Picture.Width) + x] += colour * (power * fall);
            }
        }
    }

    // Light adds up without bound; this bends it below white. The blur hides the single columns.
    private static Rgb[] Soften(Rgb[] light)
    {
        double[] kernel = [0.02, 0.05, 0.08, 0.11, 0.15, 0.18, 0.15, 0.11, 0.08, 0.05, 0.02];
        var soft = new Rgb[light.Length];
        for (var i = 0; i < light.Length; i++)
        {
            var x = i % Picture.Width;
            var sum = default(Rgb);
            for (var k = 0; k < kernel.Length; k++)
            {
                sum += light[i - x + Math.Clamp(x + k - 5, 0, Picture.Width - 1)] * kernel[k];
            }
            soft[i] = new(1 - Math.Exp(-sum.R), 1 - Math.Exp(-sum.G), 1 - Math.Exp(-sum.B));
        }
        return soft;
    }

    private static Rgb ColourAt(double x, double y, Rgb[] glow)
    {
        var treeTop = TreeTop(x);
        if (y > treeTop && y < Shore)
        {
            return Palette.Ink.To(Palette.Night, (y - treeTop) / 120);
        }
        if (y < Shore)
        {
            return Sky(x, y, glow).Screen(Star(x, y));
        }

        var depth = (y - Shore) / (Picture.Height - Shore);
        var ripple = Noise.Fractal((x / 150) + 3, (y - Shore) / (3 + (9 * depth)), 2, 77);
        var (mx, my) = (Math.Clamp(x + (ripple * 8), 0, Picture.Width - 1), Shore - ((y - Shore) * 2.1) - (ripple * 14 * depth) - 2);
        var water = my > TreeTop(mx) ? Palette.Ink.To(Palette.Night, 0.25) : Sky(mx, my, glow) * 0.85;
        return water.To(Palette.Ink, 0.1 + (0.3 * depth));
    }

    private static Rgb Sky(double x, double y, Rgb[] glow)
    {
        var sky = Palette.Along(y / Shore, Palette.Ink, Rgb.Hex(0x141436), Rgb.Hex(0x181D47), Rgb.Hex(0x192E56), Rgb.Hex(0x1C4A63));
        var (ix, iy) = (Math.Min((int)x, Picture.Width - 1), Math.Clamp((int)y, 0, Picture.Height - 1));
        return sky.Screen(glow[(iy * Picture.Width) + ix]);
    }

    private static double TreeTop(double x)
    {
        var hill = 456 - (40 * Noise.Fractal((x / 300) + 8, 0.4, 2, 51)) - (24 * Noise.Step(260, 900, x));
        var top = hill;
        var first = (int)Math.Floor(x / 8) - 2;
        for (var i = first; i <= first + 4; i++)
        {
            var foot = (i + Noise.Hash(i, 1, 61)) * 8;
            var height = 12 + (42 * Math.Pow(Noise.Hash(i, 2, 61), 1.6));
            var slope = Math.Abs(x - foot) / (height * 0.17);
            if (slope < 1)
            {
                top = Math.Min(top, hill - (height * (1 - slope) * (0.86 + (0.14 * (slope * 5 % 1)))));
            }
        }
        return top;
    }

    private static Rgb Star(double x, double y)
    {
        const double Cell = 27;
        var (cx, cy) = ((int)Math.Floor(x / Cell), (int)Math.Floor(y / Cell));
        if (Noise.Hash(cx, cy, 71) > 0.5)
        {
            return default;
        }
        var (px, py) = ((cx + 0.2 + (0.6 * Noise.Hash(cx, cy, 72))) * Cell, (cy + 0.2 + (0.6 * Noise.Hash(cx, cy, 73))) * Cell);
        var size = 0.5 + (0.8 * Math.Pow(Noise.Hash(cx, cy, 74), 3));
        return Palette.Cream * (0.85 * Math.Exp(-(Math.Pow(x - px, 2) + Math.Pow(y - py, 2)) / (size * size)));
    }
}
