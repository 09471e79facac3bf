namespace ImageSync.Http;

/// <summary>
/// An image's URL, and the one that answered for it, as the validator cache, the lock file, the shared store and reports have them.
/// How a URL is sent and shown is <see cref="TargetUri"/>'s.
/// </summary>
/// <param name="Declared">The URL to keep in step with.</param>
/// <param name="IgnoresQuery">Whether its query is a signature that changes, and so no part of what is stored.</param>
internal readonly record struct StoredUrls(TargetUri Declared, bool IgnoresQuery)
{
    /// <summary>The URL in the cache and in reports.</summary>
    public string InCache => IgnoresQuery ? Declared.WithoutQuery : Declared.ToString();

    /// <summary>
    /// The URL in the lock file, which is committed, and in the shared store: for a query that may hold a secret stands a digest.
    /// </summary>
    public string InLockFile =>
        IgnoresQuery ? Declared.WithoutQuery
        : Declared.Redacted == Declared.ToString() ? Declared.ToString()
        : Declared.Fingerprint;

    /// <summary>The URL that bytes came from, in the cache.</summary>
    public string EffectiveInCache(TargetUri effective) => IgnoresQuery ? effective.WithoutQuery : effective.Fingerprint;

    /// <summary>The URL that bytes came from, in reports: another origin's query is nobody's business.</summary>
    public string EffectiveInReport(TargetUri effective) =>
        IgnoresQuery ? effective.WithoutQuery
        : effective == Declared ? effective.ToString()
        : effective.Redacted;

    /// <summary>An effective URL of the cache, in the lock file: the declared one is there in its own form.</summary>
    public string EffectiveToLockFile(string inCache) => inCache == EffectiveInCache(Declared) ? InLockFile : inCache;

    /// <summary>An effective URL of the lock file, in the cache.</summary>
    public string EffectiveFromLockFile(string inLockFile) => inLockFile == InLockFile ? EffectiveInCache(Declared) : inLockFile;
}
