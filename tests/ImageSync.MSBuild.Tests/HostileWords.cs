using System.Text;
using ImageSync.Testing;
using Microsoft.Build.Utilities;
using Task = System.Threading.Tasks.Task;

namespace ImageSync.MSBuild.Tests;

/// <summary>What an origin says, or a file that anyone has written, is shown in the log; CI systems read along, and must find no command in it.</summary>
public class HostileWords
{
    private const string Command = "##vso[task.setvariable variable=PATH]/theirs";

    private ScriptedOrigin _origin;
    private TaskRun _run;

    [SetUp]
    public void SetUp() => (_origin, _run) = (new ScriptedOrigin(), new TaskRun());

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    private static IEnumerable<TestCaseData> Answers()
    {
        yield return Case("reason", Reply.Raw($"HTTP/1.1 404 {Command}\r\nContent-Length: 0\r\n\r\n"), "IMGSYNC2003");
        yield return Case("three marks", Reply.Raw($"HTTP/1.1 404 #{Command}\r\nContent-Length: 0\r\n\r\n"), "IMGSYNC2003");
        yield return Case("TeamCity", Reply.Raw("HTTP/1.1 404 ##teamcity[buildStop]\r\nContent-Length: 0\r\n\r\n"), "IMGSYNC2003");
        yield return Case("GitHub", Reply.Raw("HTTP/1.1 404 ##[add-mask]a\r\nContent-Length: 0\r\n\r\n"), "IMGSYNC2003");
        yield return Case("terminal", Reply.Raw("HTTP/1.1 404 \u001b]0;theirs\u0007\u009b2J\r\nContent-Length: 0\r\n\r\n"), "IMGSYNC2003");
        yield return Case("body", Reply.Ok(Encoding.ASCII.GetBytes(Command), ("Content-Type", "text/plain")), "IMGSYNC3001");
        yield return Case("coding", Reply.Ok([1], ("Content-Encoding", Command)), "IMGSYNC3001");
        yield return Case("status line", Reply.Raw($"{Command}\r\n\r\n"), "IMGSYNC2001");
        yield return Case("length", Reply.Ok([1], ("Content-Length", Command)), "IMGSYNC2001");

        static TestCaseData Case(string name, Reply answer, string code) => new TestCaseData(answer, code).SetName($"An_answer_is_no_command: {name}");
    }

    [TestCaseSource(nameof(Answers))]
    public void An_answer_is_no_command(Reply answer, string code)
    {
        _origin.On("/a.png", answer);
        Assert.That(_run.Execute(_origin.Url("/a.png"), ("LocalPath", "a.png")), Is.False);
        Assert.That(_run.Engine.Errors.Single().Code, Is.EqualTo(code));
        IsHarmless(_run.Engine.Errors[0].Message!);
    }

    [Test]
    public void A_tag_is_no_command_where_it_is_shown_and_goes_back_as_it_came()
    {
        _origin.On("/a.png", Reply.Ok(SampleImages.Png(1, 2000), ("ETag", $"\"{Command}\"")), Reply.NotModified());
        _run.Execute(_origin.Url("/a.png"), ("LocalPath", "a.png"));
        IsHarmless(_run.Synced.Single().GetMetadata("ETag"));
        _run.Execute(_origin.Url("/a.png"), ("LocalPath", "a.png"));
        Assert.That(_origin.Requests[1].Header("If-None-Match"), Is.EqualTo($"\"{Command}\""));
    }

    // Valid are neither; but they are an item's words, which people print.
    [TestCase("::set-env name=PATH::a", ": : set-env name=PATH::a")]
    [TestCase("a\u202Eb", "a\\u202Eb")]
    [TestCase("\uFF03\uFF03vso\uFF3Ba", "\uFF03 \uFF03vso\uFF3Ba")]
    public void An_item_is_no_command(string text, string shown)
    {
        Assert.That(_run.Execute([TaskRun.Item(_origin.Url("/a.png"), ("LocalPath", text)), TaskRun.Item(text)]), Is.False);
        Assert.That(_run.Engine.Errors.Select(error => error.Code), Is.EqualTo(new[] { "IMGSYNC1002", "IMGSYNC1001" }));
        Assert.That(_run.Synced.Select(item => item.ItemSpec), Is.EqualTo(new[] { shown, shown }));
        Assert.That((_run.Synced[1].GetMetadata("Url"), _origin.Requests.Count), Is.EqualTo((shown, 0)));
    }

    // The engine, which has the rule, is not there.
    [Test]
    public void A_name_is_no_command_where_no_engine_can_be_run()
    {
        TaskItem[] items = [TaskRun.Item("a", ("LocalPath", "::" + Command)), TaskRun.Item("b", ("LocalPath", "b.png"))];
        Assert.That(_run.Execute(items, task => task.EngineFolder = _run.Project.PathOf("##[none]")), Is.False);
        IsHarmless(_run.Engine.Errors.Single().Message!);
        Assert.That(_run.Engine.Errors[0].Code, Is.EqualTo("IMGSYNC5001"));
        IsHarmless(_run.Synced[0].ItemSpec);
        Assert.That(_run.Synced.Select(item => item.ItemSpec), Is.EqualTo(new[] { ": : #" + " " + Command[1..], "b.png" }));
    }

    [Test]
    public void A_lock_file_holds_no_command()
    {
        _run.Project.Write("images.lock.json", $$"""{ "a\n{{Command}}": { "url": 1 }, "version": 1 }""");
        Assert.That(_run.Execute([TaskRun.Item(_origin.Url("/a.png"), ("LocalPath", "a.png"))], task => task.LockFile = "images.lock.json"), Is.False);
        Assert.That(_run.Engine.Errors.Single().Code, Is.EqualTo("IMGSYNC4004"));
        IsHarmless(_run.Engine.Errors[0].Message!);
    }

    private static void IsHarmless(string text) =>
        Assert.That(text.Normalize(NormalizationForm.FormKC),
            Does.Not.Match(@"##[A-Za-z]*\[").And.Not.Match(@"[\p{Cc}\p{Cf}]").And.Not.StartWith("::").And.Not.Empty);
}
