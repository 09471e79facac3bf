using System.Text.RegularExpressions;
using ImageSync.Engine.Runs;

namespace ImageSync.Engine.CommandLine;

/// <summary>
/// The words of messages, which name properties and builds, for those who have neither: one table of messages serves both. Pure.
/// </summary>
internal static partial class CommandWords
{
    /// <summary>The option that a property is on the command line: <c>MaxAge</c> is <c>--max-age</c>.</summary>
    public static string OptionOf(string name) => "--" + Capital().Replace(name, static letter =>
        (letter.Index == 0 ? "" : "-") + letter.Value.ToLowerInvariant());

    /// <summary>A message as a person at a terminal can act on it.</summary>
    public static string Of(string message) => Property().Replace(
        message.Replace("dotnet build -t:SyncImages", "imagesync sync", StringComparison.Ordinal)
            .Replace("dotnet build -t:CheckImages", "imagesync check", StringComparison.Ordinal)
            .Replace("-v:detailed", "-v", StringComparison.Ordinal),
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
