using ImageSync.Testing;
using Microsoft.Build.Logging.StructuredLogger;

namespace ImageSync.Package.Tests;

/// <summary>What the binlog of a command tells.</summary>
internal sealed class BuildLog
{
    private readonly Build _build;

    private BuildLog(Build build) => _build = build;

    /// <summary>Every target whose body was reached, also one that found all its outputs up to date.</summary>
    public IReadOnlyList<string> Targets => [.. _build.FindChildrenRecursive<Target>().Select(target => target.Name)];

    /// <summary>Every task that ran.</summary>
    public IReadOnlyList<string> Tasks => [.. _build.FindChildrenRecursive<Microsoft.Build.Logging.StructuredLogger.Task>().Select(task => task.Name)];

    /// <summary>The tasks that ran in a target: none where all its outputs were up to date.</summary>
    public IReadOnlyList<string> TasksOf(string target) =>
        [.. _build.FindChildrenRecursive<Target>(one => one.Name == target).SelectMany(one => one.FindChildrenRecursive<Microsoft.Build.Logging.StructuredLogger.Task>()).Select(task => task.Name)];

    /// <summary>Every task that MSBuild says it ran in another process than its own nodes.</summary>
    public IReadOnlyList<string> TasksInOtherProcesses =>
        [.. _build.FindChildrenRecursive<Message>().Select(message => message.Text.Split('"')).Where(parts => parts is ["Task ", _, var rest, ..] && rest.StartsWith(" ran in TaskHost process", StringComparison.Ordinal)).Select(parts => parts[1])];

    public IReadOnlyList<LoggedProblem> Warnings => [.. _build.FindChildrenRecursive<Warning>().Select(LoggedProblem.Of)];

    public IReadOnlyList<LoggedProblem> Errors => [.. _build.FindChildrenRecursive<Error>().Select(LoggedProblem.Of)];

    /// <summary>The log of a command of <see cref="ConsumerProject.Logged"/>.</summary>
    public static BuildLog Of(CommandResult result)
    {
        Assert.That(result.Binlog, Is.Not.Null, () => $"This has left no binlog:\n{result}");
        return new BuildLog(BinaryLog.ReadBuild(result.Binlog));
    }

    /// <summary>Items of a type at the end: those of the last evaluation, and what targets added and removed.</summary>
    public IReadOnlyList<LoggedItem> Items(string type)
    {
        var items = new List<LoggedItem>();
        foreach (var node in EvaluatedItems().Concat(_build.FindChildrenRecursive<Target>()))
        {
            node.VisitAllChildren<NamedNode>(child => Apply(child, type, items));
        }

        return items;
    }

    private static void Apply(NamedNode node, string type, List<LoggedItem> items)
    {
        if (node.Name != type)
        {
            return;
        }

        var named = node.Children.OfType<Item>().Select(LoggedItem.Of).ToList();
        if (node is RemoveItem)
        {
            items.RemoveAll(item => named.Any(removed => removed.Identity == item.Identity));
        }
        else if (node is AddItem || node.Parent is Folder { Name: "OutputItems" })
        {
            items.AddRange(named);
        }
    }

    private IEnumerable<TreeNode> EvaluatedItems() =>
        _build.FindChildrenRecursive<ProjectEvaluation>().TakeLast(1)
            .SelectMany(evaluation => evaluation.Children.OfType<Folder>().Where(folder => folder.Name == "Items"));
}
