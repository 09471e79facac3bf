using System.Net;
using System.Net.Sockets;

namespace ImageSync.Testing;

/// <summary>A loopback port that refuses connections: bound, so that nobody else takes it, and not listening.</summary>
public sealed class DeadPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public DeadPort() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public string Url(string target) => $"http://127.0.0.1:{Port}{target}";

    public void Dispose() => _socket.Dispose();
}
