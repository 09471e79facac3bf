using System.Text;
using ImageSync.Pipe;
using Microsoft.Build.Framework;

namespace ImageSync.MSBuild;

/// <summary>What is asked of the engine, line by line (docs/engine.md).</summary>
internal static class EngineRequest
{
    // What a report alone shows is sent for a report alone.
    private const string ReportFile = "ReportFile";
    private const string DefiningProject = "DefiningProject";

    /// <summary>The lines of a request.</summary>
    /// <param name="isCheck">Whether nothing is to be written.</param>
    /// <param name="options">Names and values; an empty value is none.</param>
    /// <param name="images">The items.</param>
    /// <param name="settled">What another instance of the project has synced.</param>
    public static IEnumerable<string> Lines(
        bool isCheck, IEnumerable<(string Name, string Value)> options, IReadOnlyList<ITaskItem> images, IReadOnlyList<ITaskItem> settled)
    {
        yield return isCheck ? "check" : "sync";
        var isReported = false;
        foreach (var (name, value) in options)
        {
            isReported |= name == ReportFile && value.Length > 0;
            if (value.Length > 0)
            {
                yield return PipeLine.Of("option", name, value);
            }
        }

        foreach (var item in settled)
        {
            yield return PipeLine.Of("settled", item.ItemSpec, item.GetMetadata("Url"));
        }

        var line = new StringBuilder();
        foreach (var image in images)
        {
            line.Clear();
            PipeLine.Append(line, "image");
            foreach (var (name, value) in RemoteImageItem.Fields(image))
            {
                PipeLine.Append(line, name, value);
            }

            // MSBuild works it out anew for each item, which costs thousands of them a millisecond or more.
            if (isReported)
            {
                PipeLine.Append(line, DefiningProject, ListedItem.ProjectOf(image));
            }

            yield return line.ToString();
        }

        yield return "go";
    }
}
