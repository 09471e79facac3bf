using System.Diagnostics;
using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>A scheduled pipeline, whole: an origin to which things happen, a remote, and rounds of clone, sync, commit and push.</summary>
internal sealed class PipelineRun : IAsyncDisposable
{
    private const int FirstImages = 12;

    private readonly TestDirectory _directory = new();
    private readonly PipelineContender _contender;
    private readonly PipelineOrigin _origin;
    private readonly PipelineModel _model = new();

    public PipelineRun(PipelineContender contender, int seed)
    {
        var random = new Random(seed);
        _contender = contender;
        _origin = new PipelineOrigin(_directory.PathOf("nginx"), random, FirstImages);
        Repository = new PipelineRepository(_directory, contender);
        Random = random;
    }

    public PipelineRepository Repository { get; }

    /// <summary>What the rounds had to come to, with ImageSync.</summary>
    public List<PipelineRound> Expected { get; } = [];

    /// <summary>What they came to.</summary>
    public List<PipelineRound> Rounds { get; } = [];

    private Random Random { get; }

    /// <summary>The first sync, and so many rounds.</summary>
    public async Task RunAsync(int rounds)
    {
        foreach (var events in PipelineDeck.Deal(rounds, Random).Prepend(PipelineEvents.None))
        {
            _origin.Meet(events);
            Repository.Declare(_origin.Images.Keys.ToDictionary(name => name, _origin.Url));
            Expected.Add(_model.Expect(Rounds.Count, events, _origin));
            Rounds.Add(await RoundAsync(Rounds.Count, events));
        }
    }

    /// <summary>What a clone of the remote has at the end beside what the origin has.</summary>
    public (IReadOnlyDictionary<string, string> Clone, IReadOnlyDictionary<string, string> Origin) Compare()
    {
        Repository.Clone("last");
        return (PipelineCheckout.Of(_directory.PathOf("last")).Images, _origin.Images.ToDictionary(image => image.Key, image => PipelineCheckout.Text(image.Value.Bytes)));
    }

    public ValueTask DisposeAsync() => _origin.DisposeAsync();

    private async Task<PipelineRound> RoundAsync(int number, PipelineEvents events)
    {
        var watch = Stopwatch.StartNew();
        var git = Repository.Clone($"run-{number}");
        var clone = _directory.PathOf($"run-{number}");
        var before = PipelineCheckout.Of(clone);
        var result = await _contender.RunAsync(clone);
        var hasCommit = PipelineRepository.Push(git);
        watch.Stop();
        var after = PipelineCheckout.Of(clone);
        Directory.Delete(clone, recursive: true);

        var wrong = _origin.Images.Where(image => after.Images.GetValueOrDefault(image.Key) != PipelineCheckout.Text(image.Value.Bytes)).Select(image => image.Key).ToList();
        return new PipelineRound(
            number, events, _origin.TakeTraffic(), result.ExitCode,
            PipelineCheckout.Difference(before.Images, after.Images), PipelineCheckout.Difference(before.Entries, after.Entries))
        {
            HasCommit = hasCommit,
            Damaged = wrong.Count(name => before.Images.TryGetValue(name, out var bytes) && after.Images.GetValueOrDefault(name) != bytes),
            Stale = _origin.IsDown ? 0 : wrong.Count,
            Took = watch.Elapsed,
        };
    }
}
