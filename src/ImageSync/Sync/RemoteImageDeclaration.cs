using ImageSync.Http;
using ImageSync.Images;
using ImageSync.Storage;

namespace ImageSync.Sync;

/// <summary>A RemoteImage item as it was written, project-wide defaults filled in; the names are those of the metadata.</summary>
internal sealed record RemoteImageDeclaration(string Include)
{
    /// <summary>Position of the declaration.</summary>
    public int Index { get; init; }

    /// <summary>The project file that declares it, absolute; empty where nobody asks.</summary>
    public string DefiningProject { get; init; } = "";

    /// <summary>Its line there, from 1; 0 where nobody knows, and then its text is searched.</summary>
    public int DefiningLine { get; init; }

    /// <summary>The list that it is a line of, absolute; empty for none.</summary>
    public string List { get; init; } = "";

    /// <summary>The path that the line has; empty for none.</summary>
    public string ListPath { get; init; } = "";

    /// <summary>The words of its author.</summary>
    public Wording Wording
    {
        get => field ?? (List.Length > 0 ? Wording.List : Wording.Project);
        init;
    }

    /// <summary>The URL where Include cannot carry it: metadata keep their escapes.</summary>
    public string Url { get; init; } = "";

    public string LocalPath { get; init; } = "";

    /// <summary>Whether its folder is that of all items that give none, <c>ImageSyncDirectory</c>.</summary>
    public bool IsInDirectory { get; init; }

    /// <summary>The name that evaluation has taken from the URL; empty for none.</summary>
    public string EvaluatedName { get; init; } = "";

    public string Sha256 { get; init; } = "";

    public string MediaType { get; init; } = "";

    public string MaxAge { get; init; } = "";

    public string MaxBytes { get; init; } = "";

    public string Optional { get; init; } = "";

    public string RequestHeaders { get; init; } = "";

    public string IgnoreQuery { get; init; } = "";

    /// <summary>The item type that the file joins; empty for none.</summary>
    public string BuildAction { get; init; } = "";

    /// <summary>Whether <c>dotnet watch</c> builds anew for the file.</summary>
    public string Watch { get; init; } = "";

    /// <summary>The URL as it is written.</summary>
    public string Written => Url.Length > 0 ? Url : Include;

    /// <summary>How messages call the item before it has a valid local path: a folder alone would say nothing.</summary>
    public string Subject => HasNoName ? ShownUrl : LocalPath;

    /// <summary>The URL for people's eyes, valid or not.</summary>
    public string ShownUrl => UrlRedaction.Redact(Written);

    /// <summary>Checks the declaration; the image where it is valid, and everything that is wrong with it where it is not.</summary>
    /// <param name="folder">The project's directory.</param>
    /// <param name="egress">Where requests and secrets may go.</param>
    /// <param name="environment">Looks up an environment variable.</param>
    public (RemoteImage? Image, IReadOnlyList<Problem> Problems) Validate(
        ProjectFolder folder, EgressPolicy egress, Func<string, string?> environment)
    {
        var problems = new List<Problem>();
        if (!TargetUri.TryParse(Written, out var url, out var urlProblem))
        {
            problems.Add(Sync.Problems.NotAUrl(Wording, ShownUrl, urlProblem));
        }
        else if (egress.RefusalOf(url) is { } refusal)
        {
            problems.Add(Sync.Problems.NotAllowed(Wording, refusal));
        }

        // A name cannot be taken from a URL that is none; that problem has been told.
        var parts = PartsOf(url);
        if (!folder.TryLocate(parts.Path, out var place, out var fault) && (url is not null || !HasNoName))
        {
            problems.Add(parts.Tell(folder, fault));
        }
        else if (url is not null && IsNamedAtEvaluation && UrlName.Of(url, Written) is var name && name != EvaluatedName)
        {
            problems.Add(Sync.Problems.NamedOtherwise(Wording, EvaluatedName, name));
        }

        var mediaType = Read(
            nameof(MediaType),
            MediaType,
            text => MediaRange.TryParse(text, out var range) ? range : null,
            MediaRange.Images,
            MediaRange.ValidValues);
        if (mediaType.IsImages && mediaType != MediaRange.Images && !ImageFormat.IsMediaType(mediaType.ToString()))
        {
            problems.Add(Sync.Problems.UnknownImageType(mediaType.ToString()));
        }

        if (place is not null && FileNameRule.IsBroken(place.LocalPath, NameOrigin, mediaType))
        {
            problems.Add(Sync.Problems.NotTheNameOfAnImage(Wording, place.LocalPath, HasNameOfUrl, NameOrigin, mediaType));
        }

        var headers = Http.RequestHeaders.Parse(RequestHeaders, out var headersProblem);
        if (headers is null)
        {
            problems.Add(Sync.Problems.InvalidHeaders(headersProblem!));
        }

        if (url is not null && headers?.MayGoTo(egress.Mirrors.Map(url), url) == false)
        {
            problems.Add(Sync.Problems.SecretInClear(Wording, egress.Mirrors.Map(url)));
        }

        // Of a variable that it may not use, a project learns nothing: not even whether it is set.
        var withheld = url is null || headers is null ? [] : egress.Withheld(headers, url).ToList();
        problems.AddRange(withheld.Select(variable => Sync.Problems.NotForThisHost(variable, egress.Mirrors.Map(url!).Host)));
        foreach (var variable in headers?.Variables.Except(withheld) ?? [])
        {
            // A line break in a secret would end its header and begin another.
            var problem = environment(variable) switch
            {
                null => Sync.Problems.NoVariable(variable),
                var value when !HeaderText.IsClean(value) => Sync.Problems.UnsendableVariable(variable),
                _ => null,
            };
            if (problem is not null)
            {
                problems.Add(problem);
            }
        }

        var image = new RemoteImage(url!, place?.LocalPath ?? LocalPath, place?.FilePath ?? "")
        {
            Index = Index,
            Wording = Wording,
            HasNameOfUrl = HasNameOfUrl,
            Sha256 = Sha256.Length == 0 ? null : ReadDigest(),
            MediaType = mediaType,
            MaxAge = Read(nameof(MaxAge), MaxAge, Sync.MaxAge.Parse, Sync.MaxAge.Zero, Sync.MaxAge.ValidValues),
            MaxBytes = MaxBytes.Length == 0 ? RemoteImage.DefaultMaxBytes
                : Read(nameof(MaxBytes), MaxBytes, text => OptionValues.Number(text, 1), RemoteImage.DefaultMaxBytes, OptionValues.Numbers),
            Optional = Switch(nameof(Optional), Optional),
            IgnoreQuery = Switch(nameof(IgnoreQuery), IgnoreQuery),
            RequestHeaders = headers ?? Http.RequestHeaders.None,
        };

        // MSBuild itself acts on these, mostly after the downloads.
        if (BuildAction.Length > 0 && !MSBuildSyntax.IsItemType(BuildAction))
        {
            problems.Add(Sync.Problems.InvalidMetadatum(nameof(BuildAction), BuildAction, MSBuildSyntax.ValidItemTypes));
        }

        _ = Switch(nameof(Watch), Watch);
        return (problems.Count == 0 ? image : null, problems);

        // "false" stands at every item, and is no reason for the IL to compile a generic instance.
        bool Switch(string name, string text) =>
            !text.Equals("false", StringComparison.OrdinalIgnoreCase)
            && Read(name, text, OptionValues.Boolean, false, OptionValues.Booleans);

        T Read<T>(string name, string text, Func<string, T?> read, T fallback, string valid)
            where T : struct
        {
            var value = text.Length == 0 ? fallback : read(text);
            if (value is null)
            {
                problems.Add(Sync.Problems.InvalidMetadatum(name, text, valid));
            }

            return value ?? fallback;
        }

        string? ReadDigest()
        {
            if (ContentDigest.IsDigest(Sha256.Trim()))
            {
                return Sha256.Trim().ToLowerInvariant();
            }

            problems.Add(Sync.Problems.InvalidMetadatum(nameof(Sha256), Sha256, ContentDigest.ValidValues));
            return null;
        }
    }

    // A target may have given another path since.
    private bool IsNamedAtEvaluation => EvaluatedName.Length > 0 && LocalPath.EndsWith(EvaluatedName, StringComparison.Ordinal);

    private NameOrigin NameOrigin =>
        ListPath.Length > 0 ? NameOrigin.List : HasNameOfUrl ? NameOrigin.Url : NameOrigin.Author;

    // Whether the author has left the file's name to the URL, and so to whoever wrote that.
    private bool HasNameOfUrl => IsNamedAtEvaluation || HasNoName;

    private bool HasNoName => LocalPath.Length == 0 || LocalPath[^1] is '/' or '\\';

    private LocalPathParts PartsOf(TargetUri? url)
    {
        var path = LocalPath.Replace('\\', '/');
        var name = IsNamedAtEvaluation ? EvaluatedName : HasNoName && url is not null ? UrlName.Of(url, Written) : null;
        return new(IsNamedAtEvaluation ? path : path + name, name, IsInDirectory, Wording);
    }
}
