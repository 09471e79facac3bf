using System.Collections.Concurrent;
using System.Text;

namespace ImageSync.Testing;

/// <summary>
/// Restores that commands need not repeat: half of what a small build costs. A command restores where something changed since that
/// NuGet reads: a project, the arguments, the assets file. A plain project takes the assets file of another with the same needs.
/// </summary>
internal sealed class Restores(TestDirectory directory, ImageSyncPackage package)
{
    private static readonly string[] Commands = ["build", "publish", "pack", "test", "run"];
    private static readonly string[] Endings = [".csproj", ".proj", ".props", ".targets", ".config", ".sln", ".slnx", ".json"];

    // ImageSync's own properties, targets and loggers are nothing to NuGet; all else may be.
    private static readonly string[] Harmless =
    [
        "-restore", "-p:ImageSync", "-t:", "-bl:", "-v:", "-tl:", "-nologo", "-warnaserror", "-get",
    ];

    private static readonly ConcurrentDictionary<string, byte> Done = new();

    /// <summary>The command as it is to be run: without its restore where nothing would come of it.</summary>
    public string[] Spare(string project, string[] arguments)
    {
        if (!WouldRestore(arguments))
        {
            return arguments;
        }

        var options = Options(arguments);
        if (options.Length == 0 && IsPlain && RestoreTemplate.Of(project, package)?.Take() == true)
        {
            Done.TryAdd(State(project, options), 0);
        }

        if (!Done.ContainsKey(State(project, options)))
        {
            return arguments;
        }

        return arguments[0] == "msbuild"
            ? [.. arguments.Where(argument => argument != "-restore")]
            : [arguments[0], "--no-restore", .. arguments[1..]];
    }

    /// <summary>Keeps in mind what a command restored that has succeeded.</summary>
    public void Note(string project, string[] arguments)
    {
        if (arguments[0] == "restore" || WouldRestore(arguments))
        {
            var options = Options(arguments);
            Done.TryAdd(State(project, options), 0);
            if (options.Length == 0 && IsPlain)
            {
                RestoreTemplate.Of(project, package)?.Give();
            }
        }
    }

    // Nothing beside the project has a say in what NuGet makes of it, but the feed, which all have.
    private bool IsPlain => !FilesBelow(new DirectoryInfo(directory.FullPath))
        .Any(file => file.Extension is ".props" or ".targets" || file.Name is "global.json" or "packages.lock.json");

    private static bool WouldRestore(string[] arguments) => arguments[0] == "msbuild"
        ? arguments.Contains("-restore")
        : Commands.Contains(arguments[0]) && !arguments.Any(argument => argument is "--no-restore" or "--no-build" or "--help");

    private static string[] Options(string[] arguments) => [.. arguments[1..].Where(argument => !Harmless.Any(argument.StartsWith))];

    private string State(string project, string[] options)
    {
        var state = new StringBuilder(project).Append(' ').AppendJoin(' ', options).AppendLine();
        foreach (var file in FilesBelow(new DirectoryInfo(directory.FullPath)).OrderBy(file => file.FullName, StringComparer.Ordinal))
        {
            state.Append(file.FullName).Append(' ').Append(file.LastWriteTimeUtc.Ticks).Append(' ').Append(file.Length).AppendLine();
        }

        return state.ToString();
    }

    private static IEnumerable<FileInfo> FilesBelow(DirectoryInfo folder) =>
        folder.EnumerateFileSystemInfos().SelectMany(entry => entry switch
    {
        { LinkTarget: not null } => [],
        DirectoryInfo { Name: "bin" or ".git" or "binlogs" } => [],
        DirectoryInfo inner => FilesBelow(inner),
        FileInfo file when IsRead(file) => [file],
        _ => Enumerable.Empty<FileInfo>(),
    });

    // What builds write below obj is no reason to restore, but for the assets file.
    private static bool IsRead(FileInfo file) =>
        file.Directory!.Name == "obj" ? file.Name == RestoreTemplate.AssetsFile : Endings.Contains(file.Extension);
}
