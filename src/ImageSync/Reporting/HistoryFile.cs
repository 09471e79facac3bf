using System.Text;
using ImageSync.Storage;

namespace ImageSync.Reporting;

/// <summary>The file of the runs so far, to which each adds itself. Several builds may do so at once.</summary>
internal static class HistoryFile
{
    private const int MaxRead = 1024 * 1024;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Adds a run to the history, and returns it with those before it, the latest last.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="TimeoutException">Somebody else held the file for too long.</exception>
    public static IReadOnlyList<PastRun> Add(string path, PastRun run)
    {
        using var file = SharedFile.Open(path);
        var text = ReadEnd(file);
        if (!FileOwnership.IsHistory(text))
        {
            throw new IOException(FileOwnership.NotOurs);
        }

        IReadOnlyList<PastRun> runs = [.. RunHistory.Parse(text), run];
        if (runs.Count <= RunHistory.MaxRuns)
        {
            // Behind half a line that a killed build left, ours is none of it.
            var separator = text.Length == 0 || text.EndsWith('\n') ? "" : "\n";
            file.Seek(0, SeekOrigin.End);
            file.Write(Utf8.GetBytes(separator + RunHistory.Write([run])));
        }
        else
        {
            file.Position = 0;
            file.Write(Utf8.GetBytes(RunHistory.Write(runs)));
            file.SetLength(file.Position);
        }

        return [.. runs.TakeLast(RunHistory.MaxRuns)];
    }

    // The runs that are kept have half as many bytes; of a file that has more, the end has the latest.
    private static string ReadEnd(FileStream file)
    {
        var octets = new byte[Math.Min(file.Length, MaxRead)];
        file.Seek(-octets.Length, SeekOrigin.End);
        return Utf8.GetString(octets.AsSpan(0, file.ReadAtLeast(octets, octets.Length, throwOnEndOfStream: false))).TrimStart('\uFEFF');
    }
}
