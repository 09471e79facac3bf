using System.Net;
using System.Net.Sockets;
using ImageSync.Sync;
using ImageSync.Testing;
using ImageSync.Tests.Engine;

namespace ImageSync.Tests.Transport;

/// <summary>No connection: the name is unknown, or nobody answers.</summary>
public class Connecting
{
    private Project _project;
    private int _connects;

    [SetUp]
    public void SetUp() => (_project, _connects) = (new Project(), 0);

    // No name is looked up: a resolver may ask servers beyond this machine, whatever the name. .NET makes of the exception what it makes of its resolver's.
    [TestCase(SocketError.HostNotFound, 1)]
    [TestCase(SocketError.NoData, 1)]
    [TestCase(SocketError.NoRecovery, 1)]
    [TestCase(SocketError.TryAgain, 4)]
    public async Task A_name_that_cannot_be_resolved(SocketError error, int attempts)
    {
        _project.Network = Network.Connecting(_ => throw Counted(new SocketException((int)error)));
        var outcome = await _project.SyncAsync("https://nowhere.invalid/a.png");
        Assert.That((outcome.Status, outcome.Diagnostics.Single().CodeText, outcome.StatusCode), Is.EqualTo((SyncStatus.Failed, "IMGSYNC2001", (int?)null)));
        Assert.That(outcome.Diagnostics[0].Message, Does.Contain("https://nowhere.invalid/a.png could not be fetched: the host's name could not be resolved ("));
        Assert.That((outcome.Attempts, _connects), Is.EqualTo((attempts, attempts)));
    }

    [TestCase(SocketError.NetworkUnreachable, "the connection failed (")]
    [TestCase(SocketError.HostUnreachable, "the connection failed (")]
    [TestCase(SocketError.ConnectionReset, "the connection failed (")]
    public async Task A_connection_that_fails(SocketError error, string cause)
    {
        _project.Network = Network.Connecting(_ => throw Counted(new SocketException((int)error)));
        var outcome = await _project.SyncAsync("http://nowhere.invalid/a.png");
        Assert.That(outcome.Diagnostics.Single().Message, Does.Contain(cause).And.Contain("(4 attempts)"));
        Assert.That((outcome.Diagnostics[0].CodeText, outcome.Attempts, _connects), Is.EqualTo(("IMGSYNC2001", 4, 4)));
    }

    // A connection that is reset as soon as it is made has .NET's client fail where it expects nothing to, and wrap nothing.
    [TestCase(SocketError.NotConnected)]
    [TestCase(SocketError.InvalidArgument)]
    public async Task A_connection_that_is_gone_before_it_is_used(SocketError error)
    {
        _project.Network = _ => new Throwing(() => Counted(new SocketException((int)error)));
        var outcome = await _project.SyncAsync("http://nowhere.invalid/a.png");
        Assert.That(outcome.Diagnostics.Single().Message, Does.Contain("the connection failed (").And.Contain("(4 attempts)"));
        Assert.That((outcome.Diagnostics[0].CodeText, _connects), Is.EqualTo(("IMGSYNC2001", 4)));
    }

    [TestCase("http")]
    [TestCase("https")]
    public async Task A_connection_that_never_comes(string scheme)
    {
        _project.Options = _project.Options with { ConnectTimeout = TimeSpan.FromMilliseconds(150) };
        _project.Network = Network.Connecting(async cancelled =>
        {
            Counted(null!);
            await Task.Delay(Timeout.Infinite, cancelled);
            return Stream.Null;
        });
        var outcome = await _project.SyncAsync($"{scheme}://nowhere.invalid/a.png");
        Assert.That(outcome.Diagnostics.Single().Message, Does.Contain("no connection within 0.15 s (ImageSyncConnectTimeout) (4 attempts)"));
        Assert.That((outcome.Diagnostics[0].CodeText, outcome.Attempts, _connects), Is.EqualTo(("IMGSYNC2001", 4, 4)));
    }

    [Test]
    public async Task A_TLS_handshake_that_is_never_answered()
    {
        await using var origin = new ScriptedOrigin();
        _project.Options = _project.Options with { ConnectTimeout = TimeSpan.FromMilliseconds(150) };
        var outcome = await _project.SyncAsync($"https://127.0.0.1:{origin.Port}/a.png");
        Assert.That(outcome.Diagnostics.Single().Message, Does.Contain("no connection within 0.15 s (ImageSyncConnectTimeout) (4 attempts)"));
    }

    [Test]
    public async Task No_TLS_where_it_is_expected()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var served = ServeAsync();
        var outcome = await _project.SyncAsync($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/a.png");
        listener.Stop();
        await served;
        Assert.That(outcome.Diagnostics.Single().Message, Does.Contain("the TLS handshake failed ("));

        async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptSocketAsync();
                    await client.SendAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
                    // Not closed before the client leaves: RST would overtake the answer.
                    while (await client.ReceiveAsync(new byte[4096]) > 0)
                    {
                    }
                }
            }
            catch (Exception exception) when (exception is SocketException or InvalidOperationException)
            {
                // Stopped.
            }
        }
    }

    private Exception Counted(Exception exception)
    {
        Interlocked.Increment(ref _connects);
        return exception;
    }
    private sealed class Throwing(Func<Exception> exception) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => throw exception();
    }
}
