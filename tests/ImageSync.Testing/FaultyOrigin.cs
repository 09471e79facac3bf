using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ImageSync.Testing;

/// <summary>An origin over HTTP/1.1 or HTTP/2 that answers decently, or by a fault; it keeps a record of both.</summary>
public sealed class FaultyOrigin : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<FaultyExchange> _exchanges = new();
    private readonly CancellationTokenSource _stop = new();
    private int _active;

    private FaultyOrigin(X509Certificate2? certificate, HttpProtocols protocols)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            // A stall is the test's, and no client's that is too slow.
            (kestrel.Limits.MinResponseDataRate, kestrel.Limits.MinRequestBodyDataRate) = (null, null);
            kestrel.Listen(IPAddress.Loopback, 0, endpoint =>
            {
                endpoint.Protocols = protocols;
                if (certificate is not null)
                {
                    endpoint.UseHttps(certificate);
                }
            });
        });
        _application = builder.Build();
        _application.Run(AnswerAsync);
    }

    public int Port { get; private set; }

    /// <summary>Says what a request is answered; without an image with 404.</summary>
    public Func<FaultyExchange, (OriginBehaviour Behaviour, ServedImage? Image)> Answer { get; set; } = _ => (OriginBehaviour.Decent, null);

    /// <summary>How many requests there were since the last <see cref="Clear"/>.</summary>
    public int Requests => _exchanges.Count;

    /// <summary>What was asked and answered since the last <see cref="Clear"/>.</summary>
    public IReadOnlyList<FaultyExchange> Exchanges => [.. _exchanges];

    /// <param name="certificate">For TLS; null for none.</param>
    /// <param name="protocols">HTTP/2 needs TLS here.</param>
    public static async Task<FaultyOrigin> StartAsync(X509Certificate2? certificate, HttpProtocols protocols)
    {
        var origin = new FaultyOrigin(certificate, protocols);
        await origin._application.StartAsync();
        origin.Port = new Uri(origin._application.Urls.Single()).Port;
        return origin;
    }

    /// <summary>Waits until nothing is under way any more.</summary>
    public async Task IdleAsync()
    {
        while (Volatile.Read(ref _active) > 0)
        {
            await Task.Delay(1);
        }
    }

    /// <summary>Forgets requests and their numbers.</summary>
    public void Clear() => _exchanges.Clear();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _application.StopAsync(atOnce.Token);
        await _application.DisposeAsync();
        _stop.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        FaultyExchange exchange;
        lock (_exchanges)
        {
            var (number, headers) = (1 + _exchanges.Count(earlier => earlier.Path == path), context.Request.Headers);
            exchange = new FaultyExchange(path, number, headers.IfNoneMatch, headers.IfModifiedSince);
            _exchanges.Enqueue(exchange);
        }

        Interlocked.Increment(ref _active);
        try
        {
            var (behaviour, image) = Answer(exchange);
            (exchange.Fault, exchange.Image) = (behaviour.Fault, image);
            using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stop.Token);
            await ActAsync(context, behaviour, image, exchange, gone.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or InvalidOperationException)
        {
            // The client left, or a fault has ended the connection. A handler that just returned would complete an empty answer.
            context.Abort();
        }
        finally
        {
            Interlocked.Decrement(ref _active);
        }
    }

    private static async Task ActAsync(
        HttpContext context, OriginBehaviour behaviour, ServedImage? image, FaultyExchange exchange, CancellationToken gone)
    {
        var response = context.Response;
        switch (behaviour.Fault)
        {
            case OriginFault.Status:
                exchange.Status = response.StatusCode = behaviour.StatusCode;
                response.Headers.RetryAfter = behaviour.RetryAfter;
                return;
            case OriginFault.AbortStream:
                context.Abort();
                return;
            case OriginFault.AbortConnection:
                context.Features.Get<IConnectionLifetimeFeature>()!.Abort();
                return;
            case OriginFault.Stall:
                await Task.Delay(Timeout.Infinite, gone);
                return;
            case OriginFault.SlowStart:
                await Task.Delay(behaviour.Pause, gone);
                break;
            case OriginFault.GoAway:
                context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
                break;
            case OriginFault.WrongMedia:
                exchange.Status = StatusCodes.Status200OK;
                response.ContentType = "text/html";
                await response.WriteAsync("<!doctype html><title>Maintenance</title>", gone);
                return;
        }

        if (image is null)
        {
            exchange.Status = response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        response.Headers.ETag = image.EntityTag;
        response.Headers.LastModified = image.LastModified;
        if (image.IsNamedBy(exchange))
        {
            exchange.Status = response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        exchange.Status = StatusCodes.Status200OK;
        response.ContentType = "image/png";
        response.ContentLength = image.HasLength ? image.Bytes.Length : null;
        await SendAsync(context, behaviour, image.Bytes, gone);
    }

    private static async Task SendAsync(HttpContext context, OriginBehaviour behaviour, byte[] bytes, CancellationToken gone)
    {
        var body = context.Response.Body;
        if (behaviour.Fault == OriginFault.Trickle)
        {
            var piece = Math.Max(1, bytes.Length / 8);
            for (var start = 0; start < bytes.Length; start += piece)
            {
                await body.WriteAsync(bytes.AsMemory(start, Math.Min(piece, bytes.Length - start)), gone);
                await body.FlushAsync(gone);
                await Task.Delay(behaviour.Pause, gone);
            }

            return;
        }

        if (behaviour.Fault is not (OriginFault.StallInBody or OriginFault.CutStream or OriginFault.CutConnection))
        {
            await body.WriteAsync(bytes, gone);
            return;
        }

        await body.WriteAsync(bytes.AsMemory(0, (int)(bytes.Length * behaviour.Share)), gone);
        await body.FlushAsync(gone);
        switch (behaviour.Fault)
        {
            case OriginFault.StallInBody:
                await Task.Delay(Timeout.Infinite, gone);
                break;
            case OriginFault.CutStream:
                context.Abort();
                break;
            default:
                context.Features.Get<IConnectionLifetimeFeature>()!.Abort();
                break;
        }
    }
}
