using System.Text.Json;

namespace ImageSync.Engine.Lists.Import;

/// <summary>
/// A <c>libman.json</c> of Microsoft's Library Manager: files of packages that a network of servers has, and files by their URLs. Pure.
/// </summary>
internal static class LibManManifest
{
    private const string UnknownFiles = "has no \"files\", which means all of them: nobody knows which these are without asking";

    /// <summary>Reads a text.</summary>
    public static Findings Read(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(
                text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return json.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("libraries", out var libraries) && libraries.ValueKind == JsonValueKind.Array
                    ? Read(root, libraries)
                    : new Findings { Fault = "has no \"libraries\", as a libman.json has" };
        }
        catch (JsonException exception)
        {
            return new Findings { Fault = $"is not JSON (line {exception.LineNumber + 1})" };
        }
    }

    private static Findings Read(JsonElement root, JsonElement libraries)
    {
        var findings = new Findings();
        foreach (var library in libraries.EnumerateArray())
        {
            if (library.ValueKind != JsonValueKind.Object || TextOf(library, "library") is not { Length: > 0 } name)
            {
                findings.WarnOf(0, "an entry of \"libraries\"", "names no library");
                continue;
            }

            var provider = TextOf(library, "provider") ?? TextOf(root, "defaultProvider") ?? "";
            var destination = TextOf(library, "destination") ?? TextOf(root, "defaultDestination") ?? "";
            if (provider.Equals("filesystem", StringComparison.OrdinalIgnoreCase))
            {
                ReadFile(name, Folder(destination, name, ""), library, findings);
            }
            else
            {
                ReadPackage(name, provider, destination, library, findings);
            }
        }

        return findings;
    }

    // The library is the URL, and each of the files a name for what it answers.
    private static void ReadFile(string url, string folder, JsonElement library, Findings findings)
    {
        if (!url.StartsWith("http:", StringComparison.OrdinalIgnoreCase) && !url.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
        {
            findings.Leave(0, url, "file of this machine");
            return;
        }

        var files = FilesOf(library);
        foreach (var file in files ?? [""])
        {
            findings.File(0, url, folder + file);
        }
    }

    private static void ReadPackage(string id, string provider, string destination, JsonElement library, Findings findings)
    {
        // A scope of npm begins with one, too: @types/node@1.0.
        var at = id.LastIndexOf('@');
        var (name, version) = at > 0 ? (id[..at], id[(at + 1)..]) : (id, "");
        if (BaseOf(provider.ToLowerInvariant(), name, version) is not { } begins)
        {
            findings.WarnOf(0, id, provider.Length == 0 ? "has no provider" : $"is of the provider \"{provider}\", which has no URLs");
        }
        else if (version.Length == 0 || (version == "latest" && begins.StartsWith("https://cdnjs", StringComparison.Ordinal)))
        {
            findings.WarnOf(0, id, "has no version, without which there is no URL");
        }
        else
        {
            ReadMappings(id, begins, Folder(destination, name, version), library, findings);
        }
    }

    // "files" of the library, or of each of its "fileMappings" below a root and to a destination of its own.
    private static void ReadMappings(string id, string begins, string folder, JsonElement library, Findings findings)
    {
        if (!library.TryGetProperty("fileMappings", out var mappings) || mappings.ValueKind != JsonValueKind.Array)
        {
            ReadFiles(id, begins, folder, library, findings);
            return;
        }

        foreach (var mapping in mappings.EnumerateArray())
        {
            if (mapping.ValueKind == JsonValueKind.Object)
            {
                var root = TextOf(mapping, "root")?.Trim('/') is { Length: > 0 } below ? below + "/" : "";
                var own = TextOf(mapping, "destination") is { } destination ? Folder(destination, id, "") : folder;
                ReadFiles(id, begins + PageUrl.OfPath(root), own, mapping, findings);
            }
        }
    }

    private static void ReadFiles(string id, string begins, string folder, JsonElement mapping, Findings findings)
    {
        if (FilesOf(mapping) is not { } files)
        {
            findings.WarnOf(0, id, UnknownFiles);
            return;
        }

        foreach (var file in files)
        {
            if (file.StartsWith('!') || file.AsSpan().IndexOfAny('*', '?', '{') >= 0)
            {
                findings.WarnOf(0, $"{id} {file}", "is a pattern: nobody knows which files that are without asking");
            }
            else
            {
                findings.File(0, begins + PageUrl.OfPath(file.TrimStart('/')), folder + file.TrimStart('/'));
            }
        }
    }

    private static string? BaseOf(string provider, string name, string version) => provider switch
    {
        "cdnjs" => $"https://cdnjs.cloudflare.com/ajax/libs/{name}/{version}/",
        "unpkg" => $"https://unpkg.com/{name}@{version}/",

        // Of npm a scope has a slash, and begins with @; anything else with one is a repository of GitHub's.
        "jsdelivr" when name.Contains('/', StringComparison.Ordinal) && name[0] != '@' => $"https://cdn.jsdelivr.net/gh/{name}@{version}/",
        "jsdelivr" => $"https://cdn.jsdelivr.net/npm/{name}@{version}/",
        _ => null,
    };

    private static string Folder(string destination, string name, string version)
    {
        var folder = destination.Replace('\\', '/').Replace("[Name]", name, StringComparison.OrdinalIgnoreCase)
            .Replace("[Version]", version, StringComparison.OrdinalIgnoreCase);
        return folder.Length == 0 || folder.EndsWith('/') ? folder : folder + "/";
    }

    // Null where it has none.
    private static List<string>? FilesOf(JsonElement library)
    {
        if (!library.TryGetProperty("files", out var given) || given.ValueKind != JsonValueKind.Array || given.GetArrayLength() == 0)
        {
            return null;
        }

        var files = new List<string>();
        foreach (var file in given.EnumerateArray())
        {
            if (file.ValueKind == JsonValueKind.String)
            {
                files.Add(file.GetString()!);
            }
        }

        return files;
    }

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
