using System.Runtime.InteropServices;

namespace ImageSync.Engine.CommandLine;

/// <summary>
/// Ctrl-C, and what a system sends that shuts down: the first one has the run drop what is in hand and record what is finished, the
/// second one ends the program at once.
/// </summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly PosixSignalRegistration[] _signals;

    public Interrupt() => _signals =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel),
    ];

    /// <summary>Is cancelled by the first one.</summary>
    public CancellationToken Token => _cancellation.Token;

    public void Dispose()
    {
        Array.ForEach(_signals, static signal => signal.Dispose());
        _cancellation.Dispose();
    }

    private void Cancel(PosixSignalContext signal)
    {
        if (!_cancellation.IsCancellationRequested)
        {
            signal.Cancel = true;
            _cancellation.Cancel();
        }
    }
}
