using ImageSync.Engine;
using ImageSync.Pipe;
using ImageSync.Testing;

namespace ImageSync.Tests.Pipe;

/// <summary>The engine's half of the conversation with a build.</summary>
public class EngineVerbTests
{
    private static readonly byte[] Image = SampleImages.Png(1, 3_000);

    private ScriptedOrigin _origin;
    private TestDirectory _project;
    private Conversation _engine;

    [SetUp]
    public void Start()
    {
        _origin = new ScriptedOrigin().Otherwise(request => Reply.Current(request, Image, "\"1\""))
            .On("/stalls.png", Reply.Ok(Image).Stall(100));
        _project = new TestDirectory();
        _engine = new Conversation();
        Assert.That(_engine.Read(), Is.EqualTo(new[] { "imagesync", "2", Product.Version }));
    }

    [TearDown]
    public async Task StopAsync()
    {
        _engine.Dispose();
        await _origin.DisposeAsync();
    }

    [Test]
    public void OneRequestAfterTheOther()
    {
        // act
        var first = Sync("/a.png");
        var second = Sync("/a.png");
        _engine.EndInput();

        // assert
        Assert.That(new[] { first, second }.Select(StatusOf), Is.EqualTo(new[] { "Added", "NotModified" }));
        Assert.That(_origin.Requests.Select(request => request.ConnectionNumber), Is.EqualTo(new[] { 1, 1 }));
        Assert.That(_engine.Serving.Result, Is.Zero);
        Assert.That(_engine.Read(), Is.Null, "nothing is told behind the last line of a run");
    }

    [Test]
    public async Task OutcomesAreToldInOrderWhileTheRunGoesOn()
    {
        // arrange: the second is answered long after the third, and behind what cannot be asked for
        using var goOn = new ManualResetEventSlim();
        _origin.On("/late.png", _ =>
        {
            goOn.Wait();
            return Reply.Ok(SampleImages.Png(1, 3_000));
        });
        _origin.On("/b.png", Reply.Ok(SampleImages.Png(2, 3_000)));
        _engine.Request(_project.FullPath, [_origin.Url("/a.png"), "mailto:x/y", _origin.Url("/late.png"), _origin.Url("/b.png")]);

        // act
        await UntilAskedAsync("/b.png");
        var before = Enumerable.Range(0, 2).Select(_ => _engine.ReadTo("image")[^1]).ToList();
        goOn.Set();
        var after = _engine.ReadTo("done", "fault").Where(line => line[0] == "image").ToList();

        // assert
        Assert.That(before.Concat(after).Select(line => line[1]), Is.EqualTo(new[] { "0", "1", "2", "3" }));
    }

    [Test]
    public async Task AnotherRequestMeanwhile()
    {
        // arrange
        _engine.Request(_project.FullPath, [_origin.Url("/stalls.png")]);
        await UntilAskedAsync("/stalls.png");

        // act
        _engine.Send("sync");

        // assert: and what was under way ends
        Assert.That(_engine.ReadTo("fault")[^1], Is.EqualTo(new[] { "fault", "a request begins while another is carried out" }));
        Assert.That(await _engine.Serving, Is.EqualTo(1));
    }

    [Test]
    public async Task CancelledInTheMiddle()
    {
        // arrange
        await RequestThatStallsAsync();

        // act
        _engine.Send("cancel");

        // assert
        Assert.That(_engine.ReadTo("done", "fault")[^1], Is.EqualTo(new[] { "done", "cancelled" }));
        Assert.That(StatusOf(Sync("/a.png")), Is.EqualTo("NotModified"), "what was finished is recorded");
        Assert.That(_project.Exists("images/stalls.png"), Is.False);
    }

    [Test]
    public void NothingToCancel()
    {
        // act: before the first request, inside it, and behind it
        _engine.Send("cancel", "sync", "cancel");
        _engine.Send($"option\tProjectDirectory\t{_project.FullPath}", "option\tCacheFile\tc");
        _engine.Send($"image\tInclude={_origin.Url("/a.png")}", "go");
        var first = _engine.ReadTo("done", "fault");
        _engine.Send("cancel");

        // assert
        Assert.That(first[^1], Is.EqualTo(new[] { "done", "complete" }));
        Assert.That(Sync("/a.png")[^1], Is.EqualTo(new[] { "done", "complete" }));
    }

    [Test]
    public async Task InputThatEndsInTheMiddle()
    {
        // arrange
        await RequestThatStallsAsync();

        // act
        _engine.EndInput();

        // assert: long before the image would be given up
        Assert.That(await _engine.Serving.WaitAsync(TimeSpan.FromSeconds(20)), Is.Zero);
        Assert.That(_engine.ReadTo("done", "fault")[^1], Is.EqualTo(new[] { "done", "cancelled" }));
        AFileIsRecorded();
    }

    [Test]
    public async Task ABuildThatIsGoneInTheMiddle()
    {
        // arrange
        await RequestThatStallsAsync();

        // act
        _engine.CloseOutput();
        _engine.EndInput();

        // assert
        Assert.That(await _engine.Serving.WaitAsync(TimeSpan.FromSeconds(20)), Is.Zero);
        AFileIsRecorded();
    }

    [Test]
    public async Task OutputThatIsClosed()
    {
        // arrange
        _engine.CloseOutput();

        // act
        _engine.Request(_project.FullPath, [_origin.Url("/a.png")]);
        await UntilAskedAsync("/a.png");
        while (!_project.Exists("images/a.png"))
        {
            await Task.Delay(10);
        }

        _engine.EndInput();

        // assert
        Assert.That(await _engine.Serving.WaitAsync(TimeSpan.FromSeconds(20)), Is.Zero);
        AFileIsRecorded();
    }

    [TestCase("", "\"\" with 0 fields is no line of a request", TestName = "an empty line")]
    [TestCase("hello", "\"hello\" with 0 fields is no line of a request")]
    [TestCase("cancel\tnow", "\"cancel\" with 1 fields is no line of a request")]
    [TestCase("sync\\", "a line holds an escape that is none")]
    [TestCase("GET / HTTP/1.1\r", "\"GET / HTTP/1.1 \" with 0 fields is no line of a request")]
    [TestCase("##vso[task.setvariable]\t::x", "\"# #vso[task.setvariable]\" with 1 fields is no line of a request")]
    [TestCase("sync\noption\tFarce\ttrue", "there is no option Farce")]
    [TestCase("sync\ngo", "a request has no absolute ProjectDirectory")]
    public void WhatIsNoRequest(string lines, string fault)
    {
        // act
        _engine.Send(lines);

        // assert
        Assert.That(_engine.Read(), Is.EqualTo(new[] { "fault", fault }));
        Assert.That((_engine.Read(), _engine.Serving.Result), Is.EqualTo(((string[]?)null, 1)));
    }

    [Test]
    public void ATornLine()
    {
        // act
        _engine.SendTorn("sync\nopt");
        _engine.EndInput();

        // assert
        Assert.That(_engine.Read(), Is.EqualTo(new[] { "fault", "the last line is torn" }));
        Assert.That(_engine.Serving.Result, Is.EqualTo(1));
    }

    [Test]
    public void OptionsThatAreNotValidEndTheRunAlone()
    {
        // act
        _engine.Request(_project.FullPath, [_origin.Url("/a.png")], ("Timeout", "soon"), ("MaxConcurrency", "0"));
        var refused = _engine.ReadTo("done", "fault");

        // assert
        Assert.That(refused.Select(line => string.Join(' ', line.Take(3))),
            Is.EqualTo(new[] { "told error IMGSYNC1004", "told error IMGSYNC1004", "done complete" }));
        Assert.That(_origin.Requests, Is.Empty);
        Assert.That(StatusOf(Sync("/a.png")), Is.EqualTo("Added"));
    }

    private List<string[]> Sync(string target)
    {
        _engine.Request(_project.FullPath, [_origin.Url(target)]);
        return _engine.ReadTo("done", "fault");
    }

    private static string? StatusOf(List<string[]> answer) =>
        answer.Single(line => line[0] == "image")[^SyncedImageMetadata.Names.Length..][Array.IndexOf(SyncedImageMetadata.Names, "Status")];

    // One at a time: the first is finished when the second is asked for.
    private async Task RequestThatStallsAsync()
    {
        _engine.Request(_project.FullPath, [_origin.Url("/a.png"), _origin.Url("/stalls.png")], ("MaxConcurrency", "1"));
        await UntilAskedAsync("/stalls.png");
        Assert.That(_project.Exists("images/a.png"), Is.True);
    }

    private async Task UntilAskedAsync(string target)
    {
        while (_origin.RequestsTo(target).Count == 0)
        {
            await Task.Delay(10);
        }
    }

    private void AFileIsRecorded()
    {
        using var next = new Conversation();
        next.Request(_project.FullPath, [_origin.Url("/a.png")]);
        Assert.That(StatusOf(next.ReadTo("done", "fault")), Is.EqualTo("NotModified"), "what was finished is recorded");
        Assert.That(_project.Files().Where(file => file.EndsWith(".tmp", StringComparison.Ordinal)), Is.Empty);
    }
}
