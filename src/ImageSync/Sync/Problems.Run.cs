using ImageSync.Http;
using static ImageSync.Sync.DiagnosticCode;

namespace ImageSync.Sync;

/// <summary>The codes 5xxx: ImageSync itself. The task words IMGSYNC5001, where there is no engine.</summary>
internal static partial class Problems
{
    /// <summary>An exception that nobody foresaw: its type and the method that it comes from are what a report needs.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="secrets">What nobody is told: the exception may quote an origin.</param>
    public static Problem NotForeseen(Exception exception, Secrets secrets) =>
        new(Unforeseen,
            $"ImageSync failed unexpectedly: {exception.GetType().Name} in {Origin(exception)} "
                + $"({secrets.Conceal(exception.Message).TrimEnd('.')}).",
            "The other images are not affected. Please report this line as a bug of ImageSync.");

    // "   at ImageSync.Http.Freshness.Of(ResponseHead head, …) in …": code that is compiled ahead has this text, and no methods to ask.
    private static string Origin(Exception exception) =>
        exception.StackTrace?.Split('\n')[0].Trim().Split('(')[0].Split(' ')[^1] is { Length: > 0 } method ? method : "an unknown place";
}
