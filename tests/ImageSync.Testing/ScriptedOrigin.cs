using System.Net;
using System.Net.Sockets;

namespace ImageSync.Testing;

/// <summary>An HTTP/1.1 origin on a loopback socket that records what comes in octet for octet and answers by a script.</summary>
public sealed class ScriptedOrigin : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private readonly Dictionary<string, Func<RecordedRequest, int, Reply>> _script = [];
    private readonly Dictionary<string, int> _counts = [];
    private readonly List<RecordedRequest> _requests = [];
    private readonly List<Exception> _failures = [];
    private Func<RecordedRequest, Reply> _otherwise = _ => Reply.Status(404);
    private int _accepted;
    private int _open;
    private int _peak;

    public ScriptedOrigin()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>The largest number of connections that were open at once since the start or the last <see cref="Clear"/>.</summary>
    public int PeakConnections
    {
        get
        {
            lock (_gate)
            {
                return _peak;
            }
        }
    }

    /// <summary>All requests so far, in the order in which their heads were complete.</summary>
    public IReadOnlyList<RecordedRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    public IReadOnlyList<RecordedRequest> RequestsTo(string target) => [.. Requests.Where(request => request.Target == target)];

    public string Url(string target) => $"http://127.0.0.1:{Port}{target}";

    /// <summary>Answers a target, query included; a later script for it replaces the earlier. Anything else is answered 404, or as <see cref="Otherwise"/> says.</summary>
    public ScriptedOrigin On(string target, Func<RecordedRequest, int, Reply> handler)
    {
        lock (_gate)
        {
            _script[target] = handler;
        }

        return this;
    }

    public ScriptedOrigin On(string target, Func<RecordedRequest, Reply> handler) => On(target, (request, _) => handler(request));

    /// <summary>The first reply to the first request, and so on; the last one to all that follow.</summary>
    public ScriptedOrigin On(string target, params Reply[] inTurn) => On(target, (_, count) => inTurn[Math.Min(count, inTurn.Length) - 1]);

    /// <summary>Answers every target that has no script of its own.</summary>
    public ScriptedOrigin Otherwise(Func<RecordedRequest, Reply> handler)
    {
        lock (_gate)
        {
            _otherwise = handler;
        }

        return this;
    }

    /// <summary>Forgets requests, their counts and the peak; the script stays.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _requests.Clear();
            _counts.Clear();
            _peak = _open;
        }
    }

    /// <summary>Ends all connections, and throws what a handler threw, lest a test pass on an answer that nobody wrote.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
        if (_failures.Count > 0)
        {
            throw new AggregateException("The origin's script failed.", _failures);
        }
    }

    internal Reply Answer(RecordedRequest request)
    {
        Func<RecordedRequest, int, Reply>? handler;
        Func<RecordedRequest, Reply> otherwise;
        int count;
        lock (_gate)
        {
            _requests.Add(request);
            count = _counts[request.Target] = _counts.GetValueOrDefault(request.Target) + 1;
            (handler, otherwise) = (_script.GetValueOrDefault(request.Target), _otherwise);
        }

        return handler is null ? otherwise(request) : handler(request, count);
    }

    internal void Failed(Exception failure)
    {
        lock (_gate)
        {
            _failures.Add(failure);
        }
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptAsync(_stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        int number;
        lock (_gate)
        {
            number = ++_accepted;
            _peak = Math.Max(_peak, ++_open);
        }

        await new OriginConnection(socket, number, this).RunAsync(_stop.Token);
        lock (_gate)
        {
            _open--;
        }
    }
}
