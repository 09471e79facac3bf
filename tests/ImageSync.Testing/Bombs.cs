using System.IO.Compression;

namespace ImageSync.Testing;

/// <summary>Coded bodies that become far more than they are.</summary>
public static class Bombs
{
    private const int UsualWindowBits = 22;

    /// <summary>So many zeros, coded so often one in the other: <c>gzip</c>, <c>deflate</c> or <c>br</c>.</summary>
    public static byte[] Of(string coding, int length, int layers = 1)
    {
        var bytes = new byte[length];
        for (; layers > 0; layers--)
        {
            bytes = coding == "br" ? Brotli(bytes, UsualWindowBits) : Deflated(coding, bytes);
        }

        return bytes;
    }

    /// <summary>So many zeros in brotli with a window of so many bits (RFC 7932 §9.1).</summary>
    public static byte[] Brotli(int length, int windowBits) => Brotli(new byte[length], windowBits);

    private static byte[] Deflated(string coding, byte[] bytes)
    {
        using var octets = new MemoryStream();
        using (Stream encoder = coding == "gzip"
            ? new GZipStream(octets, CompressionLevel.Optimal, leaveOpen: true)
            : new ZLibStream(octets, CompressionLevel.Optimal, leaveOpen: true))
        {
            encoder.Write(bytes);
        }

        return octets.ToArray();
    }

    private static byte[] Brotli(byte[] bytes, int windowBits)
    {
        var coded = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        return BrotliEncoder.TryCompress(bytes, coded, out var length, quality: 5, windowBits)
            ? coded[..length]
            : throw new InvalidOperationException("There is no room for it.");
    }
}
