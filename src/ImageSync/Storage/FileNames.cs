using System.Buffers;
using System.Text;

namespace ImageSync.Storage;

/// <summary>What the files of a project may be called, wherever the name comes from. Pure.</summary>
internal static class FileNames
{
    // On Windows a colon begins a stream of the file (a:b.png is the stream "b.png" of a), the others are patterns and pipes. Refused
    // everywhere, as all that Windows cannot have, so that a project which builds here builds for a colleague there too.
    private static readonly SearchValues<char> NotOnWindows = SearchValues.Create("<>:\"|?*");

    // NAME_MAX of Linux and macOS, in UTF-8. A download of what cannot be written would be in vain.
    private const int MostBytes = 255;

    private delegate bool NameRule(ReadOnlySpan<char> name);

    /// <summary>Why there can be no such file: a clause that follows the path; null where there can.</summary>
    /// <param name="localPath">With <c>/</c>.</param>
    public static string? Objection(string localPath) =>
        ControlIn(localPath) is { } control ? $"has {Named(control)}, which a file name cannot have"
        : DeceptiveText.ObjectionTo(localPath) is { } deceptive ? deceptive
        : localPath.AsSpan().IndexOfAny(NotOnWindows) is >= 0 and var at
            ? $"has the character \"{localPath[at]}\" (U+{(int)localPath[at]:X4}), which Windows cannot have in a name"
        : MSBuildSyntaxIn(localPath) is { } syntax ? $"holds {syntax}, which MSBuild would expand where a target uses the name"
        : FirstName(localPath, IsImpossibleOnWindows) is { } name ? $"contains the name \"{name}\", which Windows cannot have"
        : FirstName(localPath, IsTooLong) is { } tooLong ? FormattableString.Invariant(
            $"contains a name of {Encoding.UTF8.GetByteCount(tooLong)} bytes, more than the {MostBytes} that file systems take")
        : FirstName(localPath, IsGitFolder) is not null ? "is in a repository's own folder, from which git takes configuration and programs"
        : null;

    private static string? FirstName(string localPath, NameRule breaksIt)
    {
        for (var rest = localPath.AsSpan(); !rest.IsEmpty;)
        {
            var slash = rest.IndexOf('/');
            var name = slash < 0 ? rest : rest[..slash];
            rest = slash < 0 ? [] : rest[(slash + 1)..];
            if (breaksIt(name))
            {
                return name.ToString();
            }
        }

        return null;
    }

    private static char? ControlIn(string text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c))
            {
                return c;
            }
        }

        return null;
    }

    // What nobody sees has to be told by its number.
    private static string Named(char control) => control switch
    {
        '\n' or '\r' => $"a line break (U+{(int)control:X4})",
        '\t' => "a tab (U+0009)",
        _ => $"the control character U+{(int)control:X4}",
    };

    // MSBuild pastes an item's name into a text before it expands that text: $(…) is a property function then. A backtick would
    // end the name where it is a function's argument.
    private static string? MSBuildSyntaxIn(string localPath)
    {
        for (var at = localPath.AsSpan().IndexOfAny('(', '`'); at >= 0; at = localPath.IndexOfAny(['(', '`'], at + 1))
        {
            if (localPath[at] == '`')
            {
                return "a backtick";
            }

            if (at > 0 && localPath[at - 1] is '$' or '@' or '%')
            {
                return $"\"{localPath.AsSpan(at - 1, 2)}\"";
            }
        }

        return null;
    }

    private static bool IsTooLong(ReadOnlySpan<char> name) => name.Length > MostBytes / 3 && Encoding.UTF8.GetByteCount(name) > MostBytes;

    private static bool IsImpossibleOnWindows(ReadOnlySpan<char> name) =>
        name is not ("" or "." or "..") && (name[^1] is '.' or ' ' || IsDevice(name));

    // CON.png is the console, too. The digits ¹, ² and ³ count as 1, 2 and 3 (Microsoft, "Naming Files, Paths, and Namespaces").
    private static bool IsDevice(ReadOnlySpan<char> name)
    {
        var dot = name.IndexOf('.');
        var stem = (dot < 0 ? name : name[..dot]).TrimEnd();
        return stem.Length switch
        {
            3 => Is(stem, "CON") || Is(stem, "PRN") || Is(stem, "AUX") || Is(stem, "NUL"),
            4 => stem[3] is (>= '1' and <= '9') or '¹' or '²' or '³' && (Is(stem[..3], "COM") || Is(stem[..3], "LPT")),
            6 or 7 => Is(stem, "CONIN$") || Is(stem, "CONOUT$"),
            _ => false,
        };
    }

    // Hooks in it run, and its configuration names programs. GIT~1 is its short name on NTFS.
    private static bool IsGitFolder(ReadOnlySpan<char> name) => Is(name, ".git") || Is(name, "git~1");

    private static bool Is(ReadOnlySpan<char> name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
