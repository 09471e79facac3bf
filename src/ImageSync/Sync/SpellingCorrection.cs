namespace ImageSync.Sync;

/// <summary>Which of the known names somebody may have meant who wrote another. Pure.</summary>
/// <remarks>It is also part of the task, hence .NET Standard 2.0.</remarks>
internal static class SpellingCorrection
{
    private const int ShortestWithTwoSlips = 8;
    private const int ShortestWithOne = 4;

    /// <summary>The known name that a slip or two of the keyboard makes this one of; null for none. The first letter is right.</summary>
    /// <remarks>A build asks it of some twenty names; loops, since queries over pairs are compiled anew in each.</remarks>
    public static string? Closest(string name, IReadOnlyList<string> known)
    {
        string? best = null;
        var least = int.MaxValue;
        foreach (var candidate in known)
        {
            var shorter = Math.Min(name.Length, candidate.Length);
            var most = shorter >= ShortestWithTwoSlips ? 2 : shorter >= ShortestWithOne ? 1 : 0;
            if (Math.Abs(name.Length - candidate.Length) <= most && char.ToLowerInvariant(name[0]) == char.ToLowerInvariant(candidate[0])
                && Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant()) is var distance && distance <= most && distance < least)
            {
                (best, least) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>The known names that this one is, with a slip or two, or is the beginning of.</summary>
    public static IReadOnlyList<string> ClosestOrStartingWith(string name, IReadOnlyList<string> known) =>
        Closest(name, known) is { } likely && !likely.StartsWith(name, StringComparison.OrdinalIgnoreCase) ? [likely]
        : [.. known.Where(candidate => candidate.StartsWith(name, StringComparison.OrdinalIgnoreCase))];

    // Letters that are missing, added, wrong, or in each other's place: Damerau and Levenshtein's, without edits of what was exchanged.
    private static int Distance(string a, string b)
    {
        var width = b.Length + 1;
        var rows = new int[(a.Length + 1) * width];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                var at = (i * width) + j;
                rows[at] = i == 0 || j == 0 ? i + j
                    : Math.Min(Math.Min(rows[at - width], rows[at - 1]) + 1, rows[at - width - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[at] = Math.Min(rows[at], rows[at - (2 * width) - 2] + 1);
                }
            }
        }

        return rows[rows.Length - 1];
    }
}
