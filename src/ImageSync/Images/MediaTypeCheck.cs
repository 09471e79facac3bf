using System.Globalization;
using System.Text;

namespace ImageSync.Images;

/// <summary>What a body turned out to be, and in what it differs from what was promised (null: in nothing).</summary>
internal sealed record MediaVerdict(string? MediaType, string? Problem, ImageFormat? Format);

/// <summary>Decides whether a finished body is what was promised. Images are judged by their bytes; the header cannot vouch for them.</summary>
internal static class MediaTypeCheck
{
    private const string Html = "text/html";
    private const string XmlHtml = "application/xhtml+xml";

    public static MediaVerdict Judge(MediaRange expected, string? contentType, Stream body)
    {
        var head = Head(body);
        var format = ImageFormat.Detect(head);
        var isHtml = format is null && MarkupOpening.IsHtml(head);
        var declared = Declared(contentType);
        var problem = expected switch
        {
            { IsAny: true } => null,
            _ when isHtml && !expected.Includes(Html) && !expected.Includes(XmlHtml) =>
                $"looks like an HTML page (a login page, a captive portal or an error page answered with status 200), not like {expected}",
            { IsImages: true } => ProblemOfImage(expected, declared, format, head, body),
            _ when format is not null => $"is {format.MediaType}, not {expected}",
            _ when declared is not null && !expected.Includes(declared) => $"is served as {declared}, not {expected}",
            _ => null,
        };
        return new MediaVerdict(format?.MediaType ?? declared ?? (isHtml ? Html : null), problem, format);
    }

    private static string? ProblemOfImage(MediaRange expected, string? declared, ImageFormat? format, ReadOnlySpan<byte> head, Stream body) => format switch
    {
        _ when head.IsEmpty => "is empty",
        null when declared is null => $"is not an image that we recognise (it starts with {Start(head)})",
        null => $"is not an image that we recognise (it is served as {declared} and starts with {Start(head)})",
        _ when !expected.Includes(format.MediaType) => $"is {format.MediaType}, not {expected}",
        _ when !format.IsComplete(body) => $"is {format.Noun} that is damaged or breaks off before its end",
        _ => null,
    };

    // A field that is no media type says as little as none (MIME Sniffing Standard §5.1), and may hold what no log should.
    private static string? Declared(string? contentType) =>
        contentType is not null && MediaRange.TryParse(MediaRange.WithoutParameters(contentType), out var type) ? type.ToString() : null;

    private static ReadOnlySpan<byte> Head(Stream body)
    {
        var length = (int)Math.Min(body.Length, ImageFormat.HeadLength);
        if (ByteWalk.InMemory(body, out var bytes))
        {
            return bytes.AsSpan(0, length);
        }

        var head = new byte[length];
        body.Position = 0;
        return head.AsSpan(0, body.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
    }

    // What is not an image is mostly a message to people; anything that could garble a log is shown as numbers.
    private static string Start(ReadOnlySpan<byte> head)
    {
        const int ShownCharacters = 80;
        const int ShownBytes = 8;
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
}
