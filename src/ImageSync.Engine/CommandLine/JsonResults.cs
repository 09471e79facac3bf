using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ImageSync.Engine.Runs;
using ImageSync.Pipe;
using ImageSync.Sync;

namespace ImageSync.Engine.CommandLine;

/// <summary>
/// The results of a run for programs: what <c>dotnet build -getTargetResult</c> prints of the same images, so that one script reads
/// both. Metadata that an image has not are not there.
/// </summary>
internal static class JsonResults
{
    // It goes to a program and never into a page; escapes of letters would only make it longer.
    private static readonly JsonWriterOptions Style = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document, with a line's end.</summary>
    /// <param name="target">SyncImages, or CheckImages.</param>
    /// <param name="succeeded">Whether nothing failed.</param>
    /// <param name="outcomes">What came of the images.</param>
    public static string Of(string target, bool succeeded, IEnumerable<SyncOutcome> outcomes)
    {
        using var document = new MemoryStream();
        using (var json = new Utf8JsonWriter(document, Style))
        {
            json.WriteStartObject();
            json.WriteStartObject("TargetResults");
            json.WriteStartObject(target);
            json.WriteString("Result", succeeded ? "Success" : "Failure");
            json.WriteStartArray("Items");
            foreach (var outcome in outcomes)
            {
                Write(json, outcome);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(document.ToArray()) + "\n";
    }

    private static void Write(Utf8JsonWriter json, SyncOutcome outcome)
    {
        json.WriteStartObject();
        json.WriteString("Identity", outcome.LocalPath.Length > 0 ? outcome.LocalPath : outcome.Url);
        var values = new List<string>(SyncedImageMetadata.Names.Length);
        OutcomeFields.Each(outcome, values, static (values, value) => values.Add(value));
        foreach (var (name, value) in SyncedImageMetadata.Names.Zip(values))
        {
            if (value.Length > 0)
            {
                json.WriteString(name, value);
            }
        }

        json.WriteEndObject();
    }
}
