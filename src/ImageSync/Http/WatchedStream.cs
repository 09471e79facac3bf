using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace ImageSync.Http;

/// <summary>A body on the wire: the origin's silence is timed between two reads, and its declared digests are checked at the end.</summary>
internal sealed class WatchedStream(Stream inner, RequestDeadline budget, DigestFields? digests, ByteCounter received) : ReadOnlyStream
{
    private readonly IncrementalHash? _hash = digests is null ? null : IncrementalHash.CreateHash(digests.Algorithm);

    /// <summary>Bytes that came.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Whether the origin has said that this was all.</summary>
    public bool HasEnded { get; private set; }

    /// <exception cref="InvalidDataException">The bytes are not those that the digest fields declare.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        budget.Listen();
        var read = await inner.ReadAsync(buffer, budget.Token).ConfigureAwait(false);
        BytesRead += read;
        received.Add(read);
        HasEnded = read == 0 && buffer.Length > 0;
        _hash?.AppendData(buffer.Span[..read]);
        return read > 0 || _hash is null || digests!.Match(_hash.GetCurrentHash())
            ? read
            : throw new InvalidDataException("the bytes are not those that its digest field declares");
    }

    protected override void Dispose(bool disposing)
    {
        _hash?.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>Counts what comes over the wire while it comes, so that a long run can tell how fast it is.</summary>
internal sealed class ByteCounter
{
    private long _total;

    /// <summary>Bytes so far; to be asked from any thread.</summary>
    public long Total => Interlocked.Read(ref _total);

    public void Add(int bytes) => Interlocked.Add(ref _total, bytes);
}
