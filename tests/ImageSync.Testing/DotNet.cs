using System.Diagnostics;

namespace ImageSync.Testing;

/// <summary>The dotnet command in a folder, with an environment in which nothing of the test runner's own is left.</summary>
public sealed record DotNet(string Folder)
{
    // What a test host inherits from `dotnet test` would send the child to the host's MSBuild, SDK and loggers.
    private static readonly string[] StrippedPrefixes =
        ["MSBUILD", "VSTEST", "TEST", "NUNIT", "COVERLET", "DOTNET_HOST_PATH", "DOTNET_TEST", "NUGET_PACKAGES"];

    private static readonly Dictionary<string, string?> Fixed = new()
    {
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE"] = "true",
        ["DOTNET_CLI_UI_LANGUAGE"] = "en",
        ["UseSharedCompilation"] = "true",
        ["SharedCompilationId"] = BuildServers.CompilerId,
        ["DOTNET_NOLOGO"] = "1",
        ["NO_PROXY"] = "127.0.0.1,localhost",
        ["no_proxy"] = "127.0.0.1,localhost",
    };

    /// <summary>The command's NUGET_PACKAGES; null for the user's own.</summary>
    public string? PackagesFolder { get; init; }

    /// <summary>Further variables; null takes one away.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether each command evaluates and builds in its own process, and not in an MSBuild server of this test process.</summary>
    public bool IsAlone { get; init; }

    public Task<CommandResult> RunAsync(params string[] arguments) => RunAsync(Executable(), arguments);

    /// <summary>A command that builds in its own process: the test looks at the process, or ends it.</summary>
    public DotNetProcess Start(params string[] arguments) => Start(Executable(), arguments, BuildServers.None);

    /// <summary>Runs bash in the same folder and environment; its dotnet is this one.</summary>
    public Task<CommandResult> RunBashAsync(params string[] arguments) => RunAsync("bash", arguments);

    private async Task<CommandResult> RunAsync(string executable, string[] arguments)
    {
        using var server = IsAlone ? BuildServers.None : BuildServers.Rent();
        using var process = Start(executable, arguments, server);
        var result = await process.WaitAsync(Timeout);
        return !IsAlone && executable != "bash" && IsServerLost(result) ? await (this with { IsAlone = true }).RunAsync(arguments) : result;
    }

    // Whoever loses its MSBuild server ends with 1 and says nothing of it, neither an error nor that the build failed.
    private static bool IsServerLost(CommandResult result) => result.ExitCode == 1
        && !result.Output.Contains("error", StringComparison.OrdinalIgnoreCase)
        && !result.Output.Contains("fail", StringComparison.OrdinalIgnoreCase);

    private DotNetProcess Start(string executable, string[] arguments, BuildServer server)
    {
        var start = new ProcessStartInfo(executable, arguments) { WorkingDirectory = Folder };
        foreach (var name in start.Environment.Keys.Where(IsStripped).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in Fixed.Concat(server.Environment))
        {
            start.Environment[name] = value;
        }

        if (Path.GetDirectoryName(Executable()) is { Length: > 0 } home)
        {
            start.Environment["PATH"] = home + Path.PathSeparator + start.Environment["PATH"];
        }

        if (PackagesFolder is not null)
        {
            start.Environment["NUGET_PACKAGES"] = PackagesFolder;
        }

        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        return new DotNetProcess(start);
    }

    // The SDK that runs the tests is the one to build with.
    private static string Executable() => System.Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";

    private static bool IsStripped(string name) => StrippedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
