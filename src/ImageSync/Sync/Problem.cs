using ImageSync.Http;

namespace ImageSync.Sync;

/// <summary>Something that went wrong, before it is known whether a good local copy remains.</summary>
/// <param name="Code">What kind of thing.</param>
/// <param name="Cause">What happened and why: a sentence.</param>
/// <param name="Advice">What to do: a sentence.</param>
internal sealed record Problem(DiagnosticCode Code, string Cause, string Advice)
{
    // What an origin says may be 64 KB long.
    private const int LongestCause = 4000;

    /// <summary>
    /// The rule for severity, the only one: a failure is a warning while a good copy remains or none is required, and an error
    /// otherwise; errors of the declaration, of a digest and of writing are errors always.
    /// </summary>
    public Diagnostic ToDiagnostic(string subject, LocalCopy copy, bool optional)
    {
        var severity = IsAlwaysError ? Severity.Error
            : IsAlwaysWarning || copy.IsGood ? Severity.Warning
            : optional && !copy.IsDisproved ? Severity.Warning
            : Severity.Error;
        var outcome = SaysNothingOfTheCopy ? "" : copy switch
        {
            { IsGood: true } => " The local copy was kept.",
            // The cause has told the digest that is demanded.
            { Held: { } held } when Code == DiagnosticCode.DigestMismatch => NoCopy(held),
            { Flaw: { } flaw } => NoCopy(flaw),
            _ => " There is no local copy.",
        };
        var cause = LongUrls.Shorten(Cause);
        cause = cause.Length > LongestCause ? string.Concat(cause.AsSpan(0, LongestCause), "….") : cause;
        return new Diagnostic(Code, severity, $"{LongUrls.Shorten(subject)}: {cause}{outcome} {Advice}".TrimEnd())
        {
            Cause = cause + outcome,
            Advice = Advice,
            Copy = copy,
            CommonCause = CommonCause,
        };
    }

    private static string NoCopy(string flaw) => $" The local file was kept, but it is no copy of the image: {flaw}.";

    /// <summary>The diagnostic of a problem that is no single image's, but the run's.</summary>
    /// <param name="copy">What remains of its images.</param>
    public Diagnostic OfTheRun(LocalCopy copy) => ToDiagnostic("ImageSync", copy, optional: false);

    /// <summary>What is the matter with the origin, where other images can fail for the same; null where it is this one's alone.</summary>
    public CommonCause? CommonCause { get; init; }

    /// <summary>Whether it is the local file that it tells of, so that nothing remains to be said of it.</summary>
    public bool TellsOfTheCopy { get; init; }

    /// <summary>The same, told of an origin whose mirror was asked.</summary>
    public Problem AskedOf(Wording words, TargetUri? mirror) => mirror is null ? this
        : this with { Cause = $"{Cause} ImageSync asked its mirror, {mirror.Redacted} ({words.Option("Mirror")})." };

    /// <summary>The same, where another URL than the declared one has answered: people look for the one that they wrote.</summary>
    public Problem RedirectedFrom(TargetUri declared, TargetUri? asked) =>
        asked is null || asked == declared ? this : this with { Cause = $"{Cause} {declared.Redacted} redirects there." };

    /// <summary>The same, told of an answer that a proxy on the way may have made up: a page of its own, say.</summary>
    public Problem AskedThrough(ProxyRoute? route) =>
        route is { IsTunnel: false }
        && Code is DiagnosticCode.NotThePromisedMedia or DiagnosticCode.UnusableAnswer or DiagnosticCode.RedirectRefused
            ? this with { Cause = $"{Cause} The proxy {route.Proxy} may have answered itself." }
            : this;

    /// <summary>The same, told of an item whose URL is cut short by a number sign, or a list of URLs.</summary>
    /// <param name="words">Those of whoever has written it.</param>
    /// <param name="url">As it is written.</param>
    public Problem ToldOf(Wording words, string url) =>
        (UrlMistakes.AdviceOnFragment(words, url) ?? UrlMistakes.AdviceOnList(words, url)) is { } advice
            ? this with { Advice = $"{Advice} {advice}" }
            : this;

    private bool IsDeclarationError => (int)Code < 2000 && Code != DiagnosticCode.NameNotKnown;

    private bool IsOfTheLockFile => Code is DiagnosticCode.NotTheLockedBytes or DiagnosticCode.LockFileUnreadable;

    private bool IsAlwaysError => IsDeclarationError || IsOfTheLockFile
        || Code is DiagnosticCode.DigestMismatch or DiagnosticCode.LocalFileNotWritten
        || OptionsFailIt;

    private bool IsAlwaysWarning => !OptionsFailIt
        && Code is (DiagnosticCode.NameNotKnown or DiagnosticCode.ExtensionDoesNotFit or DiagnosticCode.CacheNotSaved
            or DiagnosticCode.ReportNotWritten or DiagnosticCode.StoreNotUsed or DiagnosticCode.WrittenByAnotherProject
            or DiagnosticCode.LocalFileEdited or DiagnosticCode.WouldChange);

    private bool SaysNothingOfTheCopy => IsAlwaysWarning || IsDeclarationError || IsOfTheLockFile || TellsOfTheCopy
        || Code == DiagnosticCode.WouldChange;

    /// <summary>
    /// Whether the run's options make an error of it: of an edit <c>ImageSyncOnLocalEdit=Fail</c>, of a pending change <c>-question</c>.
    /// </summary>
    public bool OptionsFailIt { get; init; }
}
