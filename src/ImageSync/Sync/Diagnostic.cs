namespace ImageSync.Sync;

/// <summary>How much a diagnostic matters.</summary>
internal enum Severity
{
    /// <summary>The build goes on.</summary>
    Warning,

    /// <summary>The build fails.</summary>
    Error,
}

/// <summary>One thing that a person should know, in words that are enough to act on.</summary>
internal sealed record Diagnostic(DiagnosticCode Code, Severity Severity, string Message)
{
    /// <summary>What happened and why: a sentence.</summary>
    public string Cause { get; init; } = "";

    /// <summary>What to do: a sentence.</summary>
    public string Advice { get; init; } = "";

    /// <summary>What remains of the image.</summary>
    public LocalCopy Copy { get; init; } = LocalCopy.Good;

    /// <summary>What is the matter with the origin, where that is the cause; null where it is the image's own.</summary>
    public CommonCause? CommonCause { get; init; }

    /// <summary>The text that it is about; null where that is the project.</summary>
    public TextLocation? Place { get; init; }

    /// <summary>The code as it is shown: IMGSYNC and four digits.</summary>
    public string CodeText => FormattableString.Invariant($"IMGSYNC{(int)Code}");
}

/// <summary>A place in a text.</summary>
/// <param name="File">Absolute.</param>
/// <param name="Line">From 1; 0 where it is not known.</param>
/// <param name="Column">From 1; 0 where it is not known.</param>
internal sealed record TextLocation(string File, int Line, int Column);
