using ImageSync.Http;
using ImageSync.Storage;

namespace ImageSync.Sync;

/// <summary>A record on its way between a project and a shared store. Pure.</summary>
/// <remarks>What is said of URLs in the store is what is said of them in the lock file: nothing that could be a secret.</remarks>
internal static class SharedRecord
{
    /// <summary>A project's record as others may read it.</summary>
    public static ValidatorRecord ToShare(RemoteImage image, ValidatorRecord record) => Move(image, record) with
    {
        LocalPath = "",
        Url = image.StoredUrls.InLockFile,
        EffectiveUrl = image.StoredUrls.EffectiveToLockFile(record.EffectiveUrl),
    };

    /// <summary>A record of the store as one of the image's own.</summary>
    public static ValidatorRecord ToUse(RemoteImage image, ValidatorRecord shared) => Move(image, shared) with
    {
        LocalPath = image.LocalPath,
        Url = image.StoredUrls.InCache,
        EffectiveUrl = image.StoredUrls.EffectiveFromLockFile(shared.EffectiveUrl),
    };

    /// <summary>Whether a record of the store says more than the one that is there.</summary>
    /// <param name="put">The new one.</param>
    /// <param name="shared">The one that is there; null for none.</param>
    /// <param name="maxAge">Whether times matter.</param>
    public static bool IsNews(ValidatorRecord put, ValidatorRecord? shared, MaxAge maxAge) =>
        shared is null || !maxAge.IsZero || shared != put with
        {
            ValidatedAt = shared.ValidatedAt,
            FetchedAt = shared.FetchedAt,
            Freshness = shared.Freshness,
            Stamp = shared.Stamp,
        };

    // Either way, what concerns one checkout alone stays behind.
    private static ValidatorRecord Move(RemoteImage image, ValidatorRecord record) => record with
    {
        Validators = Trusted(image, record.Validators),
        Sha256 = record.Sha256.ToLowerInvariant(),
        NotBefore = null,
        TargetFramework = null,
        Written = false,

        // What bytes say of themselves is read from them, and not from what others wrote down.
        Picture = null,

        // Others may take what this image must not be.
        AcceptedAs = null,
    };

    // The values of secrets and a query that changes select the response, and are no part of the record. A strong tag is unique
    // among all that its URL has ever had (RFC 9110 §8.8.1); a weak one or a date is not.
    private static Validators Trusted(RemoteImage image, Validators validators) =>
        !image.IgnoreQuery && !image.RequestHeaders.Variables.Any() ? new Validators(validators.EntityTag, validators.LastModified)
        : validators.EntityTag is { } tag && new EntityTag(tag) is { IsWeak: false, IsWellFormed: true } ? new Validators(tag, null)
        : Validators.None;
}
