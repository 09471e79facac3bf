namespace ImageSync.Package.Tests;

/// <summary>What a pipeline with ImageSync has to do: the rounds are compared with it.</summary>
internal sealed class PipelineModel
{
    private readonly Dictionary<string, PipelineImage> _held = [];

    /// <summary>What the next round must come to, after these events.</summary>
    public PipelineRound Expect(int number, PipelineEvents events, PipelineOrigin origin)
    {
        var gone = _held.Keys.Except(origin.Images.Keys).ToList();
        var due = origin.IsDown ? [] : origin.Images.Where(image => _held.GetValueOrDefault(image.Key)?.Deployment != image.Value.Deployment).ToDictionary();
        var changed = due.Where(image => _held.GetValueOrDefault(image.Key)?.Bytes.AsSpan().SequenceEqual(image.Value.Bytes) != true).Select(image => image.Key).ToList();
        gone.ForEach(name => _held.Remove(name));
        foreach (var (name, image) in due)
        {
            _held[name] = image;
        }

        var traffic = origin.IsDown
            ? new PipelineTraffic(0, 0, 0, origin.Images.Count)
            : new PipelineTraffic(origin.Images.Count - due.Count, due.Count, due.Values.Sum(image => (long)image.Bytes.Length), 0);
        var hasNoCopy = origin.Images.Keys.Except(_held.Keys).Any();
        return new PipelineRound(number, events, traffic, hasNoCopy ? 1 : 0, Sorted(changed, gone), Sorted(due.Keys, gone))
        {
            HasCommit = due.Count + gone.Count > 0,
        };
    }

    private static List<string> Sorted(IEnumerable<string> some, IEnumerable<string> others) => [.. some.Concat(others).Order(StringComparer.Ordinal)];
}
