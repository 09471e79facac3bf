using ImageSync.Engine;
using ImageSync.Storage;
using ImageSync.Testing;

namespace ImageSync.MSBuild.Tests;

/// <summary>What the task makes of a shared store, and what it tells of it.</summary>
public class SharedStore
{
    private readonly byte[] _image = SampleImages.Png(1, 3000);

    [TestCase("/var/cache/images", "/home/ada", "/var/cache/images")]
    [TestCase("../store", "/home/ada", "/src/store")]
    [TestCase("..\\..\\store", "/home/ada", "/store")]
    [TestCase("~/.cache/images", "/home/ada", "/home/ada/.cache/images")]
    [TestCase(" ~\\images ", "/home/ada", "/home/ada/images")]
    [TestCase("~", "/home/ada", "/home/ada")]
    [TestCase("~images", "/home/ada", "/src/app/~images")]
    [TestCase("a/~/images", "/home/ada", "/src/app/a/~/images")]
    [TestCase("~/images", "", null)]
    [Platform(Exclude = "Win")]
    public void Its_place(string text, string home, string? expected) =>
        Assert.That(PropertyPath.LocateFolder(text, "/src/app", home), Is.EqualTo(expected));

    [Test]
    public async System.Threading.Tasks.Task What_came_from_it_is_told()
    {
        await using var origin = new ScriptedOrigin();
        origin.On("/a.png", request => Reply.Current(request, _image, "\"v1\""));
        var run = new TaskRun();
        Assert.That(Execute(run, origin));
        Assert.That((run.Synced.Single().GetMetadata("FromStore"), run.Summary), Is.EqualTo(("", run.Summary.Replace(" from the store", "", StringComparison.Ordinal))));
        Assert.That(run.Project.Files(), Has.Some.StartsWith("store/v1/content/"));

        run.Project.Delete("a.png");
        Assert.That(Execute(run, origin));
        var item = run.Synced.Single();
        Assert.That(new[] { "Status", "Changed", "StatusCode", "BytesReceived", "FromStore" }.Select(item.GetMetadata), Is.EqualTo(new[] { "Added", "true", "304", "0", "true" }));
        Assert.That(run.Summary, Does.Match("^1 image, 1 added, 1 from the store, 0 B received, .+ not sent again, "));
        Assert.That(run.Engine.Messages.Select(message => message.Message), Has.Some.Match("^  added: a.png, .+, from the store$"));
    }

    [Test]
    public async System.Threading.Tasks.Task One_that_cannot_be_used_is_a_warning_with_a_help_link()
    {
        await using var origin = new ScriptedOrigin();
        origin.On("/a.png", Reply.Ok(_image));
        var run = new TaskRun();
        run.Project.Write("store", "a file");
        Assert.That(Execute(run, origin));
        var warning = run.Engine.Warnings.Single();
        Assert.That((warning.Code, warning.File, warning.HelpLink), Is.EqualTo(("IMGSYNC4006", run.Project.PathOf("app.csproj"), Product.HelpLink("IMGSYNC4006"))));
    }

    private static bool Execute(TaskRun run, ScriptedOrigin origin) =>
        run.Execute([TaskRun.Item(origin.Url("/a.png"), ("LocalPath", "a.png"))], task => task.Store = "store");
}
