using ImageSync.Http;
using ImageSync.Sync;

namespace ImageSync.Tests.Sync;

/// <summary>One line for an outage, and one for each failure that is an image's own.</summary>
public class CommonCauseTests
{
    private static readonly Wording Words = Wording.Project;

    private static readonly TransportFailure Refused = new("the connection was refused: nothing listens there", IsTransient: true);

    [Test]
    public void Few_are_told_one_by_one() =>
        Assert.That(Told(Failing(3, i => Problems.NotReached(Words, Url("a", i), Refused, 4))), Has.Count.EqualTo(3));

    [Test]
    public void Many_are_told_at_once_with_the_first_by_name() =>
        Assert.That(Told(Failing(400, i => Problems.NotReached(Words, Url("a", i), Refused, 4))), Is.EqualTo(new[]
        {
            "Warning at 0.png: 0.png, 1.png, 2.png and 397 more: https://a could not be reached: the connection was refused: nothing listens there, so 400 images could not be synced. "
            + "The local copies were kept. Check the URL and the network; the next build tries again. -v:detailed shows a line for each.",
        }));

    [Test]
    public void An_origin_that_was_not_asked_again_is_out_for_what_came_before()
    {
        var refusal = new TransportFailure("https://a was not asked again after several failures in a row; the last: …", IsTransient: false) { RootCause = Refused.RootCause };
        Assert.That(Told(Failing(10, i => Problems.NotReached(Words, Url("a", i), i < 5 ? Refused : refusal, i < 5 ? 4 : 1))), Has.Count.EqualTo(1));
    }

    [Test]
    public void Errors_stay_errors()
    {
        var told = Told(Failing(10, i => Problems.NotReached(Words, Url("a", i), Refused, 4), hasCopy: i => i % 2 == 0));
        Assert.That(told.Select(line => line.Split(':')[0]), Is.EqualTo(new[] { "Warning at 0.png", "Error at 1.png" }));
        Assert.That(told[1], Does.Contain("so 5 images could not be synced. There is no local copy of any of them."));
    }

    [Test]
    public void Origins_and_causes_are_told_apart()
    {
        var told = Told(Failing(20, i => i % 2 == 0
            ? Problems.NotReached(Words, Url(i % 4 == 0 ? "a" : "b", i), Refused, 4)
            : Problems.Overloaded(Words, Url("a", i), new ResponseHead(i % 4 == 1 ? 503 : 429), 4)));
        Assert.That(told, Has.Count.EqualTo(4));
    }

    [Test]
    public void What_is_not_there_is_one_images_matter()
    {
        Assert.That(Told(Failing(10, i => Problems.Refused(Words, Url("a", i), new ResponseHead(404)))), Has.Count.EqualTo(10));
        Assert.That(Told(Failing(10, i => Problems.Refused(Words, Url("a", i), new ResponseHead(403)))), Has.Count.EqualTo(1));
    }

    private static TargetUri Url(string host, int i) => Given.Url($"https://{host}/{i}.png");

    private static List<SyncOutcome> Failing(int count, Func<int, Problem> problem, Func<int, bool>? hasCopy = null) =>
    [
        .. Enumerable.Range(0, count).Select(i => new SyncOutcome($"{i}.png", "", hasCopy?.Invoke(i) == false ? SyncStatus.Failed : SyncStatus.Kept)
        {
            Diagnostics = [problem(i).ToDiagnostic($"{i}.png", hasCopy?.Invoke(i) != false ? LocalCopy.Good : LocalCopy.None, optional: false)],
        }),
    ];

    private static List<string> Told(List<SyncOutcome> outcomes) =>
        [.. CommonCause.Told(outcomes, Words).Select(each => $"{each.Diagnostic.Severity} at {each.Outcome.LocalPath}: {each.Diagnostic.Message}")];
}
