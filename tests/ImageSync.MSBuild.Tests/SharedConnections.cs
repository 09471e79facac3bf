using ImageSync.Testing;

namespace ImageSync.MSBuild.Tests;

/// <summary>The projects of one build ask over the same connections, as far as they are of the same kind; the next build has its own.</summary>
public class SharedConnections
{
    private static readonly byte[] Image = SampleImages.Png(1, 2_000);

    private ScriptedOrigin _origin;

    [SetUp]
    public void Start() => _origin = new ScriptedOrigin().On("/a.png", request => Reply.Current(request, Image, "\"1\""));

    [TearDown]
    public async Task StopAsync() => await _origin.DisposeAsync();

    [Test]
    public void Projects_of_one_build_share_them()
    {
        var engine = new FakeEngine { EndsItsEngines = true };
        Assert.That(new TaskRun().ExecuteOn(engine, [TaskRun.Item(_origin.Url("/a.png"))]), Is.True);
        Assert.That(new TaskRun().ExecuteOn(engine, [TaskRun.Item(_origin.Url("/a.png"))]), Is.True);
        engine.End();
        Assert.That(_origin.Requests.Select(request => request.ConnectionNumber), Is.EqualTo(new[] { 1, 1 }));
    }

    [Test]
    public void Another_limit_is_another_kind()
    {
        var engine = new FakeEngine { EndsItsEngines = true };
        Assert.That(new TaskRun().ExecuteOn(engine, [TaskRun.Item(_origin.Url("/a.png"))]), Is.True);
        Assert.That(new TaskRun().ExecuteOn(engine, [TaskRun.Item(_origin.Url("/a.png"))], task => task.MaxConnectionsPerHost = "1"), Is.True);
        engine.End();
        Assert.That(_origin.Requests.Select(request => request.ConnectionNumber), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public void The_next_build_has_its_own()
    {
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var engine = new FakeEngine { EndsItsEngines = true };
            Assert.That(new TaskRun().ExecuteOn(engine, [TaskRun.Item(_origin.Url("/a.png"))]), Is.True);
            engine.End();
        }

        Assert.That(_origin.Requests.Select(request => request.ConnectionNumber), Is.EqualTo(new[] { 1, 2 }));
    }
}
