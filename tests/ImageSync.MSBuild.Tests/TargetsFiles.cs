using System.Xml.Linq;
using ImageSync.Testing;

namespace ImageSync.MSBuild.Tests;

/// <summary>The text of ImageSync.targets: its parts, as it imports them, in their order.</summary>
internal static class TargetsFiles
{
    public static string Main { get; } = RepositoryRoot.PathOf("ImageSync.targets");

    public static IReadOnlyList<string> Parts { get; } =
    [
        .. XDocument.Load(Main).Root!.Elements("Import").Select(import =>
            Path.GetFullPath((string)import.Attribute("Project")!, Path.GetDirectoryName(Main)!)),
    ];

    public static string Text { get; } = string.Concat(Parts.Select(File.ReadAllText));

    public static IReadOnlyList<XElement> Elements { get; } =
        [.. Parts.SelectMany(part => XDocument.Load(part).Root!.Descendants())];

    /// <summary>The properties by which a project takes the task and the engine that are built beside these tests.</summary>
    public static string BuiltHere { get; } = $"""
        <_ImageSyncTaskAssembly>{typeof(SyncImages).Assembly.Location}</_ImageSyncTaskAssembly>
        <_ImageSyncEngineFolder>{Path.Combine(AppContext.BaseDirectory, "engine")}</_ImageSyncEngineFolder>
        """;

    /// <summary>Copies them to where the package has them.</summary>
    public static void CopyTo(TestDirectory directory)
    {
        foreach (var file in Parts.Prepend(Main))
        {
            var relative = Path.GetRelativePath(RepositoryRoot.FullPath, file).Replace('\\', '/');
            directory.Write(relative, File.ReadAllText(file));
        }
    }
}
