using System.Runtime.ExceptionServices;
using ImageSync.Http;

namespace ImageSync.Sync;

/// <summary>
/// The images of a run, taken in turn: in a line for each origin, so that a slow or narrow one holds up nobody else's.
/// Concurrency is bounded here and nowhere else.
/// </summary>
/// <param name="options">How many images may be in flight at once, and who is asked in the origins' place.</param>
/// <param name="connections">What says how many requests an origin may be asked at once.</param>
internal sealed class ImageQueue(SyncOptions options, ConnectionPool connections)
{
    private readonly List<Line> _lines = [];
    private readonly TaskCompletionSource _finished = new();
    private IReadOnlyList<RemoteImage> _images = [];
    private SyncOutcome[] _outcomes = [];
    private Func<RemoteImage, ValueTask<SyncOutcome>>? _serve;
    private CancellationToken _build;
    private int _done;
    private int _waiting;
    private int _inFlight;
    private int _turn;
    private ExceptionDispatchInfo? _failure;

    /// <summary>How far the run has come; to be asked from any thread.</summary>
    /// <param name="bytesReceived">Body bytes so far.</param>
    public SyncProgress Progress(long bytesReceived) => new(Volatile.Read(ref _done), _images.Count, bytesReceived);

    /// <summary>Serves all images, once; the outcomes are in their order.</summary>
    /// <param name="images">As declared.</param>
    /// <param name="serve">What is to be done about one image.</param>
    /// <param name="build">Cancels.</param>
    /// <exception cref="OperationCanceledException">The build was cancelled.</exception>
    public IReadOnlyList<SyncOutcome> Run(IReadOnlyList<RemoteImage> images, Func<RemoteImage, ValueTask<SyncOutcome>> serve, CancellationToken build)
    {
        (_images, _outcomes, _serve, _build) = (images, new SyncOutcome[images.Count], serve, build);
        LineUp(images);
        if (images.Count > 0)
        {
            connections.Widened += Dispatch;
            Dispatch();
            _finished.Task.Wait(CancellationToken.None);
            connections.Widened -= Dispatch;
            _failure?.Throw();
        }

        return _outcomes;
    }

    private void Dispatch()
    {
        while (TryTake(out var line, out var index))
        {
            Begin(line, index);
        }
    }

    // Without the caller's execution context: MSBuild's carries cultures, which would be changed at each step of each image.
    private void Begin(Line line, int index) => ThreadPool.UnsafeQueueUserWorkItem(_ => _ = WorkAsync(line, index), null);

    private async Task WorkAsync(Line line, int index)
    {
        try
        {
            _build.ThrowIfCancellationRequested();
            do
            {
                _outcomes[index] = await ServeAsync(_images[index]).ConfigureAwait(false);
                Interlocked.Increment(ref _done);
            }
            while (!_build.IsCancellationRequested && TryGoOn(line, out index));
            _build.ThrowIfCancellationRequested();
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
        }

        Leave(line);
        Dispatch();
        FinishWithTheLast();
    }

    // The guard of each image: whatever happens in its turn, which nobody may have foreseen, ends no other's.
    private async ValueTask<SyncOutcome> ServeAsync(RemoteImage image)
    {
        try
        {
            return await _serve!(image).ConfigureAwait(false);
        }
        catch (Exception exception) when (!_build.IsCancellationRequested)
        {
            return SyncOutcome.NotForeseen(image, options.Locked, exception);
        }
    }

    private void LineUp(IReadOnlyList<RemoteImage> images)
    {
        var lines = new Dictionary<string, Line>(StringComparer.Ordinal);
        lock (_lines)
        {
            for (var i = 0; i < images.Count; i++)
            {
                var asked = options.Mirrors.Map(images[i].Url).Origin;
                if (!lines.TryGetValue(asked, out var line))
                {
                    _lines.Add(lines[asked] = line = new Line(connections.GateOf(asked)));
                }

                line.Images.Add(i);
            }

            _waiting = images.Count;
        }
    }

    // Of the lines whose origin may be asked for one more, the one whose turn it is.
    private bool TryTake(out Line line, out int index)
    {
        lock (_lines)
        {
            for (var i = 0; i < _lines.Count && _waiting > 0 && _inFlight < options.MaxConcurrency && _failure is null; i++)
            {
                line = _lines[(_turn + i) % _lines.Count];
                if (line.InFlight < line.Gate.Width && TryDequeue(line, out index))
                {
                    _turn = (_turn + i + 1) % _lines.Count;
                    line.InFlight++;
                    _inFlight++;
                    return true;
                }
            }
        }

        (line, index) = (null!, -1);
        return false;
    }

    private bool TryGoOn(Line line, out int index)
    {
        lock (_lines)
        {
            index = -1;
            return _failure is null && TryDequeue(line, out index);
        }
    }

    private bool TryDequeue(Line line, out int index)
    {
        var isWaiting = line.Served < line.Images.Count;
        index = isWaiting ? line.Images[line.Served++] : -1;
        _waiting -= isWaiting ? 1 : 0;
        return isWaiting;
    }

    private void Leave(Line line)
    {
        lock (_lines)
        {
            line.InFlight--;
            _inFlight--;
        }
    }

    private void FinishWithTheLast()
    {
        lock (_lines)
        {
            if (_inFlight == 0 && (_waiting == 0 || _failure is not null))
            {
                _finished.TrySetResult();
            }
        }
    }

    /// <summary>The images of one origin, in a line before its gate: that of whoever is asked for them.</summary>
    private sealed class Line(OriginGate gate)
    {
        public OriginGate Gate { get; } = gate;

        public List<int> Images { get; } = [];

        public int Served { get; set; }

        public int InFlight { get; set; }
    }
}
