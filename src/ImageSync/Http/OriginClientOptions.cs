namespace ImageSync.Http;

/// <summary>How connections are made.</summary>
/// <param name="ConnectTimeout">For the connection, TLS included.</param>
/// <param name="MaxConnectionsPerHost">Requests at once to one origin.</param>
/// <param name="UserAgent">The User-Agent field.</param>
/// <param name="AllowedHosts">The hosts that may be contacted, by redirects too.</param>
internal sealed record OriginClientOptions(TimeSpan ConnectTimeout, int MaxConnectionsPerHost, string UserAgent, AllowedHosts AllowedHosts)
{
    /// <summary>How long an origin may be silent.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// After how much silence a connection of HTTP/2 is asked for a sign of life, and how long that is waited for. .NET takes no
    /// less than a second, and looks at its connections now and then: so it is a quarter, and both are over before the silence is.
    /// </summary>
    public TimeSpan PingDelay => IdleTimeout / 4 is { TotalSeconds: >= 1 } quarter ? quarter : TimeSpan.FromSeconds(1);

    /// <summary>Attempts after the first, at transient failures.</summary>
    public int Retries { get; init; }

    /// <summary>How long the first retry waits.</summary>
    public TimeSpan RetryDelay { get; init; }

    /// <summary>The servers that are asked instead of the origins.</summary>
    public Mirrors Mirrors { get; init; } = Mirrors.None;

    /// <summary>What whoever runs the build allows.</summary>
    public OwnerLimits Limits { get; init; } = OwnerLimits.None;

    /// <summary>Where requests and secrets may go.</summary>
    public EgressPolicy Egress => new(AllowedHosts) { Mirrors = Mirrors, Limits = Limits };

    /// <summary>Whether .NET may fetch certificates by itself.</summary>
    public bool FetchesCertificates => Egress.FetchesCertificates;

    /// <summary>
    /// Whether a body that nobody reads is cut off at once; otherwise up to a megabyte of it is drained, to keep the connection.
    /// </summary>
    public bool AbandonsBodies { get; init; }
}
