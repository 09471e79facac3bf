using ImageSync.Engine.Lists;

namespace ImageSync.Engine.CommandLine;

/// <summary>The command lines that messages advise, for the list that they are about.</summary>
internal static class ListCommands
{
    /// <summary>Syncs it.</summary>
    public static string Sync(ListFile file) => $"{Product.Command} sync{(file.IsUsual ? "" : " " + file.ShownAs)}";

    /// <summary>Adds an image to it, or begins it.</summary>
    public static string Add(ListFile file) => $"{Product.Command} add URL{(file.IsUsual ? "" : " --list " + file.ShownAs)}";
}
