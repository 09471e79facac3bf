using System.Diagnostics;

namespace ImageSync.Testing;

/// <summary>A real server on loopback that serves the files of a folder; configuration, logs, pid and files lie in a folder of the test.</summary>
public abstract class FileOrigin : IAsyncDisposable
{
    private const string Mark = "/.imagesync-mark";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly string _folder;
    private readonly TestCertificate? _certificate;
    private readonly ServerProcess _process;
    private int _puts;
    private int _marks;
    private int _cleared;

    /// <summary>Starts the server by a command that is made for a port.</summary>
    protected FileOrigin(string folder, Func<int, ProcessStartInfo> command, TestCertificate? certificate = null)
    {
        (_folder, _certificate) = (folder, certificate);
        Directory.CreateDirectory(RootOf(folder));
        File.WriteAllText(LogOf(folder), "");
        _process = ServerProcess.Start(command);
    }

    public int Port => _process.Port;

    /// <summary>Every request since the last <see cref="ClearLog"/>, in the order in which the server was done with them.</summary>
    public IReadOnlyList<AccessLogEntry> AccessLog => [.. ReadLog().Skip(_cleared)];

    private string Root => $"{(_certificate is null ? "http" : "https")}://127.0.0.1:{Port}";

    /// <summary>What the server wrote to its standard streams.</summary>
    protected string Output => _process.Output;

    /// <summary>The access log's text.</summary>
    protected virtual string LogText => File.ReadAllText(LogOf(_folder));

    /// <summary>Whether requests are logged by one thread, one after the other.</summary>
    protected virtual bool LogsInOrder => true;

    /// <summary>The URL of a name; its characters are escaped, its slashes stay.</summary>
    public string Url(string name) => Root + Target(name);

    /// <summary>The request target of a name, as access logs show it.</summary>
    public static string Target(string name) => "/" + string.Join('/', name.Split('/').Select(Uri.EscapeDataString));

    /// <summary>Serves these bytes from now on; without a date, a second later than the Put before, so that each has its own validators.</summary>
    public void Put(string name, byte[] bytes, DateTimeOffset? lastModified = null)
    {
        var date = lastModified ?? new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(_puts++);
        var path = Path.Combine(RootOf(_folder), name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var incoming = Path.Combine(_folder, "incoming");
        File.WriteAllBytes(incoming, bytes);
        File.SetLastWriteTimeUtc(incoming, date.UtcDateTime);
        File.Move(incoming, path, overwrite: true);
    }

    public void Delete(string name) => File.Delete(Path.Combine(RootOf(_folder), name));

    public void ClearLog() => _cleared = ReadLog().Count;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _process.DisposeAsync();
    }

    /// <summary>The folder whose files are served.</summary>
    protected static string RootOf(string folder) => Path.Combine(folder, "www");

    /// <summary>The file that the server logs requests to.</summary>
    protected static string LogOf(string folder) => Path.Combine(folder, "access.log");

    /// <summary>Reads a line of the log; null where it tells of no request.</summary>
    protected abstract AccessLogEntry? Parse(string line);

    // Servers log after the last octet has gone out, so a client can be here first. When the line of this request is written,
    // those of requests before it are too: at once where one thread writes them, soon where several do.
    private List<AccessLogEntry> ReadLog()
    {
        var mark = $"{Mark}-{++_marks}";
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, SslOptions = { CertificateChainPolicy = _certificate?.Trust } });
        using var request = new HttpRequestMessage(HttpMethod.Get, Root + mark);
        client.Send(request).Dispose();
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience; Thread.Sleep(5))
        {
            if (Entries().Exists(entry => entry.Target == mark))
            {
                Thread.Sleep(LogsInOrder ? 0 : 50);
                return Entries().FindAll(entry => !entry.Target.StartsWith(Mark, StringComparison.Ordinal));
            }
        }

        throw new InvalidOperationException($"{GetType().Name} did not log a request:\n{Output}");
    }

    // The last line may be only half there.
    private List<AccessLogEntry> Entries()
    {
        var text = LogText;
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse).OfType<AccessLogEntry>()];
    }
}
