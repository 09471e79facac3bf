namespace ImageSync.Sync;

/// <summary>
/// What an author has written into a project: MSBuild trims an Include, and hands everything else over with the blanks and line
/// breaks around it.
/// </summary>
/// <remarks>It is also part of the task, hence .NET Standard 2.0.</remarks>
internal static class XmlWhiteSpace
{
    // White space as XML has it; ImageSync.targets trims the same. Any other may be meant.
    private static readonly char[] WhiteSpace = [' ', '\t', '\n', '\r'];

    /// <summary>The text without white space at its ends.</summary>
    public static string Trim(string text) => text.Trim(WhiteSpace);
}
