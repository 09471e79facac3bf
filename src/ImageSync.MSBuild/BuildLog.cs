using ImageSync.Engine;
using ImageSync.MSBuild.Names;
using ImageSync.Reporting;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ImageSync.MSBuild;

/// <summary>The only place that writes to the build's log.</summary>
/// <param name="log">MSBuild's.</param>
/// <param name="projectFile">The location of what concerns no item.</param>
internal sealed class BuildLog(TaskLoggingHelper log, string projectFile)
{
    private DeclaringFiles? _files;

    /// <summary>Whether anybody looks at low messages.</summary>
    public bool IsDetailed => log.LogsMessagesOfImportance(MessageImportance.Low);

    /// <summary>A line of the engine's, which has made it harmless.</summary>
    public void Line(string importance, string text) => log.LogMessage(
        importance switch
        {
            "high" => MessageImportance.High,
            "normal" => MessageImportance.Normal,
            _ => MessageImportance.Low,
        },
        "{0}",
        text);

    /// <summary>A diagnostic, at the line that declares its item.</summary>
    public void Write(LoggedDiagnostic told, ITaskItem? item)
    {
        var (file, line, column) = told.File.Length > 0 ? (told.File, told.Line, told.Column) : SourceOf(item);
        var (shown, help) = (UntrustedText.EscapeForLog(file), Product.HelpLink(told.Code));
        if (told.IsError)
        {
            log.LogError(null, told.Code, null, help, shown, line, column, 0, 0, "{0}", told.Message);
        }
        else
        {
            log.LogWarning(null, told.Code, null, help, shown, line, column, 0, 0, "{0}", told.Message);
        }
    }

    // A place is a courtesy. Whatever keeps it from being found, such as an assembly that cannot be loaded by a process that is out of
    // file descriptors, does not cost the diagnostic.
    private (string File, int Line, int Column) SourceOf(ITaskItem? item)
    {
        try
        {
            var source = (_files ??= new DeclaringFiles()).SourceOf(item, projectFile);
            return (source.File, source.Line, source.Column);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return (projectFile, 0, 0);
        }
    }
}
