using System.Globalization;

namespace SampleOrigin;

/// <summary>What the command line asks for.</summary>
internal sealed record OriginOptions(int Port, string Folder, TimeSpan Idle)
{
    public const string Usage = """
        Usage: SampleOrigin serve --port <port> --folder <folder> [--idle <seconds>]
               SampleOrigin start --port <port> --folder <folder> [--idle <seconds>]

        serve   answers on 127.0.0.1 until no request has come for that long (60 seconds)
        start   has that done by a process of its own, unless one does it already
        """;

    public static OriginOptions? Parse(ReadOnlySpan<string> arguments)
    {
        var (port, folder, idle) = (0, "", 60);
        for (; arguments is [var name, var value, ..]; arguments = arguments[2..])
        {
            var understood = name switch
            {
                "--port" => int.TryParse(value, CultureInfo.InvariantCulture, out port) && port is > 0 and <= ushort.MaxValue,
                "--folder" => Directory.Exists(folder = Path.GetFullPath(value)),
                "--idle" => int.TryParse(value, CultureInfo.InvariantCulture, out idle) && idle is > 0 and <= 86400,
                _ => false,
            };
            if (!understood)
            {
                return null;
            }
        }
        return arguments.IsEmpty && port > 0 && folder.Length > 0 ? new(port, folder, TimeSpan.FromSeconds(idle)) : null;
    }

    public IEnumerable<string> ToArguments() =>
        ["--port", Port.ToString(CultureInfo.InvariantCulture), "--folder", Folder, "--idle", Idle.TotalSeconds.ToString(CultureInfo.InvariantCulture)];
}
