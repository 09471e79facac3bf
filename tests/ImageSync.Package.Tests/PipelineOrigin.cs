using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>The origin of a pipeline's images, a private nginx, to which things happen by chance.</summary>
internal sealed class PipelineOrigin : IAsyncDisposable
{
    private const string DownMark = "down";

    private readonly NginxOrigin _nginx;
    private readonly Random _random;
    private readonly SortedDictionary<string, PipelineImage> _images = new(StringComparer.Ordinal);
    private int _named;
    private int _deployments;

    public PipelineOrigin(string folder, Random random, int images)
    {
        _nginx = new NginxOrigin(folder, $"if (-f $document_root/{DownMark}) {{ return 503; }}");
        _random = random;
        for (var image = 0; image < images; image++)
        {
            Add();
        }
    }

    /// <summary>What it has of the images that the project wants, by name.</summary>
    public IReadOnlyDictionary<string, PipelineImage> Images => _images;

    public bool IsDown { get; private set; }

    public string Url(string name) => _nginx.Url(name);

    public void Meet(PipelineEvents events)
    {
        foreach (var name in events.HasFlag(PipelineEvents.Changed) ? Some() : [])
        {
            // Every fourth change keeps the length, as another colour in a flat picture does.
            Deploy(name, _random.Next(4) == 0 ? OtherBytes(_images[name].Bytes) : NewBytes());
        }

        foreach (var name in events.HasFlag(PipelineEvents.Redeployed) ? Some() : [])
        {
            Deploy(name, _images[name].Bytes);
        }

        if (events.HasFlag(PipelineEvents.Removed))
        {
            _images.Remove(Some()[0]);
        }

        if (events.HasFlag(PipelineEvents.Added))
        {
            Add();
        }

        IsDown = events.HasFlag(PipelineEvents.Down);
        if (IsDown)
        {
            _nginx.Put(DownMark, []);
        }
        else
        {
            _nginx.Delete(DownMark);
        }
    }

    /// <summary>What was asked since the last call.</summary>
    public PipelineTraffic TakeTraffic()
    {
        var log = _nginx.AccessLog;
        _nginx.ClearLog();
        return PipelineTraffic.Of(log);
    }

    public ValueTask DisposeAsync() => _nginx.DisposeAsync();

    private void Add() => Deploy($"{_named++:000}.png", NewBytes());

    private void Deploy(string name, byte[] bytes)
    {
        _nginx.Put(name, bytes);
        _images[name] = new PipelineImage(bytes, ++_deployments);
    }

    private string[] Some()
    {
        var names = _images.Keys.ToArray();
        _random.Shuffle(names);
        return names[..Math.Min(names.Length, _random.Next(1, 4))];
    }

    private byte[] NewBytes() => SampleImages.Png(_random.Next(40, 140), _random.Next(40, 140), _random.Next());

    // The last octets of a PNG's width and height (PNG §11.2.1): the same size has the same length.
    private byte[] OtherBytes(byte[] bytes) => SampleImages.Png(bytes[19], bytes[23], _random.Next());
}
