namespace ImageSync.Http;

/// <summary>One of the connections to an origin; where the origin does not multiplex, the first one stands for all.</summary>
/// <param name="number">0 for the first; it is also the number of the client that makes it.</param>
internal sealed class OriginConnection(int number)
{
    private readonly TaskCompletionSource _made = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>0 for the first.</summary>
    public int Number => number;

    /// <summary>Requests that it carries; the gate's to count.</summary>
    public int Requests { get; set; }

    /// <summary>Whether its handshake was done, and told that it multiplexes. It may be lost since, and is made anew then.</summary>
    public bool IsMade => _made.Task.IsCompleted;

    /// <summary>Whether it is one more than the first, and is yet to be made: a try, and not the only way.</summary>
    public bool IsAnother => number > 0 && !IsMade;

    /// <summary>Ends with the handshake.</summary>
    public Task Made => _made.Task;

    /// <summary>Takes note of the handshake.</summary>
    public void Make() => _made.TrySetResult();
}
