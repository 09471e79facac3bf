using ImageSync.Sync;
using Microsoft.Build.Framework;

namespace ImageSync.MSBuild.Names;

/// <summary>Names that do nothing, and that MSBuild passes over: properties, metadata and item types can have any.</summary>
/// <param name="log">Where it is told.</param>
/// <param name="files">Reads what the project's author has written.</param>
internal sealed class UnknownNames(BuildLog log, Func<OwnFiles> files)
{
    // Thousands come from a list, and have the same metadata each.
    private const int MostItems = 200;

    private const string BuildAction = "BuildAction";

    private readonly Lazy<OwnFiles> _ownFiles = new(files);
    private readonly Dictionary<string, string?> _meant = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _told = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Tells of properties that begin as ImageSync's do, and that neither it nor the project reads.</summary>
    /// <param name="global">Those of the command line and of whoever else builds the project.</param>
    /// <param name="known">Those that there are.</param>
    public void TellOfProperties(IEnumerable<string> global, IReadOnlyList<string> known)
    {
        var given = global.Where(name => name.StartsWith(KnownNames.Prefix, StringComparison.OrdinalIgnoreCase)).ToList();
        foreach (var name in given.Concat(_ownFiles.Value.PropertiesThatBegin(KnownNames.Prefix)))
        {
            if (IsKnown(name, known) || _ownFiles.Value.Use(name))
            {
                continue;
            }

            var place = _ownFiles.Value.PlaceOf(name);
            if ((place is not null || given.Contains(name)) && _told.Add(name))
            {
                Tell(NameProblems.OfProperty(name, SpellingCorrection.ClosestOrStartingWith(name, known)), place);
            }
        }
    }

    /// <summary>
    /// Tells of item types that look like <c>RemoteImage</c>, hold URLs, and are not used in the project's _ownFiles.Value.
    /// </summary>
    public void TellOfItemTypes()
    {
        foreach (var type in _ownFiles.Value.ElementsThatBegin(KnownNames.Item.Substring(0, 2), except: KnownNames.Item))
        {
            if (SpellingCorrection.Closest(type, [KnownNames.Item]) is not null && !_ownFiles.Value.UseItems(type)
                && _ownFiles.Value.PlaceOfUrl(type) is { } place && _told.Add(type))
            {
                Tell(NameProblems.OfItemType(type, KnownNames.Item), place);
            }
        }
    }

    /// <summary>
    /// Tells, once each, of metadata and item types that look like others, and of metadata that need a <c>BuildAction</c>.
    /// </summary>
    public void TellOfMetadata(IReadOnlyList<ITaskItem> items)
    {
        foreach (var item in items.Take(MostItems))
        {
            foreach (string name in item.MetadataNames)
            {
                if (!_told.Contains(name) && ProblemOf(item, name) is { } problem && _told.Add(name))
                {
                    log.Write(LoggedDiagnostic.ByTask("warning", NameProblems.Code, problem), item);
                }
            }
        }
    }

    private string? ProblemOf(ITaskItem item, string name)
    {
        // An item has some twenty names, and the next one has the same.
        if (!_meant.TryGetValue(name, out var meant))
        {
            _meant[name] = meant = MetadatumMeant(name);
        }

        return meant is null || item.GetMetadata(name) is not { Length: > 0 } value ? null
            : name.Equals(BuildAction, StringComparison.OrdinalIgnoreCase) ? ProblemOfBuildAction(item, MSBuildSyntax.Trim(value))
            : meant == name ? ProblemOfCarried(item, name, value)
            : KnownNames.OtherMetadata.ContainsKey(name) && RemoteImageItem.AsWritten(item, meant).Length > 0 ? null
            : _ownFiles.Value.UseMetadatum(name) ? null
            : NameProblems.OfMetadatum(SubjectOf(item), name, meant);
    }

    private static string SubjectOf(ITaskItem item) => ListedItem.IncludeOf(item) is { Length: > 0 } list ? NameProblems.Short(list)
        : NameProblems.Short(RemoteImageItem.AsWritten(item, "LocalPath") is { Length: > 0 } path ? path : item.ItemSpec);

    private void Tell(string message, SourceLocation? place)
    {
        var told = LoggedDiagnostic.ByTask("warning", NameProblems.Code, message);
        if (place is not null)
        {
            (told.File, told.Line, told.Column) = (place.File, place.Line, place.Column);
        }

        log.Write(told, item: null);
    }

    // A project that makes items of its own carries the metadata itself.
    private string? ProblemOfCarried(ITaskItem item, string name, string value) =>
        RemoteImageItem.HasBuildAction(item) || IsIdle(value) || _ownFiles.Value.UseItems(KnownNames.Item)
            ? null
            : NameProblems.OfCarried(SubjectOf(item), name);

    // One that can be no item type is an error, which has been told.
    private static string? ProblemOfBuildAction(ITaskItem item, string action) =>
        MSBuildSyntax.IsItemType(action) && BuildActionMeant(action) is { } meant
            ? NameProblems.OfBuildAction(SubjectOf(item), action, meant)
            : null;

    // Itself for what has to be looked at in each item, null for what is in order.
    private static string? MetadatumMeant(string name) =>
        IsKnown(name, KnownNames.Metadata) ? (name.Equals(BuildAction, StringComparison.OrdinalIgnoreCase) ? BuildAction : null)
        : IsKnown(name, KnownNames.CarriedMetadata) ? name
        : KnownNames.OtherMetadata.TryGetValue(name, out var other) ? other
        : SpellingCorrection.Closest(name, KnownNames.Metadata);

    private static string? BuildActionMeant(string action) =>
        action.Length == 0 || IsKnown(action, KnownNames.BuildActions) ? null
        : KnownNames.OtherBuildActions.TryGetValue(action, out var other) ? other
        : SpellingCorrection.Closest(action, KnownNames.BuildActions) is { } likely and not "None" ? likely
        : null;

    private static bool IsKnown(string name, IReadOnlyList<string> known) => known.Contains(name, StringComparer.OrdinalIgnoreCase);

    // What is written out of a habit and says the default.
    private static bool IsIdle(string value) => MSBuildSyntax.Trim(value) is "" or "Never" or "DoNotCopy" or "false";
}
