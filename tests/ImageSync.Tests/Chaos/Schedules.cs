using System.Security.Cryptography.X509Certificates;
using ImageSync.Testing;

namespace ImageSync.Tests.Chaos;

/// <summary>Acts schedules out, and tells of what is found by the seed that repeats it.</summary>
/// <param name="draw">Makes a schedule of a seed.</param>
/// <param name="way">How its builds are run.</param>
/// <param name="certificate">That of its origin.</param>
internal sealed class Schedules(Func<int, Schedule> draw, Func<Schedule, IBuildWay> way, X509Certificate2 certificate)
{
    private const int MostLines = 3;

    /// <summary>The seeds of a run. A usual one has the same each time, a long one others.</summary>
    public static IReadOnlyList<int> Seeds(IReadOnlyList<int> usual)
    {
        var count = EnvironmentNumber.Of("IMAGESYNC_CHAOS_SCHEDULES") ?? usual.Count;
        var first = EnvironmentNumber.Of("IMAGESYNC_CHAOS_SEED");
        return first is null && count <= usual.Count
            ? [.. usual.Take(count)]
            : [.. Enumerable.Range(first ?? Random.Shared.Next(1_000_000_000), count)];
    }

    /// <summary>Acts all of these out; what is not as it must be comes back, a line each.</summary>
    /// <param name="seeds">Of which schedules.</param>
    /// <param name="atOnce">How many at a time.</param>
    public async Task<IReadOnlyList<string>> RunAsync(IReadOnlyList<int> seeds, int atOnce)
    {
        TestContext.Out.WriteLine($"IMAGESYNC_CHAOS_SCHEDULES={seeds.Count} IMAGESYNC_CHAOS_SEED={seeds[0]}");
        if (seeds.Count == 1)
        {
            TestContext.Out.WriteLine(draw(seeds[0]));
        }

        var tally = new Tally();
        var violations = new List<string>();
        await Parallel.ForEachAsync(seeds, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (seed, _) =>
        {
            var found = await RunAsync(seed, tally);
            lock (violations)
            {
                violations.AddRange(found);
                found.ToList().ForEach(TestContext.Progress.WriteLine);
            }
        });
        TestContext.Out.WriteLine($"{seeds.Count} schedules: {tally}");
        return violations;
    }

    /// <summary>Acts one out. What is found has the whole schedule beside it in the output.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(int seed, Tally tally)
    {
        var schedule = draw(seed);
        IReadOnlyList<string> found;
        try
        {
            found = await ScheduleRun.RunAsync(schedule, way(schedule), certificate, tally);
        }
        catch (Exception exception)
        {
            found = [exception.ToString()];
        }

        if (found.Count > 0)
        {
            TestContext.Out.WriteLine(schedule);
        }

        var more = found.Count > MostLines ? new[] { $"and {found.Count - MostLines} more" } : [];
        return [.. found.Take(MostLines).Concat(more).Select(line => $"IMAGESYNC_CHAOS_SEED={seed}: {line}")];
    }
}
