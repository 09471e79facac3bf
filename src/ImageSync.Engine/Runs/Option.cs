using ImageSync.Storage;
using ImageSync.Sync;

namespace ImageSync.Engine.Runs;

/// <summary>One option of a run: its name, its valid values, and what a value makes of the settings.</summary>
/// <param name="Name">As in the project's property, without the prefix ImageSync.</param>
/// <param name="ValidValues">What is valid, for error messages.</param>
/// <param name="Apply">The settings with a value, which is never empty; null where the value is not valid.</param>
internal sealed record Option(string Name, string ValidValues, Func<RunSettings, string, RunSettings?> Apply)
{
    /// <summary>How the property of an option begins.</summary>
    public const string Prefix = "ImageSync";

    /// <summary>Whether the option is between the task and the engine alone: no property has its name.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>What it does, for a reader who has a list and no project; empty where only builds have it.</summary>
    public string Help { get; init; } = "";

    /// <summary>What holds where it is not given, as it would be written; empty for nothing.</summary>
    public string Default { get; init; } = "";

    /// <summary>Whether it says when or how requests are made: commands that make none do not have it.</summary>
    public bool IsOfRequests { get; init; }

    /// <summary>Whether it may be given without a value, which means true.</summary>
    public bool IsSwitch { get; private init; }

    /// <summary>The words that are valid values; none where others are as well known to who writes them.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Whether it is a path that begins where its writer stands: in the project, or in a terminal's folder.</summary>
    public bool IsPath { get; init; }

    /// <summary>The value as it may be shown.</summary>
    public Func<string, string> Show { get; init; } = static text => text;

    /// <summary>The option on the command line: <c>MaxAge</c> is <c>--max-age</c>.</summary>
    public string OnCommandLine => "--" + string.Concat(Name.Select(static (letter, index) =>
        char.IsAsciiLetterUpper(letter) ? (index == 0 ? "" : "-") + char.ToLowerInvariant(letter) : letter.ToString()));

    /// <summary>A value that is not valid, told by the name that the option has for its reader.</summary>
    public Problem Invalid(Wording words, string text) => Problems.InvalidOption(words, Name, Show(text), ValidValues);

    /// <summary>true or false.</summary>
    public static Option Switch(string name, Func<RunSettings, bool, RunSettings> with) =>
        Of(name, OptionValues.Booleans, OptionValues.Boolean, with) with { IsSwitch = true, Default = "false" };

    /// <summary>A whole number of at least 1.</summary>
    public static Option Count(string name, Func<RunSettings, int, RunSettings> with) =>
        Of(name, OptionValues.Counts, text => OptionValues.Count(text, 1), with);

    /// <summary>A number of bytes of at least 1.</summary>
    public static Option Bytes(string name, Func<RunSettings, long, RunSettings> with) =>
        Of(name, OptionValues.Numbers, text => OptionValues.Number(text, 1), with);

    /// <summary>A time span longer than zero.</summary>
    public static Option Duration(string name, Func<RunSettings, TimeSpan, RunSettings> with) =>
        Of(name, OptionValues.Durations, OptionValues.Duration, with);

    /// <summary>Any text.</summary>
    public static Option Text(string name, Func<RunSettings, string, RunSettings> with) =>
        new(name, "", (settings, text) => with(settings, MSBuildSyntax.Trim(text)));

    /// <summary>The path of a file, relative to the project's directory.</summary>
    public static Option File(string name, Func<RunSettings, string, RunSettings?>? with = null) =>
        new(name, PropertyPath.ValidFiles, (settings, text) =>
            MSBuildSyntax.Trim(text) is not { Length: > 0 } path ? settings
            : PropertyPath.LocateFile(path, settings.Sync.ProjectDirectory) is not { } place ? null
            : with is null ? settings.With(name, path, place)
            : with(settings.With(name, path, place), place))
        {
            IsPath = true,
        };

    /// <summary>Any other value.</summary>
    public static Option Of<T>(string name, string valid, Func<string, T?> read, Func<RunSettings, T, RunSettings> with)
        where T : struct =>
        new(name, valid, (settings, text) => read(text) is { } value ? with(settings, value) : null);
}
