namespace ImageSync.Testing;

/// <summary>A folder for one test: empty at first, deleted after success, kept after failure for a look at it.</summary>
public sealed class TestDirectory
{
    public TestDirectory() => FullPath = TestDirectories.Claim();

    public string FullPath { get; }

    public string PathOf(string relative) => Path.GetFullPath(relative, FullPath);

    public FileInfo FileInfo(string relative) => new(PathOf(relative));

    public bool Exists(string relative) => File.Exists(PathOf(relative));

    public byte[] Read(string relative) => File.ReadAllBytes(PathOf(relative));

    public string ReadText(string relative) => File.ReadAllText(PathOf(relative));

    public string Write(string relative, string text)
    {
        var path = PathWithFolder(relative);
        File.WriteAllText(path, text);
        return path;
    }

    public string Write(string relative, byte[] bytes)
    {
        var path = PathWithFolder(relative);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Delete(string relative) => File.Delete(PathOf(relative));

    /// <summary>Every file below, relative to the folder and with forward slashes, sorted.</summary>
    public IReadOnlyList<string> Files() =>
        [.. Directory.EnumerateFiles(FullPath, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(FullPath, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];

    public override string ToString() => FullPath;

    private string PathWithFolder(string relative)
    {
        var path = PathOf(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }
}
