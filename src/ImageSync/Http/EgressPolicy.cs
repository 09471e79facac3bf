namespace ImageSync.Http;

/// <summary>Where requests and secrets may go: what the project allows, and of that what whoever runs the build does.</summary>
/// <param name="Hosts">The hosts that the project allows.</param>
internal sealed record EgressPolicy(AllowedHosts Hosts)
{
    /// <summary>The servers that are asked instead of the origins.</summary>
    public Mirrors Mirrors { get; init; } = Mirrors.None;

    /// <summary>What whoever runs the build allows.</summary>
    public OwnerLimits Limits { get; init; } = OwnerLimits.None;

    /// <summary>
    /// Whether a certificate that a server leaves out is fetched from where its own says (RFC 5280 §4.2.2.1), as .NET does: from
    /// any host, so not where hosts are named.
    /// </summary>
    public bool FetchesCertificates => Hosts.Patterns.Count == 0 && Limits.Hosts.Patterns.Count == 0;

    /// <summary>Why a URL is not asked; null where it may be. A project may choose mirrors, so the owner limits them too.</summary>
    public HostRefusal? RefusalOf(TargetUri url)
    {
        var asked = Mirrors.Map(url).Host;
        return !Hosts.Allow(url.Host) ? new HostRefusal(url.Host, HostRefusal.Project)
            : !Limits.Hosts.Allow(url.Host) ? new HostRefusal(url.Host, OwnerLimits.HostsVariable)
            : !Limits.Hosts.Allow(asked) ? new HostRefusal(asked, OwnerLimits.HostsVariable) { InPlaceOf = url.Host }
            : null;
    }

    /// <summary>The variables whose values may not go to whom this URL is asked of.</summary>
    public IEnumerable<string> Withheld(RequestHeaders headers, TargetUri url) =>
        Limits.Variables == AllowedVariables.All ? []
        : headers.Variables.Where(variable => !Limits.Variables.Allow(variable, Mirrors.Map(url).Host));

    /// <summary>Whether headers may go to whom this URL is asked of.</summary>
    public bool MaySend(RequestHeaders headers, TargetUri url) => headers.MayGoTo(Mirrors.Map(url), url) && !Withheld(headers, url).Any();
}

/// <summary>A host that may not be contacted.</summary>
/// <param name="Host">Its name.</param>
/// <param name="List">The list that does not name it: a property, or an environment variable of whoever runs the build.</param>
internal sealed record HostRefusal(string Host, string List)
{
    /// <summary>The project's own list.</summary>
    public const string Project = "ImageSyncAllowedHosts";

    /// <summary>The host that it would be asked in place of, as its mirror; null where it is asked itself.</summary>
    public string? InPlaceOf { get; init; }

    /// <summary>The same without what nobody is told.</summary>
    public HostRefusal Without(Secrets secrets) => this with { Host = secrets.Conceal(Host), InPlaceOf = secrets.Conceal(InPlaceOf) };
}
