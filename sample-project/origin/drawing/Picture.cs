namespace Drawing;

/// <summary>A picture as a function from place to colour, sampled several times a pixel so that every edge is smooth.</summary>
internal static class Picture
{
    public const int Width = 960;
    public const int Height = 640;

    /// <summary>Samples a pixel, in each direction.</summary>
    public const int Samples = 4;

    public static byte[] Render(Func<double, double, Rgb> colourAt, int width = Width, int height = Height)
    {
        var pixels = new byte[width * height * 3];
        Parallel.For(0, height, y =>
        {
            for (var x = 0; x < width; x++)
            {
                var sum = default(Rgb);
                for (var s = 0; s < Samples * Samples; s++)
                {
                    var (dx, dy) = (((s % Samples) + 0.5) / Samples, ((s / Samples) + 0.5) / Samples);
                    sum += colourAt(x + dx, y + dy);
                }
                var mean = sum * (1.0 / (Samples * Samples));
                var at = ((y * width) + x) * 3;
                pixels[at] = Byte(mean.R);
                pixels[at + 1] = Byte(mean.G);
                pixels[at + 2] = Byte(mean.B);
            }
        });
        return pixels;
    }

    private static byte Byte(double value) => (byte)Math.Round(Math.Clamp(value, 0, 1) * 255);
}
