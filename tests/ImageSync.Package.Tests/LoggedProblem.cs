using Microsoft.Build.Logging.StructuredLogger;

namespace ImageSync.Package.Tests;

/// <summary>A warning or an error of a binlog; line and column count from 1.</summary>
internal sealed record LoggedProblem(string Code, string File, int Line, int Column, string Text)
{
    public static LoggedProblem Of(AbstractDiagnostic diagnostic) =>
        new(diagnostic.Code ?? "", diagnostic.File ?? "", diagnostic.LineNumber, diagnostic.ColumnNumber, diagnostic.Text ?? "");
}
