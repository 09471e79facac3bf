using ImageSync.Reporting;

namespace ImageSync.MSBuild;

/// <summary>A diagnostic on its way to the log. Its words are harmless where a log is shown or read along.</summary>
/// <param name="severity">error, or warning.</param>
/// <param name="code">IMGSYNC and four digits.</param>
/// <param name="message">In words that are enough to act on.</param>
internal sealed class LoggedDiagnostic(string severity, string code, string message)
{
    public bool IsError { get; } = severity == "error";

    /// <summary>Whether its severity is one.</summary>
    public bool IsKnown { get; } = severity is "error" or "warning";

    public string Code { get; } = code;

    public string Message { get; } = message;

    /// <summary>What the task tells by itself, in words that may hold a name.</summary>
    public static LoggedDiagnostic ByTask(string severity, string code, string message) =>
        new(severity, code, UntrustedText.EscapeForLog(message));

    /// <summary>The file that it is about; empty for the one that declares the item.</summary>
    public string File { get; set; } = "";

    /// <summary>From 1; 0 where it is not known.</summary>
    public int Line { get; set; }

    /// <summary>From 1; 0 where it is not known.</summary>
    public int Column { get; set; }
}
