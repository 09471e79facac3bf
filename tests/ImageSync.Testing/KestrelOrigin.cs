using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ImageSync.Testing;

/// <summary>An origin over TLS that speaks HTTP/1.1 and HTTP/2 as a real server does.</summary>
public sealed class KestrelOrigin : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<string, byte[]> _images = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _redirects = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<KestrelRequest> _requests = new();
    private int _connections;

    private KestrelOrigin(X509Certificate2 certificate, HttpProtocols protocols, int maxStreams)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.Http2.MaxStreamsPerConnection = maxStreams;
            kestrel.Listen(IPAddress.Loopback, 0, endpoint =>
            {
                endpoint.Protocols = protocols;
                endpoint.Use(Counted);
                endpoint.UseHttps(certificate);
            });
        });
        _application = builder.Build();
        _application.Run(AnswerAsync);
    }

    public int Port { get; private set; }

    /// <summary>TCP connections so far, those whose TLS handshake failed included.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public IReadOnlyList<KestrelRequest> Requests => [.. _requests];

    public static async Task<KestrelOrigin> StartAsync(X509Certificate2 certificate, HttpProtocols protocols = HttpProtocols.Http1AndHttp2, int maxStreams = 100)
    {
        var origin = new KestrelOrigin(certificate, protocols, maxStreams);
        await origin._application.StartAsync();
        origin.Port = new Uri(origin._application.Urls.Single()).Port;
        return origin;
    }

    public string Url(string path) => $"https://127.0.0.1:{Port}{path}";

    /// <summary>Serves an image with a strong entity tag, and 304 to those who have it; anything else is answered 404.</summary>
    public KestrelOrigin On(string path, byte[] image)
    {
        _images[path] = image;
        return this;
    }

    /// <summary>Redirects a path.</summary>
    public KestrelOrigin Redirect(string path, string location)
    {
        _redirects[path] = location;
        return this;
    }

    /// <summary>Forgets requests.</summary>
    public void Clear() => _requests.Clear();

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _application.StopAsync(atOnce.Token);
        await _application.DisposeAsync();
    }

    private ConnectionDelegate Counted(ConnectionDelegate next) => connection =>
    {
        Interlocked.Increment(ref _connections);
        return next(connection);
    };

    private async Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var conditional = request.Headers.IfNoneMatch.Count > 0;
        _requests.Enqueue(new KestrelRequest(request.Protocol, request.Path, conditional, context.Connection.Id)
        {
            Host = request.Host.Value ?? "",
            Fields = string.Join('\n', request.Headers),
        });
        if (_redirects.TryGetValue(request.Path, out var location))
        {
            response.StatusCode = StatusCodes.Status302Found;
            response.Headers.Location = location;
            return;
        }

        if (!_images.TryGetValue(request.Path, out var image))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var tag = $"\"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(image))[..16]}\"";
        response.Headers.ETag = tag;
        if (request.Headers.IfNoneMatch == tag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = "image/png";
        response.ContentLength = image.Length;
        await response.Body.WriteAsync(image, context.RequestAborted);
    }
}

/// <summary>A request as Kestrel understood it.</summary>
/// <param name="Protocol">HTTP/1.1 or HTTP/2.</param>
/// <param name="Path">The path.</param>
/// <param name="IsConditional">Whether it named an entity tag.</param>
/// <param name="Connection">Which connection it came on.</param>
public sealed record KestrelRequest(string Protocol, string Path, bool IsConditional, string Connection)
{
    /// <summary>Host, or :authority.</summary>
    public string Host { get; init; } = "";

    /// <summary>All fields, a line each.</summary>
    public string Fields { get; init; } = "";
}
