namespace ImageSync.Http;

/// <summary>
/// What whoever runs the build allows, over and above what the project says. It comes from the environment and not from
/// MSBuild's properties: those a project overrides, and so would whoever sends a pull request.
/// </summary>
internal sealed record OwnerLimits
{
    /// <summary>The environment variable with the hosts, as in <c>ImageSyncAllowedHosts</c>.</summary>
    public const string HostsVariable = "IMAGESYNC_ALLOWED_HOSTS";

    /// <summary>The environment variable with the variables that <c>${NAME}</c> may stand for.</summary>
    public const string VariablesVariable = "IMAGESYNC_ALLOWED_VARIABLES";

    /// <summary>No limit.</summary>
    public static readonly OwnerLimits None = new();

    public AllowedHosts Hosts { get; init; } = AllowedHosts.All;

    public AllowedVariables Variables { get; init; } = AllowedVariables.All;

    /// <summary>Reads the limits; a list that is not valid is in <paramref name="faults"/>, by the name of its variable.</summary>
    /// <param name="environment">Looks up an environment variable.</param>
    /// <param name="names">How the names of variables are compared.</param>
    /// <param name="faults">What is not valid, and what would be. No value is repeated: somebody may have put a secret there.</param>
    public static OwnerLimits Read(
        Func<string, string?> environment, StringComparer names, out IReadOnlyList<(string Variable, string Valid)> faults)
    {
        var (hosts, variables) = (environment(HostsVariable), environment(VariablesVariable));

        // Set and empty is no list of hosts: a pipeline's variable that is not defined must not lift the limit.
        var allowedHosts = hosts switch
        {
            null => AllowedHosts.All,
            "" => null,
            _ => AllowedHosts.Parse(hosts),
        };
        var allowedVariables = variables is null ? AllowedVariables.All : AllowedVariables.Parse(variables, names);
        faults =
        [
            .. allowedHosts is null ? [(HostsVariable, AllowedHosts.ValidValues)] : Array.Empty<(string, string)>(),
            .. allowedVariables is null ? [(VariablesVariable, AllowedVariables.ValidValues)] : Array.Empty<(string, string)>(),
        ];
        return new OwnerLimits { Hosts = allowedHosts ?? AllowedHosts.All, Variables = allowedVariables ?? AllowedVariables.All };
    }
}
