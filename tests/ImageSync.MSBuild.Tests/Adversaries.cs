using System.Text;
using ImageSync.Storage;
using ImageSync.Testing;
using Task = System.Threading.Tasks.Task;

namespace ImageSync.MSBuild.Tests;

/// <summary>
/// Who controls what, and uses it: the origin and the network, the list of URLs, the validator cache, the lock file, the shared
/// store, the repository's content. What holds in each case is in <see cref="AttackedProject.Sync"/>.
/// </summary>
[Platform(Exclude = "Win", Reason = "The tripwires are at addresses that Windows does not have, and links need rights there.")]
public class Adversaries
{
    private const int Cases = 60;
    private const int AtOnce = 50;
    private const string CacheFile = "obj/app.csproj.imagesync.cache";

    private AttackedProject _project;

    [SetUp]
    public void SetUp() => _project = new AttackedProject();

    [TearDown]
    public async Task TearDown() => await _project.DisposeAsync();

    // Two runs: the second sends back what came in the first.
    [Test]
    public void The_origin_or_whoever_is_on_the_way()
    {
        foreach (var seeds in HostileCases.Seeds(5 * Cases).Chunk(AtOnce))
        {
            _project.Clean();
            for (var i = 0; i < seeds.Length; i++)
            {
                var random = new Random(seeds[i]);
                Reply[] answers = [HostileAnswers.Any(random, _project.Origin.Port), HostileAnswers.Any(random, _project.Origin.Port)];
                _project.Origin.On($"/{i}.png", answers);
            }

            var items = Enumerable.Range(0, seeds.Length).Select(i => _project.Item($"/{i}.png", $"img/{i}.png")).ToList();
            _project.Sync(Case(seeds[0]), items);
            _project.Sync(Case(seeds[0]), items, task => task.InBuild = false);
        }
    }

    [Test]
    public void The_list_of_URLs()
    {
        foreach (var seeds in HostileCases.Seeds(5 * Cases).Chunk(AtOnce))
        {
            _project.Clean();
            var items = seeds.Select(seed => new Random(seed)).Select((random, i) =>
            {
                var item = _project.Item("/", $"img/{i}.png");
                item.ItemSpec = random.Next(3) == 0
                    ? _project.Origin.Url("/" + HostileMarkup.Any(random))
                    : HostileLocations.Any(random, _project.Origin.Port);
                return item;
            }).Where(item => item.ItemSpec.Length > 0).ToList();
            _project.Sync(Case(seeds[0]), items);
        }
    }

    [Test]
    public void The_validator_cache() => Attack((files, project) =>
    {
        var lines = Enumerable.Range(0, 3).Select(_ => Line(files.CacheLine(AttackedProject.LocalPath)));
        project.Write(CacheFile, ValidatorCacheFormat.Header + "\n" + string.Concat(lines));
    });

    [Test]
    public void The_lock_file() => Attack((files, project) => project.Write("images.lock.json", files.LockFile()));

    [Test]
    public void The_shared_store() => Attack((files, project) =>
    {
        var store = new StoreLayout(project.PathOf("obj/store"));
        foreach (var record in store.AllRecords().ToList())
        {
            File.WriteAllText(record.FullName, Line(files.CacheLine(record.Directory!.Name + record.Name)));
        }

        foreach (var content in store.AllContents().Where(_ => files.Random.Next(2) == 0).ToList())
        {
            File.WriteAllBytes(content.FullName, AttackedProject.Planted);
        }
    });

    // What a checkout brings, links among it.
    [Test]
    public void The_repository() => Attack((files, project) =>
    {
        var random = files.Random;
        var outside = Path.GetFullPath(random.OneOf(files.Outside), project.PathOf("."));
        var place = random.OneOf("img/a.png", "img", "inside.png", "obj.png");
        var path = project.PathOf(place);
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }

        File.Delete(path);
        _ = random.Next(4) switch
        {
            0 => Directory.CreateDirectory(path),
            1 => Directory.CreateSymbolicLink(path, random.OneOf(Path.GetDirectoryName(outside)!, AttackedProject.Nowhere, ".", "..")),
            2 => File.CreateSymbolicLink(path, outside),
            _ => File.CreateSymbolicLink(path, Path.GetRelativePath(Path.GetDirectoryName(path)!, outside)),
        };
        if (random.Next(4) == 0)
        {
            project.Write("images.lock.json", files.LockFile());
        }
    });

    // A sync that goes well, then the attack, then a run of each kind.
    private void Attack(Action<HostileFiles, AttackedProject> attack)
    {
        foreach (var seed in HostileCases.Seeds(Cases))
        {
            var random = new Random(seed);
            _project.Clean();
            _project.Write("inside.png", AttackedProject.Planted);
            _project.Sync(Case(seed), [_project.Item()]);
            var (url, elsewhere) = (_project.Origin.Url("/a.png"), _project.Elsewhere.Url("/a.png"));
            var files = new HostileFiles(random, url, elsewhere, AttackedProject.LocalPath, AttackedProject.Digests, _project.Outside);
            if (random.Next(2) == 0)
            {
                File.Delete(_project.PathOf(AttackedProject.LocalPath));
            }

            attack(files, _project);
            _project.Sync(Case(seed), random.Next(4) == 0 ? [] : [_project.Item()], task =>
            {
                task.Locked = random.OneOf("true", "false");
                task.Offline = random.OneOf("true", "false", "false");
                task.OnLocalEdit = random.OneOf("Restore", "Keep", "Fail");
            });
        }
    }

    // As it is in the file: halves of characters are none there.
    private static string Line(string line)
    {
        var whole = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(line));
        return $"{ValidatorCacheFormat.Checksum(whole)}\t{whole}\n";
    }

    private static string Case(int seed) => $"IMAGESYNC_FUZZ_SEED={seed}";
}
