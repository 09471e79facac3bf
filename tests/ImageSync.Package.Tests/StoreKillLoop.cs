using System.Security.Cryptography;
using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>Two clones over one store, one of them killed: what the other takes from it is whole.</summary>
public sealed class StoreKillLoop
{
    private static readonly int[] Sizes = [300, 4_000, 20_000, 70_000, 140_000, 260_000, 400_000];

    [Test]
    public async Task KilledAtAnyMoment()
    {
        // arrange
        var rounds = EnvironmentNumber.Of("IMAGESYNC_KILL_ROUNDS") ?? 3;
        var seed = EnvironmentNumber.Of("IMAGESYNC_KILL_SEED") ?? Random.Shared.Next();
        TestContext.Out.WriteLine($"IMAGESYNC_KILL_ROUNDS={rounds} IMAGESYNC_KILL_SEED={seed}");
        var random = new Random(seed);
        await using var origin = new ScriptedOrigin();
        var images = Sizes.Select((size, number) => new ChangingImage(number, size)).ToList();
        images.ForEach(image => origin.On(image.Target, image.Answer));
        var directory = new TestDirectory();
        var store = directory.PathOf("store");
        // Room for about two versions, so that it is made all the time.
        var properties = $"<ImageSyncStore>{store}</ImageSyncStore><ImageSyncStoreMaxBytes>{2 * Sizes.Sum()}</ImageSyncStoreMaxBytes>";
        var items = string.Concat(images.Select(image => $"""<RemoteImage Include="{origin.Url(image.Target)}" />"""));
        var projects = new[] { "victim/App.csproj", "other/App.csproj" }.Select(file => new ConsumerProject(directory, Packed.Package, items, properties, file: file)).ToList();
        foreach (var project in projects)
        {
            (await project.RunAsync("restore")).ShouldSucceed();
        }

        // act
        var cutShort = 0;
        var fromStore = 0;
        for (var round = 0; round < rounds; round++)
        {
            images.Where(_ => random.Next(3) == 0).ToList().ForEach(image => image.Change());
            projects.Where(_ => random.Next(2) == 0).ToList().ForEach(Clean);
            origin.Clear();
            using var victim = projects[0].Start("msbuild", "-t:SyncImages");
            var other = projects[1].Logged.MSBuildAsync("-t:SyncImages", "-tl:off");
            while (origin.Requests.Count == 0 && !victim.HasExited)
            {
                await Task.Delay(5);
            }

            await Task.Delay(round == 0 ? 0 : random.Next(600));
            cutShort += victim.HasExited ? 0 : 1;
            victim.Kill();
            await victim.WaitAsync();
            var result = (await other).ShouldSucceed();

            // assert
            fromStore += FromStore(result);
            Assert.That(result.Output, Does.Not.Contain("IMGSYNC"));
            Assert.That(images.Where(image => !projects[1].Read("images" + image.Target).AsSpan().SequenceEqual(image.Current)), Is.Empty, $"Round {round}");
            Assert.That(Contents(store).Where(content => content.Name != content.Sha256), Is.Empty, $"Round {round}");
        }

        Clean(projects[0]);
        var last = (await projects[0].Logged.MSBuildAsync("-t:SyncImages")).ShouldSucceed();
        fromStore += FromStore(last);
        TestContext.Out.WriteLine($"{cutShort} of {rounds} were killed while they ran; {fromStore} files came from the store");
        Assert.That(images.Where(image => !projects[0].Read("images" + image.Target).AsSpan().SequenceEqual(image.Current)), Is.Empty);
        Assert.That(cutShort, Is.Positive);
        Assert.That(fromStore, Is.Positive);
    }

    private static int FromStore(CommandResult result) =>
        BuildLog.Of(result).Items("SyncedImage").Count(item => item["FromStore"] == "true");

    private static void Clean(ConsumerProject project)
    {
        if (Directory.Exists(project.PathOf("images")))
        {
            Directory.Delete(project.PathOf("images"), recursive: true);
        }

        File.Delete(project.PathOf("obj/App.csproj.imagesync.cache"));
    }

    private static IEnumerable<(string Name, string Sha256)> Contents(string store) =>
        from file in new DirectoryInfo(Path.Combine(store, "v1", "content")).EnumerateFiles("*", SearchOption.AllDirectories)
        where file.Extension != ".tmp"
        select (file.Directory!.Name + file.Name, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file.FullName))));
}
