using ImageSync.Engine.Runs;
using ImageSync.Http;
using ImageSync.Pipe;

namespace ImageSync.Engine;

/// <summary>
/// The private verb <c>engine</c>: carries out what a build asks for, request by request, until the build's end of the pipe is
/// closed. Whatever ends the build closes it, and so ends this program too.
/// </summary>
/// <param name="input">The pipe from the build.</param>
/// <param name="output">The pipe to it.</param>
internal sealed class EngineVerb(Stream input, Stream output) : IDisposable
{
    // What a run needs to drop the files in hand and to record what is finished. Nobody waits for it any more.
    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(800);

    private readonly PipeEvents _events = new(output);
    private readonly ConnectionPools _connections = new();
    private Task? _run;
    private CancellationTokenSource? _cancellation;

    /// <summary>Serves until the pipe ends.</summary>
    /// <returns>The exit code: 0, or 1 where what came was no request.</returns>
    public int Serve()
    {
        var (lines, request) = (new PipeReader(input), new RequestReader());
        try
        {
            _events.Greet();
            while (lines.Read() is { } fields)
            {
                if (Take(fields, request) is { } fault)
                {
                    return Refuse(fault);
                }
            }

            return lines.Fault is { } torn ? Refuse(torn) : 0;
        }
        catch (IOException)
        {
            // The other end is gone without a word.
            return 1;
        }
        finally
        {
            _cancellation?.Cancel();
            _run?.Wait(Farewell);
        }
    }

    public void Dispose()
    {
        _connections.Dispose();
        _cancellation?.Dispose();
        _events.Dispose();
    }

    private string? Take(string[] fields, RequestReader request)
    {
        if (fields is ["cancel"])
        {
            _cancellation?.Cancel();
            return null;
        }

        if (_run is { IsCompleted: false })
        {
            // The last line of a run is told a moment before its task ends; what follows it is in order.
            _run.Wait(Farewell);
            if (!_run.IsCompleted)
            {
                return "a request begins while another is carried out";
            }
        }

        if (request.Add(fields) is { } fault)
        {
            return fault;
        }

        if (request.Take() is { } complete)
        {
            _cancellation = new CancellationTokenSource();
            var build = _cancellation.Token;
            _run = Task.Factory.StartNew(
                () => Execute(complete, build), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        return null;
    }

    private void Execute(RunRequest request, CancellationToken build)
    {
        try
        {
            _events.Lines = request.Lines;
            new BuildRun(_connections, _events).Execute(request, build);
            _events.Done("complete");
        }
        catch (OperationCanceledException) when (build.IsCancellationRequested)
        {
            _events.Done("cancelled");
        }
        catch (Exception exception)
        {
            // The type and the place are what a report needs. The words of an exception may quote anything, a secret too.
            _events.Fault($"{exception.GetType().Name} {exception.StackTrace?.Trim().Split('\n')[0].Trim()}");
        }
    }

    private int Refuse(string fault)
    {
        _events.Fault(fault);
        return 1;
    }
}
