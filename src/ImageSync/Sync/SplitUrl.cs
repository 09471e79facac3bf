namespace ImageSync.Sync;

/// <summary>A URL with a <c>;</c>, of which MSBuild makes two items: the second is no URL. Pure.</summary>
internal static class SplitUrl
{
    /// <summary>What to do where this text may be the rest of the URL before it; null where it is none.</summary>
    /// <param name="before">The text of the item before it; null for none.</param>
    /// <param name="written">That is no URL.</param>
    public static string? Advice(string? before, string written) =>
        before is not null && IsUrl(before) && !IsUrl(written)
        && (before.Contains('?', StringComparison.Ordinal) || written.Contains('=', StringComparison.Ordinal))
            ? "MSBuild splits an Include at each ';'. If this is the rest of the URL before it, write %3B instead of the ';'."
            : null;

    private static bool IsUrl(string text) => text.Contains("://", StringComparison.Ordinal);
}
