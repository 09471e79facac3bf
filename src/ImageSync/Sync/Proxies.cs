using ImageSync.Http;

namespace ImageSync.Sync;

/// <summary>What to do about a failure with a proxy on the way, or with none.</summary>
internal static class Proxies
{
    /// <summary>The advice on a request that got no complete answer.</summary>
    /// <param name="words">Those of whoever reads.</param>
    /// <param name="failure">What happened to it.</param>
    public static string AdviceOn(Wording words, TransportFailure failure) => failure switch
    {
        { Route: null } => $"Check the URL and the network; the next {words.Run} tries again.",
        { IsUnauthenticated: true } => Credentials(failure.Route),
        { IsOfProxy: true } =>
            $"Check {failure.Route.Variable}, or exempt the host from the proxy (NO_PROXY); the next {words.Run} tries again.",
        { IsOfTunnel: true } =>
            "The proxy cannot reach the host, or does not allow it: ask who runs the proxy, or exempt the host from it (NO_PROXY).",
        _ => $"Check the URL, the network and the proxy ({failure.Route.Variable}, NO_PROXY); the next {words.Run} tries again.",
    };

    /// <summary>The advice where a proxy wants to know who asks.</summary>
    public static string Credentials(ProxyRoute route) =>
        $"The proxy asks for credentials: set them in the environment, as in {route.Variable}=http://user:password@{route.Proxy}.";
}
