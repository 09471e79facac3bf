using System.Globalization;
using ImageSync.Sync;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ImageSync.MSBuild;

/// <summary>What the engine answers (docs/engine.md): log lines are passed on as they come, items are kept.</summary>
/// <param name="images">The items that it was asked for.</param>
/// <param name="log">The build's log.</param>
internal sealed class EngineAnswer(IReadOnlyList<ITaskItem> images, BuildLog log)
{
    private readonly HashSet<int> _settled = [];
    private int _last = -1;

    /// <summary>One item an image.</summary>
    public List<ITaskItem> Synced { get; } = [];

    /// <summary>One item a file that joins the project.</summary>
    public List<ITaskItem> Files { get; } = [];

    /// <summary>One item a file that was deleted.</summary>
    public List<ITaskItem> Pruned { get; } = [];

    /// <summary>The outcome in one line; empty for none.</summary>
    public string Summary { get; private set; } = "";

    /// <summary>The report; empty for none.</summary>
    public string ReportUrl { get; private set; } = "";

    /// <summary>Whether anything stands in the log already, so that another engine would tell it again.</summary>
    public bool IsTold { get; private set; }

    /// <summary>What the engine says of itself where it cannot go on, or what is wrong with its answer; null for nothing.</summary>
    public string? Fault { get; private set; }

    /// <summary>The items that no other instance of the project has settled.</summary>
    public IReadOnlyList<ITaskItem> Own => _settled.Count == 0 ? images : [.. images.Where((_, index) => !_settled.Contains(index))];

    /// <summary>Reads the answer to its last line.</summary>
    /// <returns>Whether it came to that.</returns>
    public bool Take(EngineProcess engine)
    {
        Forget();
        while (engine.Read() is { } fields)
        {
            if (fields is ["done", "complete" or "cancelled"])
            {
                return true;
            }

            Fault = fields is ["fault", var fault] ? fault : Take(fields) ? null : $"\"{fields[0]}\" is no line of an answer";
            if (Fault is not null)
            {
                return false;
            }

            IsTold |= fields[0] is "line" or "told";
        }

        return false;
    }

    /// <summary>Takes one line; false where it is none, and then nothing is told of it.</summary>
    internal bool Take(string[] fields)
    {
        switch (fields)
        {
            case ["line", ("high" or "normal" or "low") and var importance, var text]:
                log.Line(importance, text);
                return true;
            case ["told", var severity, var code, var index, var file, var line, var column, var text]:
                var told = new LoggedDiagnostic(severity, code, text) { File = file, Line = Number(line), Column = Number(column) };
                return Tell(told, index);
            case ["image", var index, var path, ..] when fields.Length == SyncedImageItem.FieldCount && IsNext(index):
                _last = Number(index);
                Synced.Add(new SyncedImageItem(path, fields));
                return true;
            case ["file", var index, var path] when Has(index):
                Files.Add(RemoteImageItem.FileOf(images[Number(index)], path));
                return true;
            case ["settled", var index] when Has(index):
                _settled.Add(Number(index));
                return true;
            case ["pruned", var path]:
                Pruned.Add(new TaskItem(MSBuildSyntax.Escape(path)));
                return true;
            case ["summary", var summary]:
                Summary = summary;
                return true;
            case ["report", var url]:
                ReportUrl = url;
                return true;
            default:
                return false;
        }
    }

    // What an engine has answered that came to no end.
    private void Forget()
    {
        (Fault, Summary, ReportUrl, _last) = (null, "", "", -1);
        Synced.Clear();
        Files.Clear();
        Pruned.Clear();
        _settled.Clear();
    }

    private bool Tell(LoggedDiagnostic told, string index)
    {
        if (!told.IsKnown || told.Line < 0 || told.Column < 0 || (index.Length > 0 && !Has(index)))
        {
            return false;
        }

        log.Write(told, index.Length == 0 ? null : images[Number(index)]);
        return true;
    }

    // In the order of declaration, and each once.
    private bool IsNext(string index) => Has(index) && Number(index) > _last;

    private bool Has(string index) => Number(index) is >= 0 and var number && number < images.Count;

    // Digits alone; -1 for anything else.
    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
