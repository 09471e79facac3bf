namespace ImageSync.Images;

/// <summary>What is wrong with the bytes of an image whose beginning is right.</summary>
/// <param name="Clause">What comes behind "is a PNG image".</param>
internal sealed record ImageFault(string Clause)
{
    /// <summary>The bytes end before the image does.</summary>
    public static readonly ImageFault BreaksOff = new("that breaks off before its end");

    /// <summary>The format has no such bytes.</summary>
    /// <param name="where">What is wrong in them: a clause.</param>
    public static ImageFault Damaged(FormattableString where) => new($"that is damaged: {FormattableString.Invariant(where)}");

    /// <summary>The mark is missing that ends an image of this format. All else may be there: a file that was cut looks the same.</summary>
    /// <param name="mark">With its article.</param>
    public static ImageFault Unended(string mark) => new($"without {mark}, so that it cannot be told whether it breaks off");

    /// <summary>The bytes are in order, and show nothing.</summary>
    /// <param name="what">What is missing: with its article.</param>
    public static ImageFault Without(string what) => new($"without {what}");
}
