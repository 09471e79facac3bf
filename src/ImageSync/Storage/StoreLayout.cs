using System.Text;

namespace ImageSync.Storage;

/// <summary>
/// Where things lie in a shared store, and which of the files in it are its own: <c>v1/content/ab/cd…</c> are bytes, named by
/// their SHA-256; <c>v1/urls/ab/cd…</c> are records, named by a digest of the request.
/// </summary>
/// <remarks>The format's version is a folder, so that another version neither reads nor deletes what it does not know.</remarks>
/// <param name="folder">The store, absolute.</param>
internal sealed class StoreLayout(string folder)
{
    private const int PrefixLength = 2;
    private const int DigestLength = 64;

    // What stands elsewhere on the disk is not the store's, whatever leads to it.
    private static readonly EnumerationOptions OwnEntries = new() { AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>The store's folder.</summary>
    public string Folder { get; } = folder;

    /// <summary>The file by which those who make room exclude each other.</summary>
    public string Mutex { get; } = Path.Combine(folder, "v1", "lock");

    private string Contents { get; } = Path.Combine(folder, "v1", "content");

    private string Records { get; } = Path.Combine(folder, "v1", "urls");

    /// <summary>The name of a request's record.</summary>
    /// <param name="url">The URL, without what could be a secret.</param>
    /// <param name="requestKey">What else of the request is known, before it is sent, to select the response.</param>
    public static string KeyOf(string url, string? requestKey) => ContentDigest.Of(Encoding.UTF8.GetBytes(url + "\n" + requestKey));

    /// <summary>The place of bytes.</summary>
    public string ContentOf(string sha256) => Split(Contents, sha256);

    /// <summary>The place of a request's record.</summary>
    public string RecordOf(string key) => Split(Records, key);

    /// <summary>All files of bytes, and those that are to become such; no others, whatever lies beside them.</summary>
    public IEnumerable<FileInfo> AllContents() => Files("content");

    /// <summary>All files of records, and those that are to become such; no others, whatever lies beside them.</summary>
    public IEnumerable<FileInfo> AllRecords() => Files("urls");

    private IEnumerable<FileInfo> Files(string kind) =>
        from version in Folders(new DirectoryInfo(Folder), "v1")
        from part in Folders(version, kind)
        from prefix in Folders(part, "*")
        where prefix.Name.Length == PrefixLength && prefix.Name.All(char.IsAsciiHexDigitLower)
        from file in prefix.EnumerateFiles("*", OwnEntries)
        where TemporaryFiles.IsTemporary(file.Name)
            || (file.Name.Length == DigestLength - PrefixLength && file.Name.All(char.IsAsciiHexDigitLower))
        select file;

    private static IEnumerable<DirectoryInfo> Folders(DirectoryInfo parent, string pattern) =>
        parent.Exists ? parent.EnumerateDirectories(pattern, OwnEntries) : [];

    private static string Split(string parent, string digest) => Path.Combine(parent, digest[..PrefixLength], digest[PrefixLength..]);
}
