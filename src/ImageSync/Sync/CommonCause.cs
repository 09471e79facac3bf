namespace ImageSync.Sync;

/// <summary>What is the matter with an origin, or with the proxy on the way to it, and not with one image.</summary>
/// <param name="Whose">Scheme, host and port of an origin; "the proxy" with host and port.</param>
/// <param name="Words">What it did: a clause that follows its name.</param>
internal sealed record CommonCause(string Whose, string Words)
{
    // As few lines can still be read one by one.
    private const int Many = 4;
    private const int Named = 3;

    // A reason phrase can have kilobytes.
    private const int LongestWords = 500;

    /// <summary>
    /// The diagnostics of a run as people read them: where many images fail for one cause at one origin or proxy, one for all of them, at
    /// the first one's place. Errors and warnings stay apart, so that none becomes the other.
    /// </summary>
    /// <param name="outcomes">What came of the images.</param>
    /// <param name="words">Those of whoever runs it.</param>
    /// <returns>Each with the image where it is told; those that one of these speaks for are left out.</returns>
    public static IEnumerable<(SyncOutcome Outcome, Diagnostic Diagnostic)> Told(IReadOnlyList<SyncOutcome> outcomes, Wording words)
    {
        if (outcomes.All(static outcome => outcome.Diagnostics.Count == 0))
        {
            yield break;
        }

        var all = outcomes
            .SelectMany(outcome => outcome.Diagnostics, (outcome, diagnostic) => (Outcome: outcome, Diagnostic: diagnostic))
            .ToList();
        var groups = all.Where(each => each.Diagnostic.CommonCause is not null)
            .GroupBy(each => KeyOf(each.Diagnostic))
            .Where(group => group.Count() >= Many)
            .ToDictionary(group => group.Key, group => group.ToList());
        foreach (var each in all)
        {
            if (!groups.TryGetValue(KeyOf(each.Diagnostic), out var group))
            {
                yield return each;
            }
            else if (ReferenceEquals(each.Diagnostic, group[0].Diagnostic))
            {
                yield return each with
                {
                    Diagnostic = Together([.. group.Select(one => one.Outcome)], [.. group.Select(one => one.Diagnostic)], words),
                };
            }
        }
    }

    // Of what became of the copies, one sentence has to be true of all.
    private static (DiagnosticCode Code, Severity Severity, bool HasCopy, CommonCause? Cause) KeyOf(Diagnostic diagnostic) =>
        (diagnostic.Code, diagnostic.Severity, diagnostic.Copy.IsGood, diagnostic.CommonCause);

    private static Diagnostic Together(List<SyncOutcome> outcomes, List<Diagnostic> diagnostics, Wording words)
    {
        var first = diagnostics[0];
        var cause = first.CommonCause!;
        var copies = first.Copy.IsGood ? "The local copies were kept."
            : diagnostics.TrueForAll(each => each.Copy.Flaw is null) ? "There is no local copy of any of them."
            : "There is no good local copy of any of them.";
        var clause = cause.Words.Length <= LongestWords ? cause.Words : string.Concat(cause.Words.AsSpan(0, LongestWords), "…");
        var told = FormattableString.Invariant($"{cause.Whose} {clause}, so {outcomes.Count:N0} images could not be synced.");
        var named = string.Join(", ", outcomes.Take(Named).Select(outcome => outcome.LocalPath));
        var more = FormattableString.Invariant($"{named} and {outcomes.Count - Named:N0} more");
        return first with
        {
            Message = $"{more}: {told} {copies} {first.Advice} {words.Detailed} shows a line for each.",
            Cause = $"{told} {copies}",
        };
    }
}
