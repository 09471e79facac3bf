namespace ImageSync.Http;

/// <summary>
/// For how long a response says that it may be used without asking (RFC 9111 §4.2); declared lifetimes alone, no heuristics.
/// </summary>
/// <param name="Lifetime">The declared lifetime; zero where there is none.</param>
/// <param name="Until">The end of it, by our clock.</param>
internal readonly record struct Freshness(TimeSpan Lifetime, DateTimeOffset Until)
{
    /// <summary>Never fresh.</summary>
    public static readonly Freshness None = new(TimeSpan.Zero, DateTimeOffset.MinValue);

    /// <summary>The freshness of a response received now.</summary>
    public static Freshness Of(ResponseHead head, DateTimeOffset now) =>
        DeclaredLifetime(head) is { } lifetime && AgeOf(head, now) is { } age && lifetime > age
            ? new Freshness(lifetime, Later(now, lifetime - age))
            : None;

    /// <summary>
    /// The freshness after a 304 (RFC 9111 §3.2): its fields replace those stored, and where it declares nothing, what was
    /// declared before holds from now on.
    /// </summary>
    public Freshness After(ResponseHead notModified, DateTimeOffset now) =>
        notModified.CacheControl is null && notModified.Expires is null
            ? AgeOf(notModified, now) is { } age && Lifetime > age ? this with { Until = Later(now, Lifetime - age) } : this
            : Of(notModified, now);

    // A lifetime may be as long as a Date of the year 1 and an Expires of 9999 make it, or as a file says.
    private static DateTimeOffset Later(DateTimeOffset now, TimeSpan span) =>
        span < DateTimeOffset.MaxValue - now ? now + span : DateTimeOffset.MaxValue;

    // RFC 9111 §4.2.1; s-maxage is for shared caches, which a project's folder is not.
    private static TimeSpan? DeclaredLifetime(ResponseHead head) => CacheControl.Parse(head.CacheControl) switch
    {
        { NoStore: true } or { NoCache: true } or { IsBroken: true } => null,

        // RFC 9111 §4.1: no request is ever known to select what varies by everything.
        _ when head.Vary?.Contains('*', StringComparison.Ordinal) == true => null,
        { MaxAge: { } maxAge } => maxAge,
        _ => HttpDate.Parse(head.Expires) - HttpDate.Parse(head.Date),
    };

    // RFC 9111 §4.2.3, the time of the exchange left out. An Age that is none makes the response stale.
    private static TimeSpan? AgeOf(ResponseHead head, DateTimeOffset now)
    {
        var declared = head.Age is null ? TimeSpan.Zero : CacheControl.Seconds(head.Age.Split(',')[0].Trim());
        var apparent = now - (HttpDate.Parse(head.Date) ?? now);
        return declared is null || declared > apparent ? declared : apparent;
    }
}
