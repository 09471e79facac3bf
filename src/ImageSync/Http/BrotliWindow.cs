namespace ImageSync.Http;

/// <summary>The window that a brotli body declares in its first octet (RFC 7932 §9.1): its decoder comes to hold as many bytes.</summary>
internal static class BrotliWindow
{
    private const int UsualBits = 16;
    private const int LargeBits = 17;
    private const int SmallBits = 8;

    /// <summary>Its size in bytes.</summary>
    public static int SizeOf(byte first) => 1 << (first & 1, (first >> 1) & 7, (first >> 4) & 7) switch
    {
        (0, _, _) => UsualBits,
        (_, > 0 and var large, _) => LargeBits + large,
        (_, _, > 1 and var small) => SmallBits + small,
        _ => LargeBits,
    };
}
