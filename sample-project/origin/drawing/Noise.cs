namespace Drawing;

/// <summary>Repeatable randomness: the same numbers on every machine and in every run.</summary>
internal static class Noise
{
    /// <summary>A number from 0 to 1 for a lattice point.</summary>
    public static double Hash(int x, int y, int seed)
    {
        unchecked
        {
            var h = ((uint)x * 0x9E3779B1u) ^ ((uint)y * 0x85EBCA77u) ^ ((uint)seed * 0xC2B2AE3Du);
            h = (h ^ (h >> 15)) * 0x2C1B3C6Du;
            h = (h ^ (h >> 12)) * 0x297A2D39u;
            return (h ^ (h >> 15)) / (double)uint.MaxValue;
        }
    }

    /// <summary>Gradient noise, about -1 to 1.</summary>
    public static double At(double x, double y, int seed)
    {
        var ix = (int)Math.Floor(x);
        var iy = (int)Math.Floor(y);
        var (fx, fy) = (x - ix, y - iy);
        var (sx, sy) = (Fade(fx), Fade(fy));
        var top = Lerp(Slope(ix, iy, fx, fy, seed), Slope(ix + 1, iy, fx - 1, fy, seed), sx);
        var bottom = Lerp(Slope(ix, iy + 1, fx, fy - 1, seed), Slope(ix + 1, iy + 1, fx - 1, fy - 1, seed), sx);
        return Lerp(top, bottom, sy) * 1.5;
    }

    /// <summary>Several octaves of <see cref="At"/>, about -1 to 1.</summary>
    public static double Fractal(double x, double y, int octaves, int seed)
    {
        var (sum, weight, total) = (0.0, 1.0, 0.0);
        for (var i = 0; i < octaves; i++)
        {
            sum += weight * At(x, y, seed + i);
            total += weight;
            weight *= 0.5;
            (x, y) = ((x * 2) + 17.3, (y * 2) - 5.1);
        }
        return sum / total;
    }

    public static double Step(double from, double to, double x)
    {
        var t = Math.Clamp((x - from) / (to - from), 0, 1);
        return t * t * (3 - (2 * t));
    }

    private static double Slope(int ix, int iy, double dx, double dy, int seed)
    {
        var (sin, cos) = Math.SinCos(Hash(ix, iy, seed) * Math.Tau);
        return (cos * dx) + (sin * dy);
    }

    private static double Fade(double t) => t * t * t * ((t * ((t * 6) - 15)) + 10);

    private static double Lerp(double a, double b, double t) => a + ((b - a) * t);
}
