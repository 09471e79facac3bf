namespace Drawing;

/// <summary>A colour with linear arithmetic on its sRGB values, which is what a painter's eye expects of a mix.</summary>
internal readonly record struct Rgb(double R, double G, double B)
{
    public static Rgb Hex(int value) => new((value >> 16) / 255.0, ((value >> 8) & 255) / 255.0, (value & 255) / 255.0);

    public static Rgb operator *(Rgb a, double k) => new(a.R * k, a.G * k, a.B * k);

    public static Rgb operator +(Rgb a, Rgb b) => new(a.R + b.R, a.G + b.G, a.B + b.B);

    public Rgb To(Rgb other, double share)
    {
        var t = Math.Clamp(share, 0, 1);
        return new(R + ((other.R - R) * t), G + ((other.G - G) * t), B + ((other.B - B) * t));
    }

    /// <summary>Light on light: never brighter than white, never clipped hard.</summary>
    public Rgb Screen(Rgb light) => new(1 - ((1 - R) * (1 - light.R)), 1 - ((1 - G) * (1 - light.G)), 1 - ((1 - B) * (1 - light.B)));
}
