using ImageSync.Testing;
using Task = System.Threading.Tasks.Task;

namespace ImageSync.MSBuild.Tests;

/// <summary>After an upgrade or a downgrade, the cache that the other version left costs requests and nothing else.</summary>
public class CacheFormats
{
    private const string Cache = "obj/app.csproj.imagesync.cache";
    private const string Header = "ImageSync validator cache 1\n";

    private static IEnumerable<TestCaseData> Others()
    {
        yield return Case("an older format, records alike", text => text.Replace(Header, "ImageSync validator cache 0\n", StringComparison.Ordinal));
        yield return Case("a newer format, records alike", text => text.Replace(Header, "ImageSync validator cache 2\n", StringComparison.Ordinal));
        yield return Case("a newer format of ten years later", text => text.Replace(Header, "ImageSync validator cache 10\n", StringComparison.Ordinal));
        yield return Case("another format altogether", _ => """{ "version": 3, "images": [ { "path": "a.png", "etag": "\"1\"" } ] }""");
        yield return Case("before there was a header", text => text[Header.Length..]);
        yield return Case("an empty file", _ => "");
        yield return Case("nothing but the header of another", _ => "ImageSync validator cache 2");

        static TestCaseData Case(string name, Func<string, string> change) => new TestCaseData(change).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Others))]
    public async Task A_cache_of_another_version_costs_a_request_and_is_rewritten(Func<string, string> change)
    {
        // arrange: synced, and then the cache is as another version would have it
        var image = SampleImages.Png(1, 3000);
        await using var origin = new ScriptedOrigin();
        origin.On("/a.png", request => Reply.Current(request, image, "\"1\""));
        var run = new TaskRun();
        Sync("Added");
        run.Project.Write(Cache, change(run.Project.ReadText(Cache)));

        // act, assert: no validator is believed, and no word is lost on it
        Sync("Unchanged");
        Assert.That(origin.Requests[^1].Header("If-None-Match"), Is.Null);
        Assert.That(run.Project.ReadText(Cache), Does.StartWith(Header));

        // act, assert: from then on as ever
        Sync("NotModified");
        Assert.That(origin.Requests[^1].Header("If-None-Match"), Is.EqualTo("\"1\""));

        void Sync(string status)
        {
            Assert.That(run.Execute(origin.Url("/a.png"), ("LocalPath", "a.png")));
            Assert.That(run.Synced.Single().GetMetadata("Status"), Is.EqualTo(status));
            Assert.That(run.Engine.Warnings, Is.Empty);
        }
    }

    [Test]
    public async Task A_record_may_hold_more_than_this_version_knows()
    {
        // arrange: the same format with a field that came later, its checksum right
        var image = SampleImages.Png(1, 3000);
        await using var origin = new ScriptedOrigin();
        origin.On("/a.png", request => Reply.Current(request, image, "\"1\""));
        var run = new TaskRun();
        Assert.That(run.Execute(origin.Url("/a.png"), ("LocalPath", "a.png")));
        var record = run.Project.ReadText(Cache)[(Header.Length + 9)..].TrimEnd('\n') + "\tlater=1";
        run.Project.Write(Cache, $"{Header}{Storage.ValidatorCacheFormat.Checksum(record)}\t{record}\n");

        // act
        Assert.That(run.Execute(origin.Url("/a.png"), ("LocalPath", "a.png")));

        // assert
        Assert.That(run.Synced.Single().GetMetadata("Status"), Is.EqualTo("NotModified"));
    }
}
