namespace ImageSync.MSBuild;

/// <summary>One run of the engine: the request there, the answer back, and a cancellation in between.</summary>
internal sealed class EngineLink : IDisposable
{
    // A run that is cancelled drops the files in hand and records what is finished; that takes a second or two.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly object _sync = new();
    private volatile EngineProcess? _engine;
    private volatile Timer? _kill;
    private volatile bool _isCancelled;

    /// <summary>Whether the build was cancelled.</summary>
    public bool IsCancelled
    {
        get => _isCancelled;
        private set => _isCancelled = value;
    }

    /// <summary>What can be done while the engine is at work; it is done once.</summary>
    public Action? Meanwhile { get; set; }

    /// <summary>Has an engine carry a request out.</summary>
    /// <param name="pool">The engines of the build.</param>
    /// <param name="programs">What the engine may be, the best first.</param>
    /// <param name="request">The lines of the request; they are read once for each engine that is tried.</param>
    /// <param name="answer">Takes the answer.</param>
    /// <returns>Why there is no answer; null where there is one.</returns>
    public string? Run(EnginePool pool, IEnumerable<EngineProgram> programs, IEnumerable<string> request, EngineAnswer answer)
    {
        programs = programs.ToList();
        while (!IsCancelled)
        {
            if (pool.Rent(programs, out var reasons) is not { } engine)
            {
                return reasons.Count == 0
                    ? "the package's folder has no program for this machine, and none that a dotnet could run was found (DOTNET_HOST_PATH, the SDK's folder, PATH)"
                    : string.Join("; ", reasons);
            }

            try
            {
                Hold(engine);
                Ask(engine, request);
                if (answer.Take(engine))
                {
                    pool.Return(engine);
                    return null;
                }

                // A program that some guard of the machine ends is no reason to fail: its IL may be let alone. But nothing is told twice.
                var reason = answer.Fault ?? engine.WhyItEnded();
                if (IsCancelled || answer.HasBegun || answer.Fault is not null)
                {
                    engine.Kill();
                    engine.Dispose();
                    return $"{engine.Program.File}: {reason}";
                }

                engine.Kill();
                engine.Dispose();
                pool.GiveUp(engine.Program, reason);
            }
            finally
            {
                Hold(null);
            }
        }

        return "the build was cancelled";
    }

    /// <summary>Has the engine end its run; one that does not do so in time is ended.</summary>
    public void Cancel()
    {
        IsCancelled = true;
        if (_engine is { } engine)
        {
            // Before the lock: a program that does not even read its request is ended too.
            _kill = new Timer(_ => EndIfHeld(engine), state: null, Farewell, Timeout.InfiniteTimeSpan);
            lock (_sync)
            {
                Tell(engine);
            }
        }
    }

    public void Dispose() => _kill?.Dispose();

    private void EndIfHeld(EngineProcess engine)
    {
        if (_engine == engine)
        {
            engine.Kill();
        }
    }

    private void Hold(EngineProcess? engine)
    {
        _engine = engine;
        _kill?.Dispose();
    }

    private void Ask(EngineProcess engine, IEnumerable<string> request)
    {
        try
        {
            lock (_sync)
            {
                foreach (var line in request)
                {
                    engine.Send(line);
                }

                engine.Flush();
            }

            if (IsCancelled)
            {
                Cancel();
            }
        }
        catch (IOException)
        {
            // It is gone, and its output says so at once.
        }

        var meanwhile = Meanwhile;
        Meanwhile = null;
        meanwhile?.Invoke();
    }

    private static void Tell(EngineProcess engine)
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
