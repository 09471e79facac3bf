namespace ImageSync.MSBuild.Names;

/// <summary>The names that projects use, and what people write in their place (tests compare them with docs/).</summary>
internal static class KnownNames
{
    /// <summary>How the names of properties begin.</summary>
    public const string Prefix = "ImageSync";

    /// <summary>The item type.</summary>
    public const string Item = "RemoteImage";

    /// <summary>The item type of lists.</summary>
    public const string List = "RemoteImageList";

    /// <summary>The names of properties: those of the options that the targets hand over, and that of the task itself.</summary>
    public static IReadOnlyList<string> PropertiesOf(IEnumerable<string> options) =>
        [.. options.Append("Native").Select(name => Prefix + name)];

    public static readonly IReadOnlyList<string> Metadata =
    [
        "Url", "LocalPath", "BuildAction", "Sha256", "MediaType", "MaxAge", "MaxBytes", "Optional", "RequestHeaders", "IgnoreQuery",
        "Watch",
    ];

    /// <summary>The item types that evaluation fills (a test compares them with ImageSync.targets).</summary>
    public static readonly IReadOnlyList<string> BuildActions =
    [
        "Content", "EmbeddedResource", "None", "AdditionalFiles", "Resource", "MauiImage", "AvaloniaResource",
    ];

    /// <summary>What has an effect on the item of a <c>BuildAction</c> alone.</summary>
    public static readonly IReadOnlyList<string> CarriedMetadata =
        ["CopyToOutputDirectory", "CopyToPublishDirectory", "LogicalName", "Pack", "PackagePath"];

    /// <summary>What other tools call the same. An item that has the right name, too, means something else by it.</summary>
    public static readonly IReadOnlyDictionary<string, string> OtherMetadata = Meaning(
        "LocalPath", "Path File FilePath Destination DestinationFile DestinationPath DestinationFolder OutputPath SaveAs To Dest",
        "LocalPath", "DestinationFileName OutputFile LocalFile",
        "Url", "Uri Href SourceUrl",
        "Sha256", "Hash Checksum Digest Integrity Sha Sha1 Sha512 Md5 Sri",
        "BuildAction", "Action BuildType",
        "MediaType", "MimeType ContentType",
        "RequestHeaders", "Headers",
        "MaxBytes", "MaxSize");

    /// <summary>What people call an item type.</summary>
    public static readonly IReadOnlyDictionary<string, string> OtherBuildActions = Meaning(
        "EmbeddedResource", "Embedded Embed EmbeddedFile EmbeddedContent",
        "Content", "Copy StaticContent",
        "MauiImage", "Maui",
        "AvaloniaResource", "Avalonia");

    // In pairs of the name and the others.
    private static Dictionary<string, string> Meaning(params string[] rows)
    {
        var meaning = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var row = 0; row < rows.Length; row += 2)
        {
            foreach (var other in rows[row + 1].Split(' '))
            {
                meaning.Add(other, rows[row]);
            }
        }

        return meaning;
    }
}
