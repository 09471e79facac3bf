using System.Text;
using System.Text.RegularExpressions;

namespace ImageSync.Storage;

/// <summary>
/// Whether a file in the place of one of ours was written by ImageSync, told by its beginning or its name. Hazard: a property that
/// names a source file, a project or an image by a slip would otherwise cost that file. Pure, but for <see cref="BeginningOf"/>.
/// </summary>
internal static partial class FileOwnership
{
    /// <summary>What is said of a file that is not ours, as a clause.</summary>
    public const string NotOurs = "the file there is none that ImageSync has written, and was left alone; "
        + "give the property another place, or delete the file";

    private const int Beginning = 16 * 1024;

    /// <summary>As much of a file as tells whose it is; nothing of one that is not there, is a link, or has no bytes to read.</summary>
    /// <param name="path">The file. A link is not asked for: it is replaced, or refused elsewhere, and what it leads to stays.</param>
    public static string BeginningOf(string path)
    {
        try
        {
            if (new FileInfo(path).LinkTarget is not null)
            {
                return "";
            }

            using var file = RegularFile.Open(path, long.MaxValue);
            var octets = new byte[Math.Min(file.Length, Beginning)];
            return Encoding.Latin1.GetString(octets.AsSpan(0, file.ReadAtLeast(octets, octets.Length, throwOnEndOfStream: false)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Whether a report may replace it. Older reports have no mark but their title.</summary>
    public static bool IsReport(string beginning) => IsNothing(beginning)
        || (beginning.StartsWith("<!DOCTYPE html>", StringComparison.Ordinal)
            && (beginning.Contains("<meta name=\"generator\" content=\"ImageSync\">", StringComparison.Ordinal)
                || beginning.Contains(" ImageSync</title>", StringComparison.Ordinal)));

    /// <summary>Whether a run may be added to it: it holds a line of a run, or the beginning of one.</summary>
    public static bool IsHistory(string text) => IsNothing(text) || LineOfARun().IsMatch(text);

    /// <summary>Whether a summary may be added to it: a text for people, or a file that begins with a summary.</summary>
    public static bool TakesSummary(string path, string beginning) =>
        IsNothing(beginning) || beginning.StartsWith("### ", StringComparison.Ordinal)
        || Path.GetExtension(path).ToLowerInvariant() is "" or ".md" or ".markdown" or ".txt" or ".log";

    /// <summary>Whether a manifest may replace what cannot be read as one: nothing, or two that Git has merged in vain.</summary>
    public static bool GivesWayToManifest(string text) => IsNothing(text)
        || (MergeMark().IsMatch(text) && text.Contains("\"integrity\": \"sha256-", StringComparison.Ordinal));

    /// <summary>Whether the cache may replace it, of whichever version it is.</summary>
    public static bool IsCache(string beginning) =>
        IsNothing(beginning) || beginning.StartsWith(ValidatorCacheFormat.Name, StringComparison.Ordinal);

    /// <summary>Whether it is called as caches are: that is enough, for a damaged one costs requests, and never a build.</summary>
    public static bool IsNameOfCache(string path) => path.EndsWith("imagesync.cache", StringComparison.OrdinalIgnoreCase);

    // A file that was being written when the power went may have nothing but zeros.
    private static bool IsNothing(string text) => text.AsSpan().TrimStart('\uFEFF').IndexOfAnyExcept("\0 \r\n") < 0;

    [GeneratedRegex("^<{7} ", RegexOptions.Multiline)]
    private static partial Regex MergeMark();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ( \w+=\d|\s*\z)", RegexOptions.Multiline)]
    private static partial Regex LineOfARun();
}
