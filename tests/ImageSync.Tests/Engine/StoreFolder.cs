using System.Security.Cryptography;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>A shared store as a test sees it: a folder that is not there yet, and later its files.</summary>
internal sealed class StoreFolder
{
    private readonly TestDirectory _directory = new();

    public string FullPath => _directory.PathOf("store");

    /// <summary>A checkout, of some project, that uses the store.</summary>
    public Project Checkout()
    {
        var project = new Project();
        project.Options = project.Options with { StoreFolder = FullPath };
        return project;
    }

    /// <summary>Every file, relative to the store and with forward slashes.</summary>
    public IEnumerable<string> Files => _directory.Files().Select(file => file["store/".Length..]);

    /// <summary>The files of bytes: what their names say, and what they hold.</summary>
    public IEnumerable<(string Path, string Sha256, byte[] Bytes)> Contents => Files.Where(file => file.StartsWith("v1/content/", StringComparison.Ordinal))
        .Select(file => (_directory.PathOf("store/" + file), file["v1/content/".Length..].Replace("/", "", StringComparison.Ordinal), _directory.Read("store/" + file)));

    /// <summary>The files of records.</summary>
    public IEnumerable<string> Records => Files.Where(file => file.StartsWith("v1/urls/", StringComparison.Ordinal)).Select(file => _directory.PathOf("store/" + file));

    /// <summary>Whether all bytes are what their names say.</summary>
    public bool IsSound => Contents.All(content => Convert.ToHexStringLower(SHA256.HashData(content.Bytes)) == content.Sha256);
}
