using System.Net;
using System.Net.Sockets;

namespace ImageSync.Testing;

/// <summary>Listeners at other loopback addresses than an origin's, on its port, where nobody may come.</summary>
public sealed class Tripwires : IDisposable
{
    private readonly List<(IPEndPoint Place, Socket Listener)> _wires = [];

    /// <param name="port">Of the origin at 127.0.0.1.</param>
    public Tripwires(int port)
    {
        foreach (var address in new[] { IPAddress.Parse("127.0.0.2"), IPAddress.Parse("127.0.0.3"), IPAddress.IPv6Loopback })
        {
            if (address.AddressFamily == AddressFamily.InterNetworkV6 && !Socket.OSSupportsIPv6)
            {
                continue;
            }

            var wire = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            wire.Bind(new IPEndPoint(address, port));
            wire.Listen(512);
            _wires.Add(((IPEndPoint)wire.LocalEndPoint!, wire));
        }
    }

    /// <summary>Where somebody has connected, so far: what the kernel has accepted waits to be taken.</summary>
    public IReadOnlyList<string> Tripped =>
        [.. _wires.Where(wire => wire.Listener.Poll(0, SelectMode.SelectRead)).Select(wire => wire.Place.ToString())];

    public void Dispose() => _wires.ForEach(wire => wire.Listener.Dispose());
}
