using System.Buffers;
using ImageSync.Engine.Lists;
using ImageSync.Sync;

namespace ImageSync.Engine.CommandLine;

/// <summary>The command lines that messages advise, for the list that they are about.</summary>
internal static class ListCommands
{
    private static readonly SearchValues<char> Special = SearchValues.Create(" \t&;()<>|'#");

    /// <summary>Syncs it.</summary>
    public static string Sync(ListFile file) => Product.Command + " sync" + Argument(file);

    /// <summary>Checks it.</summary>
    public static string Check(ListFile file) => Product.Command + " check" + Argument(file);

    /// <summary>Adds an image to it, or begins it.</summary>
    public static string Add(ListFile file) => $"{Product.Command} add URL{Option(file)}";

    /// <summary>Accepts what the origin has.</summary>
    /// <param name="file">The list.</param>
    /// <param name="image">The image; null where any can be meant.</param>
    public static string Accept(ListFile file, RemoteImageDeclaration? image) =>
        $"{Product.Command} accept {NameOf(image)}{Option(file)}";

    private static string NameOf(RemoteImageDeclaration? image) =>
        image is null ? "IMAGE"
        : image.LocalPath is { Length: > 0 } path && path[^1] is not ('/' or '\\') ? Quoted(path)
        : Quoted(image.ShownUrl);

    private static string Argument(ListFile file) => file.IsUsual ? "" : " " + Quoted(file.ShownAs);

    private static string Option(ListFile file) => file.IsUsual ? "" : " --list " + Quoted(file.ShownAs);

    // For whoever copies the command; a name that a shell would expand is quoted by its user.
    private static string Quoted(string name) =>
        name.AsSpan().IndexOfAny(Special) < 0 ? name : $"\"{name}\"";
}
