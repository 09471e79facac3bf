using System.Net;
using BenchmarkDotNet.Attributes;
using ImageSync.Http;
using ImageSync.Sync;

namespace ImageSync.Benchmarks;

/// <summary>
/// A whole run in which every image is answered 304, per image: cache, disk, request, decision, outcome. What .NET's client
/// alone takes for the same requests stands beside it, so the difference is ours.
/// </summary>
public class NotModifiedRuns : IDisposable
{
    private const int Images = 1_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("imagesync-benchmark-").FullName;
    private readonly MemoryOrigin _memory = new();
    private readonly LoopbackOrigin _loopback = new();
    private SyncOptions _options = Samples.Options;
    private RemoteImage[] _inMemory = [];
    private RemoteImage[] _onLoopback = [];

    [GlobalSetup]
    public void Prime()
    {
        _options = Samples.Options with
        {
            ProjectDirectory = _folder,
            CacheFile = Path.Combine(_folder, "obj", "memory.cache"),
            KeptFolder = Path.Combine(_folder, "obj", "kept"),
        };
        _inMemory = Declare("http://origin.example");
        _onLoopback = Declare(_loopback.Url);
        Require(Run(_inMemory, _options, _memory), SyncStatus.Added);
        Require(Run(_onLoopback, OnLoopback, network: null), SyncStatus.Unchanged);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _loopback.Dispose();
        _memory.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Benchmark(OperationsPerInvoke = Images)]
    public void ImageSyncInMemory() => Require(Run(_inMemory, _options, _memory), SyncStatus.NotModified);

    [Benchmark(OperationsPerInvoke = Images)]
    public void ClientAloneInMemory()
    {
        using var client = new HttpMessageInvoker(_memory, disposeHandler: false);
        AskAll(client, _inMemory);
    }

    [Benchmark(OperationsPerInvoke = Images)]
    public void ImageSyncOnLoopback() => Require(Run(_onLoopback, OnLoopback, network: null), SyncStatus.NotModified);

    [Benchmark(OperationsPerInvoke = Images)]
    public void ClientAloneOnLoopback()
    {
        using var client = new HttpMessageInvoker(ConnectionPool.CreateHandler(_options.Connections));
        AskAll(client, _onLoopback);
    }

    private SyncOptions OnLoopback => _options with { CacheFile = Path.Combine(_folder, "obj", "loopback.cache") };

    private RemoteImage[] Declare(string origin) => [.. Enumerable.Range(0, Images).Select(number => Samples.ImageAt($"{origin}/{number:D4}.svg", _folder))];

    private static SyncRun Run(RemoteImage[] images, SyncOptions options, HttpMessageHandler? network)
    {
        using var connections = new ConnectionPool(options.Connections, network is null ? null : () => network);
        var synchronizer = new ImageSynchronizer(options, TimeProvider.System, connections);
        return synchronizer.Run(images, CancellationToken.None);
    }

    private static void Require(SyncRun run, SyncStatus status)
    {
        foreach (var outcome in run.Outcomes)
        {
            if (outcome.Status != status)
            {
                throw new InvalidOperationException($"{outcome.LocalPath} is {outcome.Status}, not {status}.");
            }
        }
    }

    // As many at once as the product has, and the fields that it sends.
    private void AskAll(HttpMessageInvoker client, RemoteImage[] images) =>
        Parallel.ForEachAsync(images, new ParallelOptions { MaxDegreeOfParallelism = _options.MaxConnectionsPerHost }, async (image, build) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, image.Url.ToUri());
            request.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
            request.Headers.TryAddWithoutValidation("Accept", "*/*");
            request.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
            request.Headers.TryAddWithoutValidation("If-None-Match", Samples.Tag);
            request.Headers.TryAddWithoutValidation("If-Modified-Since", Samples.Date);
            using var response = await client.SendAsync(request, build).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.NotModified)
            {
                throw new InvalidOperationException($"{image.Url} answered {response.StatusCode}.");
            }
        }).GetAwaiter().GetResult();
}
