namespace ImageSync.Sync;

/// <summary>For how long after a validation no request is made: a time span, or what the origin itself declares.</summary>
internal readonly record struct MaxAge(TimeSpan Span, bool ByServer)
{
    /// <summary>What is valid, for error messages.</summary>
    public const string ValidValues = OptionValues.DurationsOrZero + ", or server for the lifetime that the origin declares";

    /// <summary>Ask every time.</summary>
    public static readonly MaxAge Zero = new(TimeSpan.Zero, ByServer: false);

    /// <summary>Whether ages matter at all.</summary>
    public bool IsZero => Span == TimeSpan.Zero && !ByServer;

    /// <summary>Reads a value; null for what is not valid.</summary>
    public static MaxAge? Parse(string text) =>
        text.Trim().Equals("server", StringComparison.OrdinalIgnoreCase) ? new MaxAge(TimeSpan.Zero, ByServer: true)
        : OptionValues.DurationOrZero(text) is { } span ? new MaxAge(span, ByServer: false)
        : null;
}
