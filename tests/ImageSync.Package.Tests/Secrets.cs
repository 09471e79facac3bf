using System.IO.Compression;
using System.Text;
using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>A secret in a request header reaches its origin and nothing else.</summary>
public sealed class Secrets
{
    private const string Secret = "s3cr3t-4d1a7f0e";

    [Test]
    public async Task SentAndWrittenNowhere()
    {
        // arrange: an image that is had, one that is refused, one that redirects elsewhere, one whose URL is signed
        await using var origin = new ScriptedOrigin();
        await using var elsewhere = new ScriptedOrigin();
        origin.On("/a.png", request => Reply.Current(request, SampleImages.Png(1, 3_000), "\"1\""))
            .On("/refused.png", Reply.Status(401))
            .On("/moved.png", Reply.Redirect(302, elsewhere.Url("/moved.png")))
            .On($"/signed.png?sig={Secret}", Reply.Status(403));
        elsewhere.On("/moved.png", Reply.Ok(SampleImages.Png(2, 3_000)));
        var directory = new TestDirectory();
        var project = new ConsumerProject(directory, Packed.Package, $$"""
            <RemoteImage Include="{{origin.Url("/a.png")}}" RequestHeaders="Authorization: Bearer ${IMAGESYNC_TEST_SECRET}|X-Also: ${IMAGESYNC_TEST_SECRET}" BuildAction="Content" />
            <RemoteImage Include="{{origin.Url("/refused.png")}}" RequestHeaders="X-Key: ${IMAGESYNC_TEST_SECRET}" Optional="true" />
            <RemoteImage Include="{{origin.Url("/moved.png")}}" RequestHeaders="X-Key: ${IMAGESYNC_TEST_SECRET}" />
            """)
        {
            Environment = new Dictionary<string, string?> { ["IMAGESYNC_TEST_SECRET"] = Secret },
        };

        // act
        string[] everything = ["-v:diag", "-tl:off", "-p:ImageSyncReportFile=obj/r.html", "-p:ImageSyncSummaryFile=obj/s.md", "-p:ImageSyncLockFile=images.lock.json", "-p:ImageSyncStore=obj/store"];
        var first = (await project.Logged.BuildAsync(everything)).ShouldSucceed();
        var second = (await project.Logged.BuildAsync(everything)).ShouldSucceed();

        // assert
        Assert.That(new[] { "obj/r.html", "obj/s.md", "images.lock.json", "obj/store" }.Select(project.PathOf), Has.All.Exist);
        using var all = Assert.EnterMultipleScope();
        Assert.That(origin.RequestsTo("/a.png").Select(request => request.Header("Authorization")), Is.All.EqualTo($"Bearer {Secret}"));
        Assert.That(elsewhere.Requests.Where(request => request.RawText.Contains(Secret, StringComparison.Ordinal)), Is.Empty);
        foreach (var result in new[] { first, second })
        {
            Assert.That(result.Output, Does.Not.Contain(Secret));
            Assert.That(Unpacked(result.Binlog!), Does.Not.Contain(Secret));
        }

        foreach (var file in directory.Files().Where(file => !file.EndsWith(".binlog", StringComparison.Ordinal)))
        {
            Assert.That(Encoding.Latin1.GetString(directory.Read(file)), Does.Not.Contain(Secret), file);
        }
    }

    [Test]
    public async Task ToldNowhereWhenTheOriginRepeatsIt()
    {
        // arrange: each form of it in every place that something is made of; what is no HTTP has an origin of its own, which is given up
        await using var origin = new ScriptedOrigin();
        await using var broken = new ScriptedOrigin();
        var forms = Forms().ToList();
        string[] images =
        [
            .. forms.Select((form, i) => On(origin, $"reason{i}", Reply.Raw($"HTTP/1.1 403 {form}\r\nContent-Length: 0\r\n\r\n"))),
            .. forms.Select((form, i) => On(broken, $"broken{i}", Reply.Raw($"HTTP/1.1 {form}\r\n\r\n"))),
            .. forms.Select((form, i) => On(origin, $"body{i}", Reply.Ok(Encoding.ASCII.GetBytes($"no key {form}"), ("Content-Type", $"text/{form}")))),
            .. forms.Select((form, i) => On(origin, $"moved{i}", Reply.Redirect(302, $"/images/{form}/a.png?b={form}"))),
            .. forms.Select((form, i) => On(origin, $"tag{i}", Reply.Ok(SampleImages.Png(i, 500), ("ETag", $"\"{form}\"")))),
        ];
        origin.Otherwise(request => Reply.Current(request, SampleImages.Png(100, 500), "\"1\""));
        var directory = new TestDirectory();
        var project = new ConsumerProject(directory, Packed.Package, string.Concat(images), "<ImageSyncRetries>0</ImageSyncRetries>")
        {
            Environment = new Dictionary<string, string?> { ["IMAGESYNC_TEST_SECRET"] = Secret },
        };

        // act
        string[] everything =
        [
            "-v:diag", "-tl:off", "-p:ImageSyncReportFile=obj/r.html", "-p:ImageSyncSummaryFile=obj/s.md", "-p:ImageSyncLockFile=images.lock.json",
        ];
        var logs = new List<CommandResult>();
        foreach (var run in new[] { "1", "2" })
        {
            logs.Add((await project.Logged.SyncAsync([.. everything, $"-p:ImageSyncStore=obj/store{run}"])).ShouldSucceed());
            var results = await project.MSBuildAsync("-t:SyncImages", "-getItem:SyncedImage");
            await File.WriteAllTextAsync(project.PathOf($"obj/{run}.json"), results.Output);
        }

        // assert
        using var all = Assert.EnterMultipleScope();
        Assert.That(new[] { "obj/r.html", "obj/s.md", "images.lock.json", "obj/store1", "obj/1.json" }.Select(project.PathOf), Has.All.Exist);
        Assert.That(Directory.GetFiles(project.PathOf("obj"), "*.imagesync.history*"), Is.Not.Empty);
        var texts = logs.SelectMany(log => new[] { ("log", log.Output), ("binlog", Unpacked(log.Binlog!)) })
            .Concat(directory.Files().Where(file => !file.EndsWith(".binlog", StringComparison.Ordinal))
                .SelectMany(file => new[] { ("name", file), (file, Encoding.Latin1.GetString(directory.Read(file))) }));
        foreach (var (place, text) in texts)
        {
            Assert.That(forms.Where(form => text.Contains(form, StringComparison.OrdinalIgnoreCase)), Is.Empty, place);
            Assert.That(text, Does.Not.Contain(Secret).And.Not.Contain(Uri.EscapeDataString(Secret)), place);
        }

        static string On(ScriptedOrigin asked, string name, Reply reply)
        {
            asked.On($"/{name}.png", reply);
            return $$"""<RemoteImage Include="{{asked.Url($"/{name}.png")}}" RequestHeaders="Authorization: Bearer ${IMAGESYNC_TEST_SECRET}" Optional="true" />""";
        }
    }

    [Test]
    public async Task SignatureOfAUrlIsNotShown()
    {
        // arrange: the project file names the URL through a variable, as it would a presigned one
        await using var origin = new ScriptedOrigin();
        origin.On($"/signed.png?sig={Secret}", Reply.Status(403));
        var directory = new TestDirectory();
        var project = new ConsumerProject(directory, Packed.Package, $"""<RemoteImage Include="signed" Url="{origin.Url("/signed.png")}?sig={Secret}" IgnoreQuery="true" LocalPath="signed.png" />""");

        // act
        var result = (await project.BuildAsync("-tl:off")).ShouldFail();

        // assert
        Assert.That(result.Output, Does.Contain("IMGSYNC2003").And.Contain("sig=…").And.Not.Contain(Secret));
        Assert.That(directory.Files().Where(file => file.Contains(".imagesync.", StringComparison.Ordinal)).Select(directory.ReadText), Has.None.Contains(Secret));
    }

    private static IEnumerable<string> Forms() =>
    [
        Secret,
        Secret.ToUpperInvariant(),
        string.Concat(Secret.Select(c => $"%{(int)c:x2}")),
        string.Concat(Secret.Select((c, i) => i % 3 == 0 ? $"%{(int)c:X2}" : c.ToString())),
        .. new[] { "", "u:", "user:", "Bearer " }.Select(before => Convert.ToBase64String(Encoding.ASCII.GetBytes(before + Secret)).TrimEnd('=')),
    ];

    private static string Unpacked(string binlog)
    {
        using var unpacked = new GZipStream(File.OpenRead(binlog), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        unpacked.CopyTo(bytes);
        return Encoding.Latin1.GetString(bytes.ToArray());
    }
}
