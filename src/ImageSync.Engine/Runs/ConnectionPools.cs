using ImageSync.Http;

namespace ImageSync.Engine.Runs;

/// <summary>The connections that the runs of one process share, as far as they are of the same kind.</summary>
internal sealed class ConnectionPools : IDisposable
{
    private readonly Dictionary<string, ConnectionPool> _pools = new(StringComparer.Ordinal);

    /// <summary>Connections of this kind: those of a run before, or new ones.</summary>
    public ConnectionPool Of(OriginClientOptions options)
    {
        var key = FormattableString.Invariant($"{options.ConnectTimeout} {options.PingDelay} {options.MaxConnectionsPerHost} ")
            + FormattableString.Invariant($"{options.AbandonsBodies} {options.FetchesCertificates}");
        return _pools.TryGetValue(key, out var pool) ? pool : _pools[key] = new ConnectionPool(options);
    }

    public void Dispose()
    {
        foreach (var pool in _pools.Values)
        {
            pool.Dispose();
        }
    }
}
