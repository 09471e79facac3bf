using System.Numerics;

namespace ImageSync.Images;

/// <summary>JPEG XL: the SizeHeader at the beginning of a codestream (ISO/IEC 18181-1 §D.2), packed bit by bit.</summary>
internal static class JpegXlHeader
{
    // The signature, and at most 1 + (2 + 30) + 3 + (2 + 30) bits.
    public const int Length = 2 + 9;

    private static readonly int[] Widths = [9, 13, 18, 30];

    private static readonly (int Numerator, int Denominator)[] Ratios = [(1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1)];

    /// <summary>Reads the size from a codestream's first <see cref="Length"/> bytes; what is missing of them is zero.</summary>
    public static ImageSize? SizeOf(ReadOnlySpan<byte> codestream)
    {
        var bits = new BigInteger(codestream[2..], isUnsigned: true);
        var isSmall = Take(1) == 1;
        var height = Side();
        var ratio = Take(3);
        return ImageSize.Of(ratio == 0 ? Side() : height * Ratios[ratio - 1].Numerator / Ratios[ratio - 1].Denominator, height);

        long Side() => isSmall ? 8 * (Take(5) + 1) : Take(Widths[Take(2)]) + 1;

        int Take(int count)
        {
            var value = (int)(bits & ((BigInteger.One << count) - 1));
            bits >>= count;
            return value;
        }
    }
}
