using ImageSync.Http;

namespace ImageSync.Sync;

/// <summary>What one attempt came to.</summary>
/// <param name="Decision">What it means for the local file.</param>
/// <param name="Answer">What came last.</param>
internal sealed record Exchange(SyncDecision Decision, OriginAnswer Answer)
{
    /// <summary>The body's facts; null where none was received.</summary>
    public ReceivedBody? Body { get; init; }

    /// <summary>Body bytes that came over the wire, in all attempts so far.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Requests made in all attempts so far, redirects not counted.</summary>
    public int Requests { get; init; } = 1;

    /// <summary>
    /// The same after an earlier attempt. One that the image's time has cut off says nothing of its own: the cause is what was
    /// the matter before.
    /// </summary>
    public Exchange After(Exchange earlier) => Answer.Failure is { IsOutOfTime: true } && earlier.Decision is SyncDecision.Fail
        ? earlier with { Requests = Requests, BytesReceived = BytesReceived }
        : this;

    /// <summary>What it comes to where nobody had to be asked.</summary>
    public static Exchange Without(RemoteImage image, ReceivedBody body) =>
        new(new SyncDecision.Keep(), new OriginAnswer(image.Url)) { Body = body, Requests = 0 };
}
