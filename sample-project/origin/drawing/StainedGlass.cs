namespace Drawing;

/// <summary>A sunrise over hills and a river, leaded in Voronoi cells.</summary>
internal static class StainedGlass
{
    private const double SunX = 480;
    private const double SunY = 262;
    private const double Lead = 2.1;
    private const double Spacing = 46;

    private enum Part
    {
        Sun,
        Halo,
        BrightRay,
        DarkRay,
        FarHill,
        NearHill,
        River,
    }

    public static byte[] Draw() => Png.Indexed(Picture.Render(ColourAt));

    private static Rgb ColourAt(double x, double y)
    {
        var ((sx, sy, cx, cy), edge) = NearestPane(x, y);
        var part = PartAt(x, y);

        // Lead runs along the panes' edges and around the parts of the picture.
        var outline = OnOutline(x, y, part);
        if (edge < Lead || outline)
        {
            var shine = Noise.Step(Lead, 0, edge) * 0.16;
            return Palette.Ink.To(Palette.Violet, outline ? 0.08 : shine);
        }

        var glass = Glass(part, sx, sy, cx, cy);
        var glow = (0.5 * Noise.Step(0.5, 1.5, edge - Lead)) + (0.5 * Noise.Step(5, 6, edge - Lead));
        var backlight = Math.Exp(-(Math.Pow(x - SunX, 2) + Math.Pow(y - SunY, 2)) / 90000);
        var facet = 0.06 * Math.Cos(Math.Floor(Math.Atan2(y - sy, x - sx) / Math.Tau * 6) + (7 * Noise.Hash(cx, cy, 530)));
        return (glass * (0.84 + (0.14 * glow) + facet)).Screen(Palette.Apricot * (0.24 * backlight * glow));
    }

    private static ((double X, double Y, int CellX, int CellY) Pane, double Edge) NearestPane(double x, double y)
    {
        var (gx, gy) = ((int)Math.Floor(x / Spacing), (int)Math.Floor(y / Spacing));
        var (best, second) = (double.MaxValue, double.MaxValue);
        (double X, double Y, int CellX, int CellY) pane = default;
        (double X, double Y) other = default;
        for (var i = 0; i < 25; i++)
        {
            var (cx, cy) = (gx + (i % 5) - 2, gy + (i / 5) - 2);
            var (px, py) = Site(cx, cy);
            var distance = ((x - px) * (x - px)) + ((y - py) * (y - py));
            if (distance < best)
            {
                (second, other) = (best, (pane.X, pane.Y));
                (best, pane) = (distance, (px, py, cx, cy));
            }
            else if (distance < second)
            {
                (second, other) = (distance, (px, py));
            }
        }
        var apart = Math.Sqrt(Math.Pow(pane.X - other.X, 2) + Math.Pow(pane.Y - other.Y, 2));
        return (pane, (second - best) / (2 * apart));
    }

    private static (double X, double Y) Site(int cx, int cy)
    {
        var shift = cy % 2 == 0 ? 0.25 : -0.25;
        return (
            (cx + 0.5 + shift + (0.62 * (Noise.Hash(cx, cy, 500) - 0.5))) * Spacing,
            (cy + 0.5 + (0.62 * (Noise.Hash(cx, cy, 501) - 0.5))) * Spacing);
    }

    private static Part PartAt(double x, double y)
    {
        var fromSun = Math.Sqrt(Math.Pow(x - SunX, 2) + Math.Pow(y - SunY, 2));
        var far = 355 - (46 * Math.Sin((x / 170) + 0.6)) - (16 * Math.Sin(x / 61));
        var near = 468 + (50 * Math.Sin((x / 215) + 2.4)) - (0.00022 * Math.Pow(x - 480, 2));
        var bend = 480 + (70 * Math.Sin((y / 74) + 0.4));
        var bank = (y - near) * 0.42;
        return y > near && Math.Abs(x - bend) < bank ? Part.River
            : y > near ? Part.NearHill
            : y > far ? Part.FarHill
            : fromSun < 88 ? Part.Sun
            : fromSun < 152 ? Part.Halo
            : Math.Floor((Math.Atan2(y - SunY, x - SunX) / Math.Tau * 24) + 0.5) % 2 == 0 ? Part.BrightRay
            : Part.DarkRay;
    }

    private static bool OnOutline(double x, double y, Part part)
    {
        for (var i = 0; i < 8; i++)
        {
            var (sin, cos) = Math.SinCos(i * Math.PI / 4);
            if (PartAt(x + (cos * 2.3), y + (sin * 2.3)) != part)
            {
                return true;
            }
        }
        return false;
    }

    private static Rgb Glass(Part part, double sx, double sy, int cx, int cy)
    {
        var vary = Noise.Hash(cx, cy, 510);
        var far = (Math.Sqrt(Math.Pow(sx - SunX, 2) + Math.Pow(sy - SunY, 2)) - 130) / 480;
        return part switch
        {
            Part.Sun => Palette.Along(vary, Palette.Cream, Palette.Apricot),
            Part.Halo => Palette.Along(vary, Palette.Apricot, Palette.Coral),
            Part.BrightRay => Palette.Along(far + (0.2 * (vary - 0.5)), Palette.Apricot, Palette.Coral, Palette.Rose, Rgb.Hex(0xB95A8C), Palette.Plum, Palette.Violet),
            Part.DarkRay => Palette.Along(far + (0.2 * (vary - 0.5)), Palette.Rose, Palette.Plum, Palette.Violet, Rgb.Hex(0x45409A), Palette.Indigo, Rgb.Hex(0x27306F)),
            Part.FarHill => Palette.Along(vary, Rgb.Hex(0x2C7F8C), Rgb.Hex(0x55B3A8), Palette.Teal),
            Part.NearHill => Palette.Along(vary, Palette.Deep, Rgb.Hex(0x1F6A73), Rgb.Hex(0x1C4569)),
            Part.River => Palette.Along(vary, Palette.Mint, Palette.Cream, Rgb.Hex(0xF6C59B)),
            _ => throw new InvalidOperationException(),
        };
    }
}
