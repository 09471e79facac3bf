using ImageSync.Testing;
using Microsoft.Build.Utilities;

namespace ImageSync.MSBuild.Tests;

/// <summary>What the task makes of the lock file and of items that are gone.</summary>
public class LockAndPrune
{
    private readonly byte[] _image = SampleImages.Png(1, 3000);
    private ScriptedOrigin _origin;
    private TaskRun _run;

    [SetUp]
    public void SetUp()
    {
        (_origin, _run) = (new ScriptedOrigin(), new TaskRun());
        _origin.On("/a.png", request => Reply.Current(request, _image, "\"v1\""));
        Assert.That(Execute([Image("a.png"), Image("b.png")]));
    }

    [TearDown]
    public async System.Threading.Tasks.Task TearDown() => await _origin.DisposeAsync();

    [Test]
    public void A_lock_file_that_cannot_be_read_is_an_error_at_its_line()
    {
        var file = _run.Project.Write("locks/images.lock.json", "{\n  \"a.png\" 1\n}");
        Assert.That(Execute([Image("a.png")]), Is.False);
        var error = _run.Engine.Errors.Single();
        Assert.That((error.Code, error.File, error.LineNumber, error.ColumnNumber), Is.EqualTo(("IMGSYNC4004", file, 2, 11)));
        Assert.That(_run.Synced.Single().GetMetadata("Status"), Is.EqualTo("Kept"));
    }

    [Test]
    public void What_was_pruned_and_what_was_not_is_told()
    {
        _run.Project.Write("b.png", SampleImages.Png(2, 3000));
        Assert.That(Execute([]));
        Assert.That(_run.Summary, Does.Contain("0 images, 1 pruned"));
        Assert.That(_run.Engine.Messages.Select(message => message.Message), Has.Some.EqualTo("  pruned: a.png").And.Some.StartsWith("  not pruned, though its item is gone: b.png ("));
        Assert.That((_run.Project.Exists("a.png"), _run.Project.Exists("b.png")), Is.EqualTo((false, true)));
    }

    [Test]
    public void An_item_that_is_not_valid_keeps_everything_in_place()
    {
        var text = _run.Project.ReadText("locks/images.lock.json");
        Assert.That(Execute([TaskRun.Item("no URL", ("LocalPath", "a.png"))]), Is.False);
        Assert.That((_run.Project.Exists("a.png"), _run.Project.Exists("b.png"), _run.Project.ReadText("locks/images.lock.json")), Is.EqualTo((true, true, text)));
    }

    [Test]
    public void What_another_instance_has_synced_is_claimed()
    {
        var elsewhere = _run.Synced.Select(item => new TaskItem(item)).ToArray();
        var text = _run.Project.ReadText("locks/images.lock.json");
        Assert.That(Execute([], task => task.AlreadySynced = elsewhere));
        Assert.That((_run.Project.Exists("a.png"), _run.Project.ReadText("locks/images.lock.json")), Is.EqualTo((true, text)));
    }

    private bool Execute(IEnumerable<TaskItem> items, Action<SyncSettings>? with = null) => _run.Execute(items, task =>
    {
        (task.LockFile, task.Prune) = ("locks\\images.lock.json", "true");
        with?.Invoke(task);
    });

    private TaskItem Image(string localPath) => TaskRun.Item(_origin.Url("/a.png"), ("LocalPath", localPath));
}
