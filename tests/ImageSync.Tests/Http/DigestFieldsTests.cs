using System.Security.Cryptography;
using ImageSync.Http;

namespace ImageSync.Tests.Http;

public class DigestFieldsTests
{
    private static readonly byte[] Bytes = "bytes"u8.ToArray();
    private static readonly string Sha256 = $"sha-256=:{Convert.ToBase64String(SHA256.HashData(Bytes))}:";
    private static readonly string Sha512 = $"sha-512=:{Convert.ToBase64String(SHA512.HashData(Bytes))}:";
    private static readonly string Wrong256 = $"sha-256=:{Convert.ToBase64String(new byte[32])}:";

    private static IEnumerable<TestCaseData> Fields()
    {
        yield return new(null, null, "unchecked");
        yield return new(Sha256, null, "match");
        yield return new(null, Sha256, "match");
        yield return new(Sha256, Sha256, "match");
        yield return new(Sha256, Wrong256, "mismatch");
        yield return new(Wrong256, null, "mismatch");
        yield return new($"{Wrong256}, {Sha512}", null, "match");
        yield return new($"md5=:AAAA:, unixsum=:BBBB:, {Sha256}", null, "match");
        yield return new("md5=:AAAA:", null, "unchecked");
        yield return new("sha-256=AAAA", null, "unchecked");
        yield return new("sha-256=:not base64!:", null, "unchecked");
        yield return new("sha-256=:AAAA:", null, "unchecked");
        yield return new("sha-256", null, "unchecked");
        yield return new($"{Sha256};parameter=1", null, "match");
        yield return new(",,=::,", "=:", "unchecked");
    }

    [TestCaseSource(nameof(Fields))]
    public void Checked_by_the_strongest_that_can_be_read(string? content, string? representation, string expected)
    {
        var digests = DigestFields.Of(new ResponseHead(200) { ContentDigest = content, ReprDigest = representation });
        var actual = digests?.Algorithm == HashAlgorithmName.SHA512 ? SHA512.HashData(Bytes) : SHA256.HashData(Bytes);
        Assert.That(digests is null ? "unchecked" : digests.Match(actual) ? "match" : "mismatch", Is.EqualTo(expected));
    }
}
