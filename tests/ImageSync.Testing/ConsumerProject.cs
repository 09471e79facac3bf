namespace ImageSync.Testing;

/// <summary>A throw-away project that references the packed package and restores from its feed alone.</summary>
public sealed class ConsumerProject
{
    // Of all projects, so that each has a name of its own.
    private static int _lastBinlog;

    private readonly DotNet _dotnet;
    private readonly string _file;
    private readonly Restores _restores;
    private readonly string _binlogs;
    private readonly bool _isLogged;

    /// <summary>Writes a project, App in the folder "app" of the test unless it says otherwise; properties and items are raw XML.</summary>
    public ConsumerProject(
        TestDirectory directory,
        ImageSyncPackage package,
        string items,
        string properties = "",
        string sdk = "Microsoft.NET.Sdk",
        string? program = null,
        string file = "app/App.csproj")
    {
        _file = directory.PathOf(file);
        Folder = Path.GetDirectoryName(_file)!;
        _restores = new Restores(directory, package);
        _binlogs = Path.Combine(directory.PathOf("binlogs"), Path.GetFileName(Folder));
        _dotnet = new DotNet(Folder) { PackagesFolder = package.PackagesFolder };
        directory.Write(file, Xml(sdk, properties, items, package.Version));
        // Above the project: the Razor SDK would publish it as content.
        directory.Write("nuget.config", Feed(package.FeedFolder));
        if (program is not null)
        {
            File.WriteAllText(PathOf("Program.cs"), program);
        }
    }

    private ConsumerProject(ConsumerProject project)
    {
        (Folder, Environment) = (project.Folder, project.Environment);
        (_dotnet, _file, _restores, _binlogs, _isLogged) = (project._dotnet, project._file, project._restores, project._binlogs, true);
    }

    public string Folder { get; }

    /// <summary>The same project, each of whose commands leaves a binlog; that costs time, so only those that a test reads do.</summary>
    public ConsumerProject Logged => new(this);

    /// <summary>Environment variables for its commands.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    private DotNet Command => _dotnet with { Environment = Environment };

    public string PathOf(string relative) => Path.GetFullPath(relative, Folder);

    public byte[] Read(string relative) => File.ReadAllBytes(PathOf(relative));

    public DateTime TimeOf(string relative) => File.GetLastWriteTimeUtc(PathOf(relative));

    /// <summary>When each file below these folders was written; paths are relative to the project, with forward slashes.</summary>
    public IReadOnlyDictionary<string, DateTime> TimesBelow(params string[] folders) => folders
        .SelectMany(folder => Directory.EnumerateFiles(PathOf(folder), "*", SearchOption.AllDirectories))
        .ToDictionary(path => Path.GetRelativePath(Folder, path).Replace('\\', '/'), File.GetLastWriteTimeUtc);

    public Task<CommandResult> BuildAsync(params string[] arguments) => RunAsync(["build", .. arguments]);

    public Task<CommandResult> MSBuildAsync(params string[] arguments) => RunAsync(["msbuild", .. arguments]);

    /// <summary>The sync by hand, restored before.</summary>
    public Task<CommandResult> SyncAsync(params string[] arguments) => MSBuildAsync(["-restore", "-t:SyncImages", .. arguments]);

    /// <summary>Any dotnet command that builds; it restores only what was not restored before.</summary>
    public async Task<CommandResult> RunAsync(params string[] arguments)
    {
        var binlog = _isLogged ? Path.Combine(_binlogs, $"{Interlocked.Increment(ref _lastBinlog):000}-{arguments[0]}.binlog") : null;
        var command = _restores.Spare(_file, arguments);
        var result = await Command.RunAsync(binlog is null ? command : [.. command, $"-bl:{binlog}"]);
        if (command == arguments && result.ExitCode == 0)
        {
            _restores.Note(_file, arguments);
        }

        return result with { Binlog = binlog };
    }

    /// <summary>Starts exactly this command, without a binlog, in a process of its own.</summary>
    public DotNetProcess Start(params string[] arguments) => Command.Start(arguments);

    private static string Xml(string sdk, string properties, string items, string version) =>
        $"""
        <Project Sdk="{sdk}">
          <PropertyGroup>
            {(properties.Contains("<TargetFramework", StringComparison.Ordinal) ? "" : "<TargetFramework>net10.0</TargetFramework>")}
            <ImplicitUsings>enable</ImplicitUsings>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="ImageSync" Version="{version}" PrivateAssets="all" />
            {items}
          </ItemGroup>
        </Project>
        """;

    private static string Feed(string folder) =>
        $"""
        <configuration>
          <packageSources>
            <clear />
            <add key="packed" value="{folder}" />
          </packageSources>
        </configuration>
        """;
}
