using System.Security.Cryptography;

namespace ImageSync.Storage;

/// <summary>SHA-256 of bytes, as lower-case hex: what tells whether two images are the same.</summary>
internal static class ContentDigest
{
    /// <summary>What a valid digest is, for error messages.</summary>
    public const string ValidValues = "a SHA-256 digest: 64 hexadecimal digits";

    /// <summary>Digest of a file, read in one go.</summary>
    /// <exception cref="IOException">It is not there, not regular, larger than that, or cannot be read.</exception>
    public static string OfFile(string path, long maxLength)
    {
        using var file = RegularFile.Open(path, maxLength);
        return ToHex(SHA256.HashData(file));
    }

    /// <summary>Digest of bytes.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return ToHex(digest);
    }

    /// <summary>The digest as it is written everywhere.</summary>
    public static string ToHex(ReadOnlySpan<byte> digest) => Convert.ToHexString(digest).ToLowerInvariant();

    /// <summary>Whether the text is a digest, in either case.</summary>
    public static bool IsDigest(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigit);
}
