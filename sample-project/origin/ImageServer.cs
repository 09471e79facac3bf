using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Hosting;
using Microsoft.Net.Http.Headers;

namespace SampleOrigin;

/// <summary>Serves a folder's files the way that a good origin does: with validators, and with 304 for who has them.</summary>
internal static class ImageServer
{
    /// <summary>Answers with the folder that is served, so that a starter can tell its own origin from anything else.</summary>
    public const string IdentityPath = "/.sample-origin";

    private static readonly FileExtensionContentTypeProvider ContentTypes = new();

    public static async Task Serve(OriginOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.Port));
        await using var app = builder.Build();

        // The terminal that the build ran in may be closed; the idle time ends this process in any case.
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => signal.Cancel = true);
        using var idle = new Timer(_ => app.Lifetime.StopApplication());
        app.Run(async context =>
        {
            idle.Change(options.Idle, Timeout.InfiniteTimeSpan);
            await Answer(context.Request, options.Folder).ExecuteAsync(context);
        });

        await app.StartAsync();
        idle.Change(options.Idle, Timeout.InfiniteTimeSpan);
        await app.WaitForShutdownAsync();
    }

    private static IResult Answer(HttpRequest request, string folder)
    {
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            request.HttpContext.Response.Headers.Allow = "GET, HEAD";
            return Results.StatusCode(StatusCodes.Status405MethodNotAllowed);
        }
        if (request.Path == IdentityPath)
        {
            return Results.Text(folder);
        }

        // A name is looked up among those that are there. No path is made of what the request says, so none leads out of the folder.
        var name = request.Path.Value?.TrimStart('/');
        return new DirectoryInfo(folder).EnumerateFiles().FirstOrDefault(file => file.Name == name) is { } found
            ? Content(request.HttpContext.Response, found)
            : Results.NotFound();
    }

    private static IResult Content(HttpResponse response, FileInfo file)
    {
        // The tag is made of the bytes, not of the time: a fresh clone has new times, and the same images.
        var bytes = File.ReadAllBytes(file.FullName);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12))}\"");
        response.Headers.CacheControl = "no-cache";
        return Results.Bytes(bytes, ContentTypes.TryGetContentType(file.Name, out var type) ? type : null, lastModified: file.LastWriteTimeUtc, entityTag: tag);
    }
}
