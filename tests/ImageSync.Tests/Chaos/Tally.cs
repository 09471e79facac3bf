using System.Collections.Concurrent;

namespace ImageSync.Tests.Chaos;

/// <summary>Counts what happened, by its kind.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public void Add(string kind, int count = 1)
    {
        if (count > 0)
        {
            _counts.AddOrUpdate(kind, count, (_, before) => before + count);
        }
    }

    public override string ToString() =>
        string.Join(", ", _counts.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"));
}
