namespace ImageSync.Package.Tests;

/// <summary>The engine as a native program.</summary>
internal static class NativeEngine
{
    /// <summary>Whether a package that is made here has to hold it: on Linux, where there is a linker, and in CI in any case.</summary>
    public static bool IsExpected { get; } =
        OperatingSystem.IsLinux() && (Environment.GetEnvironmentVariable("IMAGESYNC_REQUIRE_SERVERS") == "1" || HasLinker());

    private static bool HasLinker() =>
        HasCommand("objcopy") && (HasCommand("clang") || HasCommand("gcc"));

    private static bool HasCommand(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));
}
