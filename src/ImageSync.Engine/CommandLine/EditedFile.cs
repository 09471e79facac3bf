using ImageSync.Engine.Lists;
using ImageSync.Engine.Runs;
using ImageSync.Http;
using ImageSync.Sync;

namespace ImageSync.Engine.CommandLine;

/// <summary>The list or the project that a command changes: what both kinds of commands have in common.</summary>
/// <param name="file">What is changed.</param>
/// <param name="kind">What it is: list or project.</param>
/// <param name="terminal">Where the user reads.</param>
internal sealed class EditedFile(ListFile file, string kind, Terminal terminal)
{
    /// <summary>Tells why nothing is changed.</summary>
    /// <returns>The exit code.</returns>
    public int Refuse(string why, int line = 0)
    {
        Tell(why, line);
        return ExitCode.Usage;
    }

    /// <summary>
    /// Makes a change while nobody else makes one: of two at a time, the second would write what it has read before the first has written.
    /// </summary>
    /// <returns>The exit code.</returns>
    public int Alone(Func<int> change)
    {
        try
        {
            using var alone = file.Lock();
            return change();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TimeoutException)
        {
            Tell($"the {kind} could not be changed: {exception.Message}", line: 0);
            return ExitCode.Failure;
        }
    }

    /// <summary>Why an image cannot be added, whatever the file holds; null where it can.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="localPath">The path; empty for none.</param>
    /// <param name="unreadable">What is said where the file would not be read as it is written.</param>
    public static string? ObjectionTo(string url, string localPath, string unreadable) =>
        !TargetUri.TryParse(url, out _, out var fault) ? $"the URL \"{UrlRedaction.Redact(url)}\" {fault}. Write {TargetUri.ValidValues}."
        : (url + localPath).Any(char.IsControl) || url.Any(char.IsWhiteSpace) || localPath.Trim() != localPath ? unreadable
        : null;

    /// <summary>What each run would say against the last image of a request; null for nothing.</summary>
    public static Diagnostic? ObjectionToLastOf(RunRequest request) =>
        ListRequest.Declared(request)?.Invalid.FirstOrDefault(outcome => outcome.Index == request.Images.Count - 1)?.Diagnostics[0];

    private void Tell(string why, int line) =>
        terminal.Problem(line == 0 ? file.ShownAs : $"{file.ShownAs}({line})", "error", why, ConsoleColor.Red);
}
