using Microsoft.Build.Logging.StructuredLogger;

namespace ImageSync.Package.Tests;

/// <summary>A warning or an error of a binlog.</summary>
internal sealed record LoggedProblem(string Code, string File, string Text)
{
    public static LoggedProblem Of(AbstractDiagnostic diagnostic) => new(diagnostic.Code ?? "", diagnostic.File ?? "", diagnostic.Text ?? "");
}
