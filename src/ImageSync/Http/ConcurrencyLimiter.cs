using System.Diagnostics;
using System.Net;

namespace ImageSync.Http;

/// <summary>
/// Bounds the requests that one origin has to answer at once, and says which connection carries each. A gate of our own, because
/// whoever waits inside .NET's client for a connection would count as an origin that is silent; and because .NET bounds no
/// connections of HTTP/2, and makes one after the other.
/// </summary>
internal sealed class ConcurrencyLimiter
{
    /// <summary>Requests at once in one connection of HTTP/2 or later: what RFC 9113 §6.5.2 wants servers to allow at least.</summary>
    public const int Streams = 100;

    private readonly object _sync = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly int _perHost;
    private readonly Action _widened;
    private readonly Lazy<ProxyRoute?> _route;
    private readonly List<OriginConnection> _connections = [new(0)];
    private readonly LinkedList<TaskCompletionSource<OriginConnection>> _queue = [];
    private RequestWindow? _window;
    private int _usable;
    private int _requests;
    private int _width;
    private int _expected;

    /// <param name="connections">Connections to the origin at most; in HTTP/1.1 each carries one request.</param>
    /// <param name="widened">Called when there turns out to be more room.</param>
    /// <param name="route">The way to the origin.</param>
    public ConcurrencyLimiter(int connections, Action widened, Func<ProxyRoute?> route)
    {
        _route = new Lazy<ProxyRoute?>(route);
        _widened = widened;
        _perHost = _usable = _width = connections;
    }

    /// <summary>Requests at once.</summary>
    public int Width => Volatile.Read(ref _width);

    /// <summary>The proxy on the way to the origin; null for none. Found out once, when somebody has to be asked.</summary>
    public ProxyRoute? Route => _route.Value;

    /// <summary>Time since the gate was made.</summary>
    private TimeSpan Now => Stopwatch.GetElapsedTime(_start);

    // What the first connection holds: no fewer requests than as many connections would.
    private int First => Math.Max(_perHost, Streams);

    private int Most => (int)Math.Min(int.MaxValue, First + ((_usable - 1L) * Streams));

    /// <summary>Takes note of images that wait for their turn, or no longer do.</summary>
    public void Expect(int images) => Interlocked.Add(ref _expected, images);

    /// <summary>Enters where nobody has to be waited for; null otherwise.</summary>
    public OriginConnection? TryEnter()
    {
        lock (_sync)
        {
            return Admit();
        }
    }

    /// <summary>Waits to enter.</summary>
    public async Task<OriginConnection> EnterAsync(CancellationToken cancellationToken)
    {
        LinkedListNode<TaskCompletionSource<OriginConnection>> waiter;
        lock (_sync)
        {
            if (Admit() is { } connection)
            {
                return connection;
            }

            waiter = _queue.AddLast(new TaskCompletionSource<OriginConnection>(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        try
        {
            return await waiter.Value.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            GiveUp(waiter);
            throw;
        }
    }

    /// <summary>Makes room for the next.</summary>
    public void Leave(OriginConnection connection)
    {
        lock (_sync)
        {
            connection.Requests--;
            _requests--;
            AdmitWaiting();
        }
    }

    /// <summary>When a request is sent; null where its answer will tell nothing of the way, as before the handshake.</summary>
    public TimeSpan? Send(OriginConnection connection) => connection.IsMade ? Now : null;

    /// <summary>Takes note of an answer.</summary>
    /// <param name="sent">When its request was sent; null where that tells nothing.</param>
    /// <param name="status">Its status.</param>
    public void Answered(TimeSpan? sent, HttpStatusCode status) => Note(sent, status switch
    {
        HttpStatusCode.TooManyRequests => static (window, sent, now, _) => window.Refused(sent, now),
        HttpStatusCode.ServiceUnavailable => static (window, sent, now, _) => window.Failed(sent, now),
        _ => static (window, sent, now, expected) => window.Answered(sent, now, expected),
    });

    /// <summary>Takes note of a request that got no answer.</summary>
    /// <param name="sent">When it was sent; null where that tells nothing.</param>
    public void Failed(TimeSpan? sent) => Note(sent, static (window, sent, now, _) => window.Failed(sent, now));

    /// <summary>
    /// Takes note of the version that a connection speaks: over one that multiplexes, more requests fit. The handshake tells it
    /// (ALPN, RFC 7301), a round trip before the first response.
    /// </summary>
    public void OnProtocolNegotiated(OriginConnection connection, Version version) => Change(() =>
    {
        if (version.Major >= 2)
        {
            connection.Make();
            _window ??= new RequestWindow(_perHost, First, Most);
        }
        else if (connection.Number > 0)
        {
            DoWithout(connection);
        }
    });

    /// <summary>Does without a connection that did not come about; the others carry the requests.</summary>
    public void GiveUp(OriginConnection connection) => Change(() => DoWithout(connection));

    private void DoWithout(OriginConnection connection)
    {
        _usable = Math.Min(_usable, connection.Number);
        _window!.Bound(Most);
    }

    private void Note(TimeSpan? sent, Action<RequestWindow, TimeSpan, TimeSpan, int> note)
    {
        if (sent is { } time)
        {
            Change(() => note(_window!, time, Now, Volatile.Read(ref _expected)));
        }
    }

    private void Change(Action change)
    {
        bool isWider;
        lock (_sync)
        {
            change();
            var before = _width;
            _width = Room();
            isWider = _width > before;
            AdmitWaiting();
        }

        if (isWider)
        {
            _widened();
        }
    }

    // A connection that is yet to be made has room for the request that makes it.
    private int Room()
    {
        if (_window is null)
        {
            return _perHost;
        }

        var room = First;
        for (var number = 1; number < Wanted; number++)
        {
            if (number == _connections.Count)
            {
                _connections.Add(new OriginConnection(number));
            }

            room += _connections[number].IsMade ? Streams : 1;
        }

        return Math.Min(room, _window.Width);
    }

    private int Wanted => Math.Clamp(1 + ((_window!.Width - First + Streams - 1) / Streams), 1, _usable);

    private void AdmitWaiting()
    {
        while (_queue.First is { } first && Admit() is { } connection)
        {
            _queue.RemoveFirst();
            first.Value.SetResult(connection);
        }
    }

    private OriginConnection? Admit()
    {
        if (_requests >= _width)
        {
            return null;
        }

        var chosen = _window is null ? _connections[0] : Choose();
        if (chosen is not null)
        {
            chosen.Requests++;
            _requests++;
        }

        return chosen;
    }

    // One that is yet to be made, since that takes longest; otherwise the one with most room.
    private OriginConnection? Choose()
    {
        OriginConnection? chosen = null;
        for (var number = 0; number < Wanted; number++)
        {
            var connection = _connections[number];
            if (!connection.IsMade && connection.Requests == 0)
            {
                return connection;
            }

            var hasRoom = connection.IsMade && connection.Requests < (number == 0 ? First : Streams);
            if (hasRoom && (chosen is null || connection.Requests < chosen.Requests))
            {
                chosen = connection;
            }
        }

        return chosen;
    }

    private void GiveUp(LinkedListNode<TaskCompletionSource<OriginConnection>> waiter)
    {
        lock (_sync)
        {
            if (waiter.List is not null)
            {
                _queue.Remove(waiter);
                return;
            }
        }

        // Admitted in the same moment.
        Leave(waiter.Value.Task.Result);
    }
}
