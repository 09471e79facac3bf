using ImageSync.Http;

namespace ImageSync.Storage;

/// <summary>
/// What the lock file says of one local file. It is meant for the repository, so it must come to rest: an image whose bytes
/// stay the same changes its entry a few times at most, whatever its origin says.
/// </summary>
/// <param name="LocalPath">Relative to the project's directory, with <c>/</c>: the entry's key.</param>
internal sealed record LockEntry(string LocalPath)
{
    /// <summary>The URL as declared, without what could be a secret.</summary>
    public required string Url { get; init; }

    /// <summary>The URL that the validators belong to; the same as <see cref="Url"/> where no redirect leads elsewhere.</summary>
    public required string EffectiveUrl { get; init; }

    /// <summary>Where the redirect led before, for the same bytes; null where it has always been the same.</summary>
    public string? MovedFrom { get; init; }

    /// <summary>Whether the redirect leads elsewhere again and again: no validators are kept then, for they would belong nowhere.</summary>
    public bool IsEffectiveUrlVarying { get; init; }

    /// <summary>What of the request, beside the URL, selected the response (RFC 9111 §4.1); null for nothing.</summary>
    public string? RequestKey { get; init; }

    /// <summary>The entity tags that these bytes have had.</summary>
    public ObservedValidators EntityTags { get; init; } = ObservedValidators.None;

    /// <summary>The dates that these bytes have had.</summary>
    public ObservedValidators LastModified { get; init; } = ObservedValidators.None;

    /// <summary>Size of the bytes.</summary>
    public required long Length { get; init; }

    /// <summary>Digest of the bytes, lower case.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Whether ImageSync found the bytes in place and did not write them: then the file is not its own to delete.</summary>
    public bool Found { get; init; }

    /// <summary>The framework whose build alone has the item; null where the project as a whole has it.</summary>
    public string? TargetFramework { get; init; }

    /// <summary>The validators to ask with. Dates of nodes differ as tags do, so a date goes with one tag at most.</summary>
    public Validators Validators => EntityTags.Values switch
    {
        [] => new Validators(null, LastModified.Values.MaxBy(HttpDate.Parse)),
        [var tag] => new Validators(tag, LastModified.Values is [var date] ? date : null),
        var tags => new Validators(tags.FirstOrDefault(tag => new EntityTag(tag).IsWellFormed) ?? tags[0], null).Beside(tags),
    };

    /// <summary>
    /// This entry, just made from an answer, as the successor of the one before. What is known to vary stays known: it is the
    /// origin's way, whatever the bytes; another URL is another origin and begins anew.
    /// </summary>
    public LockEntry After(LockEntry? before)
    {
        if (before is null)
        {
            return this;
        }

        // Frameworks that share an image must not take it from each other again and again.
        var entry = this with { TargetFramework = TargetFramework is null ? null : before.TargetFramework };
        if (before.Url != Url)
        {
            return entry;
        }

        var sameBytes = before.Sha256 == Sha256;
        var moved = before.EffectiveUrl != EffectiveUrl;
        entry = entry with
        {
            Found = sameBytes ? before.Found : Found,
            MovedFrom = !sameBytes ? null : moved ? before.EffectiveUrl : before.MovedFrom,
        };

        // A redirect may move once; one that moves again, or back, is a signed one or a choice of mirrors.
        if (before.IsEffectiveUrlVarying || (sameBytes && moved && before.MovedFrom is not null))
        {
            return entry with
            {
                EffectiveUrl = Url,
                IsEffectiveUrlVarying = true,
                MovedFrom = null,
                EntityTags = ObservedValidators.None,
                LastModified = ObservedValidators.None,
            };
        }

        return sameBytes && !moved && before.RequestKey == RequestKey
            ? entry.WithValidatorsAfter(before)
            : entry with
            {
                EntityTags = before.EntityTags.Varies ? before.EntityTags : EntityTags,
                LastModified = before.LastModified.Varies ? before.LastModified : LastModified,
            };
    }

    private LockEntry WithValidatorsAfter(LockEntry before)
    {
        var tags = before.EntityTags.With(
            EntityTags.Single, ObservedValidators.Most, static (one, other) => new EntityTag(one).MatchesWeakly(new EntityTag(other)));

        // With several tags a date is not sent. With one, or with tags that never repeat, a date that differs as well is no help.
        var dates = tags.Values.Count > 1
            ? before.LastModified.Varies ? before.LastModified : ObservedValidators.None
            : before.LastModified.With(LastModified.Single, tags == ObservedValidators.None ? ObservedValidators.Most : 1, string.Equals);
        return this with { EntityTags = tags, LastModified = dates };
    }
}
