namespace ImageSync.Sync;

/// <summary>Which of the known names somebody may have meant who wrote another. Pure.</summary>
internal static class LikelyName
{
    private const int ShortestWithTwoSlips = 8;
    private const int ShortestWithOne = 4;

    /// <summary>The known name that a slip or two of the keyboard makes this one of; null for none. The first letter is right.</summary>
    public static string? OfSlips(string name, IReadOnlyList<string> known)
    {
        var written = name.ToLowerInvariant();
        var best = known.Select(candidate => (Name: candidate, Distance: Distance(written, candidate.ToLowerInvariant())))
            .MinBy(candidate => candidate.Distance);
        var shorter = Math.Min(name.Length, best.Name.Length);
        var most = shorter >= ShortestWithTwoSlips ? 2 : shorter >= ShortestWithOne ? 1 : 0;
        return best.Distance <= most && char.ToLowerInvariant(name[0]) == char.ToLowerInvariant(best.Name[0]) ? best.Name : null;
    }

    /// <summary>The known names that this one is, with a slip or two, or is the beginning of.</summary>
    public static IReadOnlyList<string> OfSlipsOrBeginnings(string name, IReadOnlyList<string> known) =>
        OfSlips(name, known) is { } likely && !likely.StartsWith(name, StringComparison.OrdinalIgnoreCase) ? [likely]
        : [.. known.Where(candidate => candidate.StartsWith(name, StringComparison.OrdinalIgnoreCase))];

    // Letters that are missing, added, wrong, or in each other's place: Damerau and Levenshtein's, without edits of what was exchanged.
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                rows[i, j] = i == 0 || j == 0 ? i + j
                    : Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }
}
