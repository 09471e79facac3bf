using System.Xml;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ImageSync.MSBuild;

/// <summary>Synced images on their way from one build to another, when MSBuild.exe has handed the sync over to dotnet.</summary>
internal static class SyncedImagesFile
{
    // A local path may hold any character that a file system takes, also those that XML takes as references only.
    private static readonly XmlWriterSettings Writing = new() { CheckCharacters = false, Indent = true };
    private static readonly XmlReaderSettings Reading = new() { CheckCharacters = false };

    /// <summary>Writes the images with all their metadata, and the outcome in one line.</summary>
    public static void Write(string path, IEnumerable<ITaskItem> images, string summary)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var writer = XmlWriter.Create(path, Writing);
        new XElement("SyncedImages", new XAttribute("Summary", summary), images.Select(Element)).Save(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="XmlException">It is not complete.</exception>
    public static (ITaskItem[] Images, string Summary) Read(string path)
    {
        using var reader = XmlReader.Create(path, Reading);
        var root = XElement.Load(reader);
        return ([.. root.Elements().Select(Item)], (string)root.Attribute("Summary")!);
    }

    private static XElement Element(ITaskItem image)
    {
        var escaped = (ITaskItem2)image;
        var metadata = escaped.CloneCustomMetadataEscaped();
        return new XElement(
            "SyncedImage",
            new XAttribute("Include", escaped.EvaluatedIncludeEscaped),
            metadata.Keys.Cast<string>().Select(name => new XElement("Metadata", new XAttribute("Name", name), (string?)metadata[name])));
    }

    private static TaskItem Item(XElement element)
    {
        var item = new TaskItem((string)element.Attribute("Include")!);
        foreach (var metadatum in element.Elements())
        {
            item.SetMetadata((string)metadatum.Attribute("Name")!, metadatum.Value);
        }

        return item;
    }
}
