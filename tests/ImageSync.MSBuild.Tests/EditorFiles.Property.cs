extern alias TheEngine;

using System.Text.Json.Nodes;
using System.Xml.Linq;
using TheEngine::ImageSync.Engine.Runs;

namespace ImageSync.MSBuild.Tests;

internal static partial class EditorFiles
{
    // What neither the page nor the engine's table says of a property.
    private static readonly Dictionary<string, (string? Type, bool IsList)> Exceptions = new()
    {
        // Of a string, MSBuild Editor would complain about a semicolon, which a product's comment may hold: "Me/1 (a; b)".
        ["ImageSyncUserAgent"] = (null, false),

        // Here a semicolon separates two values.
        ["ImageSyncAllowedHosts"] = ("string", true),
        ["ImageSyncMirror"] = ("string", true),
    };

    /// <summary>A row of the page, and what follows from it.</summary>
    private sealed record Property(string Section, string Name, string Default, string Meaning, bool HasTypeOfItsOwn)
    {
        public string Description => Sentence(Meaning);

        // A default in words ("all", what depends on something else) is no value to write.
        public string? Literal => Default.Trim('`') is var value && Default == $"`{value}`" && !value.Contains('`') ? value : null;

        public string Ending => Default == "none" ? "" : $" Default: {Default}.";

        public bool IsList => Exceptions.TryGetValue(Name, out var exception) && exception.IsList;

        private string OptionName => Name[Option.Prefix.Length..];

        // What the task itself has to know is no option of the engine.
        private IReadOnlyList<string> Offered => RunOptions.All.SingleOrDefault(option => option.Name == OptionName)?.Words ?? [];

        public JsonNode? Type() =>
            Exceptions.TryGetValue(Name, out var exception) ? exception.Type
            : Literal is "true" or "false" ? "bool"
            : HasTypeOfItsOwn ? new JsonObject { ["$ref"] = $"#/types/{Kebab(OptionName)}" }
            : Offered.Count > 0 ? new JsonArray([.. Offered.Select(word => JsonValue.Create(word))])
            : long.TryParse(Literal, out _) ? "int"
            : "string";

        public XElement Element(JsonNode types) => new(
            Literal is "true" or "false" ? "BoolProperty" : Offered.Count > 0 ? "EnumProperty" : "StringProperty",
            new XAttribute("Name", Name), new XAttribute("Category", Section), new XAttribute("DisplayName", Words(OptionName)),
            new XAttribute("Description", WithoutCode(Description + Ending)),
            Offered.Select(word => new XElement("EnumValue", new XAttribute("Name", word), new XAttribute("DisplayName", word),
                types[Kebab(OptionName)]?["values"]?[word] is { } text ? new XAttribute("Description", WithoutCode((string)text!)) : null)));

        private static string WithoutCode(string text) => text.Replace("`", "", StringComparison.Ordinal);
    }
}
