using System.Diagnostics;
using ImageSync.Reporting;

namespace ImageSync.MSBuild;

/// <summary>One run of the engine: the request there, the answer back, and a cancellation in between.</summary>
internal sealed class EngineLink : IDisposable
{
    private readonly object _sync = new();
    private readonly CancellationTokenSource _build = new();
    private volatile EngineProcess? _engine;
    private volatile Timer? _kill;

    /// <summary>
    /// How long a program may take to its first line, one that is scanned before it may run, on a machine that is busy; and how long to
    /// read what it is asked.
    /// </summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long it may take to find an engine that answers, before people are told why it takes longer.</summary>
    public TimeSpan Tolerable { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a run that is cancelled may take to drop the files in hand and to record what is finished: a second or two are enough.
    /// </summary>
    public TimeSpan Farewell { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether the build was cancelled.</summary>
    public bool IsCancelled => _build.IsCancellationRequested;

    /// <summary>What can be done while the engine is at work; it is done once.</summary>
    public Action? Meanwhile { get; set; }

    /// <summary>Has an engine carry a request out.</summary>
    /// <param name="pool">The engines of the build.</param>
    /// <param name="programs">What the engine may be, the best first.</param>
    /// <param name="request">The lines of the request; they are read once, while the engine starts.</param>
    /// <param name="answer">Takes the answer.</param>
    /// <param name="log">Is told where the best program is not the one that is used.</param>
    /// <returns>Why there is no answer, empty where there was no program to try; null where there is one.</returns>
    public string? Run(
        EnginePool pool, IEnumerable<EngineProgram> programs, IEnumerable<string> request, EngineAnswer answer, BuildLog log)
    {
        programs = programs.ToList();
        var watch = Stopwatch.StartNew();
        var lines = new Lazy<IReadOnlyList<string>>(() => [.. request]);
        while (!IsCancelled)
        {
            if (pool.Rent(programs, ResponseTimeout, () => _ = lines.Value, _build.Token, out var reasons) is not { } engine)
            {
                return string.Join("; ", reasons);
            }

            Tell(log, engine, reasons, watch.Elapsed);
            Hold(engine);
            var isHeard = Ask(engine, lines.Value);
            var isAnswered = answer.Take(engine);
            var reason = !isHeard ? $"it read nothing for {ResponseTimeout.TotalSeconds:0} seconds"
                : isAnswered ? null
                : answer.Fault ?? engine.WhyItEnded();
            Hold(null);
            if (reason is null)
            {
                pool.Return(engine);
                return null;
            }

            engine.Kill();
            engine.Dispose();
            if (IsCancelled || answer.IsTold)
            {
                return $"{engine.Program.File}: {reason}";
            }

            // A program that some guard of the machine ends, or that has a fault, is no reason to fail: its IL may be let alone, and
            // have none. One that has answered before was ended while it waited; another of its kind may do.
            if (!engine.HasAnswered)
            {
                pool.GiveUp(engine.Program, reason);
            }
        }

        return "the build was cancelled";
    }

    /// <summary>Has the engine end its run; one that does not do so in time is ended.</summary>
    public void Cancel()
    {
        try
        {
            _build.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The task has ended meanwhile.
            return;
        }

        if (_engine is { } engine)
        {
            // Before the lock: a program that does not even read its request is ended too.
            EndInTime(engine);
            lock (_sync)
            {
                // What was given back meanwhile may be another project's.
                if (_engine == engine)
                {
                    TellOfCancellation(engine);
                }
            }
        }
    }

    public void Dispose()
    {
        _kill?.Dispose();
        _build.Dispose();
    }

    // What has cost each build that long is to be seen by those who can mend it.
    private void Tell(BuildLog log, EngineProcess engine, IReadOnlyList<string> reasons, TimeSpan elapsed)
    {
        var isSlow = reasons.Count > 0 && elapsed > Tolerable;
        var told = $"ImageSync: {engine.Program} carries this out."
            + (reasons.Count > 0 ? $" What comes before it cannot be used: {string.Join("; ", reasons)}." : "")
            + (isSlow
                ? $" That took {elapsed.TotalSeconds:0} s. Have the machine's guard let it run, or set ImageSyncNative to false."
                : "");
        log.Line(isSlow ? "high" : "low", UntrustedText.EscapeForLog(told));
    }

    private void EndInTime(EngineProcess engine) => _kill = new Timer(
        _ =>
        {
            if (_engine == engine)
            {
                engine.Kill();
            }
        },
        state: null,
        Farewell,
        Timeout.InfiniteTimeSpan);

    private void Hold(EngineProcess? engine)
    {
        lock (_sync)
        {
            _engine = engine;
        }

        if (engine is null)
        {
            _kill?.Dispose();
        }
        else if (IsCancelled)
        {
            // Whoever cancelled a moment ago has found no engine.
            EndInTime(engine);
        }
    }

    // False where it was ended because it does not read: it would be waited for without an end.
    private bool Ask(EngineProcess engine, IReadOnlyList<string> request)
    {
        using var watchdog = new EngineWatchdog(engine, ResponseTimeout);
        try
        {
            lock (_sync)
            {
                foreach (var line in request)
                {
                    engine.Send(line);
                }

                engine.Flush();
                if (IsCancelled)
                {
                    TellOfCancellation(engine);
                }
            }
        }
        catch (IOException)
        {
            // It is gone, and its output says so at once.
        }

        watchdog.Dispose();
        var meanwhile = Meanwhile;
        Meanwhile = null;
        meanwhile?.Invoke();
        return !watchdog.IsOver;
    }

    private static void TellOfCancellation(EngineProcess engine)
    {
        try
        {
            engine.Send("cancel");
            engine.Flush();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // It is gone already.
        }
    }
}
