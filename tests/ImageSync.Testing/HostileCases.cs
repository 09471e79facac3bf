namespace ImageSync.Testing;

/// <summary>
/// The cases of a random test. Each has a seed of its own, which a failure names: with IMAGESYNC_FUZZ_SEED it is the first case
/// of the next run. IMAGESYNC_FUZZ_ROUNDS runs that many times as many, from anywhere; a run without it has the same cases each
/// time, so that no change is held up by what another has left to be found.
/// </summary>
public static class HostileCases
{
    private const int UsualSeed = 20261129;

    /// <summary>The seeds of this many cases, times the rounds.</summary>
    public static IEnumerable<int> Seeds(int cases)
    {
        var rounds = EnvironmentNumber.Of("IMAGESYNC_FUZZ_ROUNDS") ?? 1;
        var seed = EnvironmentNumber.Of("IMAGESYNC_FUZZ_SEED") ?? (rounds > 1 ? Random.Shared.Next() : UsualSeed);
        TestContext.Out.WriteLine($"IMAGESYNC_FUZZ_ROUNDS={rounds} IMAGESYNC_FUZZ_SEED={seed}: {cases * rounds:N0} cases");
        return Enumerable.Range(0, cases * rounds).Select(i => unchecked(seed + i) & int.MaxValue);
    }

    /// <summary>One of these.</summary>
    public static T OneOf<T>(this Random random, params IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    /// <summary>A few of these, one behind the other.</summary>
    public static string Pieces(this Random random, IReadOnlyList<string> pieces, int most) =>
        string.Concat(Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => random.OneOf(pieces)));

    /// <summary>The text with up to this many characters left out, doubled, or replaced by any other.</summary>
    public static string Mutated(this Random random, string text, int mostEdits = 3)
    {
        for (var edits = random.Next(mostEdits + 1); edits > 0 && text.Length > 0; edits--)
        {
            var at = random.Next(text.Length);
            var other = (char)random.Next(random.Next(3) == 0 ? 0x3000 : 128);
            text = random.Next(4) switch
            {
                0 => text.Remove(at, 1),
                1 => text.Insert(at, text[at].ToString()),
                2 => text.Insert(at, other.ToString()),
                _ => text.Remove(at, 1).Insert(at, other.ToString()),
            };
        }

        return text;
    }
}
