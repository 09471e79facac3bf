using System.Buffers.Binary;

namespace ImageSync.Browser.Tests;

/// <summary>Pictures of which every pixel is known: bitmaps of 24 bits.</summary>
internal static class Pixels
{
    private const int HeaderLength = 54;

    /// <summary>White, but black where a function says so; the upper left pixel is 0, 0.</summary>
    public static byte[] Of(int width, int height, Func<int, int, bool> isBlack)
    {
        var stride = (3 * width) + 3 & ~3;
        var file = new byte[HeaderLength + (stride * height)];
        file.AsSpan(HeaderLength).Fill(255);
        "BM"u8.CopyTo(file);
        foreach (var (at, value) in new[] { (2, file.Length), (10, HeaderLength), (14, 40), (18, width), (22, height), (26, 1 | (24 << 16)) })
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
        }

        // Rows go from the bottom to the top.
        for (var (y, row) = (0, HeaderLength + (stride * (height - 1))); y < height; y++, row -= stride)
        {
            for (var x = 0; x < width; x++)
            {
                file.AsSpan(row + (3 * x), 3).Fill(isBlack(x, y) ? (byte)0 : (byte)255);
            }
        }

        return file;
    }
}
