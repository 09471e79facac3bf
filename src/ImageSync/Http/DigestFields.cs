using System.Security.Cryptography;

namespace ImageSync.Http;

/// <summary>
/// The integrity fields of a response (RFC 9530): digests of its content, as coded. In a 200 Content-Digest and Repr-Digest
/// are over the same octets. Only sha-256 and sha-512 count (§5); what cannot be read is passed over.
/// </summary>
/// <param name="Algorithm">The strongest algorithm that was declared.</param>
/// <param name="Expected">Its digests; more than one where both fields name it.</param>
internal sealed record DigestFields(HashAlgorithmName Algorithm, IReadOnlyList<byte[]> Expected)
{
    /// <summary>The digests to check; null where there are none.</summary>
    public static DigestFields? Of(ResponseHead head)
    {
        if (head.ContentDigest is null && head.ReprDigest is null)
        {
            return null;
        }

        var members = Members(head.ContentDigest).Concat(Members(head.ReprDigest)).ToList();
        return Pick("sha-512", HashAlgorithmName.SHA512, SHA512.HashSizeInBytes)
            ?? Pick("sha-256", HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);

        DigestFields? Pick(string name, HashAlgorithmName algorithm, int size)
        {
            var digests = members.Where(member => member.Name == name && member.Digest.Length == size)
                .Select(member => member.Digest).ToList();
            return digests.Count == 0 ? null : new DigestFields(algorithm, digests);
        }
    }

    /// <summary>Whether this is the digest of what was sent.</summary>
    public bool Match(ReadOnlySpan<byte> actual)
    {
        foreach (var expected in Expected)
        {
            if (!actual.SequenceEqual(expected))
            {
                return false;
            }
        }

        return true;
    }

    // A dictionary of byte sequences (RFC 8941 §3.2, §3.3.5): name=:base64:
    private static IEnumerable<(string Name, byte[] Digest)> Members(string? field)
    {
        foreach (var member in (field ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            var equals = member.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && member[(equals + 1)..].Split(';')[0].Trim() is [':', .. var text, ':'])
            {
                var digest = new byte[text.Length];
                if (Convert.TryFromBase64String(text, digest, out var length))
                {
                    yield return (member[..equals], digest[..length]);
                }
            }
        }
    }
}
