using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ImageSync.Storage;

/// <summary>Why a lock file cannot be read.</summary>
/// <param name="Cause">A clause that completes "The lock file …".</param>
/// <param name="Line">From 1; 0 where it is not known.</param>
/// <param name="Column">From 1; 0 where it is not known.</param>
internal sealed record LockFileFault(string Cause, int Line = 0, int Column = 0)
{
    /// <summary>Whether the file is something else: then nobody should delete it.</summary>
    public bool IsOfSomethingElse { get; init; }
}

/// <summary>
/// The lock file as text: JSON, one member an image, sorted, and the format's version at the end.
/// </summary>
/// <remarks>
/// Shaped for git, which merges by lines: each value has a line of its own; the last member of the file and of an entry is
/// always the same one, so that what is added elsewhere moves no comma; and what belongs to the same bytes stands side by
/// side with their digest, so that halves of two different states are a conflict and not a merge.
/// </remarks>
internal static class LockFileFormat
{
    private const int Version = 1;

    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The file's text for these entries: the same entries are the same octets, on every platform.</summary>
    public static string Write(IEnumerable<LockEntry> entries)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            foreach (var entry in entries.OrderBy(entry => entry.LocalPath, StringComparer.Ordinal))
            {
                Write(json, entry);
            }

            json.WriteNumber("version", Version);
            json.WriteEndObject();
        }

        // The writer ends lines as the platform does; in strings a line's end is escaped.
        return Encoding.UTF8.GetString(buffer.WrittenSpan).Replace("\r\n", "\n", StringComparison.Ordinal) + "\n";
    }

    /// <summary>Reads a file's text; false where it is none of this format, and why.</summary>
    public static bool TryRead(string text, out Dictionary<string, LockEntry> entries, [NotNullWhen(false)] out LockFileFault? fault)
    {
        entries = new Dictionary<string, LockEntry>(StringComparer.Ordinal);
        fault = MergeMark(text);
        if (fault is not null)
        {
            return false;
        }

        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true });
            fault = json.RootElement.ValueKind == JsonValueKind.Object
                ? Read(json.RootElement, entries)
                : new LockFileFault("is not a JSON object");
        }
        catch (JsonException exception)
        {
            var cause = exception.Message.Split(" LineNumber:")[0].TrimEnd('.');
            var (line, column) = ((int)(exception.LineNumber ?? -1) + 1, (int)(exception.BytePositionInLine ?? -1) + 1);
            fault = new LockFileFault($"is not valid JSON ({cause})", line, column);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // Half of a surrogate pair, escaped or not.
            fault = new LockFileFault("holds a string that is no valid Unicode");
        }

        if (fault is not null)
        {
            entries.Clear();
        }

        return fault is null;
    }

    private static void Write(Utf8JsonWriter json, LockEntry entry)
    {
        json.WriteStartObject(entry.LocalPath);
        json.WriteString("url", entry.Url);
        if (entry.IsEffectiveUrlVarying)
        {
            json.WriteBoolean("effectiveUrl", false);
        }
        else if (entry.EffectiveUrl != entry.Url)
        {
            json.WriteString("effectiveUrl", entry.EffectiveUrl);
        }

        Optional("movedFrom", entry.MovedFrom);
        Optional("request", entry.RequestKey);
        Optional("targetFramework", entry.TargetFramework);
        if (entry.Found)
        {
            json.WriteBoolean("found", true);
        }

        json.WriteNumber("length", entry.Length);
        Seen("entityTag", entry.EntityTags);
        Seen("lastModified", entry.LastModified);
        json.WriteString("sha256", entry.Sha256);
        json.WriteEndObject();

        void Optional(string name, string? value)
        {
            if (value is not null)
            {
                json.WriteString(name, value);
            }
        }

        void Seen(string name, ObservedValidators seen)
        {
            if (seen.Varies)
            {
                json.WriteBoolean(name, false);
            }
            else if (seen.Values.Count > 1)
            {
                json.WriteStartArray(name);
                foreach (var value in seen.Values)
                {
                    json.WriteStringValue(value);
                }

                json.WriteEndArray();
            }
            else
            {
                Optional(name, seen.Single);
            }
        }
    }

    private static LockFileFault? Read(JsonElement root, Dictionary<string, LockEntry> entries)
    {
        // A file of that name may be an image too; an image is an object.
        var version = root.EnumerateObject()
            .LastOrDefault(member => member.NameEquals("version") && member.Value.ValueKind != JsonValueKind.Object).Value;
        if (version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number) || number < 1)
        {
            return new LockFileFault("does not name its version");
        }

        if (number > Version)
        {
            return new LockFileFault(string.Create(
                CultureInfo.InvariantCulture,
                $"was written by a newer version of ImageSync (its format is {number}, this version knows {Version})"));
        }

        foreach (var member in root.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Object))
        {
            if (LockEntryReader.Read(member.Name, member.Value, out var cause) is not { } entry)
            {
                return new LockFileFault($"has an entry \"{member.Name}\" that {cause}");
            }

            if (!entries.TryAdd(entry.LocalPath, entry))
            {
                return new LockFileFault($"has two entries \"{member.Name}\"");
            }
        }

        return null;
    }

    private static LockFileFault? MergeMark(string text)
    {
        var line = 1;
        foreach (var content in text.AsSpan().EnumerateLines())
        {
            if (content.StartsWith("<<<<<<< ") || content.StartsWith(">>>>>>> ") || content.SequenceEqual("======="))
            {
                return new LockFileFault("has the marks of a merge conflict", line, 1);
            }

            line++;
        }

        return null;
    }
}
