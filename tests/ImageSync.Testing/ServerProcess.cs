using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ImageSync.Testing;

/// <summary>A real server as a child process: started on a free loopback port, awaited, and stopped by its own id.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    // Of all servers, until the tests end: a port that is let go may be another test's origin a moment later, before its server
    // has it, or after, when a test wants to find nobody there.
    private static readonly ConcurrentBag<Socket> Reserved = [];

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private bool _stopped;

    private ServerProcess(ProcessStartInfo start, int port)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        Port = port;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Port { get; }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts a server in the foreground, and returns when it accepts connections; the command is made for a port.</summary>
    public static ServerProcess Start(Func<int, ProcessStartInfo> command)
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort();
            var server = new ServerProcess(command(port), port);
            if (server.Accepts())
            {
                return server;
            }

            server.Stop();
            // Where a port cannot be reserved it can be lost between its choice and its use; a configuration error stays one.
            if (attempt == 3)
            {
                throw new InvalidOperationException($"{server._process.StartInfo.FileName} does not serve:\n{server.Output}");
            }
        }
    }

    /// <summary>The path of an installed server; where there is none the test is ignored, or fails if IMAGESYNC_REQUIRE_SERVERS is 1.</summary>
    public static string Require(string executable, string howToInstall)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        // Debian puts servers where only root's PATH leads.
        var path = folders.Append("/usr/sbin").Select(folder => Path.Combine(folder, executable)).FirstOrDefault(File.Exists);
        if (path is null)
        {
            var message = $"{executable} is not installed. {howToInstall}";
            if (Environment.GetEnvironmentVariable("IMAGESYNC_REQUIRE_SERVERS") == "1")
            {
                Assert.Fail(message);
            }

            Assert.Ignore(message);
        }

        return path!;
    }

    public ValueTask DisposeAsync()
    {
        Stop();
        return ValueTask.CompletedTask;
    }

    // Bound and not listening. On Linux a server may have the port beside such a socket, since both say SO_REUSEADDR (socket(7)).
    private static int FreePort()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        if (OperatingSystem.IsLinux())
        {
            Reserved.Add(socket);
        }
        else
        {
            socket.Dispose();
        }

        return port;
    }

    private bool Accepts()
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience && !_process.HasExited; Thread.Sleep(10))
        {
            try
            {
                using var client = new TcpClient();
                client.Connect(IPAddress.Loopback, Port);
                return true;
            }
            catch (SocketException)
            {
                // Not yet.
            }
        }

        return false;
    }

    private void Stop()
    {
        if (_stopped)
        {
            return;
        }

        _stopped = true;
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
