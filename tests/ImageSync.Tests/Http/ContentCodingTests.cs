using System.IO.Compression;
using ImageSync.Http;
using ImageSync.Testing;

namespace ImageSync.Tests.Http;

public class ContentCodingTests
{
    private static readonly byte[] Plain = [.. SampleImages.Svg(1), .. new byte[70_000], .. SampleImages.Png(1, 3_000)];

    // What origins write there, and what is to be undone.
    [TestCase(null, "")]
    [TestCase("", "")]
    [TestCase("identity", "")]
    [TestCase("aws-chunked", "")]
    [TestCase("aws-chunked,gzip", "gzip")]
    [TestCase("AWS-Chunked, Identity", "")]
    [TestCase("chunked", "")]
    [TestCase("utf-8", "")]
    [TestCase("UTF-8", "")]
    [TestCase("iso-8859-1", "")]
    [TestCase("none", "")]
    [TestCase("binary", "")]
    [TestCase("7bit", "")]
    [TestCase("8bit", "")]
    [TestCase("image/png", "")]
    [TestCase("image/svg+xml, gzip", "gzip")]
    [TestCase("gzip, utf-8", "gzip")]
    [TestCase("br, gzip", "br, gzip")]
    [TestCase("base64", null)]
    [TestCase("quoted-printable", null)]
    [TestCase("zstd", null)]
    [TestCase("compress", null)]
    [TestCase("utf-8, zstd", null)]
    [TestCase("gzip, gzip, gzip", null)]
    public void What_is_to_be_undone(string? field, string? codings)
    {
        var parsed = ContentCoding.Parse(field);
        Assert.That(parsed is null ? null : string.Join(", ", parsed), Is.EqualTo(codings));
    }

    // RFC 9110 §8.4: a coding that belongs to the file would not be named; servers that go by the name do so all the same.
    [TestCase("gzip", "img/logo.svgz", "")]
    [TestCase("x-gzip", "a.tar.gz", "")]
    [TestCase("GZIP", "a.TGZ", "")]
    [TestCase("gzip", "a.svg", "gzip")]
    [TestCase("gzip", "a.gz.svg", "gzip")]
    [TestCase("gzip", "gz", "gzip")]
    [TestCase("gzip", "a.gz/logo", "gzip")]
    [TestCase("gzip", "", "gzip")]
    [TestCase("br", "a.svgz", "br")]
    [TestCase("br", "a.svg.br", "")]
    [TestCase("zstd", "a.tar.zst", "")]
    [TestCase("zstd", "a.svgz", "zstd")]
    [TestCase("x-compress", "a.Z", "")]
    [TestCase("gzip, br", "a.svgz", "br")]
    [TestCase("br, gzip", "a.svgz", "br, gzip")]
    [TestCase("gzip, gzip", "a.svgz", "gzip")]
    [TestCase("aws-chunked, gzip", "a.svgz", "")]
    [TestCase("utf-8", "a.svgz", "utf-8")]
    [TestCase(null, "a.svgz", null)]
    public void What_the_name_says_is_not_undone(string? field, string name, string? rest) =>
        Assert.That(ContentCoding.WithoutOwn(field, name), Is.EqualTo(rest));

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

    // RFC 7932 §9.1, the table of WBITS; of a stream that begins 0x91, which is reserved, the decoder finds out.
    [TestCase(0x00, 16)]
    [TestCase(0x01, 17)]
    [TestCase(0x03, 18)]
    [TestCase(0x0B, 22)]
    [TestCase(0x0F, 24)]
    [TestCase(0x21, 10)]
    [TestCase(0x71, 15)]
    public void The_window_of_brotli_is_in_its_first_octet(int first, int bits) =>
        Assert.That(BrotliWindow.SizeOf((byte)first), Is.EqualTo(1 << bits));

    [Test]
    public void The_window_of_brotli_is_what_the_encoder_was_told([Range(10, 24)] int bits) =>
        Assert.That(BrotliWindow.SizeOf(Bombs.Brotli(30_000, bits)[0]), Is.EqualTo(1 << bits));

    [Test]
    public async Task A_brotli_window_above_4_MiB_is_refused()
    {
        Assert.That(await DecodeAsync(Bombs.Brotli(30_000, windowBits: 22), "br"), Is.EqualTo(new byte[30_000]));
        var larger = Bombs.Brotli(30_000, windowBits: 23);
        Assert.That(async () => await DecodeAsync(larger, "br"), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("4 MiB"));
    }

    [Test]
    public async Task Large_windows_wait_for_each_other_and_leave_with_their_stream([Values("br", "br, gzip", "gzip, br")] string coding)
    {
        for (var round = 0; round < 3; round++)
        {
            var readers = Enumerable.Range(0, 4).Select(_ => Open(coding)).ToList();
            var space = new byte[100];
            foreach (var reader in readers)
            {
                await reader.ReadExactlyAsync(space);
            }

            await using var fifth = Open(coding);
            using var patience = new CancellationTokenSource();
            var waiting = fifth.ReadExactlyAsync(space, patience.Token).AsTask();
            Assert.That(waiting.IsCompleted, Is.False);
            if (round == 1)
            {
                await patience.CancelAsync();
                Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
            }

            readers.ForEach(reader => reader.Dispose());
            Assert.That(round == 1 || await Task.WhenAny(waiting, Task.Delay(10_000)) == waiting, "there is room again");
        }
    }

    private static Stream Open(string coding) => ContentCoding.Decode(new MemoryStream(Encode(coding)), ContentCoding.Parse(coding)!);

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
