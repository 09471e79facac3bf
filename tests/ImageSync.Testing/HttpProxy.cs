using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ImageSync.Testing;

/// <summary>A forward proxy for HTTP/1.1: GET with an absolute target, and CONNECT. All that it is asked for, it fetches from loopback.</summary>
public sealed class HttpProxy : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private readonly List<string> _requests = [];

    public HttpProxy()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
        _accepting = AcceptAsync();
    }

    /// <summary>The status line of every answer, where the proxy is to refuse; null to serve.</summary>
    public string? Refusal { get; set; }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>As it stands in HTTP_PROXY.</summary>
    public string Url => $"http://127.0.0.1:{Port}";

    /// <summary>The request lines so far.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
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
        catch (Exception exception) when (IsEnd(exception))
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await Task.Yield();
        try
        {
            await using var client = new NetworkStream(socket, ownsSocket: true);
            var (requestLine, fields) = await ReadHeadAsync(client);
            lock (_gate)
            {
                _requests.Add(requestLine);
            }

            if (Refusal is not null)
            {
                await client.WriteAsync(Encoding.Latin1.GetBytes($"{Refusal}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), _stop.Token);
                return;
            }

            var tunnel = requestLine.StartsWith("CONNECT ", StringComparison.Ordinal);
            var target = requestLine.Split(' ')[1];
            var url = new Uri(tunnel ? "http://" + target : target);
            using var server = new TcpClient();
            await server.ConnectAsync(IPAddress.Loopback, url.Port, _stop.Token);
            await using var origin = server.GetStream();
            var opening = tunnel ? "HTTP/1.1 200 OK\r\n\r\n" : $"GET {url.PathAndQuery} HTTP/1.1\r\n{fields}Connection: close\r\n\r\n";
            await (tunnel ? (Stream)client : origin).WriteAsync(Encoding.Latin1.GetBytes(opening), _stop.Token);
            using var over = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            await Task.WhenAny(client.CopyToAsync(origin, over.Token), origin.CopyToAsync(client, over.Token));
            await over.CancelAsync();
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // Either side left, or the proxy is disposed.
        }
    }

    private async Task<(string RequestLine, string Fields)> ReadHeadAsync(NetworkStream client)
    {
        var head = new StringBuilder();
        var octet = new byte[1];
        while (head.Length < 4 || head.ToString(head.Length - 4, 4) != "\r\n\r\n")
        {
            await client.ReadExactlyAsync(octet, _stop.Token);
            head.Append((char)octet[0]);
        }

        var lines = head.ToString().Split("\r\n", 2);
        return (lines[0], lines[1][..^2]);
    }

    private static bool IsEnd(Exception exception) => exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException;
}
