extern alias TheEngine;

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ImageSync.Testing;
using TheEngine::ImageSync.Engine.Runs;

namespace ImageSync.MSBuild.Tests;

/// <summary>What the files of <c>build/editors</c> say of properties, made of docs/properties.md and of the engine's table of options.</summary>
internal static partial class EditorFiles
{
    public const string Schema = "build/editors/ImageSync.targets.buildschema.json";
    public const string Page = "build/editors/ImageSync.xaml";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A file as it is to be: its own text, with what is generated in it.</summary>
    /// <param name="file">One of those above.</param>
    /// <param name="text">The text that it has.</param>
    public static string Generate(string file, string text) =>
        file == Schema ? Between(text, "  \"properties\": {\n", "\n  },\n", string.Join(",\n", Properties().Select(JsonOf)))
        : Between(text, "  </Rule.DataSource>\n", "</Rule>", XamlOf([.. Properties()], JsonNode.Parse(SchemaText())!["types"]!));

    /// <summary>A cell of the page as a sentence, without links.</summary>
    public static string Sentence(string cell)
    {
        var text = Link().Replace(cell, "$1");
        return char.ToUpperInvariant(text[0]) + text[1..] + (text.EndsWith('.') ? "" : ".");
    }

    /// <summary>The words that a name consists of: <c>On local edit</c>.</summary>
    public static string Words(string option) =>
        option[0] + Capital().Replace(option[1..], match => " " + match.Value.ToLowerInvariant());

    private static string SchemaText() => File.ReadAllText(RepositoryRoot.PathOf(Schema)).ReplaceLineEndings("\n");

    private static IEnumerable<Property> Properties()
    {
        var types = JsonNode.Parse(SchemaText())!["types"]!.AsObject().Select(type => type.Key).ToHashSet();
        return DocumentedTable.RowsBySection(DocumentedTable.Properties).Select(row =>
            new Property(row.Section, row.Name, row.Second, row.Third, types.Contains(Kebab(row.Name[Option.Prefix.Length..]))));
    }

    private static string JsonOf(Property property)
    {
        var definition = new JsonObject { ["description"] = property.Description + (property.Literal is null ? property.Ending : "") };
        if (property.Type() is { } type)
        {
            definition["type"] = type;
        }

        if (property.Literal is not null)
        {
            definition["defaultValue"] = property.Literal;
        }

        if (property.IsList)
        {
            definition["isList"] = true;
        }

        var members = definition.Select(member => $"\"{member.Key}\": {Spaced(member.Value!)}");
        return $"    \"{property.Name}\": {{ {string.Join(", ", members)} }}";
    }

    private static string Spaced(JsonNode value) => value switch
    {
        JsonObject type => $"{{ {string.Join(", ", type.Select(member => $"\"{member.Key}\": {Spaced(member.Value!)}"))} }}",
        JsonArray words => $"[{string.Join(", ", words.Select(word => Spaced(word!)))}]",
        _ => value.ToJsonString(Plain),
    };

    // Numbers and time spans are strings, because they may be empty, or $(properties).
    private static string XamlOf(List<Property> properties, JsonNode types)
    {
        var sections = properties.GroupBy(property => property.Section).ToList();
        var categories = sections.Select(section =>
            "    " + new XElement("Category", new XAttribute("Name", section.Key), new XAttribute("DisplayName", section.Key)));
        var elements = sections.Select(section => string.Concat(section.Select(property => $"  {Indented(property.Element(types))}\n")));
        return $"\n  <Rule.Categories>\n{string.Join('\n', categories)}\n  </Rule.Categories>\n\n{string.Join('\n', elements)}\n";
    }

    private static string Indented(XElement element) => element.ToString().ReplaceLineEndings("\n  ");

    private static string Between(string text, string before, string after, string generated)
    {
        var start = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return text[..start] + generated + text[text.IndexOf(after, start, StringComparison.Ordinal)..];
    }

    private static string Kebab(string name) => Words(name).ToLowerInvariant().Replace(' ', '-');

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
