using System.Runtime.CompilerServices;

namespace ImageSync.Http;

/// <summary>
/// The threads on which .NET waits for sockets, where whoever hosts us has it handle answers there too (the program does, on Unix).
/// What is done there holds up the answers of others: so it is what takes no time, and no file is written there.
/// </summary>
internal static class EventThread
{
    /// <summary>Goes on in the thread pool; at once where that is the case already.</summary>
    public static ConfiguredTaskAwaitable Leave() =>
        Task.CompletedTask.ConfigureAwait(
            Thread.CurrentThread.IsThreadPoolThread ? ConfigureAwaitOptions.None : ConfigureAwaitOptions.ForceYielding);
}
