using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>What an origin answered, by its own log.</summary>
/// <param name="NotModified">Answers 304.</param>
/// <param name="Whole">Answers 200.</param>
/// <param name="ImageBytes">Bodies of those.</param>
/// <param name="Other">All other answers: 503 where the origin was down.</param>
internal sealed record PipelineTraffic(int NotModified, int Whole, long ImageBytes, int Other)
{
    public int Requests => NotModified + Whole + Other;

    public static PipelineTraffic Of(IReadOnlyList<AccessLogEntry> log)
    {
        var whole = log.Where(entry => entry.Status == 200).ToList();
        var notModified = log.Count(entry => entry.Status == 304);
        return new PipelineTraffic(notModified, whole.Count, whole.Sum(entry => entry.BodyBytes), log.Count - whole.Count - notModified);
    }
}
