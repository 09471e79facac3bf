namespace ImageSync.Package.Tests;

/// <summary>The events of a pipeline's rounds: a deck of cards with each kind at least once, shuffled, and again until there are enough.</summary>
internal static class PipelineDeck
{
    private static readonly PipelineEvents[] Cards =
    [
        PipelineEvents.None,
        PipelineEvents.Changed,
        PipelineEvents.Added,
        PipelineEvents.Removed,
        PipelineEvents.Redeployed,
        PipelineEvents.Down,
        PipelineEvents.Down | PipelineEvents.Changed | PipelineEvents.Added,
        PipelineEvents.Changed | PipelineEvents.Removed | PipelineEvents.Redeployed,
    ];

    /// <summary>So many rounds; the last one is quiet, since what happens while the origin is down shows in the round after.</summary>
    public static IReadOnlyList<PipelineEvents> Deal(int rounds, Random random)
    {
        var dealt = new List<PipelineEvents>();
        while (dealt.Count < rounds)
        {
            var deck = Cards.ToArray();
            random.Shuffle(deck);
            dealt.AddRange(deck);
        }

        var last = dealt.GetRange(0, rounds).LastIndexOf(PipelineEvents.None);
        dealt.RemoveAt(Math.Max(last, 0));
        return [.. dealt.Take(rounds - 1), PipelineEvents.None];
    }
}
