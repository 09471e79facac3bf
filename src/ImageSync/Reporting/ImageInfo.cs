using ImageSync.Images;
using ImageSync.Storage;

namespace ImageSync.Reporting;

/// <summary>What a file says of itself.</summary>
/// <param name="FilePath">Absolute.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Format">What the bytes are; null where they are no image that we know.</param>
/// <param name="Size">Width and height, where the format tells.</param>
internal sealed record ImageInfo(string FilePath, long Length, ImageFormat? Format, ImageSize? Size)
{
    /// <summary>Whether every browser draws it.</summary>
    public bool IsDrawn => Format is
    {
        Coding: null,
        MediaType: "image/png" or "image/jpeg" or "image/gif" or "image/webp" or "image/avif" or "image/svg+xml" or "image/x-icon"
            or "image/bmp",
    };

    /// <summary>Reads the head of a file; null where it cannot be read.</summary>
    public static ImageInfo? Of(string? path)
    {
        if (path is null || !File.Exists(path))
        {
            return null;
        }

        try
        {
            using var file = RegularFile.Open(path, long.MaxValue);
            var format = ImageFormat.Detect(file);
            return new ImageInfo(path, file.Length, format, format?.SizeOf(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
