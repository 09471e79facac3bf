namespace ImageSync.Storage;

/// <summary>Bytes that are about to be replaced and that ImageSync did not write: they are kept in a folder under obj/.</summary>
internal sealed class EditBackups(string folder)
{
    /// <summary>Copies the file's bytes aside and says where. The same bytes are kept once.</summary>
    /// <exception cref="IOException">It is not regular, larger than that, or cannot be kept; then it is not to be replaced.</exception>
    public string Keep(string file, string localPath, long maxLength)
    {
        var digest = ContentDigest.OfFile(file, maxLength);
        var kept = Path.Combine(folder, Path.ChangeExtension(localPath, digest[..12] + Path.GetExtension(localPath)));
        if (!File.Exists(kept))
        {
            using var copy = new AtomicFile(kept);
            copy.CopyFrom(file, maxLength);
            copy.Commit();
        }

        return kept;
    }
}
