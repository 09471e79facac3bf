using System.Text.RegularExpressions;
using ImageSync.Engine.Lists;
using ImageSync.Engine.Runs;
using ImageSync.Sync;

namespace ImageSync.Engine.CommandLine;

/// <summary>
/// The words of messages, which name properties and builds, for those who have neither: one table of messages serves both. Pure.
/// </summary>
/// <param name="file">The list that the command is about.</param>
internal sealed partial class CommandWords(ListFile file)
{
    // A run is no build, and what a list cannot say is said by a project. In this order.
    private static readonly (string OfBuilds, string OfRuns)[] Phrases =
    [
        ("-v:detailed", "-v"),
        ("the next build tries again", "the next run tries again"),
        ("Build once with a connection", "Sync once with a connection"),
        ("if the item is not meant to be an image, give its MediaType (\"*/*\" accepts anything).",
            "a list has images only; declare other files as RemoteImage items of a project."),
        ("To keep this one, write another MediaType than image/*, such as */*, which takes any bytes.",
            "A list has images only; declare other files as RemoteImage items of a project."),
        .. ListWords.Phrases,
        ("Give the property a place", "Give it a place"),
        ("give the property another place", "give it another place"),
        ("another project may write", "another list may write"),
        ("the project's directory", "the list's folder"),
    ];

    /// <summary>The option that a property is on the command line: <c>MaxAge</c> is <c>--max-age</c>.</summary>
    public static string OptionOf(string name) => "--" + Capital().Replace(name, static letter =>
        (letter.Index == 0 ? "" : "-") + letter.Value.ToLowerInvariant());

    /// <summary>A diagnostic as a person at a terminal can act on it.</summary>
    /// <param name="diagnostic">As a build tells it.</param>
    /// <param name="image">The image that it is about; null for none.</param>
    public Diagnostic Of(Diagnostic diagnostic, RemoteImageDeclaration? image) => ListWords.In(diagnostic, image, text => Of(text, image));

    /// <summary>A line of a run's log: what is behind the colon of an image's line is its name.</summary>
    public string OfLine(string line)
    {
        var colon = line.StartsWith("  ", StringComparison.Ordinal) ? line.IndexOf(": ", StringComparison.Ordinal) : -1;
        return colon < 0 ? Of(line, image: null) : Of(line[..colon], image: null) + line[colon..];
    }

    private string Of(string text, RemoteImageDeclaration? image) => Property().Replace(
        ListWords.Replace(
            text,
            [
                ("make it with: dotnet build -t:SyncImages -p:ImageSyncLocked=false",
                    $"make it with: {ListCommands.Sync(file)} --lock-file images.lock.json"),
                ("Make it, and commit it, with: dotnet build -t:SyncImages -p:ImageSyncLocked=false",
                    $"Make it, and commit it, with: {ListCommands.Sync(file)} --locked false"),
                ("dotnet build -t:SyncImages -p:ImageSyncLocked=false", ListCommands.Accept(file, image)),
                ("dotnet build -t:SyncImages", ListCommands.Sync(file)),
                ("dotnet build -t:CheckImages", ListCommands.Check(file)),
                .. Phrases,
            ]),
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
