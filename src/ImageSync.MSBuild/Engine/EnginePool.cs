using Microsoft.Build.Framework;
using ImageSync.Engine;

namespace ImageSync.MSBuild;

/// <summary>
/// The engines of a build on one node. MSBuild keeps them until the build ends, and lets them end then: the next project asks
/// over the same connections.
/// </summary>
internal sealed class EnginePool : IDisposable
{
    private static readonly object Sync = new();

    private readonly List<EngineProcess> _idle = [];
    private readonly Dictionary<string, string> _unusable = new(StringComparer.Ordinal);
    private bool _isOver;

    /// <summary>The engines of this build; the first who asks makes the place for them.</summary>
    /// <param name="engine">The task's.</param>
    /// <param name="folder">Where the programs are: projects of one build may have different versions of the package.</param>
    public static EnginePool Of(IBuildEngine engine, string folder)
    {
        var node = (IBuildEngine4)engine;
        var key = $"{typeof(EnginePool).FullName} {Product.Version} {folder}";
        lock (Sync)
        {
            if (node.GetRegisteredTaskObject(key, RegisteredTaskObjectLifetime.Build) is EnginePool before)
            {
                return before;
            }

            var pool = new EnginePool();
            node.RegisterTaskObject(key, pool, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
            return pool;
        }
    }

    /// <summary>An engine for one run alone: one that waits, or a new one. Under -mt several projects ask at a time.</summary>
    /// <param name="programs">What it may be, the best first. What could not be started once is not tried again in this build.</param>
    /// <param name="timeout">How long to wait for the first line of one.</param>
    /// <param name="meanwhile">What can be done while a program starts.</param>
    /// <param name="build">Ends the wait.</param>
    /// <param name="reasons">Why it is none, or none of the better ones: what was tried, and what came of it.</param>
    public EngineProcess? Rent(
        IEnumerable<EngineProgram> programs,
        TimeSpan timeout,
        Action meanwhile,
        CancellationToken build,
        out IReadOnlyList<string> reasons)
    {
        var environment = EngineProcess.EnvironmentOfProcess();
        var tried = new List<string>();
        reasons = tried;
        lock (Sync)
        {
            var at = _idle.FindIndex(engine => engine.Environment == environment);
            if (at >= 0)
            {
                var engine = _idle[at];
                _idle.RemoveAt(at);
                return engine;
            }
        }

        foreach (var program in programs)
        {
            if (ReasonAgainst(program) is not { } reason)
            {
                if (EngineProcess.Start(program, environment, timeout, meanwhile, build, out reason) is { } engine)
                {
                    return engine;
                }

                if (build.IsCancellationRequested)
                {
                    return null;
                }

                GiveUp(program, reason!);
            }

            tried.Add($"{program.File}: {reason}");
        }

        return null;
    }

    /// <summary>Takes back an engine that has ended its run in order.</summary>
    public void Return(EngineProcess engine)
    {
        engine.HasAnswered = true;
        lock (Sync)
        {
            if (!_isOver)
            {
                _idle.Add(engine);
                return;
            }
        }

        engine.Dispose();
    }

    /// <summary>Takes note that a program ended without an answer, so that it is not tried again.</summary>
    public void GiveUp(EngineProgram program, string reason)
    {
        lock (Sync)
        {
            _unusable[program.File] = reason;
        }
    }

    public void Dispose()
    {
        lock (Sync)
        {
            // All at once, and then none is left when the build's command returns.
            _isOver = true;
            _idle.ForEach(engine => engine.Close());
            _idle.ForEach(engine => engine.Dispose());
            _idle.Clear();
        }
    }

    private string? ReasonAgainst(EngineProgram program)
    {
        lock (Sync)
        {
            return _unusable.TryGetValue(program.File, out var reason) ? reason : null;
        }
    }
}
