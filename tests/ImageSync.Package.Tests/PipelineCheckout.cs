using System.Text.Json;

namespace ImageSync.Package.Tests;

/// <summary>What a clone holds: bytes of images, and entries of the lock file, by the images' names.</summary>
internal sealed record PipelineCheckout(IReadOnlyDictionary<string, string> Images, IReadOnlyDictionary<string, string> Entries)
{
    public static PipelineCheckout Of(string clone)
    {
        var folder = new DirectoryInfo(Path.Combine(clone, PipelineContender.ImageFolder));
        var images = folder.Exists ? folder.GetFiles().ToDictionary(file => file.Name, file => Text(File.ReadAllBytes(file.FullName))) : [];
        return new PipelineCheckout(images, LockEntries(Path.Combine(clone, ImageSyncContender.LockFile)));
    }

    /// <summary>Bytes as they are compared here.</summary>
    public static string Text(byte[] bytes) => Convert.ToBase64String(bytes);

    /// <summary>The names whose values differ, or that only one of the two has, sorted.</summary>
    public static List<string> Difference(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
        [.. before.Keys.Union(after.Keys).Where(name => before.GetValueOrDefault(name) != after.GetValueOrDefault(name)).Order(StringComparer.Ordinal)];

    private static Dictionary<string, string> LockEntries(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        return json.RootElement.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Object)
            .ToDictionary(member => Path.GetFileName(member.Name), member => member.Value.GetRawText());
    }
}
