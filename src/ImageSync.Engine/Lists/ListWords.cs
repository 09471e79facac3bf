using System.Text;
using System.Text.RegularExpressions;
using ImageSync.Sync;

namespace ImageSync.Engine.Lists;

/// <summary>
/// The words of messages for whoever has written a line of a list. One table of messages serves lists and projects, and speaks of items and
/// of their metadata. Pure.
/// </summary>
internal static partial class ListWords
{
    /// <summary>What a list has in the place of what an item has; in this order.</summary>
    public static readonly (string OfItems, string OfLines)[] Phrases =
    [
        (", as Include or as Url.", "."),
        ("another item, ", "another image, "),
        ("Give each item a LocalPath of its own, or remove one of them.", "Give each a path of its own, or remove one of them."),
        ("remove the item", "remove its line"),
        ("its item is gone", "its line is gone"),
        ("local file of the item", "file of the image"),
        ("left of an item that had it as its LocalPath", "left of an image that had it as its file"),
        ("the item", "the line"),
        ("LocalPath", "path"),
    ];

    /// <summary>A diagnostic of an image that is a line of a list.</summary>
    /// <param name="diagnostic">As it is told of an item.</param>
    /// <param name="image">The image.</param>
    public static Diagnostic Of(Diagnostic diagnostic, RemoteImageDeclaration image) =>
        In(diagnostic, image, static text => Replace(text, Phrases));

    /// <summary>A diagnostic in other words; what it quotes and names stays as it is.</summary>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <param name="image">The image that it is about; null for none.</param>
    /// <param name="words">Makes other words of a part of its text.</param>
    public static Diagnostic In(Diagnostic diagnostic, RemoteImageDeclaration? image, Func<string, string> words)
    {
        // It begins with what it is about: the image's path, or the product.
        var begin = Math.Max(0, diagnostic.Message.IndexOf(": " + diagnostic.Cause, StringComparison.Ordinal));
        var subject = diagnostic.Message[..begin];

        // The bytes of an edit are kept under a name that has a digest before its extension.
        string[] names = image is null ? [] : [subject, $"/{Path.ChangeExtension(subject, null)}.", image.LocalPath, image.Include];
        return diagnostic with
        {
            Message = subject + Outside(names, diagnostic.Message[begin..], words),
            Cause = Outside(names, diagnostic.Cause, words),
            Advice = Outside(names, diagnostic.Advice, words),
        };
    }

    /// <summary>A text with other phrases.</summary>
    public static string Replace(string text, (string From, string To)[] phrases) =>
        phrases.Aggregate(text, static (rest, phrase) => rest.Replace(phrase.From, phrase.To, StringComparison.Ordinal));

    /// <summary>A text whose words are others outside of names, URLs, and what stands in quotation marks.</summary>
    public static string Outside(IEnumerable<string> names, string text, Func<string, string> words)
    {
        var kept = new List<(int Start, int End)>();
        foreach (Match match in Verbatim().Matches(text))
        {
            kept.Add((match.Index, match.Index + match.Length));
        }

        // No phrase is as short, and such a name is part of any word.
        foreach (var name in names.Where(name => name.Length > 3))
        {
            for (var at = 0; (at = text.IndexOf(name, at, StringComparison.Ordinal)) >= 0; at += name.Length)
            {
                kept.Add((at, at + name.Length));
            }
        }

        kept.Sort();
        var result = new StringBuilder(text.Length);
        var begin = 0;
        foreach (var (start, end) in kept)
        {
            if (start > begin)
            {
                result.Append(words(text[begin..start]));
            }

            if (end > begin)
            {
                result.Append(text, Math.Max(start, begin), end - Math.Max(start, begin));
                begin = end;
            }
        }

        return result.Append(words(text[begin..])).ToString();
    }

    // A media range in quotation marks is part of a phrase.
    [GeneratedRegex("https?://\\S+|\"(?!\\*/\\*\")[^\"]*\"")]
    private static partial Regex Verbatim();
}
