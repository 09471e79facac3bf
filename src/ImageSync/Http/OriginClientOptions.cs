namespace ImageSync.Http;

/// <summary>How connections are made.</summary>
/// <param name="ConnectTimeout">For the connection, TLS included.</param>
/// <param name="MaxConnectionsPerHost">Requests at once to one origin.</param>
/// <param name="UserAgent">The User-Agent field.</param>
/// <param name="AllowedHosts">The hosts that may be contacted, by redirects too.</param>
internal sealed record OriginClientOptions(TimeSpan ConnectTimeout, int MaxConnectionsPerHost, string UserAgent, AllowedHosts AllowedHosts)
{
    /// <summary>Who is asked in the origins' place.</summary>
    public Mirrors Mirrors { get; init; } = Mirrors.None;

    /// <summary>
    /// Whether a certificate that a server leaves out is fetched from where its own says (RFC 5280 §4.2.2.1), as .NET does: from
    /// any host, so not where hosts are named.
    /// </summary>
    public bool FetchesCertificates => AllowedHosts.Patterns.Count == 0;

    /// <summary>Whether a body that nobody reads is cut off at once; otherwise up to a megabyte of it is drained, to keep the connection.</summary>
    public bool AbandonsBodies { get; init; }
}
