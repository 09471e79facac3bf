namespace Drawing;

/// <summary>The colours that all pictures share: a dusk, and the water under it.</summary>
internal static class Palette
{
    public static readonly Rgb Ink = Rgb.Hex(0x0F0E24);
    public static readonly Rgb Night = Rgb.Hex(0x1B1840);
    public static readonly Rgb Indigo = Rgb.Hex(0x322A6B);
    public static readonly Rgb Violet = Rgb.Hex(0x5D3F8E);
    public static readonly Rgb Plum = Rgb.Hex(0x93508F);
    public static readonly Rgb Rose = Rgb.Hex(0xD4647F);
    public static readonly Rgb Coral = Rgb.Hex(0xF28B6C);
    public static readonly Rgb Apricot = Rgb.Hex(0xFBBC7C);
    public static readonly Rgb Cream = Rgb.Hex(0xFDEBCB);
    public static readonly Rgb Mint = Rgb.Hex(0x9ADCC6);
    public static readonly Rgb Teal = Rgb.Hex(0x2F9195);
    public static readonly Rgb Deep = Rgb.Hex(0x14505F);

    /// <summary>The colour at <paramref name="t"/> (0 to 1) along evenly spaced stops.</summary>
    public static Rgb Along(double t, params ReadOnlySpan<Rgb> stops)
    {
        var at = Math.Clamp(t, 0, 1) * (stops.Length - 1);
        var i = Math.Min((int)at, stops.Length - 2);
        return stops[i].To(stops[i + 1], at - i);
    }
}
