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
    private static readonly Wording Words = Wording.Project;

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
        (LocalPath, Problems.NotAUrl(Words, "/logo.png", "is not an absolute http or https URL")),
        ("../logo.png", Problems.LocalPathInvalid(Words, "../logo.png", new PathFault("is outside the project's directory"))),
        ("../img/logo.png", Problems.DirectoryInvalid(Words, "../img/", new PathFault("is outside the project's directory"))),
        (".", Problems.LocalPathInvalid(Words, ".", new PathFault("names a folder, not a file") { IsFolder = true })),
        ("https://cdn.example.com/Index.cshtml",
            Problems.NotTheNameOfAnImage(Words, "images/Index.cshtml", isOfUrl: true, NameOrigin.Url, MediaRange.Images)),
        ("wwwroot/styles.css",
            Problems.NotTheNameOfAnImage(Words, "wwwroot/styles.css", isOfUrl: false, NameOrigin.Author, MediaRange.Images)),
        ("images/a.png", Problems.NamedOtherwise(Words, "a.png", "a.png?")),
        (LocalPath, Problems.ClaimedTwice(Words, Url.Redacted)),
        ("wwwroot/img", Problems.ClaimedAsFolder(Words, "wwwroot/img", Url.Redacted, "wwwroot/img/logo.png")),
        (LocalPath, Problems.InvalidMetadatum("MaxAge", "15", MaxAge.ValidValues)),
        ("images/logo.svg", Problems.UnknownImageType("image/svg")),
        ("ImageSync", Problems.InvalidOption(Words, "Retries", "-1", OptionValues.Retries)),
        ("ImageSync", Problems.InvalidLimit(OwnerLimits.HostsVariable, AllowedHosts.ValidValues)),
        ("ImageSync", Problems.InvalidLimit(OwnerLimits.VariablesVariable, AllowedVariables.ValidValues)),
        (LocalPath, Problems.SecretInClear(Words, Given.Url("http://cache.example.net:8080/cdn.example.com/logo.png"))),
        (LocalPath, Problems.NoVariable("CDN_TOKEN")),
        (LocalPath, Problems.NotForThisHost("CDN_TOKEN", Url.Host)),
        (LocalPath, Problems.NotAllowed(Words, new HostRefusal(Url.Host, HostRefusal.Project))),
        (LocalPath, Problems.NotAllowed(Words, new HostRefusal(Url.Host, OwnerLimits.HostsVariable))),
        (LocalPath,
            Problems.NotAllowed(Words, new HostRefusal("cache.example.net", OwnerLimits.HostsVariable) { InPlaceOf = Url.Host })),
        Told(NameProblems.OfProperty("ImageSyncOflline", ["ImageSyncOffline"])),
        Told(NameProblems.OfProperty("ImageSyncLock", ["ImageSyncLockFile", "ImageSyncLocked"])),
        Told(NameProblems.OfItemType("RemoteImages", "RemoteImage")),
        Told(NameProblems.OfMetadatum("https://cdn.example.com/logo.png", "LocaPath", "LocalPath")),
        Told(NameProblems.OfBuildAction(LocalPath, "Embedded", "EmbeddedResource")),
        ("images/C", Problems.UrlCut("https://cdn.example.com/C", UrlMistakes.AdviceOnFragment(Words, "https://cdn.example.com/C#.png")!)),
        Told(NameProblems.OfCarried(LocalPath, "CopyToOutputDirectory")),
        (LocalPath,
            Problems.NotReached(Words, Url, new TransportFailure("the connection was refused: nothing listens there", IsTransient: true), attempts: 4)),
        (LocalPath,
            Problems.NotReached(Words, Url, new TransportFailure("the connection was refused: nothing listens there", IsTransient: true), attempts: 4)
                .AskedOf(Words, Given.Url("http://cache.example.net:8080/cdn.example.com/logo.png"))),
        (LocalPath, Problems.NotReached(Words, Url, RefusedConnection.Through(Tunnel), attempts: 4)),
        (LocalPath, Problems.NotReached(Words, Url, RefusedTunnel.Through(Tunnel), attempts: 4)),
        (LocalPath,
            Problems.Overloaded(Words, UrlInClear, new ResponseHead(502) { Reason = "Bad Gateway", Route = InClear }, attempts: 4)),
        (LocalPath,
            Problems.Refused(Words, UrlInClear, new ResponseHead(407) { Reason = "Proxy Authentication Required", Route = InClear })),
        (LocalPath, Problems.Overloaded(Words, Url, new ResponseHead(503) { Reason = "Service Unavailable" }, attempts: 4)),
        (LocalPath, Problems.LeftAlone(Words, Url, Given.Now.AddMinutes(15))),
        (LocalPath, Problems.Refused(Words, Url, new ResponseHead(404) { Reason = "Not Found" })),
        (LocalPath, Problems.Unusable(Url, "it has the status 204 No Content")),
        (LocalPath,
            Problems.RedirectNotFollowed(Url, "it leads from https to http://cdn.example.com/logo.png, which anyone on the way can read and change")),
        (LocalPath, Problems.Offline(Words)),
        (LocalPath, Problems.WouldReplace(Words, Url, "it was edited since it was synced", fails: false)),
        (LocalPath, Problems.WouldAdd(Words, Url, fails: false)),
        (LocalPath, Problems.WouldReplace(Words, Url, "it was edited since it was synced", fails: true)),
        (LocalPath,
            Problems.WrongMedia(Words, Url,
                new MediaVerdict(null, $"looks like an HTML page (a login page, a captive portal or an error page answered with status 200), not like {MediaRange.Images}", null))),
        (LocalPath,
            Problems.WrongMedia(Words, Given.Url("http://portal.example.net/login"),
                new MediaVerdict(null, $"looks like an HTML page (a login page, a captive portal or an error page answered with status 200), not like {MediaRange.Images}", null)).RedirectedFrom(Url, Given.Url("http://portal.example.net/login"))),
        (LocalPath, Wrong(SampleImages.Gif()[..^1])),
        (LocalPath, Wrong(SampleImages.Png(1, 1, 1), "image/jpeg")),
        (LocalPath, Wrong("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 1\n"u8.ToArray())),
        (LocalPath, Problems.WrongDigest(Url, Given.Digest, Given.OtherDigest)),
        (LocalPath, Problems.NotPinned(Words, Given.Digest, Given.Altered)),
        (LocalPath, Problems.EditNotPinned(Words, "was edited since it was synced", Given.Digest, Given.OtherDigest)),
        (LocalPath, Problems.Larger(Words, Url, 4L * 1024 * 1024 * 1024, 64 * 1024 * 1024)),
        (LocalPath, Problems.Larger(Words, Url, null, 64 * 1024 * 1024)),
        (LocalPath, Problems.ReceivedOthers(Words, Url, LocalPath, Given.Digest, Given.OtherDigest)),
        (LocalPath, Problems.NotLocked(Words, LocalPath)),
        (LocalPath, Problems.WrongExtension(Words, "image/webp", LocalPath, "images/logo.webp")),
        ("wwwroot/avatar/123", Problems.NoExtension(Words, "image/png", "wwwroot/avatar/123.png", hasNameOfUrl: false)),
        (LocalPath,
            Problems.EditReplaced(Words, "was edited since it was synced", "/src/App/obj/App.csproj.imagesync.kept/images/logo.0123456789ab.png")),
        (LocalPath, Problems.EditKept(Words, "was edited since it was synced")),
        (LocalPath, Problems.EditRefused(Words, "was edited since it was synced")),
        (LocalPath, Problems.WrittenByAnother(Words, "Admin.csproj")),
        (LocalPath,
            Problems.HoldsOthers(Words, Given.Digest, Given.Altered with { State = FileState.LineEndsDiffer }, "images/logo.svg")),
        (LocalPath, Problems.HoldsOthers(Words, Given.Digest, Given.Altered with { IsGitLfsPointer = true }, LocalPath)),
        (LocalPath, Problems.NotWritten(Words, "Access to the path '/src/App/images' is denied.")),
        ("wwwroot/img", Problems.NotWritten(Words, "", new PathObstacle("wwwroot/img", IsFolder: true))),
        ("wwwroot/img/logo.png", Problems.NotWritten(Words, "", new PathObstacle("wwwroot/img", IsFolder: false))),
        ("ImageSync", Problems.LockFileUnsaved("/src/App/imagesync.lock.json",
            "another build or sync holds App.csproj.imagesync.cache.lock, and this one has waited 10 s", isHeld: true)),
        (LocalPath, Problems.NotForeseen(new InvalidOperationException("Sequence contains no elements"), Secrets.None)),
        ("ImageSync",
            Problems.ReportUnwritten(Words, "ReportFile", "/src/App/artifacts/images.html", "Access to the path '/src/App/artifacts/images.html' is denied.")),
        ("ImageSync",
            Problems.StoreUnusable(Words, "/home/ada/.cache/imagesync", "Access to the path '/home/ada/.cache/imagesync/v1' is denied.")),
        ("ImageSync", Problems.LockFileNotReadable(Words, "/src/App/images.lock.json", "has the marks of a merge conflict")),
        ("ImageSync",
            Problems.CacheUnsaved(Words, "/src/App/obj/App.csproj.imagesync.cache", "Access to the path '/src/App/obj/App.csproj.imagesync.cache' is denied.", 3)),
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
        return Problems.WrongMedia(Words, Url, verdict);
    }

    private static Diagnostic Tell((string Subject, Problem Problem) example, LocalCopy copy, bool optional) =>
        example.Problem.ToDiagnostic(example.Subject, copy, optional);

    private static string Word(Severity severity) => severity == Severity.Error ? "error" : "warning";
}
