using System.Diagnostics;

namespace SampleOrigin;

/// <summary>An origin in a process of its own, which outlives the build that started it.</summary>
internal static class DetachedServer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private enum Listener
    {
        None,
        Ours,
        Other,
    }

    public static async Task Start(OriginOptions options)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };
        Process? server = null;
        try
        {
            for (var clock = Stopwatch.StartNew(); clock.Elapsed < Patience; await Task.Delay(20))
            {
                switch (await WhoListens(client, options))
                {
                    case Listener.Ours:
                        return;
                    case Listener.Other:
                        throw new IOException(
                            $"Port {options.Port} is taken by another program (or by another copy of this sample); choose a free one with -p:ImageOriginPort=<port>.");
                    case Listener.None when server is { HasExited: true }:
                        throw new IOException($"The sample's origin ended at once on port {options.Port}; choose another one with -p:ImageOriginPort=<port>.");
                    default:
                        server ??= Launch(options);
                        break;
                }
            }
            throw new IOException($"The sample's origin did not answer on port {options.Port} within {Patience.TotalSeconds} seconds.");
        }
        finally
        {
            server?.Dispose();
        }
    }

    private static async Task<Listener> WhoListens(HttpClient client, OriginOptions options)
    {
        try
        {
            var folder = await client.GetStringAsync($"http://127.0.0.1:{options.Port}{ImageServer.IdentityPath}");
            return folder == options.Folder ? Listener.Ours : Listener.Other;
        }
        catch (HttpRequestException problem)
        {
            return problem.HttpRequestError == HttpRequestError.ConnectionError ? Listener.None : Listener.Other;
        }
        catch (TaskCanceledException)
        {
            return Listener.Other;
        }
    }

    private static Process? Launch(OriginOptions options)
    {
        // A build waits until everyone has let go of its output, so the server must not inherit it. On Unix it gets
        // pipes of its own, which end with this process. On Windows a redirected child inherits all handles that can be
        // inherited, those of the build among them; a child of the shell inherits none.
        var windows = OperatingSystem.IsWindows();
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            UseShellExecute = windows,
            WindowStyle = ProcessWindowStyle.Hidden,
            RedirectStandardInput = !windows,
            RedirectStandardOutput = !windows,
            RedirectStandardError = !windows,
        };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "SampleOrigin.dll"), "serve", .. options.ToArguments()])
        {
            start.ArgumentList.Add(argument);
        }
        return Process.Start(start);
    }
}
