using System.Globalization;
using ImageSync.Http;

namespace ImageSync.Tests.Http;

/// <summary>How many requests an origin over HTTP/2 is asked at once, from what its answers tell.</summary>
public class RequestWindowTests
{
    // Each step is what comes of the requests that a window sends at one time, each answered after its time in milliseconds: "100x50"
    // are a hundred after 50 ms, "1x5 99x50" one after 5 ms and the rest after 50. "429" and "503" are one such answer, "lost" is a
    // request that got none; "late …" began before the last change. Behind "wait" is how many images are still to come, behind "=" what
    // the width is then. One connection holds 100, there may be 4 of them, and 16 is what HTTP/1.1 has.
    [TestCase("far away, and many wait: as many connections as carry them soon", "100x50 wait 900 = 400")]
    [TestCase("no wider than there are images", "100x50 wait 500 = 400", "400x50 wait 500 = 400")]
    [TestCase("… which is not more than needed", "100x200 wait 280 = 380")]
    [TestCase("on loopback, in a first window that compiles the client", "1x18 99x37 wait 800 = 100")]
    [TestCase("few wait: the handshakes take as long", "100x50 wait 300 = 100")]
    [TestCase("nobody waits", "100x50 wait 0 = 100")]
    [TestCase("near: one connection is enough", "100x1 wait 900 = 100", "100x1 wait 800 = 100")]
    [TestCase("near, however many wait: one connection carries more than this client makes", "100x9 wait 100000 = 100")]
    [TestCase("not as near, and many wait", "100x11 wait 10000 = 400")]
    [TestCase("this machine, or the origin, is the bound: they are answered one after the other", "1x5 99x50 wait 900 = 100", "100x50 wait 800 = 100")]
    [TestCase("a part of a window tells nothing yet", "99x50 wait 900 = 100", "1x50 wait 900 = 400")]
    [TestCase("a first window that compiles the client", "1x52 99x140 wait 900 = 400")]
    [TestCase("… and takes its time: the next one shows the way", "1x52 99x200 wait 900 = 100", "100x53 wait 800 = 400")]
    [TestCase("more at once take longer by as much: back to fewer", "100x50 wait 9000 = 400", "100x260 wait 9000 = 200", "100x260 wait 9000 = 100", "100x260 wait 9000 = 100")]
    [TestCase("they take somewhat longer: it stays", "100x50 wait 9000 = 400", "100x170 wait 9000 = 400")]
    [TestCase("what was sent before the change tells nothing of it", "100x50 wait 9000 = 400", "late 100x500 wait 9000 = 400")]
    [TestCase("429 halves", "100x50 wait 9000 = 400", "429 = 200", "429 = 100", "429 = 50", "429 = 25", "429 = 16", "429 = 16")]
    [TestCase("one event halves once", "100x50 wait 9000 = 400", "429 = 200", "late 429 = 200", "late 503 = 200", "late lost = 200")]
    [TestCase("one 503 may be its image's own", "100x50 wait 9000 = 400", "503 = 400", "100x50 wait 9000 = 400", "503 = 400")]
    [TestCase("several halve", "100x50 wait 9000 = 400", "503 = 400", "503 = 200", "503 = 200", "503 = 100")]
    [TestCase("a lost connection halves", "100x50 wait 9000 = 400", "lost = 400", "lost = 200", "late lost = 200")]
    [TestCase("a single connection, too", "429 = 50", "429 = 25")]
    [TestCase("what was too much is not tried again", "100x50 wait 9000 = 400", "429 = 200", "100x50 wait 9000 = 200", "100x50 wait 9000 = 200")]
    [TestCase("one connection's fill is, in small steps", "429 = 50", "50x50 wait 9000 = 60", "60x50 wait 9000 = 70", "70x50 wait 9000 = 80", "80x50 wait 9000 = 90", "90x50 wait 9000 = 100", "100x50 wait 9000 = 100")]
    [TestCase("… while there is no queue", "429 = 50", "50x5 wait 9000 = 60", "60x50 wait 9000 = 60")]
    [TestCase("one connection did not come about", "100x50 wait 9000 = 400", "bound 200 = 200", "100x50 wait 9000 = 200", "429 = 100")]
    public void Width(string name, params string[] steps)
    {
        var window = new RequestWindow(fewest: 16, first: 100, most: 400);
        var now = TimeSpan.FromSeconds(1);
        foreach (var step in steps)
        {
            var (what, expected) = step.Split(" = ") is [var left, var right] ? (left, right) : throw new FormatException(step);
            var isLate = what.StartsWith("late ", StringComparison.Ordinal);
            now += TimeSpan.FromSeconds(1);
            Act(window, isLate ? what[5..] : what, isLate ? TimeSpan.Zero : now, now);
            Assert.That(window.Width, Is.EqualTo(Number(expected)), $"{name}: {step}");
        }
    }

    [Test]
    public void An_answer_in_no_time_divides_nothing_by_zero()
    {
        var window = new RequestWindow(fewest: 1, first: 100, most: 400);
        for (var i = 0; i < 1_000; i++)
        {
            window.Answered(TimeSpan.Zero, TimeSpan.Zero, waiting: 1_000_000);
        }

        Assert.That(window.Width, Is.EqualTo(100));
    }

    private static void Act(RequestWindow window, string what, TimeSpan sent, TimeSpan now)
    {
        var (answers, waiting) = what.Split(" wait ") is [var before, var wait] ? (before, Number(wait)) : (what, 0);
        foreach (var answer in answers.Split(' '))
        {
            switch (answer.Split('x'))
            {
                case [var count, var milliseconds]:
                    for (var i = 0; i < Number(count); i++)
                    {
                        window.Answered(sent, sent + TimeSpan.FromMilliseconds(Number(milliseconds)), waiting);
                    }

                    break;
                case ["429"]:
                    window.Refused(sent, now);
                    break;
                case ["503"] or ["lost"]:
                    window.Failed(sent, now);
                    break;
                case ["bound"]:
                    window.Bound(Number(what.Split(' ')[1]));
                    return;
                default:
                    throw new FormatException(what);
            }
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
