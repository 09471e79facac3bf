using ImageSync.Http;

namespace ImageSync.Tests.Http;

/// <summary>Files are written in the thread pool, and not where .NET waits for sockets.</summary>
public class EventThreadTests
{
    [Test]
    public async Task A_thread_of_its_own_is_left_for_the_pool()
    {
        var after = new TaskCompletionSource<(Thread Thread, bool IsOfPool)>();
        var events = new Thread(() => _ = GoOnAsync(after));
        events.Start();
        var (thread, isOfPool) = await after.Task;
        Assert.That((thread != events, isOfPool), Is.EqualTo((true, true)));
    }

    [Test]
    public async Task In_the_pool_it_goes_on_at_once()
    {
        var isDoneAtOnce = await Task.Run(() => GoOnAsync(new TaskCompletionSource<(Thread, bool)>()).IsCompleted);
        Assert.That(isDoneAtOnce);
    }

    private static async Task GoOnAsync(TaskCompletionSource<(Thread, bool)> after)
    {
        await EventThread.Leave();
        after.SetResult((Thread.CurrentThread, Thread.CurrentThread.IsThreadPoolThread));
    }
}
