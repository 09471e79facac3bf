using System.Security.Cryptography.X509Certificates;
using ImageSync.Http;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Transport;

/// <summary>The product's own HTTP client, with the one thing more that a test needs.</summary>
internal static class Network
{
    /// <summary>One that trusts this authority, and no other.</summary>
    public static Func<SyncOptions, HttpMessageHandler> Trusting(TestAuthority authority) => Trusting(authority.Policy);

    /// <summary>One that trusts by this policy.</summary>
    public static Func<SyncOptions, HttpMessageHandler> Trusting(Func<X509ChainPolicy> policy) => options =>
    {
        var handler = Product(options);
        handler.SslOptions.CertificateChainPolicy = policy();
        return handler;
    };

    /// <summary>One whose connections are made so.</summary>
    public static Func<SyncOptions, HttpMessageHandler> Connecting(Func<CancellationToken, ValueTask<Stream>> connect) => options =>
    {
        var handler = Product(options);
        handler.UseProxy = false;
        handler.ConnectCallback = (_, cancelled) => connect(cancelled);
        return handler;
    };

    /// <summary>The product's own.</summary>
    public static SocketsHttpHandler Product(SyncOptions options) =>
        ConnectionPool.CreateHandler(options.Connections);
}
