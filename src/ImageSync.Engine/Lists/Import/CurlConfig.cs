using System.Text;

namespace ImageSync.Engine.Lists.Import;

/// <summary>
/// A config of curl (curl's manual, <c>--config</c>): an option a line, its parameter behind blanks, or behind <c>=</c> or <c>:</c> where
/// the option has no dashes. The n-th URL goes with the n-th output; <c>next</c> begins anew. Pure.
/// </summary>
internal static class CurlConfig
{
    // Whatever these change, the answer to a plain GET may be another.
    private static readonly HashSet<string> OfOtherRequests = new(StringComparer.Ordinal)
    {
        "header", "user", "oauth2-bearer", "cookie", "cert", "referer", "user-agent", "range",
        "data", "data-ascii", "data-binary", "data-raw", "data-urlencode", "json", "form", "form-string", "upload-file", "request",
    };

    // Those letters that have a parameter, which may follow without a blank.
    private const string WithParameter = "AbcCdDeEFhHKmoPQrtTuUwxXyYzh";

    /// <summary>Reads a text.</summary>
    public static Findings Read(string text)
    {
        var findings = new Findings();
        var operation = new Operation();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            Take(line.TrimEnd('\r'), (option, parameter) =>
            {
                if (option == "next")
                {
                    operation.Tell(findings);
                    operation = new Operation();
                }
                else
                {
                    operation.Take(number, option, parameter, findings);
                }
            });
        }

        operation.Tell(findings);
        return findings;
    }

    private static void Take(string line, Action<string, string> take)
    {
        var text = line.AsSpan().TrimStart(" \t").ToString();
        if (text.Length == 0 || text[0] == '#')
        {
            return;
        }

        var isDashed = text[0] == '-';
        var end = text.AsSpan().IndexOfAny(isDashed ? " \t" : " \t=:");
        var option = end < 0 ? text : text[..end];
        var parameter = ParameterOf(text.AsSpan(option.Length).TrimStart(isDashed ? " \t" : " \t=:"));
        if (!isDashed || option.StartsWith("--", StringComparison.Ordinal))
        {
            take(option.TrimStart('-'), parameter);
            return;
        }

        // -sSo a.png, or -oa.png.
        for (var i = 1; i < option.Length; i++)
        {
            var hasParameter = WithParameter.Contains(option[i], StringComparison.Ordinal);
            if (NameOf(option[i]) is { } name)
            {
                take(name, hasParameter && i + 1 < option.Length ? option[(i + 1)..] : parameter);
            }

            if (hasParameter)
            {
                break;
            }
        }
    }

    private static string? NameOf(char letter) => letter switch
    {
        'o' => "output",
        'O' => "remote-name",
        ':' => "next",
        'g' => "globoff",
        'K' => "config",
        'H' => "header",
        'u' => "user",
        'b' => "cookie",
        'E' => "cert",
        'e' => "referer",
        'A' => "user-agent",
        'r' => "range",
        'd' => "data",
        'F' => "form",
        'T' => "upload-file",
        'X' => "request",
        _ => null,
    };

    private static string ParameterOf(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] != '"')
        {
            var end = text.IndexOfAny(" \t\v\f");
            return (end < 0 ? text : text[..end]).ToString();
        }

        var value = new StringBuilder();
        for (var i = 1; i < text.Length && text[i] != '"'; i++)
        {
            var isEscaped = text[i] == '\\' && i + 1 < text.Length;
            i += isEscaped ? 1 : 0;
            value.Append(!isEscaped ? text[i] : text[i] switch { 't' => '\t', 'n' => '\n', 'r' => '\r', 'v' => '\v', var other => other });
        }

        return value.ToString();
    }

    /// <summary>What stands between two <c>next</c>.</summary>
    private sealed class Operation
    {
        private readonly List<FoundImage> _urls = [];

        // Null: named as the URL ends.
        private readonly List<string?> _outputs = [];
        private readonly HashSet<string> _told = [];
        private bool _isLiteral;
        private bool _allRemoteNames;
        private string _folder = "";

        public void Take(int line, string option, string parameter, Findings findings)
        {
            switch (option)
            {
                case "url":
                    _urls.Add(new FoundImage(line, parameter, ""));
                    break;
                case "output":
                    _outputs.Add(parameter);
                    break;
                case "remote-name":
                    _outputs.Add(null);
                    break;
                case "remote-name-all":
                    _allRemoteNames = true;
                    break;
                case "output-dir":
                    _folder = parameter;
                    break;
                case "globoff":
                    _isLiteral = true;
                    break;
                case "config":
                    findings.Warn(line, "another config", "is named here; import it, too");
                    break;
                case var _ when OfOtherRequests.Contains(option) && _told.Add(option):
                    findings.Warn(
                        line, "--" + option,
                        "has no counterpart in a list, so images are added without it; one that needs it belongs in a project");
                    break;
                case var _ when option.StartsWith("expand-", StringComparison.Ordinal):
                    findings.Warn(line, "--" + option, "holds variables of curl's");
                    break;
            }
        }

        public void Tell(Findings findings)
        {
            for (var i = 0; i < _urls.Count; i++)
            {
                var (line, url) = (_urls[i].Line, _urls[i].Url);
                var path = i < _outputs.Count ? PathOf(_outputs[i]) : _allRemoteNames ? PathOf(null) : "";
                if (url.Length == 0)
                {
                    continue;
                }

                if (!url.Contains("://", StringComparison.Ordinal))
                {
                    findings.Warn(line, url, "has no scheme, which curl guesses; write https:// before it");
                }
                else if (!_isLiteral && IsPattern(url))
                {
                    findings.Warn(line, url, "is a pattern of curl's; write each of its URLs");
                }
                else if (path == "/dev/null")
                {
                    findings.Leave(line, url, "thrown away");
                }
                else
                {
                    findings.File(line, url, path);
                }
            }
        }

        private string PathOf(string? output) =>
            output == "-" ? ""
            : _folder.Length == 0 ? output ?? "./"
            : _folder.TrimEnd('/', '\\') + "/" + output;

        // In the place of the host, brackets hold an address of IPv6.
        private static bool IsPattern(string url)
        {
            var host = url.IndexOf("://", StringComparison.Ordinal) + "://".Length;
            var rest = url.AsSpan(host);
            return rest.IndexOfAny('{', '}') >= 0 || (rest.StartsWith("[") ? rest[1..] : rest).Contains('[');
        }
    }
}
