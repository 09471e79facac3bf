using System.Net;
using ImageSync.Testing;

namespace ImageSync.Benchmarks;

/// <summary>An origin without a network: 304 to a conditional request, otherwise an image.</summary>
internal sealed class MemoryOrigin : HttpMessageHandler
{
    public static readonly byte[] Image = SampleImages.Svg();

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = request.Headers.NonValidated.Contains("If-None-Match")
            ? new HttpResponseMessage(HttpStatusCode.NotModified)
            : new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Image) };
        response.RequestMessage = request;
        response.Headers.TryAddWithoutValidation("ETag", Samples.Tag);
        response.Headers.TryAddWithoutValidation("Date", Samples.Ok.Date);
        response.Content.Headers.TryAddWithoutValidation("Last-Modified", Samples.Date);
        return Task.FromResult(response);
    }
}
