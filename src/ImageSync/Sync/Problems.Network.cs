using System.Globalization;
using ImageSync.Http;
using static ImageSync.Sync.DiagnosticCode;

namespace ImageSync.Sync;

/// <summary>The codes 2xxx: the origin, and the way to it.</summary>
internal static partial class Problems
{
    public static Problem NotReached(Wording words, TargetUri url, TransportFailure failure, int attempts)
    {
        var limit = failure.Limit is { } option ? $" ({words.Option(option)})" : "";
        return new(
            OriginNotReached, $"{url.Redacted} could not be fetched: {failure.Cause}{limit}{Tries(attempts)}.",
            Proxies.AdviceOn(words, failure))
        {
            CommonCause = failure is { IsOfProxy: true, Route: { } route }
                ? new CommonCause($"the proxy {route.Proxy}", failure.RootCause + limit)
                : new CommonCause(url.ShownOrigin, $"could not be reached: {failure.RootCause}{limit}"),
        };
    }

    public static Problem BodyDamaged(Wording words, TargetUri url, string cause, int attempts) =>
        new(OriginNotReached, $"{url.Redacted} sent a damaged body ({cause}){Tries(attempts)}.", $"The next {words.Run} tries again.");

    public static Problem Overloaded(Wording words, TargetUri url, ResponseHead head, int attempts) =>
        new(
            OriginOverloaded,
            $"{url.Redacted} answered {Status(head)}{Tries(attempts)}.",
            head.Route is { } route
                ? "The origin, or the proxy on the way to it, is overloaded or broken at the moment: "
                    + $"check {route.Variable} and NO_PROXY; the next {words.Run} tries again."
                : $"The origin is overloaded or broken at the moment; the next {words.Run} tries again.")
        {
            CommonCause = new CommonCause(url.ShownOrigin, $"answered {Status(head)}"),
        };

    public static Problem LeftAlone(Wording words, TargetUri url, DateTimeOffset until) =>
        new(OriginOverloaded,
            $"the origin of {url.Redacted} accepts no requests before {until.ToString("u", CultureInfo.InvariantCulture)} (Retry-After).",
            $"A later {words.Run} asks again; to ask now, use {words.Option("Force")}.");

    public static Problem Refused(Wording words, TargetUri url, ResponseHead head) => head is { StatusCode: 407, Route: { } route }
        ? new(RefusedByOrigin, $"the proxy {route.Proxy} answered {StatusAlone(head)} for {url.Redacted}.", Proxies.Credentials(route))
        {
            CommonCause = new CommonCause($"the proxy {route.Proxy}", $"answered {StatusAlone(head)}"),
        }
        : new(RefusedByOrigin, $"{url.Redacted} answered {Status(head)}.", AdviceOnRefusal(words, head))
        {
            // Who may not come in is refused everything; what is not there is one image's matter.
            CommonCause = head.StatusCode is 401 or 403 or 407 ? new CommonCause(url.ShownOrigin, $"answered {Status(head)}") : null,
        };

    public static Problem Unusable(TargetUri url, string cause) =>
        new(UnusableAnswer,
            $"{url.Redacted} gave an answer that cannot be used: {cause}.",
            "ImageSync needs a 200 with the whole image, or a 304; open the URL in a browser to see what it sends.");

    public static Problem RedirectNotFollowed(TargetUri url, string reason) =>
        new(RedirectRefused, $"the redirect of {url.Redacted} was not followed: {reason}.", "Write the URL that the image really has.");

    public static Problem Offline(Wording words) =>
        new(OfflineWithoutCopy, $"ImageSync is offline ({words.Option("Offline")}) and cannot fetch the image.",
            "Sync once with a connection, or commit the file.");

    public static Problem WouldReplace(Wording words, TargetUri url, string reason, bool fails) =>
        new(WouldChange, $"a sync would replace the local file with the image of {url.Redacted}: {reason}.", ToSync(words))
        {
            OptionsFailIt = fails,
        };

    public static Problem WouldAdd(Wording words, TargetUri url, bool fails) =>
        new(WouldChange, $"there is no local file; a sync would fetch it from {url.Redacted}.", ToSync(words)) { OptionsFailIt = fails };

    private static string AdviceOnRefusal(Wording words, ResponseHead head)
    {
        var advice = head.StatusCode switch
        {
            407 => "The origin asks for the credentials of a proxy, and no proxy is set: ask who runs the origin.",
            401 or 403 => $"If it needs credentials, {words.SendCredentials}; if the URL is signed, its signature may have expired.",
            404 => $"Check the URL; if the image is gone for good, remove the {words.Declaration}.",
            410 => $"The origin says that the image is gone for good: remove the {words.Declaration}, or write another URL.",
            _ => "Check the URL.",
        };
        return head.Route is null ? advice
            : $"{advice} If the proxy refuses it, exempt the host from the proxy (NO_PROXY), or ask who runs it.";
    }

    private static string ToSync(Wording words) => $"To sync, run: {words.Sync}";

    // Nothing in an answer in clear says for sure who has made it.
    private static string Status(ResponseHead head) =>
        StatusAlone(head) + (head.Route is { } route ? $" (through the proxy {route.Proxy}, which may have answered itself)" : "");

    private static string StatusAlone(ResponseHead head) =>
        FormattableString.Invariant($"{head.StatusCode}{(string.IsNullOrEmpty(head.Reason) ? "" : " " + head.Reason)}");

    private static string Tries(int attempts) => attempts > 1 ? FormattableString.Invariant($" ({attempts} attempts)") : "";
}
