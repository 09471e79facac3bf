using System.Text.RegularExpressions;

namespace ImageSync.Http;

/// <summary>The environment variables whose values may be sent, and to which hosts; all, and to all, where nothing is said.</summary>
internal sealed partial class AllowedVariables
{
    /// <summary>No restriction.</summary>
    public static readonly AllowedVariables All = new([]);

    /// <summary>What a valid list is, for error messages.</summary>
    public const string ValidValues =
        "NAME or NAME@host entries separated by ';', such as CDN_TOKEN@cdn.example.com or CDN_TOKEN@*.example.com; "
        + "or ';' alone for no variable";

    private readonly Dictionary<string, List<AllowedHosts>> _hosts;

    private AllowedVariables(Dictionary<string, List<AllowedHosts>> hosts) => _hosts = hosts;

    /// <summary>Reads a list, an empty one too, which allows none; null where an entry is neither a name nor a name and a host.</summary>
    /// <param name="text">The entries; those of one name add up.</param>
    /// <param name="names">How names are compared: as the system does that has the variables.</param>
    public static AllowedVariables? Parse(string text, StringComparer names)
    {
        var hosts = new Dictionary<string, List<AllowedHosts>>(names);
        foreach (var entry in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Entry().Match(entry) is not { Success: true, Groups: var groups }
                || AllowedHosts.Parse(groups["host"].Value) is not { } allowed)
            {
                return null;
            }

            if (!hosts.TryGetValue(groups["name"].Value, out var before))
            {
                hosts[groups["name"].Value] = before = [];
            }

            before.Add(allowed);
        }

        return new AllowedVariables(hosts);
    }

    /// <summary>Whether the variable's value may go to the host.</summary>
    public bool Allow(string variable, string host) =>
        this == All || (_hosts.TryGetValue(variable, out var hosts) && hosts.Exists(allowed => allowed.Allow(host)));

    // Names as in ${NAME}.
    [GeneratedRegex("^(?<name>[A-Za-z_][A-Za-z0-9_]*)(@(?<host>[^;]+))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Entry();
}
