using System.Text.RegularExpressions;
using ImageSync.Engine.Runs;

namespace ImageSync.Engine.CommandLine;

/// <summary>
/// The words of messages, which name properties and builds, for those who have neither: one table of messages serves both. Pure.
/// </summary>
internal static partial class CommandWords
{
    // A list has lines, and no items; a run is no build. In this order.
    private static readonly (string OfBuilds, string OfLists)[] Phrases =
    [
        ("dotnet build -t:SyncImages -p:ImageSyncLocked=false", "imagesync accept"),
        ("dotnet build -t:SyncImages", "imagesync sync"),
        ("dotnet build -t:CheckImages", "imagesync check"),
        ("-v:detailed", "-v"),
        ("the next build tries again", "the next run tries again"),
        ("Build once with a connection, or commit the file.", "Sync once with a connection, or commit the file."),
        (", as Include or as Url.", "."),
        ("another item, ", "another image, "),
        ("Give each item a LocalPath of its own, or remove one of them.", "Give each a path of its own, or remove one of them."),
        ("remove the item", "remove its line"),
        ("local file of the item", "file of the image"),
        ("Give the property a place", "Give it a place"),
        ("give the property another place", "give it another place"),
        ("another project may write", "another list may write"),
        ("the project's directory", "the list's folder"),
        ("the item", "the line"),
        ("LocalPath", "path"),
    ];

    /// <summary>The option that a property is on the command line: <c>MaxAge</c> is <c>--max-age</c>.</summary>
    public static string OptionOf(string name) => "--" + Capital().Replace(name, static letter =>
        (letter.Index == 0 ? "" : "-") + letter.Value.ToLowerInvariant());

    /// <summary>A message as a person at a terminal can act on it.</summary>
    public static string Of(string message) => Property().Replace(
        Phrases.Aggregate(message, static (text, phrase) => text.Replace(phrase.OfBuilds, phrase.OfLists, StringComparison.Ordinal)),
        static property => IsOption(property.Groups["name"].Value)
            ? (property.Groups["the"].Success ? "the option " : "") + OptionOf(property.Groups["name"].Value)
                + (property.Groups["equals"].Success ? " " : "")
            : property.Value);

    private static bool IsOption(string name) =>
        RunOptions.All.Any(option => option is { IsPrivate: false, Help.Length: > 0 } && option.Name == name);

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();

    [GeneratedRegex("(?<the>the property )?(-p:)?\\bImageSync(?<name>[A-Z][A-Za-z]*)(?<equals>=(?=\\w))?")]
    private static partial Regex Property();
}
