namespace Drawing;

/// <summary>The emblem of the logo, small: two ridges and a sun in a rounded square.</summary>
internal static class Favicon
{
    private const int Size = 64;

    public static byte[] Draw() => Png.TrueColour(Picture.Render(ColourAt, Size, Size), Size, Size);

    private static Rgb ColourAt(double x, double y)
    {
        var sky = Palette.Along(y / 52, Palette.Violet, Palette.Plum, Palette.Rose, Palette.Coral, Palette.Apricot);
        if (y > 62 - Math.Max(0, 34 - (Math.Abs(x - 22) * 1.25)) || y > 56)
        {
            return Palette.Night;
        }
        if (y > 58 - Math.Max(0, 24 - (Math.Abs(x - 44) * 1.1)))
        {
            return Palette.Indigo.To(Palette.Violet, 0.35);
        }
        return Math.Sqrt(Math.Pow(x - 42, 2) + Math.Pow(y - 21, 2)) < 10 ? Palette.Cream : sky;
    }
}
