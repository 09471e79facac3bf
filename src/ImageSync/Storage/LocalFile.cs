namespace ImageSync.Storage;

/// <summary>Looks at a local file and judges it against its record.</summary>
internal static class LocalFile
{
    /// <summary>
    /// What is on disk. Size and time settle most files with one stat; the digest decides where they differ, or where the
    /// declaration names a digest and there is no record.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="record">Its record.</param>
    /// <param name="needsDigest">Whether the digest is wanted even of a file without a record.</param>
    /// <param name="trustsStamp">Whether size and time vouch for the recorded bytes; otherwise the digest alone does.</param>
    /// <param name="maxLength">The most bytes that are read for a digest.</param>
    public static StoredImage Examine(string path, ValidatorRecord? record, bool needsDigest, long maxLength, bool trustsStamp = true)
    {
        if (FileStamp.Of(path) is not { } stamp)
        {
            return StoredImage.Missing;
        }

        if (trustsStamp && record?.Stamp == stamp)
        {
            return new StoredImage(FileState.Intact, stamp, record.Sha256);
        }

        // Another length is another image; no need to read it.
        var digest = needsDigest || record?.Stamp.Length == stamp.Length ? Digest(path, maxLength) : null;
        return record is null ? new StoredImage(FileState.Unrecorded, stamp, digest)
            : digest == record.Sha256 ? new StoredImage(FileState.Intact, stamp, digest)
            : new StoredImage(FileState.Altered, stamp, digest);
    }

    /// <summary>The same for those who do not trust size and time: the digest alone vouches for the recorded bytes.</summary>
    public static StoredImage ByDigest(string path, StoredImage stored, long maxLength) =>
        stored.State == FileState.Intact && Digest(path, maxLength) is var digest && digest != stored.Sha256
            ? stored with { State = FileState.Altered, Sha256 = digest }
            : stored;

    /// <summary>The digest, or null where the file cannot be read, or is larger than that; then nothing is known of its bytes.</summary>
    public static string? Digest(string path, long maxLength)
    {
        try
        {
            return ContentDigest.OfFile(path, maxLength);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
