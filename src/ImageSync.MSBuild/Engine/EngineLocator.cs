using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace ImageSync.MSBuild;

/// <summary>Which programs the engine may be, the best first. Pure, but for the question which files exist.</summary>
/// <remarks>
/// Hazard: what is started runs with the rights of whoever builds. So all of it stands beside the task, which MSBuild has loaded
/// from there, or is the dotnet that the build itself runs on; nothing is ever copied to, or run from, any other place.
/// </remarks>
/// <param name="folder">The folder of the engine in the package.</param>
/// <param name="exists">Whether a file exists.</param>
internal sealed class EngineLocator(string folder, Func<string, bool> exists)
{
    /// <summary>The engine's IL.</summary>
    public const string Assembly = "ImageSync.Engine.dll";

    /// <summary>The verb that speaks to builds.</summary>
    public const string Verb = "engine";

    /// <summary>The program compiled for this machine; null where the package has none.</summary>
    /// <param name="runtimes">What this machine can be called, as <see cref="RuntimesOf"/> says.</param>
    public EngineProgram? Native(IEnumerable<string> runtimes) => runtimes
        .Select(runtime => Path.Combine(folder, runtime, ProgramNameOn(runtime)))
        .Where(exists)
        .Select(file => new EngineProgram(file, Verb, isNative: true))
        .FirstOrDefault();

    /// <summary>What the package's folder should have and has not, as a clause; null where it is whole.</summary>
    public string? WhatIsMissing => exists(ManagedFile) ? null : $"the package's folder is not whole, {ManagedFile} is missing";

    private string ManagedFile => Path.Combine(folder, "net8.0", Assembly);

    /// <summary>The IL, in each dotnet that there is; none where the IL is not there.</summary>
    /// <param name="host"><c>DOTNET_HOST_PATH</c>: the dotnet that the build runs on; null for none.</param>
    /// <param name="root">Where the SDK of the build is installed; empty for nowhere.</param>
    /// <param name="path">The PATH.</param>
    public IEnumerable<EngineProgram> Managed(string? host, string root, string? path)
    {
        var name = Path.DirectorySeparatorChar == '\\' ? "dotnet.exe" : "dotnet";
        var assembly = ManagedFile;
        var folders = new[] { root }.Concat((path ?? "").Split(Path.PathSeparator).Select(Unquoted));
        return new[] { host ?? "" }.Concat(folders.Where(IsAbsolute).Select(each => Path.Combine(each, name)))
            .Where(dotnet => IsAbsolute(dotnet) && exists(assembly) && exists(dotnet))
            .Distinct(StringComparer.Ordinal)
            .Select(dotnet => new EngineProgram(dotnet, $"exec \"{Quotable(assembly)}\" {Verb}", isNative: false));
    }

    /// <summary>The runtime identifiers of this machine; none where .NET has no such thing.</summary>
    public static IEnumerable<string> RuntimesOfThisMachine()
    {
        var system = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "win"
            : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "osx"
            : RuntimeInformation.IsOSPlatform(OSPlatform.Linux) ? "linux" : "";
        return RuntimesOf(
            system, ArchitectureOf(system, RuntimeInformation.ProcessArchitecture, RuntimeInformation.OSArchitecture), File.Exists);
    }

    /// <summary>What a program started by this process may be compiled for.</summary>
    /// <remarks>
    /// Visual Studio's MSBuild\Current\Bin\MSBuild.exe is a 32-bit process (the 64-bit one is in amd64 below it), and a 64-bit Windows
    /// runs the programs of both. Elsewhere a 32-bit process may have nothing but 32-bit libraries around it, whatever its kernel
    /// could run.
    /// </remarks>
    /// <param name="system">As for <see cref="RuntimesOf"/>.</param>
    /// <param name="process">Of the process; it may be an emulated one, and what it starts is emulated as well.</param>
    /// <param name="machine">Of the operating system.</param>
    public static Architecture ArchitectureOf(string system, Architecture process, Architecture machine) =>
        system == "win" && process is (Architecture.X86 or Architecture.Arm) ? machine : process;

    /// <summary>The runtime identifiers of a machine.</summary>
    /// <param name="system">win, osx, linux; empty for others.</param>
    /// <param name="architecture">What a program may be compiled for.</param>
    /// <param name="exists">Whether a file exists: Linux's C library is told by its loader.</param>
    public static IEnumerable<string> RuntimesOf(string system, Architecture architecture, Func<string, bool> exists)
    {
        var (name, musl) = architecture switch
        {
            Architecture.X64 => ("x64", "/lib/ld-musl-x86_64.so.1"),
            Architecture.Arm64 => ("arm64", "/lib/ld-musl-aarch64.so.1"),
            _ => ("", ""),
        };
        return (system, name) switch
        {
            ("", _) or (_, "") => [],
            ("linux", _) when exists(musl) => [$"linux-musl-{name}", $"linux-{name}"],
            _ => [$"{system}-{name}"],
        };
    }

    private static string ProgramNameOn(string runtime) =>
        runtime.StartsWith("win", StringComparison.Ordinal) ? "imagesync.exe" : "imagesync";

    // As .NET splits the arguments of a process on every system: backslashes stand for themselves, but before a quotation mark.
    private static string Quotable(string path) => Regex.Replace(path, @"(\\*)""", @"$1$1\""");

    // Windows takes an entry of the PATH in quotes.
    private static string Unquoted(string entry) =>
        Path.DirectorySeparatorChar == '\\' && entry.Length > 1 && entry[0] == '"' && entry[entry.Length - 1] == '"'
            ? entry.Substring(1, entry.Length - 2)
            : entry;

    // What is relative, to a drive too, may lead into the project that is built. .NET Framework throws on characters that no path has.
    private static bool IsAbsolute(string path) =>
        path.IndexOfAny(Path.GetInvalidPathChars()) < 0
        && (Path.DirectorySeparatorChar == '/' ? path.StartsWith("/", StringComparison.Ordinal)
            : path.StartsWith(@"\\", StringComparison.Ordinal) || (path.Length > 2 && path[1] == ':' && path[2] is '\\' or '/'));
}

/// <summary>A way to start the engine.</summary>
/// <param name="file">The program, absolute.</param>
/// <param name="arguments">Its arguments.</param>
/// <param name="isNative">Whether it is compiled for this machine, and needs no dotnet.</param>
internal sealed class EngineProgram(string file, string arguments, bool isNative)
{
    public string File { get; } = file;

    public string Arguments { get; } = arguments;

    public bool IsNative { get; } = isNative;

    /// <summary>As people may look it up.</summary>
    public override string ToString() => IsNative ? File : $"{File} {Arguments}";
}
