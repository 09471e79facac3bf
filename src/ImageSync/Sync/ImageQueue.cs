using System.Runtime.ExceptionServices;

namespace ImageSync.Sync;

/// <summary>
/// The images of a run, taken in turn: in a line for each origin, so that a slow or narrow one holds up nobody else's.
/// Concurrency is bounded here and nowhere else.
/// </summary>
/// <param name="maxConcurrency">Images in flight at once.</param>
/// <param name="origin">Whose line an image stands in: that of whoever is asked for it.</param>
/// <param name="requestsAtOnce">How many of them an origin may be asked for at once; asked again and again, since it may come to be more.</param>
internal sealed class ImageQueue(int maxConcurrency, Func<RemoteImage, string> origin, Func<string, int> requestsAtOnce)
{
    private readonly List<Line> _lines = [];
    private readonly TaskCompletionSource _finished = new();
    private int _done;
    private int _total;
    private int _waiting;
    private int _inFlight;
    private int _turn;
    private ExceptionDispatchInfo? _failure;

    /// <summary>How far the run has come; to be asked from any thread.</summary>
    /// <param name="bytesReceived">Body bytes so far.</param>
    public SyncProgress Progress(long bytesReceived) => new(Volatile.Read(ref _done), Volatile.Read(ref _total), bytesReceived);

    /// <summary>Serves all images, once; the outcomes are in their order.</summary>
    /// <param name="images">As declared.</param>
    /// <param name="serve">What is to be done about one image.</param>
    /// <param name="build">Cancels.</param>
    /// <exception cref="OperationCanceledException">The build was cancelled.</exception>
    public IReadOnlyList<SyncOutcome> Run(IReadOnlyList<RemoteImage> images, Func<RemoteImage, ValueTask<SyncOutcome>> serve, CancellationToken build)
    {
        var outcomes = new SyncOutcome[images.Count];
        _total = _waiting = images.Count;
        LineUp(images);
        if (images.Count > 0)
        {
            Dispatch();
            _finished.Task.Wait(CancellationToken.None);
            _failure?.Throw();
        }

        return outcomes;

        void Dispatch()
        {
            while (TryTake(out var line, out var index))
            {
                Begin(line, index);
            }
        }

        // Apart, because its closure would be made each time that Dispatch looks for work.
        void Begin(Line line, int index) => Task.Run(() => WorkAsync(line, index), CancellationToken.None);

        async Task WorkAsync(Line line, int index)
        {
            try
            {
                build.ThrowIfCancellationRequested();
                do
                {
                    outcomes[index] = await serve(images[index]).ConfigureAwait(false);
                    Interlocked.Increment(ref _done);

                    // More may fit in by now: the origin has turned out to speak HTTP/2.
                    Dispatch();
                }
                while (!build.IsCancellationRequested && TryGoOn(line, out index));
                build.ThrowIfCancellationRequested();
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
            }

            Leave(line);
            Dispatch();
            FinishWithTheLast();
        }
    }

    private void LineUp(IReadOnlyList<RemoteImage> images)
    {
        var lines = new Dictionary<string, Line>(StringComparer.Ordinal);
        for (var i = 0; i < images.Count; i++)
        {
            var asked = origin(images[i]);
            if (!lines.TryGetValue(asked, out var line))
            {
                _lines.Add(lines[asked] = line = new Line(asked));
            }

            line.Images.Add(i);
        }
    }

    // Of the lines whose origin may be asked for one more, the one whose turn it is.
    private bool TryTake(out Line line, out int index)
    {
        lock (_lines)
        {
            for (var i = 0; i < _lines.Count && _waiting > 0 && _inFlight < maxConcurrency && _failure is null; i++)
            {
                line = _lines[(_turn + i) % _lines.Count];
                if (line.InFlight < requestsAtOnce(line.Origin) && TryDequeue(line, out index))
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

    /// <summary>The images of one origin.</summary>
    private sealed class Line(string origin)
    {
        public string Origin { get; } = origin;

        public List<int> Images { get; } = [];

        public int Served { get; set; }

        public int InFlight { get; set; }
    }
}
