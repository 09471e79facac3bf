using System.Buffers;
using ImageSync.Engine.Lists;

namespace ImageSync.Engine.CommandLine;

/// <summary>The command lines that messages advise, for the list that they are about.</summary>
internal static class ListCommands
{
    private static readonly SearchValues<char> Special = SearchValues.Create(" \t&;()<>|'#");

    /// <summary>Syncs it.</summary>
    public static string Sync(ListFile file) => Product.Command + " sync" + Argument(file);

    /// <summary>Adds an image to it, or begins it.</summary>
    public static string Add(ListFile file) => $"{Product.Command} add URL{Option(file)}";

    /// <summary>Accepts what the origin has.</summary>
    /// <param name="file">The list.</param>
    /// <param name="localPath">The image's file.</param>
    public static string Accept(ListFile file, string localPath) => $"{Product.Command} accept {Quoted(localPath)}{Option(file)}";

    /// <summary>Syncs it, and creates its lock file.</summary>
    /// <param name="file">The list.</param>
    /// <param name="lockFile">Absolute; null for the usual one.</param>
    public static string CreateLockFile(ListFile file, string? lockFile)
    {
        var path = lockFile ?? file.LockFile;
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return $"{Sync(file)} --lock-file {Quoted(relative.StartsWith("..", StringComparison.Ordinal) ? path : relative)}";
    }

    private static string Argument(ListFile file) => file.IsUsual ? "" : " " + Quoted(file.ShownAs);

    private static string Option(ListFile file) => file.IsUsual ? "" : " --list " + Quoted(file.ShownAs);

    // For whoever copies the command; a name that a shell would expand is quoted by its user.
    private static string Quoted(string name) =>
        name.AsSpan().IndexOfAny(Special) < 0 ? name : $"\"{name}\"";
}
