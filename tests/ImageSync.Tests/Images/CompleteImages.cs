using ImageSync.Images;
using ImageSync.Testing;

namespace ImageSync.Tests.Images;

/// <summary>Whole images are complete, cut ones are not, however the bytes come.</summary>
public class CompleteImages
{
    [TestCaseSource(typeof(SampleTable), nameof(SampleTable.All))]
    public void Whole(string mediaType, byte[] bytes) => Assert.That(SampleTable.IsCompleteImage(bytes), Is.True);

    [TestCaseSource(typeof(SampleTable), nameof(SampleTable.All))]
    public void Cut_at_every_length(string mediaType, byte[] bytes) =>
        Assert.That(Enumerable.Range(0, bytes.Length).Where(length => SampleTable.IsCompleteImage(bytes[..length])),
            Is.EqualTo(SampleTable.HarmlessCuts(bytes)));

    // Of what breaks off nobody is told that it is damaged.
    [TestCaseSource(typeof(SampleTable), nameof(SampleTable.All))]
    public void Cut_at_every_length_and_told_so(string mediaType, byte[] bytes)
    {
        var faults = Enumerable.Range(0, bytes.Length).Where(length => ImageFormat.Detect(bytes.AsSpan(0, length)) is not null)
            .Select(length => ImageFormat.Detect(bytes)!.FindFault(new MemoryStream(bytes[..length]))?.Clause).OfType<string>().Distinct();
        Assert.That(faults, Is.All.Match("^(that breaks off before its end|without .*)$"));
    }

    [TestCaseSource(typeof(SampleTable), nameof(SampleTable.All))]
    public void Followed_by_other_bytes(string mediaType, byte[] bytes)
    {
        // XML goes to the end of the file, so there the bytes would be part of it; but not so in gzip.
        var takesTrailingBytes = mediaType is not "image/svg+xml" || bytes[0] == 0x1F;
        var trailing = "<p>trailing</p>"u8.ToArray();
        Assert.That(Enumerable.Range(1, trailing.Length).Select(length => SampleTable.IsCompleteImage([.. bytes, .. trailing[..length]])),
            Is.All.EqualTo(takesTrailingBytes));
        Assert.That(Enumerable.Range(1, 20).Select(length => SampleTable.IsCompleteImage([.. bytes, .. new byte[length]])),
            Is.All.EqualTo(takesTrailingBytes), "zeros");
    }

    [TestCaseSource(typeof(SampleTable), nameof(SampleTable.All))]
    public void Read_byte_by_byte_from_a_stream_that_stands_at_its_end(string mediaType, byte[] bytes)
    {
        using var stream = new TricklingStream(bytes) { Position = bytes.Length };
        Assert.That(ImageFormat.Detect(bytes)!.IsComplete(stream), Is.True);
    }

    [TestCaseSource(typeof(SampleTable), nameof(SampleTable.All))]
    public void Shorter_in_the_end_than_its_length_promised(string mediaType, byte[] bytes)
    {
        using var stream = new TricklingStream(bytes[..^1]) { PromisedLength = bytes.Length };
        Assert.That(() => ImageFormat.Detect(bytes)!.IsComplete(stream), Throws.Nothing);
    }

    [Test]
    public void JPEG_XL_without_a_container_has_no_end_that_could_be_found() =>
        Assert.That(SampleTable.IsCompleteImage(SampleImages.JpegXlCodestream()[..5]), Is.True);

    [Test]
    public void Chunk_by_chunk_costs_no_read_each()
    {
        var png = SampleImages.Png(2, 2, 1);
        var notes = Enumerable.Repeat((byte[])[0, 0, 0, 0, .. "tEXt"u8, 0, 0, 0, 0], 50_000).SelectMany(note => note);
        using var stream = new TricklingStream([.. png[..33], .. notes, .. png[33..]]) { BytesAtOnce = int.MaxValue };
        Assert.That(ImageFormat.Detect(png)!.IsComplete(stream), Is.True);
        Assert.That(stream.Reads, Is.LessThan(50));
    }

    [Test]
    public void Large_chunks_are_not_read_at_all()
    {
        var png = SampleImages.Png(1, 1_000_000);
        using var stream = new TricklingStream(png) { BytesAtOnce = int.MaxValue };
        Assert.That(ImageFormat.Detect(png)!.IsComplete(stream), Is.True);
        Assert.That(stream.Reads, Is.LessThan(4));
    }
}
