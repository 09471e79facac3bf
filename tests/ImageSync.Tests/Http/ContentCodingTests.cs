using System.IO.Compression;
using ImageSync.Http;
using ImageSync.Testing;

namespace ImageSync.Tests.Http;

public class ContentCodingTests
{
    private static readonly byte[] Plain = [.. SampleImages.Svg(1), .. new byte[70_000], .. SampleImages.Png(1, 3_000)];

    [TestCase("gzip")]
    [TestCase("x-gzip")]
    [TestCase("deflate")]
    [TestCase("raw deflate")]
    [TestCase("br")]
    [TestCase("br, gzip")]
    [TestCase("gzip, gzip")]
    public async Task A_whole_body_is_decoded(string coding) => Assert.That(await DecodeAsync(Encode(coding), coding), Is.EqualTo(Plain));

    [TestCase("gzip")]
    [TestCase("deflate")]
    [TestCase("raw deflate")]
    [TestCase("br")]
    [TestCase("br, gzip")]
    public void A_body_that_breaks_off_anywhere_is_refused(string coding)
    {
        var coded = Encode(coding);
        for (var length = 0; length < coded.Length; length += length < 64 || length > coded.Length - 64 ? 1 : 61)
        {
            Assert.That(async () => await DecodeAsync(coded[..length], coding), Throws.InstanceOf<InvalidDataException>(), $"{length} of {coded.Length} bytes");
        }
    }

    [TestCase("gzip")]
    [TestCase("deflate")]
    [TestCase("br")]
    public void Bytes_that_are_not_coded_at_all_are_refused(string coding) =>
        Assert.That(async () => await DecodeAsync(SampleImages.Png(1, 3_000), coding), Throws.InstanceOf<InvalidDataException>());

    [Test]
    public void A_wrong_checksum_is_refused()
    {
        var coded = Encode("gzip");
        coded[^6] ^= 1;
        Assert.That(async () => await DecodeAsync(coded, "gzip"), Throws.InstanceOf<InvalidDataException>());
    }

    [Test]
    public async Task Several_gzip_members_are_one_body() =>
        Assert.That(await DecodeAsync([.. Encode("gzip"), .. Encode("gzip")], "gzip"), Is.EqualTo(Plain.Concat(Plain)));

    [Test]
    public void A_second_gzip_member_that_breaks_off_is_refused() =>
        Assert.That(async () => await DecodeAsync([.. Encode("gzip"), .. Encode("gzip")[..^1]], "gzip"), Throws.InstanceOf<InvalidDataException>());

    private static byte[] Encode(string codings)
    {
        var bytes = Plain;
        foreach (var coding in codings.Split(", "))
        {
            using var coded = new MemoryStream();
            using (Stream encoder = coding switch
            {
                "br" => new BrotliStream(coded, CompressionLevel.Fastest, leaveOpen: true),
                "deflate" => new ZLibStream(coded, CompressionLevel.Fastest, leaveOpen: true),
                "raw deflate" => new DeflateStream(coded, CompressionLevel.Fastest, leaveOpen: true),
                _ => new GZipStream(coded, CompressionLevel.Fastest, leaveOpen: true),
            })
            {
                encoder.Write(bytes);
            }

            bytes = coded.ToArray();
        }

        return bytes;
    }

    private static async Task<byte[]> DecodeAsync(byte[] coded, string coding)
    {
        using var plain = new MemoryStream();
        await using var decoder = ContentCoding.Decode(new MemoryStream(coded), ContentCoding.Parse(coding.Replace("raw ", "", StringComparison.Ordinal))!);
        await decoder.CopyToAsync(plain);
        return plain.ToArray();
    }
}
