using System.Security.Cryptography;
using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>A clone of a repository whose projects have images, and what is asked of their origin.</summary>
internal sealed class Clone : IAsyncDisposable
{
    private const string Tag = "\"1\"";

    private readonly ScriptedOrigin _origin = new();
    private IReadOnlyList<string>? _committed;

    public TestDirectory Directory { get; } = new();

    /// <summary>What was asked since the last command began: the image, and the entity tag that was sent along.</summary>
    public IEnumerable<(string Image, string? Tag)> Asked => _origin.Requests.Select(request => (request.Target[1..], request.Header("If-None-Match")));

    /// <summary>The URL of an image.</summary>
    public string Url(string name) => _origin.Url($"/{name}");

    /// <summary>The bytes of an image.</summary>
    public static byte[] Bytes(string image) => SampleImages.Png(image.Sum(letter => letter), 3_000);

    /// <summary>The item of an image that never changes.</summary>
    public string Image(string name, string metadata = """BuildAction="Content" CopyToOutputDirectory="PreserveNewest" """)
    {
        _origin.On($"/{name}", request => Reply.Current(request, Bytes(name), Tag));
        return $"""<RemoteImage Include="{_origin.Url($"/{name}")}" {metadata} />""";
    }

    public ConsumerProject Project(string items, string properties = "", string? program = null, string file = "app/App.csproj") =>
        new(Directory, Packed.Package, items, properties, program: program, file: file);

    public async Task<CommandResult> RunAsync(ConsumerProject project, params string[] command)
    {
        _origin.Clear();
        return (await project.RunAsync(command)).ShouldSucceed();
    }

    /// <summary>Runs a command in a clean clone: each of the images is asked for once.</summary>
    public async Task<CommandResult> FirstBuildAsync(ConsumerProject project, string[] images, params string[] command)
    {
        Clean();
        var result = await RunAsync(project, command);
        Assert.That(Asked, Is.EquivalentTo(images.Select(image => (image, (string?)null))), "build 1");
        return result;
    }

    /// <summary>Runs a command that has nothing new to build: each of the images is asked for once, conditionally, and nothing is compiled.</summary>
    public async Task<CommandResult> SecondBuildAsync(ConsumerProject project, string[] images, params string[] command)
    {
        var result = await RunAsync(project.Logged, command);
        Assert.That(Asked, Is.EquivalentTo(images.Select(image => (image, Tag))), "build 2");
        Assert.That(BuildLog.Of(result).Tasks, Does.Not.Contain("Csc"));
        return result;
    }

    /// <summary>Both, one after the other: the second leaves the same files as the first.</summary>
    public async Task<CommandResult> BuildTwiceAsync(ConsumerProject project, string[] images, params string[] command)
    {
        await FirstBuildAsync(project, images, command);
        var built = Built();
        var second = await SecondBuildAsync(project, images, command);
        Assert.That(Built(), Is.EqualTo(built));
        return second;
    }

    public ValueTask DisposeAsync() => _origin.DisposeAsync();

    /// <summary>Leaves what a repository would hold, and the binlogs: all that was there before the first command.</summary>
    private void Clean()
    {
        _committed ??= Directory.Files();
        foreach (var file in Directory.Files().Except(_committed).Where(file => !file.StartsWith("binlogs/", StringComparison.Ordinal)))
        {
            Directory.Delete(file);
        }

        // As git does, which knows no empty folders; the innermost first.
        foreach (var folder in System.IO.Directory.GetDirectories(Directory.FullPath, "*", SearchOption.AllDirectories).OrderByDescending(folder => folder.Length))
        {
            if (!System.IO.Directory.EnumerateFileSystemEntries(folder).Any())
            {
                System.IO.Directory.Delete(folder);
            }
        }
    }

    /// <summary>What a command has left outside obj/, and the bytes of it; a nupkg has the time of packing in its own.</summary>
    private List<(string File, string Sha256)> Built() =>
        [.. Directory.Files().Where(file => !file.StartsWith("binlogs/", StringComparison.Ordinal) && !file.Contains("obj/", StringComparison.Ordinal))
            .Select(file => (file, file.EndsWith(".nupkg", StringComparison.Ordinal) ? "" : Convert.ToHexString(SHA256.HashData(Directory.Read(file)))))];
}
