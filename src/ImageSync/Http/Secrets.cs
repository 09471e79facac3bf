using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ImageSync.Http;

/// <summary>
/// What must not be told: the values that a run's headers take from the environment, and the passwords of its proxies. Who has
/// been sent one can repeat it in anything that it says, so it is taken out of foreign text where that text comes in, before
/// anything is decided, shown or stored.
/// </summary>
/// <remarks>A class, and no record: nothing prints what it holds.</remarks>
internal sealed class Secrets
{
    /// <summary>Nothing is to be hidden.</summary>
    public static readonly Secrets None = new([]);

    /// <summary>Stands in the place of a secret. It can stand in a URL and in any console's code page.</summary>
    public const string Mask = "***";

    // An escape of an escape is what servers make of a URL in a URL's query, and a third one of that in JSON or a page; nobody
    // reads what is escaped more often.
    private const int MostDecodings = 3;

    private static readonly Escape[] Kinds = [Escape.Percent, Escape.Backslash, Escape.Reference];

    private readonly SecretForm[] _forms;
    private readonly int _shortest;

    private Secrets(SecretForm[] forms) =>
        (_forms, _shortest) = (forms, forms.Select(form => form.Text.Length).DefaultIfEmpty(int.MaxValue).Min());

    /// <summary>The secrets of a run.</summary>
    /// <param name="headers">Those of all its images: an origin can repeat to one what was sent with another.</param>
    /// <param name="environment">Looks up an environment variable.</param>
    public static Secrets Of(IEnumerable<RequestHeaders> headers, Func<string, string?> environment)
    {
        var templates = headers.Where(each => each.Fields.Count > 0).SelectMany(each => each.Templates).Distinct(StringComparer.Ordinal);
        string[] values =
        [
            .. ProxyCredentials.Of(environment),
            .. templates.SelectMany(template => RequestHeaders.SecretsOf(template, environment)),
        ];

        // Most runs have none, and what follows would be compiled for nothing where the engine runs as IL.
        return values.Length == 0 ? None : Of(values);
    }

    private static Secrets Of(string[] values)
    {
        SecretForm[] forms = [.. values.Distinct(StringComparer.Ordinal).SelectMany(SecretForm.Of).Distinct()];
        return forms.Length == 0 ? None : new Secrets(forms);
    }

    /// <summary>A foreign text without them; the text itself where it holds none, as nearly all do.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public string? Conceal(string? text)
    {
        if (text is null || Find(text) is not { Count: > 0 } found)
        {
            return text;
        }

        var (shown, end) = (new StringBuilder(text.Length), 0);
        foreach (var (start, stop) in found.OrderBy(range => range.Start))
        {
            if (start > end || shown.Length == 0)
            {
                shown.Append(text, end, start - end).Append(Mask);
            }

            end = Math.Max(end, stop);
        }

        return shown.Append(text, end, text.Length - end).ToString();
    }

    /// <summary>Whether a foreign text holds one.</summary>
    public bool AreIn(string? text) => text is not null && Find(text) is { Count: > 0 };

    // As it stands, and with its escapes undone, of whichever characters have them. One kind after the other: what is an escape
    // by one may be a part of the secret by another.
    private List<(int Start, int Stop)>? Find(string text)
    {
        if (text.Length < _shortest)
        {
            return null;
        }

        List<(int, int)>? found = null;
        HashSet<string>? seen = null;
        Look(new DecodedView(text), MostDecodings);
        return found;

        void Look(DecodedView view, int decodings)
        {
            foreach (var form in _forms)
            {
                for (var at = form.FindIn(view.Text, 0); at >= 0; at = form.FindIn(view.Text, at + 1))
                {
                    (found ??= []).Add(view.RangeOf(form.Widen(view.Text, at)));
                }
            }

            foreach (var escape in decodings > 0 ? Kinds : [])
            {
                if (view.Decode(escape) is { } decoded && (seen ??= new HashSet<string>(StringComparer.Ordinal)).Add(decoded.Text))
                {
                    Look(decoded, decodings - 1);
                }
            }
        }
    }
}
