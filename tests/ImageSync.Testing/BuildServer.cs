namespace ImageSync.Testing;

/// <summary>The MSBuild server that one command has for itself, until it is disposed of.</summary>
/// <param name="Number">Null for none.</param>
internal sealed record BuildServer(int? Number) : IDisposable
{
    /// <summary>What a command needs to find its server, or to build without one. The salt keeps servers apart.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; } = Number is null
        ? new Dictionary<string, string?> { ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0", ["MSBUILDDISABLENODEREUSE"] = "1" }
        : new Dictionary<string, string?>
        {
            ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "1",
            ["MSBUILDNODEHANDSHAKESALT"] = $"{BuildServers.CompilerId}-{Number}",
        };

    public void Dispose()
    {
        if (Number is { } number)
        {
            BuildServers.Return(number);
        }
    }
}
