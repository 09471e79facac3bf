namespace ImageSync.Http;

/// <summary>What to do with a redirect (RFC 9110 §15.4), decided hop by hop.</summary>
internal static class Redirects
{
    /// <summary>Browsers allow 20; an image that needs more than 10 is in a loop that changes its URL each time.</summary>
    public const int MaxHops = 10;

    /// <summary>Whether the status asks for another request to the Location.</summary>
    public static bool IsRedirect(int statusCode) => statusCode is 301 or 302 or 303 or 307 or 308;

    /// <summary>The next hop, or why there is none.</summary>
    /// <param name="visited">The URLs asked so far, the redirecting one last.</param>
    /// <param name="head">The redirecting response.</param>
    /// <param name="egress">The hosts that may be contacted.</param>
    /// <param name="secrets">What nobody is told of the next URL.</param>
    public static RedirectStep Next(IReadOnlyList<TargetUri> visited, ResponseHead head, EgressPolicy egress, Secrets secrets)
    {
        var current = visited[^1];
        if (string.IsNullOrWhiteSpace(head.Location))
        {
            return RedirectStep.Unusable("the redirect names no Location, or several");
        }

        var next = current.Resolve(head.Location.Trim(), out var problem)?.Without(secrets);
        return next switch
        {
            null => RedirectStep.Refuse($"the Location {problem}"),
            { IsHttps: false } when current.IsHttps =>
                RedirectStep.Refuse($"it leads from https to {next.Redacted}, which anyone on the way can read and change"),
            _ when visited.Contains(next) => RedirectStep.Refuse($"it leads back to {next.Redacted}, in a loop"),
            _ when visited.Count > MaxHops => RedirectStep.Refuse($"there are more than {MaxHops} redirects in a row"),
            _ => egress.RefusalOf(next) is { } refusal ? RedirectStep.Forbid(refusal.Without(secrets)) : RedirectStep.Follow(next),
        };
    }
}

/// <summary>The outcome of one hop.</summary>
internal sealed record RedirectStep(RedirectVerdict Verdict, TargetUri? Next, string? Reason)
{
    /// <summary>Which host is not allowed, and by whom.</summary>
    public HostRefusal Refusal { get; init; } = new(Reason ?? "", HostRefusal.Project);

    public static RedirectStep Follow(TargetUri next) => new(RedirectVerdict.Follow, next, null);

    public static RedirectStep Unusable(string reason) => new(RedirectVerdict.Unusable, null, reason);

    public static RedirectStep Refuse(string reason) => new(RedirectVerdict.Refuse, null, reason);

    public static RedirectStep Forbid(HostRefusal refusal) => new(RedirectVerdict.HostNotAllowed, null, refusal.Host) { Refusal = refusal };
}

/// <summary>What a hop comes to.</summary>
internal enum RedirectVerdict
{
    /// <summary>Ask the next URL.</summary>
    Follow,

    /// <summary>The answer says nothing that could be followed.</summary>
    Unusable,

    /// <summary>It could be followed, and must not be.</summary>
    Refuse,

    /// <summary>The next host is not among those allowed; the reason is its name.</summary>
    HostNotAllowed,
}
