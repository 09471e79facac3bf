namespace ImageSync.Http;

/// <summary>Counts what comes over the wire while it comes, so that a long run can tell how fast it is.</summary>
internal sealed class ByteCounter
{
    private long _total;

    /// <summary>Bytes so far; to be asked from any thread.</summary>
    public long Total => Interlocked.Read(ref _total);

    public void Add(int bytes) => Interlocked.Add(ref _total, bytes);
}
