using ImageSync.Storage;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Chaos;

/// <summary>Lets happen what a build's plan wants, at the request at which it wants it.</summary>
internal sealed class Happenings(
    BuildPlan build, List<ImageState> images, SyncOptions options, IBuildWay way, Forwarder network, SemaphoreSlim oneOutage)
{
    private readonly HashSet<object> _done = [];
    private readonly List<Task> _outages = [];
    private readonly int _connections = network.Connections;
    private HashSet<string>[] _editsAtKill = [];

    /// <summary>Cancels the build.</summary>
    public CancellationTokenSource Cancel { get; } = new();

    /// <summary>What a kill leaves that is imitated; null where there was none.</summary>
    public KilledState? Killed { get; private set; }

    /// <summary>Happens before the build.</summary>
    public void Begin()
    {
        Change(_ => true, request: 0);
        Break(requests: 0);
    }

    /// <summary>Happens at a request, before it is answered; by one at a time.</summary>
    /// <param name="image">Whose.</param>
    /// <param name="request">Its number among those for the image.</param>
    /// <param name="requests">How many there were for all.</param>
    public void At(int image, int request, int requests)
    {
        Change(one => one == image, request);
        Break(requests);
        if (build.Ending is { Kind: not EndingKind.None } ending && requests >= ending.AfterRequests && _done.Add(ending))
        {
            End(ending.Kind);
        }
    }

    /// <summary>What happens to a connection.</summary>
    public LinkFault? At(int connection)
    {
        var plan = build.Links.FirstOrDefault(link => link.Connection == connection - _connections);
        if (plan is null)
        {
            return null;
        }

        lock (_done)
        {
            _done.Add(plan);
        }

        return new LinkFault(plan.End, plan.After) { Pause = plan.PauseMs is { } pause ? TimeSpan.FromMilliseconds(pause) : null };
    }

    /// <summary>Holds the locks, as another process does.</summary>
    public async Task HoldAsync()
    {
        if (build.HeldMs == 0)
        {
            return;
        }

        var locks = new List<string> { ValidatorCache.MutexOf(options.CacheFile) };
        locks.AddRange(options.StoreFolder is { } store ? [new StoreLayout(store).Mutex] : []);
        locks.ForEach(path => Directory.CreateDirectory(Path.GetDirectoryName(path)!));
        var held = locks.ConvertAll(path => FileLock.Acquire(path, LockTimeout.None));
        await Task.Delay(build.HeldMs);
        held.ForEach(file => file.Dispose());
    }

    /// <summary>Waits until no outage is under way, and puts back what the kill has left.</summary>
    public async Task EndAsync()
    {
        await Task.WhenAll(_outages);
        Killed?.Restore();
        for (var i = 0; i < _editsAtKill.Length; i++)
        {
            images[i].Restore(_editsAtKill[i]);
        }
    }

    public void Count(Tally tally)
    {
        tally.Add("second build", build.IsTwofold ? 1 : 0);
        tally.Add("held locks", build.HeldMs > 0 ? 1 : 0);
        tally.Add("edits", build.Edits.Count(edit => images[edit.Image].IsEditedInBuild));
        tally.Add("changed images", images.Sum(image => image.CurrentInBuild.Count - 1));
        foreach (var happened in _done)
        {
            tally.Add(happened switch
            {
                LinkPlan link => $"connection {link.End}",
                OutagePlan { DownMs: 0 } => "all connections dropped",
                OutagePlan => "restart",
                _ => build.Ending.Kind.ToString(),
            });
        }
    }

    // An imitated kill is a cancellation of which nobody sees what it leaves.
    private void End(EndingKind kind)
    {
        if (kind == EndingKind.Killed)
        {
            Killed = way.Kill(options.ProjectDirectory);
            if (Killed is null)
            {
                return;
            }

            _editsAtKill = [.. images.Select(one => one.Edits.ToHashSet())];
        }

        Cancel.Cancel();
    }

    private void Change(Func<int, bool> isOf, int request)
    {
        foreach (var change in build.Changes.Where(change => change.AtRequest == request && isOf(change.Image)))
        {
            images[change.Image].Change();
        }

        // After a kill the disk is not touched any more, or it would be at no moment what it was at the kill.
        foreach (var edit in build.Edits.Where(edit => Killed is null && edit.AtRequest == request && isOf(edit.Image)))
        {
            images[edit.Image].Edit(edit.Kind);
        }
    }

    private void Break(int requests)
    {
        lock (_done)
        {
            var due = build.Outages.Where(outage => requests >= outage.AfterRequests && _done.Add(outage)).ToList();
            _outages.AddRange(due.Select(BreakAsync));
        }
    }

    private async Task BreakAsync(OutagePlan outage)
    {
        await Task.Yield();
        await oneOutage.WaitAsync();
        try
        {
            if (outage.DownMs == 0)
            {
                network.DropAll(outage.Reset);
            }
            else
            {
                await network.RestartAsync(TimeSpan.FromMilliseconds(outage.DownMs), outage.Reset);
            }
        }
        finally
        {
            oneOutage.Release();
        }
    }
}
