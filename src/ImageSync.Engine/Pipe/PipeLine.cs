using System.Globalization;
using System.Text;

namespace ImageSync.Pipe;

/// <summary>One line of the pipe between a build's task and the engine: fields with tabs between them (docs/engine.md). Pure.</summary>
/// <remarks>It is part of both ends, hence .NET Standard 2.0.</remarks>
internal static class PipeLine
{
    /// <summary>The first field of the engine's first line; what both ends speak is the second.</summary>
    public const string Greeting = "imagesync";

    /// <summary>What both ends speak: it changes with every change of a line, since the two are of one package.</summary>
    public const string Protocol = "2";

    /// <summary>What is between two fields.</summary>
    public const char Separator = '\t';

    private const char Escape = '\\';

    /// <summary>The fields as one line, without its end.</summary>
    public static string Of(params string[] fields)
    {
        var line = new StringBuilder();
        for (var i = 0; i < fields.Length; i++)
        {
            // The first may be empty: then the length does not tell that there is one.
            if (i > 0)
            {
                line.Append(Separator);
            }

            AppendEscaped(line, fields[i]);
        }

        return line.ToString();
    }

    /// <summary>Adds a field to a line whose first is not empty, and what separates it from the one before.</summary>
    public static void Append(StringBuilder line, string field)
    {
        if (line.Length > 0)
        {
            line.Append(Separator);
        }

        AppendEscaped(line, field);
    }

    /// <summary>Adds a field that is a name and a value, as name=value.</summary>
    public static void Append(StringBuilder line, string name, string value)
    {
        Append(line, name);
        line.Append('=');
        AppendEscaped(line, value);
    }

    /// <summary>The fields of a line; null where it holds an escape that is none.</summary>
    public static string[]? Fields(string line)
    {
        var fields = line.Split(Separator);
        for (var i = 0; i < fields.Length; i++)
        {
            if (Unescape(fields[i]) is not { } field)
            {
                return null;
            }

            fields[i] = field;
        }

        return fields;
    }

    private static void AppendEscaped(StringBuilder line, string field)
    {
        for (var i = 0; i < field.Length; i++)
        {
            if (IsPlain(field[i]))
            {
                line.Append(field[i]);
            }
            else if (i + 1 < field.Length && char.IsSurrogatePair(field[i], field[i + 1]))
            {
                line.Append(field[i]).Append(field[++i]);
            }
            else
            {
                _ = field[i] == Escape
                    ? line.Append(Escape).Append(Escape)
                    : line.Append(Escape).Append('u').Append(((int)field[i]).ToString("X4", CultureInfo.InvariantCulture));
            }
        }
    }

    // Half a surrogate pair, which a file's name can hold, would be lost in UTF-8; what is not printable ends lines for some readers.
    private static bool IsPlain(char c) =>
        c is >= ' ' and <= '~' ? c != Escape : c > '\u009F' && !char.IsSurrogate(c) && c is not ('\u2028' or '\u2029' or '\uFEFF');

    private static string? Unescape(string field)
    {
        var first = field.IndexOf(Escape);
        if (first < 0)
        {
            return field;
        }

        var text = new StringBuilder(field, 0, first, field.Length);
        for (var i = first; i < field.Length; i++)
        {
            if (field[i] != Escape)
            {
                text.Append(field[i]);
            }
            else if (i + 1 < field.Length && field[i + 1] == Escape)
            {
                text.Append(field[++i]);
            }
            else if (i + 5 < field.Length && field[i + 1] == 'u' && Code(field, i + 2) is >= 0 and var code)
            {
                text.Append((char)code);
                i += 5;
            }
            else
            {
                return null;
            }
        }

        return text.ToString();
    }

    // Four digits and nothing else: int.Parse would take blanks among them.
    private static int Code(string field, int start)
    {
        var code = 0;
        for (var i = start; i < start + 4; i++)
        {
            var digit = field[i] switch
            {
                >= '0' and <= '9' => field[i] - '0',
                >= 'A' and <= 'F' => field[i] - 'A' + 10,
                _ => -1,
            };
            if (digit < 0)
            {
                return -1;
            }

            code = (code << 4) | digit;
        }

        return code;
    }
}

/// <summary>The metadata of a <c>SyncedImage</c>: the pipe has their values in this order, and not their names.</summary>
/// <remarks>It is part of both ends, hence .NET Standard 2.0.</remarks>
internal static class SyncedImageMetadata
{
    /// <summary>Their names, as docs/items.md has them.</summary>
    public static readonly string[] Names =
    [
        "Url", "EffectiveUrl", "Status", "Changed", "StatusCode", "ETag", "LastModified", "Sha256", "Length", "MediaType", "Format",
        "Width", "Height", "BytesReceived", "FromStore", "Attempts", "ElapsedMilliseconds", "Code",
    ];
}
