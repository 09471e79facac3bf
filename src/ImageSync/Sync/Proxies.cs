using ImageSync.Http;

namespace ImageSync.Sync;

/// <summary>What to do about a failure with a proxy on the way, or with none.</summary>
internal static class Proxies
{
    /// <summary>The advice on a request that got no complete answer.</summary>
    public static string AdviceOn(TransportFailure failure) => failure switch
    {
        { Route: null } => "Check the URL and the network; the next build tries again.",
        { IsUnauthenticated: true } => Credentials(failure.Route),
        { IsOfProxy: true } => $"Check {failure.Route.Variable}, or exempt the host from the proxy (NO_PROXY); the next build tries again.",
        { IsOfTunnel: true } =>
            "The proxy does not reach the host, or lets nobody there: ask who runs it, or exempt the host from it (NO_PROXY).",
        _ => $"Check the URL, the network and the proxy ({failure.Route.Variable}, NO_PROXY); the next build tries again.",
    };

    /// <summary>The advice where a proxy wants to know who asks.</summary>
    public static string Credentials(ProxyRoute route) =>
        $"The proxy wants credentials: give them in the environment, as in {route.Variable}=http://user:password@{route.Proxy}.";
}
