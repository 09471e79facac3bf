using System.Runtime.ExceptionServices;
using ImageSync.Http;

namespace ImageSync.Sync;

/// <summary>
/// The images of a run, taken in turn: in a line for each origin, so that a slow or narrow one holds up nobody else's.
/// Concurrency is bounded here and nowhere else.
/// </summary>
/// <param name="options">How many images may be in flight at once, and which servers are asked instead of the origins.</param>
/// <param name="connections">What says how many requests an origin may be asked at once.</param>
internal sealed class ImageQueue(SyncOptions options, ConnectionPool connections)
{
    // Often enough for a build to be busy meanwhile, and seldom enough to cost nothing.
    private static readonly TimeSpan TellingInterval = TimeSpan.FromMilliseconds(10);

    private readonly List<Line> _lines = [];
    private readonly TaskCompletionSource _finished = new();
    private IReadOnlyList<RemoteImage> _images = [];
    private SyncOutcome[] _outcomes = [];
    private Func<RemoteImage, Place, ValueTask<SyncOutcome>>? _serve;
    private CancellationToken _build;
    private int _done;
    private int _waiting;
    private int _inFlight;
    private int _atWork;
    private int _turn;
    private ExceptionDispatchInfo? _failure;

    /// <summary>How far the run has come; to be asked from any thread.</summary>
    /// <param name="bytesReceived">Body bytes so far.</param>
    public SyncProgress Progress(long bytesReceived) => new(Volatile.Read(ref _done), _images.Count, bytesReceived);

    /// <summary>Serves all images, once; the outcomes are in their order.</summary>
    /// <param name="images">As declared.</param>
    /// <param name="serve">What is to be done about one image, in its place.</param>
    /// <param name="tell">Is told of each outcome in their order, once those before it are there; on the caller's thread.</param>
    /// <param name="build">Cancels.</param>
    /// <exception cref="OperationCanceledException">The build was cancelled.</exception>
    public IReadOnlyList<SyncOutcome> Run(
        IReadOnlyList<RemoteImage> images, Func<RemoteImage, Place, ValueTask<SyncOutcome>> serve, Action<SyncOutcome>? tell,
        CancellationToken build)
    {
        (_images, _outcomes, _serve, _build) = (images, new SyncOutcome[images.Count], serve, build);
        LineUp(images);
        if (images.Count > 0)
        {
            connections.LimitRaised += Dispatch;
            Dispatch();
            WaitForTheLast(tell);
            connections.LimitRaised -= Dispatch;
            _lines.ForEach(line => line.Gate.Expect(line.Served - line.Images.Count));
            _failure?.Throw();
        }

        return _outcomes;
    }

    private void WaitForTheLast(Action<SyncOutcome>? tell)
    {
        for (var told = 0; !_finished.Task.Wait(tell is null ? Timeout.InfiniteTimeSpan : TellingInterval, CancellationToken.None);)
        {
            while (told < _outcomes.Length && Volatile.Read(ref _outcomes[told]) is { } outcome)
            {
                tell!(outcome);
                told++;
            }
        }
    }

    private void Dispatch()
    {
        while (TryTake(out var line, out var index))
        {
            Begin(line, index);
        }
    }

    // Without the caller's execution context: one that carries anything would be changed at each step of each image.
    private void Begin(Line line, int index) => ThreadPool.UnsafeQueueUserWorkItem(_ => _ = WorkAsync(line, index), null);

    private async Task WorkAsync(Line line, int index)
    {
        var place = new Place(this, line);
        try
        {
            _build.ThrowIfCancellationRequested();
            do
            {
                var outcome = _outcomes[index] = await ServeAsync(_images[index], place).ConfigureAwait(false);
                Interlocked.Increment(ref _done);
                Note(line, outcome);
            }
            while (!place.IsGivenBack && !_build.IsCancellationRequested && TryGoOn(line, out index));
            _build.ThrowIfCancellationRequested();
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
        }

        place.GiveBack();
        Dispatch();
        FinishWithTheLast();
    }

    // The guard of each image: whatever happens in its turn, which nobody may have foreseen, ends no other's.
    private async ValueTask<SyncOutcome> ServeAsync(RemoteImage image, Place place)
    {
        try
        {
            return await _serve!(image, place).ConfigureAwait(false);
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
                line.Gate.Expect(1);
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
                    _atWork++;
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
            return _failure is null && line.InFlight <= line.Gate.Width && TryDequeue(line, out index);
        }
    }

    private bool TryDequeue(Line line, out int index)
    {
        var isWaiting = line.Served < line.Images.Count;
        index = isWaiting ? line.Images[line.Served++] : -1;
        if (isWaiting)
        {
            _waiting--;
            line.Gate.Expect(-1);
        }

        return isWaiting;
    }

    // Its origin answers well, so that as many others may wait once more.
    private void Note(Line line, SyncOutcome outcome)
    {
        if (line.Waiting > 0 && outcome.StatusCode is < 400)
        {
            lock (_lines)
            {
                line.Waiting = 0;
            }
        }
    }

    private void FinishWithTheLast()
    {
        lock (_lines)
        {
            if (--_atWork == 0 && (_waiting == 0 || _failure is not null))
            {
                _finished.TrySetResult();
            }
        }
    }

    /// <summary>What an image has while it is in flight, and need not keep while it waits to be asked for again.</summary>
    internal sealed class Place(ImageQueue queue, Line line)
    {
        /// <summary>Whether another image may have it.</summary>
        public bool IsGivenBack { get; private set; }

        /// <summary>
        /// Leaves it to the next image of the line, before a wait: some that have to be asked for again hold up no other. Where all of
        /// them have to be, the origin is not asked for more and more.
        /// </summary>
        public void Lend()
        {
            lock (queue._lines)
            {
                if (IsGivenBack || line.Waiting >= line.Gate.Width)
                {
                    return;
                }

                line.Waiting++;
            }

            GiveBack();
            queue.Dispatch();
        }

        /// <summary>Leaves it for good.</summary>
        public void GiveBack()
        {
            lock (queue._lines)
            {
                if (!IsGivenBack)
                {
                    IsGivenBack = true;
                    line.InFlight--;
                    queue._inFlight--;
                }
            }
        }
    }

    /// <summary>The images of one origin, in a line before its gate: that of whoever is asked for them.</summary>
    internal sealed class Line(ConcurrencyLimiter gate)
    {
        public ConcurrencyLimiter Gate { get; } = gate;

        public List<int> Images { get; } = [];

        public int Served { get; set; }

        public int InFlight { get; set; }

        /// <summary>How many have left their place to another, to wait, since the last one came well.</summary>
        public int Waiting { get; set; }
    }
}
