using System.CommandLine;
using System.CommandLine.Invocation;

namespace ImageSync.Engine.CommandLine;

/// <summary>The version without the commit that it was built from: scripts compare it.</summary>
/// <param name="terminal">Where it is read.</param>
internal sealed class VersionAction(Terminal terminal) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult line)
    {
        terminal.Line(Product.Version);
        return ExitCode.Success;
    }
}
