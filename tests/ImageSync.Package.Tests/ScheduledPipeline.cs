using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>What docs/pipelines.md tells: many rounds of a pipeline to whose images all kinds of things happen.</summary>
public sealed class ScheduledPipeline
{
    private const int OneDeck = 8;

    [Test]
    public Task CommitsAndDownloadsOnlyWhatChanged() => DoesWhatTheModelSaysAsync(new ImageSyncContender());

    [Test]
    [Platform("Linux")]
    public Task TheCommandDoesSoOnAMachineWithoutDotNet() => DoesWhatTheModelSaysAsync(new CommandContender(), rounds: 3);

    [TestCase("DownloadFile")]
    [TestCase("curl")]
    [Explicit("Figures of other ways; nothing of ours is tested.")]
    public async Task OtherWays(string name)
    {
        await using var run = await RunAsync(name == "curl" ? new CurlContender() : new DownloadFileContender());
        Assert.That(run.Rounds, Is.Not.Empty);
    }

    private static async Task DoesWhatTheModelSaysAsync(PipelineContender contender, int rounds = OneDeck)
    {
        // arrange, act
        await using var run = await RunAsync(contender, rounds);

        // assert
        Assert.That(run.Rounds.Select(round => round.ToString()), Is.EqualTo(run.Expected.Select(round => round.ToString())));
        Assert.That(run.Repository.PipelineCommits, Has.Count.EqualTo(run.Expected.Count(round => round.HasCommit)));
        var (clone, origin) = run.Compare();
        Assert.That(clone, Is.EquivalentTo(origin));
    }

    private static async Task<PipelineRun> RunAsync(PipelineContender contender, int usually = OneDeck)
    {
        var rounds = EnvironmentNumber.Of("IMAGESYNC_PIPELINE_ROUNDS") ?? usually;
        var seed = EnvironmentNumber.Of("IMAGESYNC_PIPELINE_SEED") ?? Random.Shared.Next();
        await TestContext.Out.WriteLineAsync($"IMAGESYNC_PIPELINE_ROUNDS={rounds} IMAGESYNC_PIPELINE_SEED={seed}");
        var run = new PipelineRun(contender, seed);
        await run.RunAsync(rounds);
        await TestContext.Out.WriteLineAsync(PipelineFigures.Of(contender.Name, run.Rounds, run.Expected));
        return run;
    }
}
