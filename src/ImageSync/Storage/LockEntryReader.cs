using System.Text.Json;
using ImageSync.Http;

namespace ImageSync.Storage;

/// <summary>
/// Reads one entry of a lock file. It comes out of a repository, from anyone: whatever is not as it would have been written
/// is refused, and members of no known name are passed over.
/// </summary>
internal static class LockEntryReader
{
    /// <summary>The entry; null where it is not valid, and why: a clause.</summary>
    public static LockEntry? Read(string localPath, JsonElement value, out string cause)
    {
        cause = "is not the path of a file below the project's directory";
        if (!IsLocalPath(localPath))
        {
            return null;
        }

        string? url = null, effectiveUrl = null, movedFrom = null, request = null, framework = null, sha256 = null;
        long? length = null;
        bool varying = false, found = false;
        ObservedValidators? tags = ObservedValidators.None, dates = ObservedValidators.None;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            var content = member.Value;
            var isValid = names.Add(member.Name) && member.Name switch
            {
                "url" => (url = Text(content)) is not null,
                "effectiveUrl" => (varying = content.ValueKind == JsonValueKind.False) || (effectiveUrl = Text(content)) is not null,
                "movedFrom" => (movedFrom = Text(content)) is not null,
                "request" => (request = Text(content)) is not null,
                "targetFramework" => (framework = Text(content)) is not null,
                "found" => content.ValueKind is JsonValueKind.True or JsonValueKind.False && (found = content.GetBoolean()) is var _,
                "length" => (length = Size(content)) is not null,
                "entityTag" => (tags = Seen(content, tag => new EntityTag(tag).IsSendable)) is not null,
                "lastModified" => (dates = Seen(content, date => HttpDate.Parse(date) is not null)) is not null,
                "sha256" => (sha256 = Text(content)) is not null && ContentDigest.IsDigest(sha256),
                _ => true,
            };
            if (!isValid)
            {
                cause = $"has a \"{member.Name}\" that is not valid, or has two";
                return null;
            }
        }

        cause = "lacks one of \"url\", \"length\" and \"sha256\"";
        return url is null || length is null || sha256 is null ? null : new LockEntry(localPath)
        {
            Url = url,
            EffectiveUrl = effectiveUrl ?? url,
            IsEffectiveUrlVarying = varying,
            MovedFrom = movedFrom,
            RequestKey = request,
            TargetFramework = framework,
            Found = found,
            Length = length.Value,
            EntityTags = tags!,
            LastModified = dates!,
            Sha256 = sha256.ToLowerInvariant(),
        };
    }

    private static bool IsLocalPath(string path) =>
        path.Length > 0 && !path.Any(c => char.IsControl(c) || c == '\\') && path.Split('/').All(name => name is not ("" or "." or ".."));

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Size(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var size) && size >= 0 ? size : null;

    private static ObservedValidators? Seen(JsonElement value, Func<string, bool> isUsable) => value.ValueKind switch
    {
        JsonValueKind.False => ObservedValidators.Varying,
        JsonValueKind.String => ObservedValidators.Of(new[] { Text(value) }.Where(text => isUsable(text!))),
        JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
            ObservedValidators.Of(value.EnumerateArray().Select(Text).Where(text => isUsable(text!))),
        _ => null,
    };
}
