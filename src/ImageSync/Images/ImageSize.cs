namespace ImageSync.Images;

/// <summary>Width and height of a picture, in pixels; of a drawing, in its own units. As stored: an EXIF rotation is not applied.</summary>
internal readonly record struct ImageSize(long Width, long Height)
{
    /// <summary>A size, where both of its sides are ones that a picture can have.</summary>
    public static ImageSize? Of(long width, long height) => width > 0 && height > 0 ? new ImageSize(width, height) : null;

    /// <summary>As people write it: 640×480.</summary>
    public override string ToString() => FormattableString.Invariant($"{Width}×{Height}");
}
