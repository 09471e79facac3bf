using System.Runtime.InteropServices;

namespace ImageSync.Engine.CommandLine;

/// <summary>OpenSSL, by which .NET hashes and speaks TLS on Linux.</summary>
/// <remarks>
/// Hazard: where it is not there, .NET ends the process as soon as it needs it (opensslshim.c of dotnet/runtime), after files were
/// written and before anything was recorded. A minimal Debian has none.
/// </remarks>
internal static class OpenSsl
{
    // Those that .NET looks for, but for the versions that only systems before glibc 2.28 have.
    private static readonly string[] Names = ["libssl.so.3", "libssl.so.1.1"];

    /// <summary>Whether it is needed and not there.</summary>
    public static bool IsMissing =>
        OperatingSystem.IsLinux()
        && Environment.GetEnvironmentVariable("CLR_OPENSSL_VERSION_OVERRIDE") is null
        && !Array.Exists(Names, name => NativeLibrary.TryLoad(name, out _));
}
