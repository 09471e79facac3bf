using System.Collections.Concurrent;
using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>What the pages of docs/recipes speak of: a repository with the project src/Site, and an origin of its images.</summary>
internal sealed class RecipeSite : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, int> _versions = [];
    private readonly Git _remote;
    private readonly Git _developer;
    private Action? _duringNextRequest;
    private int _commits;

    public RecipeSite()
    {
        _remote = Git.InitBare(Directory.PathOf("remote.git"));
        // GitLab takes --push-option, and a bare repository takes it when told to.
        _remote.Run("config", "receive.advertisePushOptions", "true");
        _developer = Git.Clone(Remote, Directory.PathOf("developer"));
        Directory.Write("developer/.gitignore", "bin/\nobj/\n");
    }

    public TestDirectory Directory { get; } = new();

    /// <summary>Whether the project has a lock file.</summary>
    public bool LockFile { get; init; } = true;

    public ScriptedOrigin Origin { get; } = new();

    /// <summary>The repository's address; by a URL, since a path would be cloned with all its history.</summary>
    public string Remote => new Uri(Directory.PathOf("remote.git")).AbsoluteUri;

    /// <summary>What was asked since the origin was cleared: the image, and the version that is held.</summary>
    public IEnumerable<(string Image, string? Tag)> Asked => Origin.Requests.Select(request => (request.Target[1..], request.Header("If-None-Match"))).Order();

    public static byte[] Bytes(string image, int version) => SampleImages.Png(image.Length + version, 3_000 + version);

    /// <summary>The origin has this version of an image from now on.</summary>
    public void Serve(string image, int version)
    {
        _versions[image] = version;
        Origin.On($"/{image}", request =>
        {
            Interlocked.Exchange(ref _duringNextRequest, null)?.Invoke();
            return Reply.Current(request, Bytes(image, _versions[image]), $"\"{_versions[image]}\"");
        });
    }

    /// <summary>A developer's push of a project that wants these images, and of all else in the developer's folder.</summary>
    public void Want(params string[] images)
    {
        _ = new ConsumerProject(
            Directory,
            Packed.Package,
            string.Concat(images.Select(image => $"""<RemoteImage Include="{Origin.Url($"/{image}")}" LocalPath="wwwroot/img/{image}" />""")),
            LockFile ? "<ImageSyncLockFile>images.lock.json</ImageSyncLockFile>" : "",
            file: "developer/src/Site/Site.csproj");
        Push();
    }

    /// <summary>A developer pushes something else while the next request is answered.</summary>
    public void PushDuringTheNextRequest() => _duringNextRequest = () =>
    {
        Directory.Write($"developer/notes-{++_commits}.txt", "");
        Push();
    };

    /// <summary>The subjects of all commits on a branch, the newest first.</summary>
    public IReadOnlyList<string> Commits(string branch = "main") => _remote.Lines("log", "--format=%s", branch);

    /// <summary>A file as it is on a branch, its digest by git.</summary>
    public string Blob(string path, string branch = "main") => _remote.Lines("rev-parse", $"{branch}:{path}")[0];

    /// <summary>The digest that git gives to these bytes.</summary>
    public string BlobOf(byte[] bytes) => _remote.Lines("hash-object", Directory.Write("blob", bytes))[0];

    /// <summary>A fresh clone, as `actions/checkout` and its kin make it.</summary>
    public string Checkout(string folder, params string[] options)
    {
        Git.Clone(Remote, Directory.PathOf(folder), options);
        return folder;
    }

    /// <summary>Runs a script in a folder as a machine would that knows nothing of who commits.</summary>
    public async Task<CommandResult> RunAsync(string folder, string script, string[] options, params (string Name, string Value)[] environment)
    {
        System.IO.Directory.CreateDirectory(Directory.PathOf(folder));
        var dotnet = new DotNet(Directory.PathOf(folder))
        {
            PackagesFolder = Packed.Package.PackagesFolder,
            Environment = new Dictionary<string, string?>(environment.Select(one => KeyValuePair.Create(one.Name, (string?)one.Value)))
            {
                ["GIT_CONFIG_GLOBAL"] = Directory.PathOf("no-such-file"),
                ["GIT_CONFIG_NOSYSTEM"] = "1",
                ["GIT_CONFIG_COUNT"] = "1",
                ["GIT_CONFIG_KEY_0"] = "user.useConfigOnly",
                ["GIT_CONFIG_VALUE_0"] = "true",
            },
        };
        return await dotnet.RunBashAsync([.. options, Directory.Write($"{folder}.sh", script)]);
    }

    public ValueTask DisposeAsync() => Origin.DisposeAsync();

    private void Push()
    {
        _developer.Commit("Develop");
        _developer.Try("pull", "--quiet", "--rebase", "origin", "main");
        _developer.Run("push", "--quiet", "origin", "HEAD:main");
    }
}
