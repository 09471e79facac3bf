namespace ImageSync.Storage;

/// <summary>Sums of what files say, which may be anything: they stay at the largest number instead of overflowing.</summary>
internal static class Saturating
{
    /// <summary>The sum of numbers, none of which is below zero.</summary>
    public static long Sum<T>(IEnumerable<T> items, Func<T, long> number) =>
        items.Aggregate(0L, (sum, item) => number(item) is var next && next > long.MaxValue - sum ? long.MaxValue : sum + next);
}
