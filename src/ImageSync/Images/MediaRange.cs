using System.Buffers;

namespace ImageSync.Images;

/// <summary>A media range without parameters (RFC 9110 §12.5.1).</summary>
/// <remarks>.NET's MediaTypeHeaderValue would take parameters, and asterisks within names.</remarks>
internal readonly record struct MediaRange
{
    public const string ValidValues = "a media type such as image/png, a range such as image/*, or */* for anything";

    /// <summary>Any image.</summary>
    public static readonly MediaRange Images = new("image", "*");

    // RFC 9110 §5.6.2, without the asterisk: RFC 6838 §4.2 has no registered name with one, so there it is a range misspelt.
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private readonly string _type;
    private readonly string _subtype;

    private MediaRange(string type, string subtype) => (_type, _subtype) = (type, subtype);

    public bool IsAny => _type == "*";

    public bool IsImages => _type == "image";

    public static bool TryParse(string text, out MediaRange range)
    {
        range = text.Trim().ToLowerInvariant().Split('/') is [var type, var subtype]
            && ((type, subtype) is ("*", "*") || (IsToken(type) && (subtype == "*" || IsToken(subtype))))
            ? new MediaRange(type, subtype)
            : default;
        return range != default;
    }

    /// <summary>The media type of a Content-Type field, without its parameters.</summary>
    public static string WithoutParameters(string contentType)
    {
        var end = contentType.IndexOf(';');
        return (end < 0 ? contentType : contentType[..end]).Trim().ToLowerInvariant();
    }

    public bool Includes(string mediaType)
    {
        var type = ImageFormat.PreferredName(WithoutParameters(mediaType));
        return IsAny
            || (_subtype == "*" ? type.StartsWith(_type + "/", StringComparison.Ordinal) : type == ImageFormat.PreferredName(ToString()));
    }

    public override string ToString() => $"{_type}/{_subtype}";

    private static bool IsToken(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(TokenCharacters);
}
