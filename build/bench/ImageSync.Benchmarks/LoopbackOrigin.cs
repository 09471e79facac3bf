using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ImageSync.Benchmarks;

/// <summary>The same on a loopback socket. It allocates nothing for a request, so that what is counted is the client's.</summary>
internal sealed class LoopbackOrigin : IDisposable
{
    private static readonly byte[] NotModified = Response("304 Not Modified", []);
    private static readonly byte[] Ok = Response("200 OK", MemoryOrigin.Image);

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public LoopbackOrigin()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Start(Accept);
    }

    public string Url => $"http://{_listener.LocalEndPoint}";

    public void Dispose() => _listener.Dispose();

    private static byte[] Response(string status, byte[] body) =>
        [.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nDate: {Samples.Ok.Date}\r\nETag: {Samples.Tag}\r\nLast-Modified: {Samples.Date}\r\n{(body.Length > 0 ? $"Content-Length: {body.Length}\r\n" : "")}\r\n"), .. body];

    private static void Start(Action work) => new Thread(() =>
    {
        try
        {
            work();
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The client has gone, or the benchmark is over.
        }
    }) { IsBackground = true }.Start();

    private void Accept()
    {
        while (true)
        {
            var connection = _listener.Accept();
            Start(() => Serve(connection));
        }
    }

    private static void Serve(Socket connection)
    {
        using var held = connection;
        connection.NoDelay = true;
        var buffer = new byte[4096];
        for (var filled = 0; connection.Receive(buffer.AsSpan(filled)) is var count and > 0;)
        {
            filled += count;
            var request = buffer.AsSpan(0, filled);
            if (request.EndsWith("\r\n\r\n"u8))
            {
                connection.Send(request.IndexOf("If-None-Match:"u8) >= 0 ? NotModified : Ok);
                filled = 0;
            }
        }
    }
}
