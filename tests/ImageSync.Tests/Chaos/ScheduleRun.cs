using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using ImageSync.Sync;
using ImageSync.Testing;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ImageSync.Tests.Chaos;

/// <summary>Acts a schedule out: an origin, a forwarder before it, a project, and its builds.</summary>
internal sealed class ScheduleRun : IAsyncDisposable
{
    private static readonly TimeSpan NoHang = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(60);

    private readonly Schedule _schedule;
    private readonly FaultyOrigin _origin;
    private readonly Forwarder _network;
    private readonly IBuildWay _way;
    private readonly SyncOptions _options;
    private readonly List<ImageState> _images;
    private readonly FileInvariants _files;
    private readonly SemaphoreSlim _oneOutage = new(1);
    private readonly object _sync = new();

    private ScheduleRun(Schedule schedule, FaultyOrigin origin, IBuildWay way)
    {
        (_schedule, _origin, _network, _way) = (schedule, origin, new Forwarder(origin.Port), way);

        // In a folder of its own below the test's, which has room for more then.
        _options = Options(Directory.CreateDirectory(way.Files.PathOf("p")).FullName, schedule.Settings);
        _images = [.. schedule.Images.Select((plan, i) => new ImageState(schedule.Seed, i, plan, way.Files.PathOf($"p/img/{i}.png")))];
        _images.ForEach(image => image.Change());
        _files = new FileInvariants(way, _options, _images);
    }

    /// <summary>Runs all of it; what is not as it must be comes back, a line each.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(
        Schedule schedule, IBuildWay way, X509Certificate2 certificate, Tally tally)
    {
        var protocols = schedule.Wire == Wire.Http2 ? HttpProtocols.Http2 : HttpProtocols.Http1;
        var origin = await FaultyOrigin.StartAsync(schedule.Wire == Wire.Http1 ? null : certificate, protocols);
        await using var run = new ScheduleRun(schedule, origin, way);
        for (var i = 0; i < schedule.Builds.Count; i++)
        {
            await run.ActAsync(schedule.Builds[i], $"build {i + 1}", tally);
        }

        await run.CalmAsync();
        return run._files.Violations;
    }

    public async ValueTask DisposeAsync()
    {
        await _network.DisposeAsync();
        await _origin.DisposeAsync();
        _oneOutage.Dispose();
        if (_files.Violations.Count == 0)
        {
            Directory.Delete(_way.Files.FullPath, recursive: true);
        }
    }

    private static SyncOptions Options(string folder, Settings settings) => new()
    {
        ProjectDirectory = folder,
        CacheFile = Path.Combine(folder, "obj", "p.imagesync.cache"),
        KeptFolder = Path.Combine(folder, "obj", "p.imagesync.kept"),
        Retries = settings.Retries,
        RetryDelay = TimeSpan.FromMilliseconds(settings.RetryDelayMs),
        IdleTimeout = TimeSpan.FromMilliseconds(settings.IdleMs),
        ConnectTimeout = TimeSpan.FromMilliseconds(settings.PatienceMs),
        LockTimeout = TimeSpan.FromMilliseconds(settings.LockPatienceMs),
        MaxConnectionsPerHost = settings.Connections,
        OnLocalEdit = settings.OnLocalEdit,
        LockFile = settings.HasLockFile ? Path.Combine(folder, "images.lock.json") : null,
        StoreFolder = settings.HasStore ? Path.Combine(folder, "store") : null,
        ReplacedFolder = settings.HasReport ? Path.Combine(folder, "obj", "replaced") : null,
    };

    private async Task ActAsync(BuildPlan build, string name, Tally tally)
    {
        if (build.IsClean)
        {
            Clean();
        }

        var options = _options with { Force = build.Force };
        var happenings = new Happenings(build, _images, options, _way, _network, _oneOutage);
        Begin();
        happenings.Begin();
        _origin.Answer = exchange => Answer(exchange, build, happenings);
        _network.FaultOf = happenings.At;
        var invariants = new BuildInvariants(_schedule, build, options, _images);
        var holding = happenings.HoldAsync();
        var builds = Enumerable.Range(0, build.IsTwofold ? 2 : 1).Select(_ => BuildAsync(name, options, happenings.Cancel.Token));
        var runs = (await Task.WhenAll(builds)).OfType<SyncRun>().ToList();
        await holding;

        // What a build that has ended leaves under way would be taken for the next one's.
        _network.DropAll(reset: false);
        await _origin.IdleAsync();
        await happenings.EndAsync();

        // Where the kill is imitated, one that came to its end as it was killed has told nobody.
        runs = happenings.Killed is null ? runs : [];
        Violate(name, _way.Violations());
        _files.Check(name);
        Violate(name, invariants.Violations(runs, _origin.Exchanges));
        for (var i = 0; i < _images.Count; i++)
        {
            _images[i].IsPostponed |= build.Answers.Any(answer => answer.Image == i && answer.RetryAfter is not null);
        }

        happenings.Count(tally);
        Count(tally, builds: build.IsTwofold ? 2 : 1);
        tally.Add("builds without an engine", runs.Count(run => run.Outcomes.Any(BuildInvariants.HasNoEngine)));
        tally.Add("edits that OnLocalEdit should have saved", invariants.OverwrittenEdits(runs));
    }

    // All is well again: one build mends what is left, and the next has nothing to do.
    private async Task CalmAsync()
    {
        _network.FaultOf = _ => null;

        // Nobody is silent now, but a machine that has much else to do may seem so.
        var options = _options with { IdleTimeout = Patient, ConnectTimeout = Patient };
        if (_images.Exists(image => image.IsPostponed))
        {
            await Task.Delay(TimeSpan.FromSeconds(1.1));
        }

        foreach (var name in _schedule.Settings.OnLocalEdit == OnLocalEdit.Restore ? ["mend", "calm"] : new[] { "look", "mend", "calm" })
        {
            Begin();
            _origin.Answer = exchange => Answer(exchange, new BuildPlan(), happenings: null);
            var invariants = new QuietInvariants(_schedule, _images);
            if (await BuildAsync(name, options, CancellationToken.None) is not { } run)
            {
                return;
            }

            Violate(name, name switch
            {
                "look" => invariants.Look(run),
                "mend" => invariants.Mended(run),
                _ => invariants.Calm(run, _origin.Exchanges),
            });
            Violate(name, _way.Violations());
            _files.Check(name);
            if (name != "look")
            {
                _files.CheckInStep(name, run);
            }
        }

        _files.CheckRecords("calm");
    }

    // What git clean -xdf does, where no image is committed; and with obj/ the user deletes all that was kept.
    private void Clean()
    {
        var folders = new[] { "obj", "img" }.Select(name => Path.Combine(_options.ProjectDirectory, name));
        foreach (var folder in folders.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }

        _images.ForEach(image => image.Forget());
    }

    private void Begin()
    {
        _origin.Clear();
        _images.ForEach(image => image.BeginBuild());
    }

    private void Violate(string name, IEnumerable<string> violations)
    {
        foreach (var violation in violations)
        {
            _files.Violate($"{name}: {violation}");
        }
    }

    private async Task<SyncRun?> BuildAsync(string name, SyncOptions options, CancellationToken cancelled)
    {
        var host = $"{(_schedule.Wire == Wire.Http1 ? "http" : "https")}://127.0.0.1:{_network.Port}";
        var images = _images.ConvertAll(image => new RemoteImageDeclaration(host + image.Path) { LocalPath = image.LocalPath });
        try
        {
            return await _way.RunAsync(options, images, cancelled).WaitAsync(NoHang, CancellationToken.None);
        }
        catch (Exception exception)
        {
            _files.Violate($"{name}: it ended in {exception}");
            return null;
        }
    }

    private (OriginBehaviour Behaviour, ServedImage? Image) Answer(FaultyExchange exchange, BuildPlan build, Happenings? happenings)
    {
        lock (_sync)
        {
            var number = int.Parse(Path.GetFileNameWithoutExtension(exchange.Path), CultureInfo.InvariantCulture);
            var image = _images[number];
            happenings?.At(number, exchange.Number, _origin.Requests);

            // After an edit, or beside another build, what was asked is of a moment ago.
            if (!build.IsTwofold && !image.IsEditedInBuild && happenings?.Cancel.IsCancellationRequested is not true)
            {
                _files.Check(image, exchange);
            }

            return (build.BehaviourOf(number, exchange.Number), image.Current);
        }
    }

    private void Count(Tally tally, int builds)
    {
        foreach (var exchange in _origin.Exchanges.Where(exchange => exchange.Fault != OriginFault.None))
        {
            tally.Add(exchange.Fault is OriginFault.Status ? $"status {exchange.Status}" : exchange.Fault.ToString());
        }

        tally.Add("requests", _origin.Exchanges.Count);
        tally.Add("builds", builds);
        tally.Add("images", _images.Count);
    }
}
