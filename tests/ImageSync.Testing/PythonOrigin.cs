using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ImageSync.Testing;

/// <summary>Python's http.server: HTTP/1.0, no entity tags, and a log without headers.</summary>
/// <param name="folder">Where it lives.</param>
public sealed partial class PythonOrigin(string folder) : FileOrigin(folder, port => Command(folder, port))
{
    public static string Require() => ServerProcess.Require("python3", "On Debian and its kin: apt-get install python3");

    protected override string LogText => Output;

    protected override AccessLogEntry? Parse(string line) => RequestAndStatus().Match(line) is { Success: true } match
        ? AccessLogEntry.Of(match.Groups[1].Value, int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture))
        : null;

    private static ProcessStartInfo Command(string folder, int port) =>
        new(Require(), ["-u", "-m", "http.server", $"{port}", "--bind", "127.0.0.1", "--directory", RootOf(folder)]);

    [GeneratedRegex(@"""([A-Z]+ \S+ HTTP/\S+)"" (\d{3}) ")]
    private static partial Regex RequestAndStatus();
}
