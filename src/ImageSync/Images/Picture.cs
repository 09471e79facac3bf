using System.Globalization;

namespace ImageSync.Images;

/// <summary>What bytes say of themselves as a picture.</summary>
/// <param name="Format">The name of their format; null where they are no image that we know.</param>
/// <param name="Size">Width and height, where the format tells.</param>
internal sealed record Picture(string? Format, ImageSize? Size)
{
    /// <summary>Bytes that are no image.</summary>
    public static readonly Picture None = new(null, null);

    /// <summary>Reads what a body says.</summary>
    /// <param name="format">Its format; null where it has none.</param>
    /// <param name="body">The bytes.</param>
    public static Picture Of(ImageFormat? format, Stream body) => format is null ? None : new Picture(format.Name, format.SizeOf(body));

    /// <summary>The same of a body of which nothing is known yet.</summary>
    public static Picture Of(Stream body) => Of(ImageFormat.Detect(body), body);

    /// <summary>
    /// Reads what <see cref="ToString"/> has written; null where it is none of that, as a format that only a later version knows.
    /// </summary>
    public static Picture? Parse(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return None;
        }

        var blank = text.IndexOf(' ');
        if (ImageFormat.Named(blank < 0 ? text : text[..blank]) is not { } format)
        {
            return null;
        }

        if (blank < 0)
        {
            return new Picture(format.Name, null);
        }

        var size = text[(blank + 1)..];
        var times = size.IndexOf('x');
        return times > 0
            && Side(size[..times]) is var width
            && Side(size[(times + 1)..]) is var height
            && ImageSize.Of(width, height) is { } known
            ? new Picture(format.Name, known)
            : null;
    }

    /// <summary>As a record has it: <c>png 640x480</c>, <c>svg</c>, or nothing.</summary>
    public override string ToString() =>
        Size is { } size ? FormattableString.Invariant($"{Format} {size.Width}x{size.Height}") : Format ?? "";

    private static long Side(ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var side) ? side : 0;
}

/// <summary>Width and height of a picture, in pixels; of a drawing, in its own units. As stored: an EXIF rotation is not applied.</summary>
internal readonly record struct ImageSize(long Width, long Height)
{
    /// <summary>A size, where both of its sides are ones that a picture can have.</summary>
    public static ImageSize? Of(long width, long height) => width > 0 && height > 0 ? new ImageSize(width, height) : null;

    /// <summary>As people write it: 640×480.</summary>
    public override string ToString() => FormattableString.Invariant($"{Width}×{Height}");
}
