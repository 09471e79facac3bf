using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ImageSync.Package.Tests;

/// <summary>Manifest resources read out of an assembly that is not loaded.</summary>
internal static class EmbeddedResource
{
    public static byte[] Read(string assembly, string name)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        var resource = metadata.ManifestResources.Select(metadata.GetManifestResource).Single(one => metadata.GetString(one.Name) == name);
        var start = file.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress + (int)resource.Offset;
        // ECMA-335 II.24.2.2: a resource is its length in four octets, then its bytes.
        var length = file.GetSectionData(start).GetReader().ReadInt32();
        return [.. file.GetSectionData(start + sizeof(int)).GetContent(0, length)];
    }
}
