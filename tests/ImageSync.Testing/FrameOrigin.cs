using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace ImageSync.Testing;

/// <summary>An HTTP/2 origin over TLS that sends the frames of a script, fit or unfit (RFC 9113).</summary>
public sealed class FrameOrigin : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2 _certificate;
    private readonly Task _accepting;
    private readonly List<Exception> _failures = [];
    private readonly List<string> _paths = [];
    private int _accepted;
    private int _open;
    private int _peak;

    public FrameOrigin(X509Certificate2 certificate)
    {
        _certificate = certificate;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
        _accepting = AcceptAsync();
    }

    /// <summary>What is sent to each request; its number counts from 1, over all connections.</summary>
    public Func<FrameRequest, Task> Answer { get; set; } = stream => stream.SendHeadAsync(404, ends: true);

    /// <summary>What is sent on a connection after the settings, before any request.</summary>
    public Func<FrameConnection, Task> Greet { get; set; } = _ => Task.CompletedTask;

    /// <summary>Which connections are served, by their number; the others are closed before a handshake.</summary>
    public Func<int, bool> Accepts { get; set; } = _ => true;

    /// <summary>SETTINGS_MAX_CONCURRENT_STREAMS; null for none. What a client sends above it, as it may before it has read of it, is refused.</summary>
    public int? MaxConcurrentStreams { get; set; }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public int Connections => Volatile.Read(ref _accepted);

    /// <summary>The paths of all requests so far.</summary>
    public IReadOnlyList<string> Paths
    {
        get
        {
            lock (_gate)
            {
                return [.. _paths];
            }
        }
    }

    /// <summary>The largest number of requests under way at once.</summary>
    public int PeakStreams => Volatile.Read(ref _peak);

    public string Url(string path) => $"https://127.0.0.1:{Port}{path}";

    /// <summary>Forgets requests and their numbers.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _paths.Clear();
            _peak = _open;
        }
    }

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

    internal async Task AnswerAsync(FrameConnection connection, int id, string path, CancellationToken stop)
    {
        int number;
        bool refused;
        lock (_gate)
        {
            refused = connection.OpenStreams >= MaxConcurrentStreams;
            if (!refused)
            {
                _paths.Add(path);
                connection.OpenStreams++;
                _peak = Math.Max(_peak, ++_open);
            }

            number = _paths.Count;
        }

        try
        {
            await Task.Yield();
            var request = new FrameRequest(connection, id, number, path, refused ? () => { } : Left, stop);
            await (refused ? request.ResetAsync(Http2Error.RefusedStream) : Answer(request));
        }
        catch (Exception exception)
        {
            Failed(exception);
        }

        // Counted out before its last frame: the client may ask anew as soon as it has that.
        void Left()
        {
            lock (_gate)
            {
                connection.OpenStreams--;
                _open--;
            }
        }
    }

    // The client left, or the origin is disposed: both are an end like any other.
    internal static bool IsEnd(Exception exception) =>
        exception is IOException or SocketException or AuthenticationException or OperationCanceledException or ObjectDisposedException;

    private void Failed(Exception exception)
    {
        if (!IsEnd(exception))
        {
            lock (_gate)
            {
                _failures.Add(exception);
            }
        }
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptAsync(_stop.Token), Interlocked.Increment(ref _accepted)));
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(Socket socket, int number)
    {
        await Task.Yield();
        using (socket)
        {
            try
            {
                if (!Accepts(number))
                {
                    return;
                }

                socket.NoDelay = true;
                await using var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));

                // Offline: what a server fetches for its own chain would look as if the client had.
                var certificate = SslStreamCertificateContext.Create(_certificate, additionalCertificates: null, offline: true);
                await tls.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions { ServerCertificateContext = certificate, ApplicationProtocols = [SslApplicationProtocol.Http2] }, _stop.Token);
                using var connection = new FrameConnection(tls, number, this);
                await connection.RunAsync(_stop.Token);
            }
            catch (Exception exception)
            {
                Failed(exception);
            }
        }
    }
}
