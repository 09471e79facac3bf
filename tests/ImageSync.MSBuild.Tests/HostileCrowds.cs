using System.Text.RegularExpressions;
using ImageSync.Testing;
using Task = System.Threading.Tasks.Task;

namespace ImageSync.MSBuild.Tests;

/// <summary>
/// Two hundred images at once, of origins that mean to use up memory and time: each comes to its end with a diagnostic, the
/// images of a decent origin beside them are synced, and the process stays within 150 MB of what it needs without any image.
/// </summary>
[Platform("Linux", Reason = "Only there the memory of a process is told, and whom it trusts can be set for it.")]
[NonParallelizable] // Its clocks, and the memory that is measured, are those of a machine that does nothing else.
public partial class HostileCrowds
{
    private const int Images = 200;
    private const int Decent = 20;
    private const long MostBytes = 150_000_000;
    private const string Clocks = "<ImageSyncIdleTimeout>00:00:03</ImageSyncIdleTimeout><ImageSyncTimeout>00:00:04</ImageSyncTimeout>";

    private readonly List<IAsyncDisposable> _origins = [];
    private TestAuthority _authority;
    private MeasuredSync _sync;

    [SetUp]
    public void SetUp()
    {
        _authority = new TestAuthority();
        _sync = new MeasuredSync().Trusting(_authority);
    }

    [TearDown]
    public async Task TearDown()
    {
        await Task.WhenAll(_origins.Select(origin => origin.DisposeAsync().AsTask()));
        _origins.Clear();
        _authority.Dispose();
    }

    [Test]
    public async Task Over_HTTP_1()
    {
        var attacks = HostileStreams.Http1
            .Select(attack => (attack.Name, Add(new ScriptedOrigin()).Otherwise(attack.Answer).Url("/"), attack.Codes)).ToList();
        await SyncAsync(attacks, maxBytes: 1_000_000);
    }

    [Test]
    public async Task Over_HTTP_2()
    {
        var attacks = HostileStreams.Http2.Select(attack => (attack.Name, Frames(attack.Answer).Url("/"), attack.Codes)).ToList();
        await SyncAsync(attacks, maxBytes: 1_000_000);
    }

    // Each has its decoder fill its window, then keeps it waiting: the largest that there is, and the largest that is taken.
    [TestCase(24)]
    [TestCase(22)]
    public async Task Of_brotli_with_a_large_window(int bits)
    {
        var body = Bombs.Brotli(17_000_000, bits)[..^2];
        var origin = Frames(async stream =>
        {
            await stream.SendHeadAsync(200, ends: false, ("content-encoding", "br"));
            await stream.SendDataAsync(body, ends: false);
        });
        await SyncAsync([("brotli", origin.Url("/"), ["IMGSYNC2001"])], maxBytes: 20_000_000);
    }

    private async Task SyncAsync(List<(string Name, string Url, string[] Codes)> attacks, long maxBytes)
    {
        var decent = Add(await KestrelOrigin.StartAsync(_authority.Issue()));
        Enumerable.Range(0, Decent).ToList().ForEach(i => decent.On($"/{i}.png", SampleImages.Png(i, 30_000)));
        var images = Enumerable.Range(0, Decent).Select(i => (Path: $"img/decent/{i}.png", Url: decent.Url($"/{i}.png"))).ToList();
        for (var i = 0; i < Images; i++)
        {
            var (name, url, _) = attacks[i % attacks.Count];
            images.Add(($"img/{name}/{i}.png", url + i));
        }

        var bounds = FormattableString.Invariant($"{Clocks}<ImageSyncMaxBytes>{maxBytes}</ImageSyncMaxBytes>");
        var (_, without) = await _sync.RunAsync("Empty", [], bounds);
        var (result, peak) = await _sync.RunAsync("SyncImages", images, bounds);
        result.ShouldSucceed();
        TestContext.Out.WriteLine($"{without / 1_000_000} MB without images, {peak / 1_000_000} MB with; {result.Output.Split('\n')[^2]}");

        var told = Diagnostic().Matches(result.StandardOutput)
            .Select(match => (Code: match.Groups[1].Value, Attack: match.Groups[2].Value, Image: match.Groups[3].Value))
            .Distinct().ToList();
        Assert.Multiple(() =>
        {
            foreach (var (name, _, codes) in attacks)
            {
                // A busy machine's clocks come first, for any of them.
                var came = told.Where(line => line.Attack == name).Select(line => line.Code);
                Assert.That(came, Is.All.AnyOf(["IMGSYNC2001", .. codes]), name);
            }

            Assert.That(told.Select(line => line.Image).Distinct().Count(), Is.EqualTo(Images), "each is told of");
            var files = Directory.GetFiles(_sync.PathOf("img"), "*", SearchOption.AllDirectories);
            var lost = result.StandardOutput.Split('\n').Where(line => line.Contains("img/decent/", StringComparison.Ordinal) && line.Contains("IMGSYNC", StringComparison.Ordinal));
            Assert.That(files, Has.Length.EqualTo(Decent).And.All.Contains("/img/decent/"), () => string.Join('\n', lost));
            Assert.That(peak - without, Is.LessThan(MostBytes));
        });
    }

    private FrameOrigin Frames(Func<FrameRequest, Task> answer) => Add(new FrameOrigin(_authority.Issue()) { Answer = answer });

    private T Add<T>(T origin)
        where T : IAsyncDisposable
    {
        _origins.Add(origin);
        return origin;
    }

    // Many that fail for one cause at one origin are one warning, and a line each for those who look.
    [GeneratedRegex(@"(?:warning|^ +) ?(IMGSYNC\d+): img/([^/]+)/(\d+)\.png: ", RegexOptions.Multiline)]
    private static partial Regex Diagnostic();
}
