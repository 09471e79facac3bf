namespace ImageSync.Tests.Images;

/// <summary>A stream that gives few bytes at once and counts how often it was asked.</summary>
internal sealed class TricklingStream(byte[] bytes) : MemoryStream(bytes)
{
    public int BytesAtOnce { get; init; } = 1;

    public long? PromisedLength { get; init; }

    public int Reads { get; private set; }

    public override long Length => PromisedLength ?? base.Length;

    public override int Read(byte[] buffer, int offset, int count)
    {
        Reads++;
        return base.Read(buffer, offset, Math.Min(count, BytesAtOnce));
    }

    // MemoryStream's own would go round through the other one.
    public override int Read(Span<byte> buffer)
    {
        var bytes = new byte[buffer.Length];
        var count = Read(bytes, 0, bytes.Length);
        bytes.AsSpan(0, count).CopyTo(buffer);
        return count;
    }
}
