using System.Globalization;
using System.Text;

namespace ImageSync.Images;

/// <summary>What a body turned out to be, and in what it differs from what was promised (null: in nothing).</summary>
internal sealed record MediaVerdict(string? MediaType, string? Problem, ImageFormat? Format)
{
    /// <summary>What to do about the problem; null where that is what anybody would do.</summary>
    public string? Advice { get; init; }

    /// <summary>Whether it is an image that is damaged or cut off: only somebody who looks knows whether it is good all the same.</summary>
    public bool IsDamaged { get; init; }
}

/// <summary>
/// Decides whether a finished body is what was promised. Images are judged by their bytes; the header cannot vouch for them.
/// </summary>
internal static class MediaTypeCheck
{
    private const string Html = "text/html";
    private const string XmlHtml = "application/xhtml+xml";

    private const string OtherType = "Check the URL and the MediaType.";

    private static readonly MediaProblem Pointer = new(
        "is a Git LFS pointer and not the image itself",
        "Write the URL at which the origin serves the file itself, or have the origin run \"git lfs pull\".");

    // The longest field that servers take has 8 to 16 KB, three times as many where it is percent-encoded: so much of a body may
    // be a secret of which the beginning would be shown.
    private const int LongestQuoted = 64 * 1024;

    /// <param name="expected">What was promised.</param>
    /// <param name="contentType">What it was served as; null where that is not known.</param>
    /// <param name="body">The bytes.</param>
    /// <param name="conceal">
    /// Takes out of a text, an octet a character, what nobody is told; null for nothing. It returns null for all.
    /// </param>
    public static MediaVerdict Judge(MediaRange expected, string? contentType, Stream body, Func<string, string?>? conceal = null)
    {
        var head = ImageFormat.Head(body);
        var format = ImageFormat.Detect(head);
        var isHtml = format is null && MarkupSniffer.IsHtml(head);
        var declared = Declared(contentType);
        MediaProblem? problem = expected switch
        {
            { IsAny: true } => null,
            _ when isHtml && !expected.Includes(Html) && !expected.Includes(XmlHtml) =>
                new("looks like an HTML page (a login page, a captive portal or an error page answered with status 200), "
                    + $"not like {expected}", expected.IsImages ? null : OtherType),
            { IsImages: true } => ProblemOfImage(expected, declared, format, head, body, conceal ?? (text => text)),
            _ when format is not null && !IsPacked(format, expected) =>
                new($"is {format.MediaType}, not {expected}", AdviceToTake(format.MediaType)),
            _ when declared is not null && !expected.Includes(declared) =>
                new($"is served as {declared}, not {expected}", AdviceToTake(declared)),
            _ => null,
        };
        var mediaType = format?.MediaType ?? declared ?? (isHtml ? Html : null);
        return new MediaVerdict(mediaType, problem?.Clause, format) { Advice = problem?.Advice, IsDamaged = problem?.IsDamaged == true };
    }

    private static MediaProblem? ProblemOfImage(
        MediaRange expected,
        string? declared,
        ImageFormat? format,
        ReadOnlySpan<byte> head,
        Stream body,
        Func<string, string?> conceal) => format switch
    {
        _ when head.IsEmpty => new("is empty"),
        null when GitLfsPointer.IsPointer(head) => Pointer,
        null when declared is null => new($"is not an image that ImageSync recognises{Quote("it", body, conceal)}"),
        null => new($"is not an image that ImageSync recognises{Quote($"it is served as {declared} and", body, conceal)}"),
        _ when !expected.Includes(format.MediaType) => new($"is {format.MediaType}, not {expected}", AdviceToTake(format.MediaType)),
        _ => format.FindFault(body) is { } fault ? new($"is {format.Noun} {fault.Clause}") { IsDamaged = true } : null,
    };

    // The author has named a type, and may have named the wrong one.
    private static string AdviceToTake(string mediaType) =>
        $"If that is what you want, set MediaType=\"{mediaType}\"; otherwise check the URL.";

    // A drawing in gzip is gzip as well.
    private static bool IsPacked(ImageFormat format, MediaRange expected) =>
        format.Coding is not null && expected.Includes("application/gzip");

    // A field that is no media type says as little as none (MIME Sniffing Standard §5.1), and may hold what no log should.
    private static string? Declared(string? contentType) =>
        contentType is not null && MediaRange.TryParse(MediaRange.WithoutParameters(contentType), out var type) ? type.ToString() : null;

    private static string Quote(string subject, Stream body, Func<string, string?> conceal) =>
        conceal(Encoding.Latin1.GetString(ImageFormat.Head(body, LongestQuoted))) is { } shown
            ? $" ({subject} starts with {Start(shown)})"
            : "";

    // What is not an image is mostly a message to people; anything that could garble a log is shown as numbers.
    private static string Start(string octets)
    {
        const int ShownCharacters = 80;
        const int ShownBytes = 8;
        ReadOnlySpan<byte> head = Encoding.Latin1.GetBytes(octets);
        var opening = Encoding.UTF8.GetString(head[..Math.Min(head.Length, 4 * ShownCharacters)]);
        var text = string.Join(' ', opening.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (text.Length > ShownCharacters)
        {
            text = text[..ShownCharacters] + "...";
        }

        return text.Length > 0 && text.All(IsPrintable)
            ? $"\"{text}\""
            : $"the bytes {BitConverter.ToString(head[..Math.Min(head.Length, ShownBytes)].ToArray()).Replace('-', ' ')}";
    }

    private static bool IsPrintable(char character) =>
        character != '\uFFFD'
        && char.GetUnicodeCategory(character) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    private sealed record MediaProblem(string Clause, string? Advice = null)
    {
        public bool IsDamaged { get; init; }
    }
}
