namespace ImageSync.Storage;

/// <summary>Bytes that are about to be replaced and that ImageSync did not write: they are kept in a folder under obj/.</summary>
internal sealed class KeptBytes(string folder)
{
    /// <summary>Copies the file's bytes aside and says where. The same bytes are kept once.</summary>
    public string Keep(string file, string localPath)
    {
        var digest = ContentDigest.OfFile(file);
        var kept = Path.Combine(folder, Path.ChangeExtension(localPath, digest[..12] + Path.GetExtension(localPath)));
        if (!File.Exists(kept))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
            var temporary = kept + ".tmp";
            File.Copy(file, temporary, overwrite: true);
            File.Move(temporary, kept, overwrite: true);
        }

        return kept;
    }
}
