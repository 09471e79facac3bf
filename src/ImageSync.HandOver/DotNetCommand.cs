using System.Text;

namespace ImageSync.MSBuild;

/// <summary>The command that takes a sync over: which dotnet, with which arguments and variables. Pure.</summary>
internal static class DotNetCommand
{
    // MSBuild's separators and quotes, so that what stands in a -p: is one value. Not the % sign: the engine hands out global
    // properties in their escaped form (seen with a%3Bb).
    private const string Special = ";,\"";

    // They describe the host, or are long, and mean nothing to the sync.
    private static readonly HashSet<string> HostProperties = new(StringComparer.OrdinalIgnoreCase)
    {
        "BuildingInsideVisualStudio", "CurrentSolutionConfigurationContents", "DefineExplicitDefaults", "DevEnvDir", "LangID", "LangName",
        "VisualStudioVersion", "VSIDEResolvedNonMSBuildProjectOutputs",
    };

    /// <summary>The dotnet of this SDK, or else the first on the PATH; null where there is none.</summary>
    /// <param name="root">Where the SDK of the build is installed; empty where it has none.</param>
    /// <param name="path">The PATH.</param>
    /// <param name="exists">Whether a file exists.</param>
    public static string? Find(string root, string? path, Func<string, bool> exists)
    {
        var name = Path.DirectorySeparatorChar == '\\' ? "dotnet.exe" : "dotnet";
        return new[] { root }.Concat((path ?? "").Split(Path.PathSeparator))
            .Where(folder => folder.Length > 0 && Path.IsPathRooted(folder))
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(exists);
    }

    /// <summary>
    /// One project, one process that ends with it, and an output from which ToolTask reads errors and warnings as they are:
    /// without colours, summary, or the project's name at the end.
    /// </summary>
    public static string Arguments(string projectFile, string target, IEnumerable<KeyValuePair<string, string>> properties)
    {
        var arguments = new StringBuilder("msbuild ").Append(Quote(projectFile))
            .Append(" -t:").Append(target)
            .Append(" -nologo -noAutoResponse -m:1 -nr:false -tl:off -v:m -clp:NoSummary;ShowProjectFile=false;DisableConsoleColor");
        foreach (var property in properties)
        {
            arguments.Append(' ').Append(Quote($"-p:{property.Key}={Escape(property.Value)}"));
        }

        return arguments.ToString();
    }

    /// <summary>Whether a global property of the host is the sync's matter too.</summary>
    public static bool IsHandedOver(string property) =>
        !HostProperties.Contains(property) && !property.StartsWith("_ImageSync", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a variable would send the child to the host's MSBuild and SDK.</summary>
    public static bool IsTheHosts(string variable) =>
        variable.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || string.Equals(variable, "DOTNET_HOST_PATH", StringComparison.OrdinalIgnoreCase);

    private static string Escape(string value)
    {
        var escaped = new StringBuilder(value.Length);
        foreach (var character in value)
        {
            if (character < ' ' || Special.IndexOf(character) >= 0)
            {
                escaped.Append('%').Append(((int)character).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
            else
            {
                escaped.Append(character);
            }
        }

        return escaped.ToString();
    }

    // Backslashes before the closing quote would escape it.
    private static string Quote(string argument) =>
        "\"" + argument + new string('\\', argument.Length - argument.TrimEnd('\\').Length) + "\"";
}
