using System.Diagnostics;
using System.Runtime.Versioning;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>A shared store that is not what it should be: it costs transfers, and never an image.</summary>
public class SharedStoreFaults
{
    private static readonly byte[] Image = SampleImages.Png(1, 4000);
    private static readonly byte[] Other = SampleImages.Png(2, 4000);

    private ScriptedOrigin _origin;
    private StoreFolder _store;
    private Project _first;
    private Project _second;

    [SetUp]
    public async Task SetUp()
    {
        (_origin, _store) = (new ScriptedOrigin(), new StoreFolder());
        (_first, _second) = (_store.Checkout(), _store.Checkout());
        _origin.On("/a.png", request => Reply.Current(request, Image, "\"v1\""));
        await SyncAsync(_first);
        _origin.Clear();
    }

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [Test]
    public async Task Bytes_that_are_not_what_their_name_says_are_asked_for_again_and_healed()
    {
        File.WriteAllBytes(Content, Other);
        Assert.That(await SyncAsync(_second), Is.EqualTo((SyncStatus.Added, 200, false)));
        Assert.That(_origin.Requests.Select(request => request.IsConditional), Is.EqualTo(new[] { true, false }));
        Assert.That((_second.Files.Read("img/a.png"), _store.Contents.Single().Bytes), Is.EqualTo((Image, Image)));
        Assert.That(await SyncAsync(_store.Checkout()), Is.EqualTo((SyncStatus.Added, 304, true)));
    }

    [TestCase(0)]
    [TestCase(2000)]
    public async Task Bytes_that_were_cut_are_not_asked_about_and_healed(int length)
    {
        File.WriteAllBytes(Content, Image[..length]);
        Assert.That(await SyncAsync(_second), Is.EqualTo((SyncStatus.Added, 200, false)));
        Assert.That(_origin.Requests.Single().IsConditional, Is.False);
        Assert.That(_store.Contents.Single().Bytes, Is.EqualTo(Image));
    }

    [Test]
    public async Task Bytes_that_vanish_while_the_origin_is_asked_are_asked_for()
    {
        var content = Content;
        _origin.On("/a.png", request =>
        {
            File.Delete(content);
            return Reply.Current(request, Image, "\"v1\"");
        });
        Assert.That(await SyncAsync(_second), Is.EqualTo((SyncStatus.Added, 200, false)));
        Assert.That((_second.Files.Read("img/a.png"), _store.Contents.Single().Bytes), Is.EqualTo((Image, Image)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Damaged_bytes_that_are_pinned_are_asked_for(bool offline)
    {
        var digest = _store.Contents.Single().Sha256;
        File.WriteAllBytes(Content, Other);
        _second.Options = _second.Options with { Offline = offline };
        var outcome = await _second.SyncAsync(_origin.Url("/a.png"), with: image => image with { Sha256 = digest });
        Assert.That((outcome.Status, outcome.Diagnostics.SingleOrDefault()?.CodeText), Is.EqualTo(offline ? (SyncStatus.Failed, "IMGSYNC2006") : (SyncStatus.Added, null)));
        Assert.That(_store.Contents.Select(content => content.Bytes), Is.EqualTo(offline ? Array.Empty<byte[]>() : [Image]));
    }

    [Test]
    public async Task A_record_that_is_damaged_costs_a_transfer()
    {
        var whole = File.ReadAllText(Record);
        foreach (var text in new[] { "", whole[..20], whole[..^3], whole.Replace("v1", "v2", StringComparison.Ordinal), "<<<<<<< HEAD\n" + whole })
        {
            File.WriteAllText(Record, text);
            Assert.That(await SyncAsync(_store.Checkout()), Is.EqualTo((SyncStatus.Added, 200, false)), text);
            Assert.That(File.ReadAllText(Record)[9..].Split('\t')[1..5], Is.EqualTo(whole[9..].Split('\t')[1..5]), "and is written anew");
        }
    }

    [Test]
    public async Task A_record_in_the_place_of_another_is_not_its_record()
    {
        _origin.On("/b.png", request => Reply.Current(request, Other, "\"v1\""));
        await _first.SyncAsync(_origin.Url("/b.png"), "img/b.png");
        var records = _store.Records.ToList();
        File.Copy(records[0], records[1], overwrite: true);
        _origin.Clear();
        await _second.SyncAsync(_origin.Url("/a.png"));
        await _second.SyncAsync(_origin.Url("/b.png"), "img/b.png");
        Assert.That(_origin.Requests.Count(request => request.IsConditional), Is.EqualTo(1));
        Assert.That((_second.Files.Read("img/a.png"), _second.Files.Read("img/b.png")), Is.EqualTo((Image, Other)));
    }

    [Test]
    public async Task A_file_in_the_stores_place_is_one_warning()
    {
        Directory.Delete(_store.FullPath, recursive: true);
        File.WriteAllText(_store.FullPath, "a file");
        _origin.On("/b.png", Reply.Ok(Other));
        var run = await _second.RunAsync([Declaration("/a.png"), Declaration("/b.png")]);
        Assert.That(run.Outcomes.Select(outcome => outcome.Status), Is.EqualTo(new[] { SyncStatus.Added, SyncStatus.Added }));
        Assert.That((run.Diagnostics.Single().CodeText, run.Diagnostics[0].Severity), Is.EqualTo(("IMGSYNC4006", Severity.Warning)));
        Assert.That(run.Diagnostics[0].Message, Does.Contain(_store.FullPath));
        Assert.That((await _second.RunAsync([Declaration("/a.png")])).Outcomes[0].Status, Is.EqualTo(SyncStatus.NotModified));
    }

    [TestCase("size=16k"), TestCase("ro"), Platform("Linux"), SupportedOSPlatform("linux")]
    public async Task A_disk_that_cannot_be_written_is_one_warning(string options)
    {
        Directory.Delete(_store.FullPath, recursive: true);
        Directory.CreateDirectory(_store.FullPath);
        if (!Run("mount", "-t", "tmpfs", "-o", options, "tmpfs", _store.FullPath))
        {
            Assert.Ignore("A disk can be mounted by root alone.");
        }

        try
        {
            _origin.On("/b.png", Reply.Ok(SampleImages.Png(3, 50_000)));
            var run = await _second.RunAsync([Declaration("/a.png"), Declaration("/b.png")]);
            Assert.That(run.Outcomes.Select(outcome => outcome.Status), Is.EqualTo(new[] { SyncStatus.Added, SyncStatus.Added }));
            Assert.That(run.Diagnostics.Single().CodeText, Is.EqualTo("IMGSYNC4006"));
            Assert.That(_store.IsSound);
        }
        finally
        {
            Run("umount", _store.FullPath);
        }
    }

    [Test, Platform(Exclude = "Win"), UnsupportedOSPlatform("windows")]
    public async Task A_copy_has_the_time_and_the_permissions_of_a_new_file()
    {
        File.SetUnixFileMode(Content, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.SetLastWriteTimeUtc(Content, DateTime.UtcNow.AddMinutes(-40));
        await SyncAsync(_second);
        Assert.That(File.GetUnixFileMode(_second.Files.PathOf("img/a.png")), Is.EqualTo(File.GetUnixFileMode(_second.Files.Write("new", ""))));
        Assert.That(_second.TimeOf(), Is.GreaterThan(DateTime.UtcNow.AddMinutes(-20)));
    }

    [Test, Platform(Exclude = "Win"), UnsupportedOSPlatform("windows")]
    public void A_store_that_was_made_here_is_its_makers_alone() =>
        Assert.That(File.GetUnixFileMode(_store.FullPath), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));

    private string Content => _store.Contents.Single().Path;

    private string Record => _store.Records.Single();

    private async Task<(SyncStatus Status, int? StatusCode, bool FromStore)> SyncAsync(Project project)
    {
        var run = await project.RunAsync([Declaration("/a.png")]);
        Assert.That(run.Diagnostics.Concat(run.Outcomes[0].Diagnostics), Is.Empty);
        return (run.Outcomes[0].Status, run.Outcomes[0].StatusCode, run.Outcomes[0].FromStore);
    }

    private RemoteImageDeclaration Declaration(string target) => new(_origin.Url(target)) { LocalPath = "img" + target };

    private static bool Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
