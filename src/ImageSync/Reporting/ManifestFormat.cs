using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ImageSync.Images;

namespace ImageSync.Reporting;

/// <summary>The manifest as text: a JSON object with one member an image, sorted by their local paths. Pure.</summary>
internal static class ManifestFormat
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The file's text for these entries: the same entries are the same octets, on every platform.</summary>
    public static string Write(IEnumerable<ManifestEntry> entries)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            foreach (var entry in entries.OrderBy(entry => entry.LocalPath, StringComparer.Ordinal))
            {
                Write(json, entry);
            }

            json.WriteEndObject();
        }

        // The writer ends lines as the platform does; in strings a line's end is escaped. And a page may hold the text in a script
        // element, which a name must not end.
        return Encoding.UTF8.GetString(buffer.WrittenSpan).Replace("\r\n", "\n", StringComparison.Ordinal)
            .Replace("<", "\\u003C", StringComparison.Ordinal) + "\n";
    }

    /// <summary>Reads a file's text; null where it is no manifest.</summary>
    public static IReadOnlyList<ManifestEntry>? Read(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind != JsonValueKind.Object ? null : All(json.RootElement.EnumerateObject().Select(Read));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            // The latter two: half of a surrogate pair, escaped or not.
            return null;
        }
    }

    private static List<ManifestEntry>? All(IEnumerable<ManifestEntry?> members)
    {
        var entries = new List<ManifestEntry>();
        foreach (var entry in members)
        {
            if (entry is null)
            {
                return null;
            }

            entries.Add(entry);
        }

        return entries;
    }

    private static void Write(Utf8JsonWriter json, ManifestEntry entry)
    {
        json.WriteStartObject(entry.LocalPath);
        json.WriteString("url", entry.Url);
        if (entry.TargetFramework is { } framework)
        {
            json.WriteString("targetFramework", framework);
        }

        if (entry.Picture.Format is { } format)
        {
            json.WriteString("format", format);
        }

        if (entry.Picture.Size is { } size)
        {
            json.WriteNumber("width", size.Width);
            json.WriteNumber("height", size.Height);
        }

        json.WriteNumber("length", entry.Length);
        json.WriteString("sha256", entry.Sha256);
        json.WriteString("integrity", entry.Integrity);
        json.WriteEndObject();
    }

    // What another tool, or another version, has written has other members.
    private static ManifestEntry? Read(JsonProperty member)
    {
        var image = member.Value;
        return image.ValueKind == JsonValueKind.Object && Text("url") is { } url && Number("length") is { } length
            && Text("sha256") is { } sha256 && Storage.ContentDigest.IsDigest(sha256) && Text("integrity") is not null
            ? new ManifestEntry(member.Name, url, new Picture(Text("format"), SizeOf(Number("width"), Number("height"))), length, sha256)
            {
                TargetFramework = Text("targetFramework"),
            }
            : null;

        string? Text(string name) =>
            image.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

        long? Number(string name) =>
            image.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
                ? number
                : null;
    }

    private static ImageSize? SizeOf(long? width, long? height) => ImageSize.Of(width ?? 0, height ?? 0);
}
