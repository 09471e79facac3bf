extern alias TheEngine;

using System.Text.Json;
using System.Text.RegularExpressions;
using ImageSync.Sync;
using ImageSync.Testing;
using TheEngine::ImageSync.Engine.Runs;

namespace ImageSync.MSBuild.Tests;

/// <summary>What editors show of properties, items and targets: the names and defaults of the documentation and of the task, no more and no fewer.</summary>
public sealed class EditorHelp : IDisposable
{
    // What of a definition MSBuild Editor reads; it passes over all else with an entry in a log that nobody sees.
    private static readonly string[] Keys = ["description", "includeDescription", "type", "defaultValue", "isList", "metadata"];
    private static readonly string[] Types = ["bool", "int", "string", "url"];

    private readonly JsonDocument _schema = JsonDocument.Parse(File.ReadAllText(RepositoryRoot.PathOf("build/editors/ImageSync.targets.buildschema.json")));

    private JsonElement Schema => _schema.RootElement;

    private JsonElement Metadata => Schema.GetProperty("items").GetProperty("RemoteImage").GetProperty("metadata");

    public void Dispose() => _schema.Dispose();

    [Test]
    public void Metadata_are_those_of_their_page() => AssertTable(DocumentedTable.RemoteImage, Metadata);

    [Test]
    public void Targets_are_those_of_their_page() =>
        Assert.That(
            Names(Schema.GetProperty("targets")), Is.EqualTo(DocumentedTable.Rows(DocumentedTable.Targets).Select(row => row.Name)));

    [Test]
    public void Results_are_those_of_their_page()
    {
        var told = Regex.Match(DocumentedTable.Section(DocumentedTable.SyncedImage), "Metadata: (.*)").Groups[1].Value;
        Assert.That(
            Names(Schema.GetProperty("items").GetProperty("SyncedImage").GetProperty("metadata")),
            Is.EqualTo(Regex.Matches(told, "`([A-Z]\\w+)`").Select(name => name.Groups[1].Value)));
        Assert.That(Pipe.SyncedImageMetadata.Names, Is.EqualTo(Regex.Matches(told, "`([A-Z]\\w+)`").Select(name => name.Groups[1].Value)));
        Assert.That(Offered("sync-status"), Is.EqualTo(DocumentedTable.Rows(DocumentedTable.SyncedImage).Select(row => row.Name)));
        Assert.That(Offered("sync-status"), Is.EqualTo(Enum.GetNames<SyncStatus>()));
    }

    // A default that is written out changes nothing.
    [Test]
    public void Defaults_of_properties_are_the_engine_s()
    {
        Dictionary<string, string> texts = new() { ["ProjectDirectory"] = Path.GetTempPath(), ["CacheFile"] = "imagesync.cache" };
        var given = Schema.GetProperty("properties").EnumerateObject()
            .Select(property => (Option: property.Name["ImageSync".Length..], Default: Default(property.Value)))
            .Where(property => property is { Default: not null, Option: not "CacheFile" })
            .ToList();
        Assert.That(given, Has.Count.GreaterThan(10));
        var silent = RunOptions.Read(Wording.Project, texts, out _)!;
        given.ForEach(property => texts[property.Option] = property.Default!);
        var written = RunOptions.Read(Wording.Project, texts, out var problems);
        Assert.That(problems, Is.Empty);
        Assert.That(written!.Sync, Is.EqualTo(silent.Sync));
        Assert.That(MaxAge.Parse(written.MaxAge), Is.EqualTo(MaxAge.Zero));
        Assert.That(OptionValues.Number(written.MaxBytes, 1), Is.EqualTo(RemoteImage.DefaultMaxBytes));
    }

    // What the task itself has to know is no option of the engine.
    [Test]
    public void Options_are_the_properties_of_the_page()
    {
        var options = RunOptions.All.Where(option => !option.IsPrivate).Select(option => "ImageSync" + option.Name);
        Assert.That(options.Append("ImageSyncNative"), Is.EquivalentTo(Names(Schema.GetProperty("properties"))));
    }

    [Test]
    public void Offered_values_are_valid()
    {
        Assert.That(Offered("on-local-edit"), Is.EqualTo(Enum.GetNames<OnLocalEdit>()));
        Assert.That(Offered("max-age").Select(MaxAge.Parse), Has.None.Null);
        var placed = Regex.Matches(TargetsFiles.Text,
            @"<(\w+) Include=""@\(_ImageSyncPlaced->WithMetadataValue\('BuildAction', '\1'\)").Select(match => match.Groups[1].Value);
        Assert.That(Offered("build-action"), Is.EquivalentTo(placed));
    }

    [Test]
    public void Every_definition_has_the_form_that_is_read()
    {
        var passedOn = Schema.GetProperty("metadata").EnumerateArray().Single();
        Assert.That(passedOn.GetProperty("$appliesTo").GetString(), Is.EqualTo("RemoteImage"));
        var definitions = Schema.GetProperty("properties").EnumerateObject()
            .Concat(Schema.GetProperty("items").EnumerateObject())
            .Concat(Schema.GetProperty("items").EnumerateObject().SelectMany(item => item.Value.GetProperty("metadata").EnumerateObject()))
            .Concat(passedOn.EnumerateObject().Where(metadatum => metadatum.Name != "$appliesTo"));
        foreach (var definition in definitions)
        {
            Assert.That(Names(definition.Value), Is.SubsetOf(Keys), definition.Name);
            Assert.That(definition.Value.GetProperty("description").GetString(), Does.EndWith("."), definition.Name);

            // Without a type it takes any text; of a string, MSBuild Editor would complain about a semicolon.
            Assert.That(TypeOf(definition.Value).ValueKind switch
            {
                JsonValueKind.String => Types.Contains(TypeOf(definition.Value).GetString()),
                JsonValueKind.Object => Offered(TypeOf(definition.Value).GetProperty("$ref").GetString()!["#/types/".Length..]).Count > 1,
                JsonValueKind.Array => TypeOf(definition.Value).GetArrayLength() > 1,
                var none => none == JsonValueKind.Undefined,
            }, definition.Name);
        }
    }

    private static void AssertTable(string heading, JsonElement definitions)
    {
        var rows = DocumentedTable.Rows(heading);
        Assert.That(Names(definitions), Is.EqualTo(rows.Select(row => row.Name)));
        foreach (var (name, cell) in rows)
        {
            // A default in words ("none", "all", what depends on something else) is no value to write. Nor is Include: it is the item's own.
            var literal = Regex.Match(cell, "^`([^`]+)`$").Groups[1].Value is { Length: > 0 } value && value != "Include" ? value : null;
            var definition = definitions.GetProperty(name);
            Assert.That(Default(definition), Is.EqualTo(literal), name);
            Assert.That(TypeOf(definition).ToString() == "bool", Is.EqualTo(literal is "true" or "false"), name);
        }
    }

    private static IEnumerable<string> Names(JsonElement definitions) =>
        definitions.EnumerateObject().Select(definition => definition.Name);

    private static string? Default(JsonElement definition) =>
        definition.TryGetProperty("defaultValue", out var value) ? value.GetString() : null;

    private static JsonElement TypeOf(JsonElement definition) => definition.TryGetProperty("type", out var type) ? type : default;

    private List<string> Offered(string type) => [.. Names(Schema.GetProperty("types").GetProperty(type).GetProperty("values"))];
}
