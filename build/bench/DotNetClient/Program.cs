using System.Net;

// DotNetClient URLS AT-ONCE [ENTITY-TAG]: asks for each URL of a file, a line each, and reads the bodies. Nothing is planned,
// decided, digested, written, recorded or reported.
var urls = File.ReadAllLines(args[0]);
var atOnce = int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture);
var next = -1;
using var client = new HttpMessageInvoker(new SocketsHttpHandler
{
    AllowAutoRedirect = false,
    UseCookies = false,
    ActivityHeadersPropagator = null,
    MaxConnectionsPerServer = atOnce,
});
await Task.WhenAll(Enumerable.Range(0, Math.Min(atOnce, urls.Length)).Select(_ => Task.Run(AskAsync)));

async Task AskAsync()
{
    var buffer = new byte[128 * 1024];
    for (int mine; (mine = Interlocked.Increment(ref next)) < urls.Length;)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, urls[mine])
        {
            Version = urls[mine].StartsWith("https:", StringComparison.Ordinal) ? HttpVersion.Version20 : HttpVersion.Version11,
        };
        if (args.Length > 2)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", args[2]);
        }

        using var response = await client.SendAsync(request, CancellationToken.None);
        await using var body = await response.Content.ReadAsStreamAsync();
        while (await body.ReadAsync(buffer) > 0)
        {
        }
    }
}
