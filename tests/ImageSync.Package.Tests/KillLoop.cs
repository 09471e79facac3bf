using ImageSync.Testing;

namespace ImageSync.Package.Tests;

public sealed class KillLoop
{
    private static readonly int[] Sizes = [300, 1_000, 4_000, 9_000, 20_000, 40_000, 70_000, 100_000, 140_000, 200_000, 260_000, 400_000];

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
        var project = new ConsumerProject(new TestDirectory(), Packed.Package,
            string.Concat(images.Select(image => $"""<RemoteImage Include="{origin.Url(image.Target)}" />""")));
        (await project.RunAsync("restore")).ShouldSucceed();

        // act
        var cutShort = 0;
        var replaced = 0;
        for (var round = 0; round < rounds; round++)
        {
            images.Where(_ => random.Next(3) > 0).ToList().ForEach(image => image.Change());
            var times = images.Select(image => project.TimeOf("images" + image.Target)).ToList();
            origin.Clear();
            using var sync = project.Start("msbuild", "-t:SyncImages");
            await UntilAskedAsync(origin, sync);
            await Task.Delay(round == 0 ? 0 : random.Next(600));
            cutShort += sync.HasExited ? 0 : 1;
            await KillAsync(sync, random.Next(3));
            replaced += images.Zip(times).Count(pair => project.TimeOf("images" + pair.First.Target) != pair.Second);

            // assert
            foreach (var image in images)
            {
                var path = project.PathOf("images" + image.Target);
                Assert.That(!File.Exists(path) || image.WasServed(await File.ReadAllBytesAsync(path)), $"Round {round}: {path} is no version that was served.");
            }
        }

        TestContext.Out.WriteLine($"{cutShort} of {rounds} were killed while they ran; {replaced} files were replaced");
        (await project.BuildAsync()).ShouldSucceed();
        Assert.That(images.Select(image => project.Read("images" + image.Target)), Is.EqualTo(images.Select(image => image.Current)));
        Assert.That(Directory.GetFiles(project.PathOf("images")), Has.Length.EqualTo(images.Count));
        Assert.That(Directory.GetFiles(project.Folder, "*.tmp", SearchOption.AllDirectories), Is.Empty);
        Assert.That(cutShort, Is.Positive);
        Assert.That(replaced, Is.Positive);
    }

    // The build, its engine, or both: whichever is left ends by itself. All are waited for: what has an owner is nobody's to tidy up.
    private static async Task KillAsync(DotNetProcess sync, int whom)
    {
        var engines = OperatingSystem.IsLinux() ? EngineProcesses.Below(sync.Id) : [];
        if (!OperatingSystem.IsLinux() || whom == 0)
        {
            sync.Kill();
        }
        else
        {
            (whom == 1 ? [sync.Id] : engines).ToList().ForEach(EngineProcesses.KillAlone);
        }

        await sync.WaitAsync();
        await EngineProcesses.UntilGoneAsync(engines);
    }

    // Before the first request there is nothing to interrupt but MSBuild.
    private static async Task UntilAskedAsync(ScriptedOrigin origin, DotNetProcess sync)
    {
        while (origin.Requests.Count == 0 && !sync.HasExited)
        {
            await Task.Delay(5);
        }
    }
}
