using BenchmarkDotNet.Attributes;
using ImageSync.Storage;

namespace ImageSync.Benchmarks;

/// <summary>The validator cache, which every build reads before it knows whether there is anything to ask.</summary>
public class CacheFile
{
    private readonly string _folder = Directory.CreateTempSubdirectory("imagesync-benchmark-").FullName;
    private ValidatorRecord[] _records = [];
    private string _pristine = "";
    private string _changing = "";
    private string _new = "";

    [Params(1_000, 10_000, 100_000)]
    public int Records { get; set; }

    [GlobalSetup]
    public void Write()
    {
        _pristine = Path.Combine(_folder, "pristine");
        _changing = Path.Combine(_folder, "changing");
        _new = Path.Combine(_folder, "new");
        _records = [.. Enumerable.Range(0, Records).Select(number => Samples.RecordOf(Samples.ImageAt($"https://cdn.example.com/brand/{number:D6}.png", "/project")))];
        Save(_pristine, _records);
    }

    [GlobalCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [IterationSetup(Target = nameof(SaveOnePercent))]
    public void Restore() => File.Copy(_pristine, _changing, overwrite: true);

    [Benchmark]
    public int Load()
    {
        var count = ValidatorCache.Load(_pristine).Records.Count;
        return count == Records ? count : throw new InvalidOperationException($"{count} records were read.");
    }

    [Benchmark]
    public void SaveAll()
    {
        File.Delete(_new);
        Save(_new, _records);
    }

    /// <summary>A load is part of it: nobody saves without.</summary>
    [Benchmark]
    public void SaveOnePercent() => Save(_changing, _records.Where((_, number) => number % 100 == 0));

    private static void Save(string path, IEnumerable<ValidatorRecord> records)
    {
        var cache = ValidatorCache.Load(path);
        foreach (var record in records)
        {
            cache.Put(record);
        }

        cache.Save(LockTimeout.OfARun());
        if (cache.SaveProblem is { } problem)
        {
            throw new IOException(problem);
        }
    }
}
