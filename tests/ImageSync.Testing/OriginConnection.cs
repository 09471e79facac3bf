using System.Net.Sockets;

namespace ImageSync.Testing;

/// <summary>One connection to a <see cref="ScriptedOrigin"/>: request heads in, replies out, until either side ends it.</summary>
internal sealed class OriginConnection(Socket socket, int number, ScriptedOrigin origin)
{
    private readonly List<byte> _received = [];

    public async Task RunAsync(CancellationToken stop)
    {
        await Task.Yield();
        using (socket)
        {
            try
            {
                socket.NoDelay = true;
                while (await ReadHeadAsync(stop) is { } head && await ServeAsync(head, stop))
                {
                }
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // The client left, or the origin is disposed: both are an end like any other.
            }
            catch (Exception e)
            {
                origin.Failed(e);
            }
        }
    }

    private async Task<bool> ServeAsync(byte[] head, CancellationToken stop)
    {
        var request = RecordedRequest.Parse(head, number);
        var reply = origin.Answer(request);
        if (reply.HeadPause > TimeSpan.Zero)
        {
            await Task.Delay(reply.HeadPause, stop);
        }

        var (replyHead, body) = reply.OnTheWire(request.Method);
        await SendAsync(replyHead, stop);
        for (int start = 0, end = Math.Min(body.Length, reply.Limit); start < end;)
        {
            var size = Math.Min(reply.WriteSize, end - start);
            await SendAsync(body.AsMemory(start, size), stop);
            start = reply.IsEndless && start + size == end ? 0 : start + size;
            if (reply.WritePause > TimeSpan.Zero)
            {
                await Task.Delay(reply.WritePause, stop);
            }
        }

        return await EndAsync(reply.End, stop);
    }

    private async Task<bool> EndAsync(Reply.Ending ending, CancellationToken stop)
    {
        switch (ending)
        {
            case Reply.Ending.KeepOpen:
                return true;
            case Reply.Ending.Close:
                // FIN alone, then wait for the client's: closing with something unread would send RST instead.
                socket.Shutdown(SocketShutdown.Send);
                await UntilClientLeavesAsync(stop);
                return false;
            case Reply.Ending.Reset:
                // Time for what was sent to be read: RST overtakes what is still under way.
                await Task.Delay(50, stop);
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
                return false;
            default:
                await UntilClientLeavesAsync(stop);
                return false;
        }
    }

    private async Task<byte[]?> ReadHeadAsync(CancellationToken stop)
    {
        var buffer = new byte[8192];
        var searched = 0;
        while (true)
        {
            for (; searched + 4 <= _received.Count; searched++)
            {
                if (_received[searched] == '\r' && _received[searched + 1] == '\n' && _received[searched + 2] == '\r' && _received[searched + 3] == '\n')
                {
                    var head = _received.GetRange(0, searched + 4).ToArray();
                    _received.RemoveRange(0, head.Length);
                    return head;
                }
            }

            var count = await socket.ReceiveAsync(buffer, stop);
            if (count == 0)
            {
                return null;
            }

            _received.AddRange(buffer.AsSpan(0, count));
        }
    }

    private async Task SendAsync(ReadOnlyMemory<byte> octets, CancellationToken stop)
    {
        while (octets.Length > 0)
        {
            octets = octets[await socket.SendAsync(octets, stop)..];
        }
    }

    private async Task UntilClientLeavesAsync(CancellationToken stop)
    {
        var rest = new byte[1024];
        while (await socket.ReceiveAsync(rest, stop) > 0)
        {
        }
    }
}
