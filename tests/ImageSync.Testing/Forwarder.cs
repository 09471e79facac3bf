using System.Net;
using System.Net.Sockets;

namespace ImageSync.Testing;

/// <summary>Passes connections on to a server on loopback, and does to them what networks and restarts do.</summary>
public sealed class Forwarder : IAsyncDisposable
{
    private readonly int _target;
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<Link> _open = [];
    private readonly object _sync = new();
    private readonly List<Task> _work = [];
    private Socket? _listener;
    private int _connections;

    public Forwarder(int target)
    {
        _target = target;
        _listener = Bind(0);
        _listener.Listen(512);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        Track(AcceptAsync(_listener));
    }

    public int Port { get; }

    /// <summary>Connections so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>After how many bytes to the client a connection is reset, by its number from 1; null for never.</summary>
    public Func<int, long?> ResetAfter
    {
        set => FaultOf = number => value(number) is { } bytes ? new LinkFault(LinkEnd.Reset, bytes) : null;
    }

    /// <summary>What happens to a connection, by its number from 1; null for nothing.</summary>
    public Func<int, LinkFault?> FaultOf { get; set; } = _ => null;

    /// <summary>Drops all connections and refuses others for a while, as a server does that is started again.</summary>
    public async Task RestartAsync(TimeSpan downTime, bool reset = false)
    {
        // The port stays taken while nothing listens there: in the meantime nobody else may have it.
        Socket? listener;
        var next = Bind(Port);
        lock (_sync)
        {
            (listener, _listener) = (_listener, next);
        }

        listener?.Dispose();
        DropAll(reset);
        await Task.Delay(downTime, _stop.Token);
        next.Listen(512);
        Track(AcceptAsync(next));
    }

    /// <summary>Ends all connections.</summary>
    /// <param name="reset">By RST, and not by FIN.</param>
    public void DropAll(bool reset)
    {
        foreach (var link in Links())
        {
            link.End(reset);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        lock (_sync)
        {
            _listener?.Dispose();
        }

        DropAll(reset: false);
        await Task.WhenAll(Work()).WaitAsync(TimeSpan.FromSeconds(10));
        _stop.Dispose();
    }

    private static Socket Bind(int port)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ExclusiveAddressUse = false };
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return listener;
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptAsync(_stop.Token);
                Track(ServeAsync(client, Interlocked.Increment(ref _connections)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped, or restarting.
        }
    }

    private async Task ServeAsync(Socket client, int number)
    {
        var link = new Link(client, new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });
        client.NoDelay = true;
        lock (_sync)
        {
            _open.Add(link);
        }

        try
        {
            var fault = FaultOf(number);
            if (fault is { After: 0 } && await HasEndedAsync(link, fault))
            {
                return;
            }

            await link.Server.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _target), _stop.Token);
            await Task.WhenAny(PumpAsync(link, client, link.Server, null), PumpAsync(link, link.Server, client, fault));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It has ended.
        }
        finally
        {
            link.End(reset: false);
            lock (_sync)
            {
                _open.Remove(link);
            }
        }
    }

    private async Task PumpAsync(Link link, Socket from, Socket to, LinkFault? fault)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            for (long passed = 0; await from.ReceiveAsync(buffer, _stop.Token) is > 0 and var read; passed += read)
            {
                if (passed + read > fault?.After && passed <= fault.After && await HasEndedAsync(link, fault))
                {
                    return;
                }

                for (var sent = 0; sent < read;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), _stop.Token);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One side has ended, and so does the other.
        }
    }

    private async Task<bool> HasEndedAsync(Link link, LinkFault fault)
    {
        if (fault.End == LinkEnd.Stall)
        {
            await Task.Delay(fault.Pause ?? Timeout.InfiniteTimeSpan, _stop.Token);
            return false;
        }

        link.End(fault.End == LinkEnd.Reset);
        return true;
    }

    private List<Link> Links()
    {
        lock (_sync)
        {
            return [.. _open];
        }
    }

    private void Track(Task task)
    {
        lock (_sync)
        {
            _work.RemoveAll(done => done.IsCompleted);
            _work.Add(task);
        }
    }

    private List<Task> Work()
    {
        lock (_sync)
        {
            return [.. _work];
        }
    }

    private sealed record Link(Socket Client, Socket Server)
    {
        public void End(bool reset)
        {
            if (reset)
            {
                try
                {
                    Client.LingerState = new LingerOption(true, 0);
                }
                catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
                {
                    // It has ended already.
                }
            }

            Client.Dispose();
            Server.Dispose();
        }
    }
}

/// <summary>How a connection ends, or does not go on.</summary>
public enum LinkEnd
{
    Reset,
    Finish,
    Stall,
}

/// <summary>What happens to a connection.</summary>
/// <param name="End">What.</param>
/// <param name="After">After how many bytes to the client.</param>
public sealed record LinkFault(LinkEnd End, long After)
{
    /// <summary>How long a stall takes; null for ever.</summary>
    public TimeSpan? Pause { get; init; }
}
