using ImageSync.Engine.Lists;
using ImageSync.Engine.Projects;
using ImageSync.Http;

namespace ImageSync.Engine.CommandLine;

/// <summary>Changes the images of a project for its user; all else in it stays as it is written.</summary>
/// <param name="file">The project.</param>
/// <param name="terminal">Where the user reads.</param>
internal sealed class ProjectEditing(ProjectFile file, Terminal terminal)
{
    private readonly EditedFile _edited = new(new ListFile(file.FullPath, file.ShownAs), "project", terminal);

    /// <summary>Adds an image.</summary>
    /// <returns>The exit code.</returns>
    public int Add(string url, string localPath)
    {
        const string Unreadable = "a project would read it differently: it has white space around it, or control characters in it.";
        return EditedFile.ObjectionTo(url, localPath, Unreadable) is { } objection ? _edited.Refuse(objection)
            : Change(project => Added(project, url, localPath));
    }

    /// <summary>Removes images.</summary>
    /// <returns>The exit code.</returns>
    public int Remove(string[] names) => Change(project =>
    {
        if (Array.Find(names, name => !project.Items.Exists(item => item.IsCalled(name))) is { } unknown)
        {
            var several = project.Items.Find(item => item.IsSeveral && item.Include.Contains(unknown, StringComparison.Ordinal));
            return new(code: _edited.Refuse(several is null
                ? $"the project has no image \"{UrlRedaction.Redact(unknown)}\". Write its URL, or its LocalPath."
                : $"the item on line {several.Line} names several images. Remove \"{UrlRedaction.Redact(unknown)}\" from it by hand."));
        }

        var items = project.Items.FindAll(item => Array.Exists(names, item.IsCalled));
        var text = project.Text;
        project.Without(items).ForEach(edit => text = edit.In(text));
        return new(text, items.Count == 1 ? "1 image removed" : $"{items.Count} images removed");
    });

    private Plan Added(ProjectText project, string url, string localPath)
    {
        if (project.Items.Find(item => item.Names(url) && item.Path == localPath.Replace('\\', '/')) is { } before)
        {
            terminal.Line($"{file.ShownAs}({before.Line}) has it already");
            return new(code: ExitCode.Success);
        }

        if (ObjectionTo(project, url, localPath) is { } objection)
        {
            return new(code: _edited.Refuse(objection));
        }

        var longer = project.With(url, localPath, file.InAscii).In(project.Text);
        return ProjectText.Read(longer, out _, out _) is { } read && read.Items.Count == project.Items.Count + 1
            && read.Items.Exists(item => item.IsOf(url) && item.Path == localPath.Replace('\\', '/'))
                ? new(longer, file.IsBuilt ? $"1 image added; fetch it with: dotnet build {file.ShownAs} -t:SyncImages" : "1 image added")
                : new(code: _edited.Refuse("a project would read it differently."));
    }

    // What each build would refuse is told at once; of items that evaluation decides nothing is known.
    private string? ObjectionTo(ProjectText project, string url, string localPath)
    {
        var images = project.Items.FindAll(item => item is { IsExpanded: false, IsSeveral: false })
            .ConvertAll(item => new ListedImage(item.Line, item.Asked, item.Path));
        images.Add(new(0, url, localPath));
        return EditedFile.ObjectionToLastOf(ListRequest.Of(new ListFile(file.FullPath, file.ShownAs), images, ofProject: true))?.Message;
    }

    // Where there is something to write, it is worked out once more under the lock: somebody else may have written meanwhile.
    private int Change(Func<ProjectText, Plan> plan)
    {
        return Planned(plan).Code ?? _edited.Alone(() =>
        {
            var now = Planned(plan);
            if (now.Code is null)
            {
                file.Write(now.Text!);
                terminal.Line($"{file.ShownAs}: {now.Done}");
            }

            return now.Code ?? ExitCode.Success;
        });
    }

    private Plan Planned(Func<ProjectText, Plan> plan)
    {
        if (file.Read(out var problem) is not { } text)
        {
            return new(code: _edited.Refuse($"the project {problem}."));
        }

        return ProjectText.Read(text, out var fault, out var line) is { } project ? plan(project)
            : new(code: _edited.Refuse($"the file {fault}.", line));
    }

    /// <summary>What is to be done.</summary>
    /// <param name="text">The new text.</param>
    /// <param name="done">What it has more, or less.</param>
    /// <param name="code">How the command ends where nothing is.</param>
    private sealed class Plan(string? text = null, string? done = null, int? code = null)
    {
        public string? Text => text;

        public string? Done => done;

        public int? Code => code;
    }
}
