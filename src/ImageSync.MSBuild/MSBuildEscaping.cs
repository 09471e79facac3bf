using System.Globalization;
using System.Text;

namespace ImageSync.MSBuild;

/// <summary>MSBuild's escaping of characters that mean something to it; its own function is not public to tasks.</summary>
internal static class MSBuildEscaping
{
    private static readonly char[] Special = ['%', '*', '?', '@', '$', '(', ')', ';', '\''];

    /// <summary>Escapes text as MSBuild does itself, so that it arrives as it is written.</summary>
    public static string Escape(string text)
    {
        if (text.IndexOfAny(Special) < 0)
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            _ = Array.IndexOf(Special, c) >= 0
                ? escaped.Append('%').Append(((int)c).ToString("x2", CultureInfo.InvariantCulture))
                : escaped.Append(c);
        }

        return escaped.ToString();
    }
}
