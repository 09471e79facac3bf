using System.Globalization;

namespace ImageSync.Package.Tests;

/// <summary>The rounds of a pipeline, counted.</summary>
internal static class PipelineFigures
{
    /// <summary>A line for the figures of docs/pipelines.md.</summary>
    public static string Of(string contender, IReadOnlyList<PipelineRound> rounds, IReadOnlyList<PipelineRound> expected)
    {
        var pairs = rounds.Zip(expected).ToList();
        var median = rounds.Select(round => round.Took.TotalSeconds).Order().ElementAt(rounds.Count / 2);
        return string.Create(CultureInfo.InvariantCulture, $"""
            {contender}: {rounds.Sum(round => round.Traffic.Requests)} requests, {rounds.Sum(round => round.Traffic.NotModified)} x 304, {rounds.Sum(round => round.Traffic.Whole)} x 200, {rounds.Sum(round => round.Traffic.Other)} others, {rounds.Sum(round => round.Traffic.ImageBytes)} B of images (needed {expected.Sum(round => round.Traffic.ImageBytes)} B);
            {rounds.Count(round => round.HasCommit)} commits, {rounds.Count(round => round.HasCommit && round.Images.Count > 0)} with images, {pairs.Count(pair => pair.First is { HasCommit: true, Images.Count: 0 } && pair.Second.HasCommit)} with validators of redeployed images alone, {pairs.Count(pair => pair.First is { HasCommit: true, Images.Count: 0 } && !pair.Second.HasCommit)} without a reason (expected {expected.Count(round => round.HasCommit)}, {expected.Count(round => round.Images.Count > 0)} with images);
            {rounds.Count(round => round.Damaged > 0)} rounds damaged a file, {rounds.Count(round => round.ExitCode != 0)} failed (expected {expected.Count(round => round.ExitCode != 0)}), {rounds.Count(round => round.Events.HasFlag(PipelineEvents.Down))} with the origin down, {rounds.Count(round => round.Stale > 0)} left an image stale; {median:0.0} s a round (median)
            """);
    }
}
