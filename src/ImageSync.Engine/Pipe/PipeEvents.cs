using System.Globalization;
using System.Text;
using ImageSync.Engine;
using ImageSync.Engine.Lists;
using ImageSync.Engine.Runs;
using ImageSync.Reporting;
using ImageSync.Sync;

namespace ImageSync.Pipe;

/// <summary>
/// What a run tells its build, line by line (docs/engine.md). Safe on any thread, and where the other end is gone: then nobody is
/// left to be told, and a run that is about to record what it has finished is not to end for that.
/// </summary>
/// <param name="output">The pipe; it stays the caller's.</param>
internal sealed class PipeEvents(Stream output) : IRunEvents, IDisposable
{
    private readonly object _sync = new();
    private readonly StringBuilder _line = new();
    private readonly StreamWriter _writer = new(output, new UTF8Encoding(false), 32 * 1024, leaveOpen: true) { NewLine = "\n" };

    /// <summary>The first line of all: who answers.</summary>
    public void Greet() => Write(flush: true, PipeLine.Greeting, PipeLine.Protocol, Product.Version);

    /// <summary>Where the images of lists stand, of the run that is under way.</summary>
    public ListedLines? Lines { get; set; }

    public TimeSpan ProgressInterval { get; } = TimeSpan.FromSeconds(5);

    public void Progress(SyncProgress now, SyncProgress before) =>
        Write(flush: true, "line", "high", RunLog.Progress(now, before, ProgressInterval));

    public void Line(string importance, string text) => Write(flush: false, "line", importance, UntrustedText.EscapeForLog(text));

    public void Diagnose(Diagnostic diagnostic, int? index)
    {
        var severity = diagnostic.Severity == Severity.Error ? "error" : "warning";
        var place = diagnostic.Place ?? (index is { } at ? Lines?.PlaceOf(at) : null) ?? new TextLocation("", 0, 0);
        Write(flush: false, "told", severity, diagnostic.CodeText, Number(index), place.File, Number(place.Line), Number(place.Column),
            UntrustedText.EscapeForLog(diagnostic.Message));
    }

    public void Settled(int index) => Write(flush: false, "settled", Number(index));

    public void File(int index, string localPath) => Write(flush: false, "file", Number(index), localPath);

    public void Pruned(string localPath) => Write(flush: false, "pruned", localPath);

    public void Image(SyncOutcome outcome)
    {
        lock (_sync)
        {
            _line.Clear();
            PipeLine.Append(_line, "image");
            PipeLine.Append(_line, Number(outcome.Index));
            PipeLine.Append(_line, outcome.LocalPath.Length > 0 ? outcome.LocalPath : UntrustedText.EscapeForLog(outcome.Url));
            OutcomeFields.Append(_line, outcome);
            _line.Append('\n');
            IfHeard(() => _writer.Write(_line));
        }
    }

    public void Summary(string summary) => Write(flush: false, "summary", summary);

    public void Report(string url) => Write(flush: false, "report", url);

    /// <summary>The last line of a run.</summary>
    /// <param name="how">complete, or cancelled.</param>
    public void Done(string how) => Write(flush: true, "done", how);

    /// <summary>The last line of all: the request could not be understood, or the program has a fault.</summary>
    public void Fault(string what) => Write(flush: true, "fault", UntrustedText.EscapeForLog(what));

    public void Dispose()
    {
        lock (_sync)
        {
            IfHeard(_writer.Dispose);
        }
    }

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private void Write(bool flush, params string[] fields)
    {
        lock (_sync)
        {
            IfHeard(() =>
            {
                _writer.Write(PipeLine.Of(fields));
                _writer.Write('\n');
                if (flush)
                {
                    _writer.Flush();
                }
            });
        }
    }

    private static void IfHeard(Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
        }
    }
}
