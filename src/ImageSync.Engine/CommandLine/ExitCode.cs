namespace ImageSync.Engine.CommandLine;

/// <summary>How the command ends, for scripts (docs/command-line.md).</summary>
internal static class ExitCode
{
    /// <summary>All is in step.</summary>
    public const int Success = 0;

    /// <summary>Something failed, and a line says what.</summary>
    public const int Failure = 1;

    /// <summary>The command line, or the list, is none that can be carried out.</summary>
    public const int Usage = 2;

    /// <summary>Of <c>check --exit-code</c>: a sync would change something.</summary>
    public const int WouldChange = 3;

    /// <summary>A person, or the system, has ended it (128 and the number of SIGINT, as shells have it).</summary>
    public const int Cancelled = 130;
}
