using ImageSync.Testing;
using Microsoft.Build.Utilities;
using Task = System.Threading.Tasks.Task;

namespace ImageSync.MSBuild.Tests;

/// <summary>The limits that whoever runs the build sets by environment variables: no property can lift them.</summary>
[NonParallelizable] // The limits hold for every engine that this process starts.
public class OwnersEnvironment
{
    private const string Hosts = "IMAGESYNC_ALLOWED_HOSTS";
    private const string Variables = "IMAGESYNC_ALLOWED_VARIABLES";
    private const string Native = "IMAGESYNC_NATIVE";
    private const string Token = "IMAGESYNC_TEST_TOKEN";
    private const string Secret = "s3cret-of-the-pipeline";

    private ScriptedOrigin _origin;
    private TaskRun _run;

    [SetUp]
    public void SetUp()
    {
        (_origin, _run) = (new ScriptedOrigin(), new TaskRun());
        _origin.Otherwise(_ => Reply.Ok(SampleImages.Png(1, 3000)));
        Environment.SetEnvironmentVariable(Token, Secret);
    }

    [TearDown]
    public async Task TearDown()
    {
        foreach (var variable in new[] { Hosts, Variables, Native, Token })
        {
            Environment.SetEnvironmentVariable(variable, null);
        }

        await _origin.DisposeAsync();
    }

    [TestCase("false", "true", false)]
    [TestCase("False ", "", false)]
    [TestCase("true", "false", false)]
    [TestCase("true", "", true)]
    [TestCase("", "", true)]
    public void A_program_runs_only_where_both_allow_it(string owner, string project, bool runs)
    {
        Environment.SetEnvironmentVariable(Native, owner);
        var program = new FakeProgram(FakeProgram.Serves);
        Assert.That(Execute(task => (task.EngineFolder, task.Native) = (program.Folder, project), Item("a.png", "127.0.0.1")), Is.True);
        Assert.That(program.Starts, Is.EqualTo(runs ? 1 : 0));
    }

    [Test]
    public void What_says_nothing_of_programs_stops_the_sync()
    {
        Environment.SetEnvironmentVariable(Native, "no");
        Assert.That(Execute(_ => { }, Item("a.png", "127.0.0.1")), Is.False);
        Assert.That((_run.Engine.Errors.Single().Code, _run.Engine.Errors[0].Message, _origin.Requests.Count), Is.EqualTo(("IMGSYNC1004",
            "ImageSync: the environment variable IMAGESYNC_NATIVE, which decides whether programs that are compiled ahead may run, "
            + "is not valid. Write true or false.", 0)));
    }

    [TestCase("")]
    [TestCase("127.0.0.1;localhost")]
    public void A_host_is_contacted_only_where_both_allow_it(string project)
    {
        Environment.SetEnvironmentVariable(Hosts, "127.0.0.1;cdn.example");
        Assert.That(Execute(task => task.AllowedHosts = project, Item("a.png", "127.0.0.1"), Item("b.png", "localhost")), Is.False);
        Assert.That(_origin.Requests.Select(request => request.Target), Is.EqualTo(new[] { "/a.png" }));
        Assert.That((_run.Engine.Errors.Single().Code, _run.Engine.Errors[0].Message), Is.EqualTo(("IMGSYNC1006",
            "b.png: the host localhost is not in the environment variable IMAGESYNC_ALLOWED_HOSTS, "
            + "which limits what projects and lists may contact. "
            + "If it may be contacted, whoever runs the build adds it there.")));
    }

    [Test]
    public void A_mirror_is_contacted_only_where_the_owner_allows_it()
    {
        Environment.SetEnvironmentVariable(Hosts, "cdn.example");
        var item = TaskRun.Item("https://cdn.example/a.png");
        Assert.That(Execute(task => task.Mirror = $"https://cdn.example={_origin.Url("/cdn")}", item), Is.False);
        Assert.That((_run.Engine.Errors.Single().Code, _origin.Requests.Count), Is.EqualTo(("IMGSYNC1006", 0)));
        var words = "the host 127.0.0.1, the mirror of cdn.example (ImageSyncMirror), is not";
        Assert.That(_run.Engine.Errors[0].Message, Does.Contain(words));
    }

    [TestCase(Hosts, "")]
    [TestCase(Hosts, ";")]
    [TestCase(Hosts, "https://127.0.0.1")]
    [TestCase(Variables, Token + "=" + Secret)]
    [TestCase(Variables, Token + "@")]
    public void Limits_that_cannot_be_read_stop_the_sync(string variable, string value)
    {
        Environment.SetEnvironmentVariable(variable, value);
        Assert.That(Execute(null, Item("a.png", "127.0.0.1")), Is.False);
        Assert.That((_run.Engine.Errors.Single().Code, _origin.Requests.Count), Is.EqualTo(("IMGSYNC1004", 0)));
        Assert.That(_run.Engine.Errors[0].Message, Does.Contain($"the environment variable {variable}").And.Not.Contain(Secret));
    }

    [TestCase(null, true)]
    [TestCase(Token, true)]
    [TestCase(Token + "@127.0.0.1", true)]
    [TestCase(Token + "@localhost;" + Token + "@127.0.0.1", true)]
    [TestCase(Token + "@localhost", false)]
    [TestCase("OTHER", false)]
    [TestCase(";", false)]
    [TestCase("", false)]
    public void A_variable_goes_only_where_the_owner_lets_it(string? variables, bool sends)
    {
        Environment.SetEnvironmentVariable(Variables, variables);
        Assert.That(Execute(null, Item("a.png", "127.0.0.1", $"X-Key: ${{{Token}}}")), Is.EqualTo(sends));
        Assert.That(_origin.Requests.Select(request => request.Header("X-Key")), Is.EqualTo(sends ? new[] { Secret } : []));
        Assert.That(_run.Engine.Errors.Select(error => (error.Code, error.Message)), Is.EqualTo(sends ? [] : new[] { ("IMGSYNC1005",
            "a.png: RequestHeaders names the environment variable IMAGESYNC_TEST_TOKEN, "
            + "whose value may not go to 127.0.0.1: the environment variable IMAGESYNC_ALLOWED_VARIABLES does not allow it. "
            + "Remove IMAGESYNC_TEST_TOKEN from RequestHeaders, or have whoever runs the build "
            + "add IMAGESYNC_TEST_TOKEN@127.0.0.1 to IMAGESYNC_ALLOWED_VARIABLES.") }));
    }

    // Of an ItemDefinitionGroup: a default that a list of URLs takes along, to whatever host it names.
    [Test]
    public void A_default_header_goes_to_its_host_alone()
    {
        Environment.SetEnvironmentVariable(Variables, Token + "@127.0.0.1");
        var header = $"X-Key: ${{{Token}}}";
        Assert.That(Execute(null, Item("a.png", "127.0.0.1", header), Item("b.png", "localhost", header)), Is.False);
        Assert.That((_origin.Requests.Single().Target, _origin.Requests[0].Header("X-Key")), Is.EqualTo(("/a.png", Secret)));
        Assert.That(_run.Engine.Errors.Single().Message, Does.StartWith("b.png: ").And.Not.Contain(Secret));
    }

    [Test]
    public void Of_a_variable_that_is_not_allowed_nothing_is_told()
    {
        Environment.SetEnvironmentVariable(Variables, ";");
        var messages = new[] { Secret, "with\nbreak", null }.Select(value =>
        {
            Environment.SetEnvironmentVariable(Token, value);
            Execute(null, Item("a.png", "127.0.0.1", $"X-Key: ${{{Token}}}"));
            return _run.Engine.Errors.Single().Message;
        });
        Assert.That(messages.Distinct().Count(), Is.EqualTo(1), "neither its value nor whether it is set");
    }

    private bool Execute(Action<SyncSettings>? with, params TaskItem[] items) => _run.Execute(items, with);

    private TaskItem Item(string name, string host, string headers = "") =>
        TaskRun.Item($"http://{host}:{_origin.Port}/{name}", ("LocalPath", name), ("RequestHeaders", headers));
}
