using System.Security.Cryptography;
using System.Text;
using ImageSync.Testing;
using Microsoft.Build.Utilities;

namespace ImageSync.MSBuild.Tests;

/// <summary>
/// A project with everything switched on, a secret in its headers, and neighbours: whatever attacks it, the same is asserted
/// of each run, in <see cref="Sync"/>.
/// </summary>
internal sealed class AttackedProject : IAsyncDisposable
{
    public const string LocalPath = "img/a.png";

    /// <summary>Where links may lead that stay within the project; others lead to <c>a.png</c> in its folder.</summary>
    public const string Nowhere = "nowhere";

    private const string Root = "home/app/";

    private static readonly EnumerationOptions OwnEntries =
        new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    private readonly TaskRun _run = new();
    private readonly Tripwires _wires;
    private readonly IReadOnlyList<string> _around;

    public AttackedProject()
    {
        Origin.Otherwise(request => Reply.Current(request, Image, "\"v1\""));
        _wires = new Tripwires(Origin.Port);
        _run.Project.Write("outside.png", Planted);
        _run.Project.Write("home/neighbour/outside.png", Planted);
        _run.Project.Write("home/neighbour/config", "[core]");
        Directory.CreateDirectory(PathOf("img"));
        _around = Around();
    }

    public static byte[] Image { get; } = SampleImages.Png(1, 600);

    public static byte[] Planted { get; } = SampleImages.Png(2, 600);

    public ScriptedOrigin Origin { get; } = new();

    /// <summary>Listens, and nobody declares it.</summary>
    public ScriptedOrigin Elsewhere { get; } = new();

    public static IReadOnlyList<string> Digests { get; } = [DigestOf(Image), DigestOf(Planted)];

    public IReadOnlyList<string> Outside =>
    [
        "../neighbour/outside.png", "../../outside.png", "../../new.png", "img/../../new.png",
        PathOf("../neighbour/outside.png"), PathOf("../../new.png"),
    ];

    public string PathOf(string relative) => _run.Project.PathOf(Root + relative);

    public void Write(string relative, string text) => _run.Project.Write(Root + relative, text);

    public void Write(string relative, byte[] bytes) => _run.Project.Write(Root + relative, bytes);

    /// <summary>One image of the origin, as a decent project declares it.</summary>
    public TaskItem Item(string target = "/a.png", string localPath = LocalPath) =>
        TaskRun.Item(
            Origin.Url(target), ("LocalPath", localPath), ("RequestHeaders", $"X-Key: ${{{Variables.Hostile}}}"), ("MaxAge", "server"));

    /// <summary>All that a sync leaves behind is gone.</summary>
    public void Clean()
    {
        foreach (var entry in new DirectoryInfo(PathOf(".")).EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo { LinkTarget: null } folder)
            {
                folder.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }

        Directory.CreateDirectory(PathOf("img"));
        Origin.Clear();
    }

    /// <summary>Syncs, and asserts what holds whatever is done to the project.</summary>
    /// <param name="which">The case.</param>
    /// <param name="items">The images; what else there is afterwards would be somebody else's.</param>
    /// <param name="with">Further properties.</param>
    public void Sync(string which, IReadOnlyList<TaskItem> items, Action<SyncSettings>? with = null)
    {
        var before = Files();
        _run.Execute(items, task =>
        {
            task.ProjectDirectory = PathOf(".");
            task.ProjectFile = PathOf("app.csproj");
            task.AllowedHosts = "127.0.0.1";
            task.IdleTimeout = "00:00:02";
            task.LockFile = "images.lock.json";
            task.Store = "obj/store";
            task.Prune = "true";
            task.ReportFile = "obj/report.html";
            task.SummaryFile = "obj/summary.md";
            with?.Invoke(task);
        });
        var engine = _run.Engine;
        var codes = engine.Errors.Select(error => error.Code).Concat(engine.Warnings.Select(warning => warning.Code)).ToList();
        var lines = engine.Errors.Select(error => error.Message).Concat(engine.Warnings.Select(warning => warning.Message))
            .Concat(engine.Messages.Select(message => message.Message)).ToList();
        var metadata = _run.Synced.SelectMany(item => item.MetadataNames.Cast<string>().Select(item.GetMetadata));
        var written = Files().Except(before).Except(items.Select(item => item.GetMetadata("LocalPath")));
        Assert.Multiple(() =>
        {
            Assert.That(codes, Is.All.Match(@"^IMGSYNC\d{4}$"), which);
            Assert.That(lines, Is.All.Not.Match(@"##[A-Za-z]*\[").And.All.Not.Match(@"[\p{Cc}]"), which);
            Assert.That(Around(), Is.EqualTo(_around), which);
            Assert.That(_wires.Tripped, Is.Empty, which);
            Assert.That(Elsewhere.Requests, Is.Empty, which);
            Assert.That(Origin.Requests.Select(request => request.Header("Host")), Is.All.EqualTo($"127.0.0.1:{Origin.Port}"), which);
            Assert.That(lines, Is.All.Not.Contains(Variables.HostileSecret), which);
            Assert.That(metadata, Is.All.Not.Contains(Variables.HostileSecret), which);
            Assert.That(written, Is.All.Match($@"^(obj/|images\.lock\.json$|a\.png$|(img/)?{Nowhere}(/|$))"), which);
            Assert.That(FilesWithSecret(), Is.Empty, which);
        });
    }

    public async ValueTask DisposeAsync()
    {
        _wires.Dispose();
        await Origin.DisposeAsync();
        await Elsewhere.DisposeAsync();
    }

    private IReadOnlyList<string> Around() =>
    [
        .. Directory.GetFileSystemEntries(_run.Project.FullPath), .. Directory.GetFileSystemEntries(PathOf("..")),
        .. FolderState.Of(PathOf("../neighbour")), $"outside.png {File.GetLastWriteTimeUtc(_run.Project.PathOf("outside.png")):O}",
    ];

    // What lies behind a link is not the project's.
    private IReadOnlyList<string> Files() =>
    [
        .. new DirectoryInfo(PathOf(".")).EnumerateFiles("*", OwnEntries).Select(file => Path.GetRelativePath(PathOf("."), file.FullName)),
    ];

    private static string DigestOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private IEnumerable<string> FilesWithSecret() =>
        Files().Where(file => File.ReadAllBytes(PathOf(file)).AsSpan().IndexOf(Encoding.ASCII.GetBytes(Variables.HostileSecret)) >= 0);
}
