using ImageSync.Http;
using ImageSync.Images;
using ImageSync.MSBuild.Names;
using ImageSync.Storage;
using ImageSync.Sync;
using ImageSync.Testing;
using ImageSync.Tests.Sync;

namespace ImageSync.Tests.Docs;

/// <summary>For each code a problem as the product tells it; the pages show these words.</summary>
internal static class DiagnosticExamples
{
    private const string LocalPath = "images/logo.png";

    private static readonly TargetUri Url = Given.Url("https://cdn.example.com/logo.png");

    private static readonly TargetUri UrlInClear = Given.Url("http://cdn.example.com/logo.png");

    private static readonly ProxyRoute Tunnel = new("proxy.example.net:3128", IsTunnel: true) { Variable = "HTTPS_PROXY" };

    private static readonly ProxyRoute InClear = new("proxy.example.net:3128", IsTunnel: false) { Variable = "HTTP_PROXY" };

    private static readonly TransportFailure RefusedConnection =
        new("the connection was refused: nothing listens there", IsTransient: true) { IsOfConnecting = true };

    private static readonly TransportFailure RefusedTunnel =
        new("refused the tunnel with 502 Bad Gateway", IsTransient: true) { IsOfTunnel = true };

    private static readonly IReadOnlyList<(string Subject, Problem Problem)> All =
    [
        (LocalPath, Problems.NotAUrl("/logo.png", "is not an absolute http or https URL")),
        ("../logo.png", Problems.LocalPathInvalid("../logo.png", new PathFault("is outside the project's directory"))),
        ("../img/logo.png", Problems.DirectoryInvalid("../img/", new PathFault("is outside the project's directory"))),
        (".", Problems.LocalPathInvalid(".", new PathFault("names a folder, and no file in it") { IsFolder = true })),
        ("https://cdn.example.com/Index.cshtml", Problems.NotTheNameOfAnImage("images/Index.cshtml", isOfUrl: true, NameOrigin.Url, MediaRange.Images)),
        ("wwwroot/styles.css", Problems.NotTheNameOfAnImage("wwwroot/styles.css", isOfUrl: false, NameOrigin.Author, MediaRange.Images)),
        ("images/a.png", Problems.NamedOtherwise("a.png", "a.png?")),
        (LocalPath, Problems.ClaimedTwice(Url.Redacted)),
        ("wwwroot/img", Problems.ClaimedAsFolder("wwwroot/img", Url.Redacted, "wwwroot/img/logo.png")),
        (LocalPath, Problems.Invalid("metadata", "MaxAge", "15", MaxAge.ValidValues)),
        ("images/logo.svg", Problems.UnknownImageType("image/svg")),
        ("ImageSync", Problems.Invalid("property", "ImageSyncRetries", "-1", OptionValues.Retries)),
        ("ImageSync", Problems.InvalidLimit(OwnerLimits.HostsVariable, AllowedHosts.ValidValues)),
        ("ImageSync", Problems.InvalidLimit(OwnerLimits.VariablesVariable, AllowedVariables.ValidValues)),
        (LocalPath, Problems.SecretInClear(Given.Url("http://cache.example.net:8080/cdn.example.com/logo.png"))),
        (LocalPath, Problems.NoVariable("CDN_TOKEN")),
        (LocalPath, Problems.NotForThisHost("CDN_TOKEN", Url.Host)),
        (LocalPath, Problems.NotAllowed(new HostRefusal(Url.Host, HostRefusal.Project))),
        (LocalPath, Problems.NotAllowed(new HostRefusal(Url.Host, OwnerLimits.HostsVariable))),
        (LocalPath, Problems.NotAllowed(new HostRefusal("cache.example.net", OwnerLimits.HostsVariable) { InPlaceOf = Url.Host })),
        Told(NameProblems.OfProperty("ImageSyncOflline", ["ImageSyncOffline"])),
        Told(NameProblems.OfProperty("ImageSyncLock", ["ImageSyncLockFile", "ImageSyncLocked"])),
        Told(NameProblems.OfItemType("RemoteImages", "RemoteImage")),
        Told(NameProblems.OfMetadatum("https://cdn.example.com/logo.png", "LocaPath", "LocalPath")),
        Told(NameProblems.OfBuildAction(LocalPath, "Embedded", "EmbeddedResource")),
        ("images/C", Problems.UrlCut("https://cdn.example.com/C", UrlMistakes.AdviceOnFragment("https://cdn.example.com/C#.png")!)),
        Told(NameProblems.OfCarried(LocalPath, "CopyToOutputDirectory")),
        (LocalPath, Problems.NotReached(Url, new TransportFailure("the connection was refused: nothing listens there", IsTransient: true), attempts: 4)),
        (LocalPath, Problems.NotReached(Url, new TransportFailure("the connection was refused: nothing listens there", IsTransient: true), attempts: 4).AskedOf(Given.Url("http://cache.example.net:8080/cdn.example.com/logo.png"))),
        (LocalPath, Problems.NotReached(Url, RefusedConnection.Through(Tunnel), attempts: 4)),
        (LocalPath, Problems.NotReached(Url, RefusedTunnel.Through(Tunnel), attempts: 4)),
        (LocalPath, Problems.Overloaded(UrlInClear, new ResponseHead(502) { Reason = "Bad Gateway", Route = InClear }, attempts: 4)),
        (LocalPath, Problems.Refused(UrlInClear, new ResponseHead(407) { Reason = "Proxy Authentication Required", Route = InClear })),
        (LocalPath, Problems.Overloaded(Url, new ResponseHead(503) { Reason = "Service Unavailable" }, attempts: 4)),
        (LocalPath, Problems.LeftAlone(Url, Given.Now.AddMinutes(15))),
        (LocalPath, Problems.Refused(Url, new ResponseHead(404) { Reason = "Not Found" })),
        (LocalPath, Problems.Unusable(Url, "it has the status 204 No Content")),
        (LocalPath, Problems.RedirectNotFollowed(Url, "it leads from https to http://cdn.example.com/logo.png, which anyone on the way can read and change")),
        (LocalPath, Problems.Offline()),
        (LocalPath, Problems.WouldReplace(Url, "it was edited since it was synced", fails: false)),
        (LocalPath, Problems.WouldAdd(Url, fails: false)),
        (LocalPath, Problems.WouldReplace(Url, "it was edited since it was synced", fails: true)),
        (LocalPath, Problems.WrongMedia(Url, $"looks like an HTML page (a login page, a captive portal or an error page answered with status 200), not like {MediaRange.Images}")),
        (LocalPath, Problems.WrongMedia(Given.Url("http://portal.example.net/login"), $"looks like an HTML page (a login page, a captive portal or an error page answered with status 200), not like {MediaRange.Images}").RedirectedFrom(Url, Given.Url("http://portal.example.net/login"))),
        (LocalPath, Wrong(SampleImages.Gif()[..^1])),
        (LocalPath, Wrong(SampleImages.Png(1, 1, 1), "image/jpeg")),
        (LocalPath, Wrong("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 1\n"u8.ToArray())),
        (LocalPath, Problems.WrongDigest(Url, Given.Digest, Given.OtherDigest)),
        (LocalPath, Problems.NotPinned(Given.Digest, Given.Altered)),
        (LocalPath, Problems.EditNotPinned("was edited since it was synced", Given.Digest, Given.OtherDigest)),
        (LocalPath, Problems.Larger(Url, 4L * 1024 * 1024 * 1024, 64 * 1024 * 1024)),
        (LocalPath, Problems.Larger(Url, null, 64 * 1024 * 1024)),
        (LocalPath, Problems.ReceivedOthers(Url, Given.Digest, Given.OtherDigest)),
        (LocalPath, Problems.NotLocked()),
        (LocalPath, Problems.WrongExtension("image/webp", LocalPath, "images/logo.webp")),
        ("wwwroot/avatar/123", Problems.NoExtension("image/png", "wwwroot/avatar/123.png", hasNameOfUrl: false)),
        (LocalPath, Problems.EditReplaced("was edited since it was synced", "/src/App/obj/App.csproj.imagesync.kept/images/logo.0123456789ab.png")),
        (LocalPath, Problems.EditKept("was edited since it was synced")),
        (LocalPath, Problems.EditRefused("was edited since it was synced")),
        (LocalPath, Problems.WrittenByAnother("Admin.csproj")),
        (LocalPath, Problems.HoldsOthers(Given.Digest, Given.Altered with { State = FileState.LineEndsDiffer }, "images/logo.svg")),
        (LocalPath, Problems.HoldsOthers(Given.Digest, Given.Altered with { IsGitLfsPointer = true }, LocalPath)),
        (LocalPath, Problems.NotWritten("Access to the path '/src/App/images' is denied.")),
        ("wwwroot/img", Problems.NotWritten("", new PathObstacle("wwwroot/img", IsFolder: true))),
        ("wwwroot/img/logo.png", Problems.NotWritten("", new PathObstacle("wwwroot/img", IsFolder: false))),
        ("ImageSync", Problems.LockFileUnsaved("/src/App/imagesync.lock.json",
            "another build holds App.csproj.imagesync.cache.lock, and this one has waited 10 s for its locks", isHeld: true)),
        (LocalPath, Problems.NotForeseen(new InvalidOperationException("Sequence contains no elements"), Secrets.None)),
        ("ImageSync", Problems.ReportUnwritten("ImageSyncReportFile", "/src/App/artifacts/images.html", "Access to the path '/src/App/artifacts/images.html' is denied.")),
        ("ImageSync", Problems.StoreUnusable("/home/ada/.cache/imagesync", "Access to the path '/home/ada/.cache/imagesync/v1' is denied.")),
        ("ImageSync", Problems.LockFileNotReadable("/src/App/images.lock.json", "has the marks of a merge conflict")),
        ("ImageSync", Problems.CacheUnsaved("/src/App/obj/App.csproj.imagesync.cache", "Access to the path '/src/App/obj/App.csproj.imagesync.cache' is denied.", 3)),
    ];

    private static readonly LocalCopy Pointer = new(false) { Flaw = ImageStateReader.IsAGitLfsPointer };

    /// <summary>Every way to tell of a code, each as "severity code: message".</summary>
    public static IEnumerable<string> Of(string code) =>
        from example in All
        from diagnostic in new[] { Tell(example, LocalCopy.Good, optional: false), Tell(example, LocalCopy.None, optional: false), Tell(example, Pointer, optional: false) }
        where diagnostic.CodeText == code
        select $"{Word(diagnostic.Severity)} {diagnostic.CodeText}: {diagnostic.Message}";

    /// <summary>A code's severities: with a copy, without one, and without one where the image is optional.</summary>
    public static IEnumerable<(string WithCopy, string Without, string Optional)> Severities(string code) =>
        from example in All
        where example.Problem.Code == Enum.Parse<DiagnosticCode>(code["IMGSYNC".Length..])
        select (
            Word(Tell(example, LocalCopy.Good, optional: false).Severity),
            Word(Tell(example, LocalCopy.None, optional: false).Severity),
            Word(Tell(example, LocalCopy.None, optional: true).Severity));

    // What the task tells by itself.
    private static (string Subject, Problem Problem) Told(string message)
    {
        var end = message.IndexOf(": ", message.StartsWith("https:", StringComparison.Ordinal) ? "https:".Length : 0, StringComparison.Ordinal);
        return (message[..end], new Problem(DiagnosticCode.NameNotKnown, message[(end + 2)..], ""));
    }

    private static Problem Wrong(byte[] body, string mediaType = "image/*")
    {
        _ = MediaRange.TryParse(mediaType, out var expected);
        var verdict = MediaTypeCheck.Judge(expected, contentType: null, new MemoryStream(body));
        return Problems.WrongMedia(Url, verdict.Problem!, verdict.Advice);
    }

    private static Diagnostic Tell((string Subject, Problem Problem) example, LocalCopy copy, bool optional) =>
        example.Problem.ToDiagnostic(example.Subject, copy, optional);

    private static string Word(Severity severity) => severity == Severity.Error ? "error" : "warning";
}
