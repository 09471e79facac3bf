using System.Net;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>An exception that nobody foresaw, in one image's turn: its own diagnostic, and all others as if nothing had been.</summary>
public class UnforeseenFailures
{
    private static readonly byte[] Image = SampleImages.Png(1, 2_000);

    private Project _project;

    [SetUp]
    public void SetUp() => _project = new Project { Network = _ => new Network() };

    [Test]
    public async Task One_image_alone_is_told_of_and_its_file_stays([Values] bool hasCopy)
    {
        if (hasCopy)
        {
            _project.Files.Write("50.png", [1, 2, 3]);
        }

        var run = await _project.RunAsync(Declarations(100));
        var failed = run.Outcomes[50];
        Assert.That(run.Outcomes.Where((_, i) => i != 50).Select(outcome => outcome.Status), Is.All.EqualTo(SyncStatus.Added));
        Assert.That((failed.Status, failed.Diagnostics.Single().CodeText), Is.EqualTo((hasCopy ? SyncStatus.Kept : SyncStatus.Failed, "IMGSYNC5002")));
        Assert.That(failed.Diagnostics[0].Message,
            Does.StartWith("50.png: ImageSync failed unexpectedly: InvalidTimeZoneException in ImageSync.Tests.Engine.UnforeseenFailures.Network.SendAsync (what nobody expects)."));
        Assert.That(_project.Files.Exists("50.png"), Is.EqualTo(hasCopy));
        Assert.That(_project.Record("49.png"), Is.Not.Null, "what came of the others is recorded");
    }

    [Test]
    public async Task A_check_tells_of_it_too()
    {
        var run = await _project.CheckAsync(Declarations(100));
        Assert.That(run.Outcomes[50].Diagnostics.Single().CodeText, Is.EqualTo("IMGSYNC5002"));
        Assert.That(run.Outcomes.Count(outcome => outcome.Status == SyncStatus.Missing), Is.EqualTo(99));
    }

    private static IEnumerable<RemoteImageDeclaration> Declarations(int count) =>
        Enumerable.Range(0, count).Select(i => new RemoteImageDeclaration($"http://127.0.0.1:1/{i}.png") { LocalPath = $"{i}.png" });

    private sealed class Network : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.RequestUri!.AbsolutePath == "/50.png"
                ? throw new InvalidTimeZoneException("what nobody expects")
                : Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Image) });
    }
}
