extern alias TheEngine;

using System.Text;
using ImageSync.Sync;
using TheEngine::ImageSync.Pipe;

namespace ImageSync.MSBuild.Tests;

public sealed class LongRuns
{
    [TestCase(0, 0, 0, 0, "ImageSync: 0 %, 0 of 0 images, 0 B received, 0 B/s")]
    [TestCase(1_260, 3_000, 340_000_000, 290_000_000, "ImageSync: 42 %, 1,260 of 3,000 images, 340 MB received, 10 MB/s")]
    [TestCase(2_999, 3_000, 340_000_000, 340_000_000, "ImageSync: 99 %, 2,999 of 3,000 images, 340 MB received, 0 B/s",
        TestName = "not done before the last one is")]
    public void TellHowFarTheyAre(int done, int total, long received, long receivedBefore, string expected)
    {
        // arrange
        using var pipe = new MemoryStream();
        using var events = new PipeEvents(pipe);

        // act
        events.Progress(new SyncProgress(done, total, received), new SyncProgress(0, total, receivedBefore));

        // assert: at once, and not with the run's last line
        Assert.That(Encoding.UTF8.GetString(pipe.ToArray()), Is.EqualTo($"line\thigh\t{expected}\n"));
    }
}
