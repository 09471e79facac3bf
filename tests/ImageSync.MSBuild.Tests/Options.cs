extern alias TheEngine;

using System.Reflection;
using ImageSync.Sync;
using ImageSync.Testing;
using TheEngine::ImageSync.Engine.Runs;
using Task = System.Threading.Tasks.Task;

namespace ImageSync.MSBuild.Tests;

/// <summary>Values of properties and metadata that are not valid are told by name, with what is valid.</summary>
public class Options
{
    private static IEnumerable<TestCaseData> BadProperties()
    {
        // No kind of value has a control character in it. Which values a kind has is tested below, each kind once.
        foreach (var option in RunOptions.All.Where(option => !option.IsPrivate && option.ValidValues.Length > 0))
        {
            yield return Case(Option.Prefix + option.Name, task => task.Set(option.Name, "a\0b"), option.ValidValues);
        }

        foreach (var value in new[] { "0", "1", "maybe", "y", "enabled", "-1", "!", "!!true", "true;false", "truefalse" })
        {
            yield return Case("ImageSyncEnabled", task => task.Enabled = value, "true or false");
            yield return Case("ImageSyncOnBuild", task => task.OnBuild = value, "true or false");
            yield return Case("ImageSyncOwnsDirectory", task => task.OwnsDirectory = value, "true or false");
            yield return Case("ImageSyncForce", task => task.Force = value, "true or false");
        }

        foreach (var value in new[] { "maybe", "1", "!true", "true;false", "\u00A0true\u200B" })
        {
            yield return Case("ImageSyncNative", task => task.Native = value, "true or false");
        }

        yield return Case("ImageSyncOffline", task => task.Offline = "1", "true or false");
        yield return Case("ImageSyncLocked", task => task.Locked = "locked", "true or false");
        yield return Case("ImageSyncStoreMaxBytes", task => task.StoreMaxBytes = "1 GiB", "a whole number of at least 1");
        yield return Case("ImageSyncPrune", task => task.Prune = "maybe", "true or false");
        yield return Case("ImageSyncOnLocalEdit", task => task.OnLocalEdit = "Overwrite", "Restore, Keep or Fail");
        yield return Case("ImageSyncOnLocalEdit", task => task.OnLocalEdit = "1", "Restore, Keep or Fail");
        foreach (var value in new[] { "-1", "+1", "0", "Keep,Fail", "Keep, Keep", "Keep;Fail", "Keep|Fail", " ", "Keepx",
            "Restore.", "OnLocalEdit.Keep", "0x1", "\u0000Keep" })
        {
            yield return Case("ImageSyncOnLocalEdit", task => task.OnLocalEdit = value, "Restore, Keep or Fail");
        }

        yield return Case("ImageSyncRefreshAfter", task => task.RefreshAfter = "0", "a time span such as");
        yield return Case("ImageSyncMaxAge", task => task.MaxAge = "15", "a time span such as");
        yield return Case("ImageSyncMaxBytes", task => task.MaxBytes = "64 MB", "a whole number of at least 1");
        yield return Case("ImageSyncRetries", task => task.Retries = "-1", "a whole number of at least 0");
        foreach (var value in new[] { "2147483648", "999999999999" })
        {
            yield return Case("ImageSyncRetries", task => task.Retries = value, "a whole number of at least 0, and at most 2147483647");
            yield return Case("ImageSyncMaxConcurrency", task => task.MaxConcurrency = value,
                "a whole number of at least 1, and at most 2147483647");
            yield return Case("ImageSyncMaxConnectionsPerHost", task => task.MaxConnectionsPerHost = value, OptionValues.Counts);
        }

        yield return Case("ImageSyncMaxBytes", task => task.MaxBytes = "9223372036854775808",
            "a whole number of at least 1, and at most 9223372036854775807");
        yield return Case("ImageSyncConnectTimeout", task => task.ConnectTimeout = "10", "a time span such as");
        yield return Case("ImageSyncIdleTimeout", task => task.IdleTimeout = "-00:00:01", "a time span such as");
        yield return Case("ImageSyncTimeout", task => task.Timeout = "00:00:00", "a time span such as");
        yield return Case("ImageSyncMaxConcurrency", task => task.MaxConcurrency = "0", "a whole number of at least 1");
        yield return Case("ImageSyncMaxConnectionsPerHost", task => task.MaxConnectionsPerHost = "many", "a whole number of at least 1");
        yield return Case("ImageSyncUserAgent", task => task.UserAgent = "a\nb", "text without control characters");
        yield return Case("ImageSyncAllowedHosts", task => task.AllowedHosts = "https://cdn.example", "host names separated by ';'");
        yield return Case("ImageSyncAllowedHosts", task => task.AllowedHosts = ";", "host names separated by ';'");
        yield return Case("ImageSyncAllowedHosts", task => task.AllowedHosts = " ", "host names separated by ';'");
        foreach (var value in new[] { ".", "..", "x/", "x\\", "a/.", "a/..", "/", " ./ ", "a\0b" })
        {
            yield return Case("ImageSyncCacheFile", task => task.CacheFile = value, "the path of a file, and not that of a folder");
            yield return Case("ImageSyncLockFile", task => task.LockFile = value, "the path of a file, and not that of a folder");
            yield return Case("ImageSyncManifestFile", task => task.ManifestFile = value, "the path of a file, and not that of a folder");
            yield return Case("ImageSyncReportFile", task => task.ReportFile = value, "the path of a file, and not that of a folder");
            yield return Case("ImageSyncSummaryFile", task => task.SummaryFile = value, "the path of a file, and not that of a folder");
            yield return Case("ImageSyncHistoryFile", task => task.HistoryFile = value, "the path of a file, and not that of a folder");
        }

        yield return Case("ImageSyncLockFile", task => task.LockFile = new TestDirectory().FullPath, "the path of a file, and not");
        yield return Case("ImageSyncStore", task => task.Store = "a\0b", "the path of a folder");
        yield return Case("ImageSyncMirror", task => task.Mirror = ";", "prefix=mirror pairs");
        yield return Case("ImageSyncMirror", task => task.Mirror = "https://cdn.example=cache.example", "prefix=mirror pairs");

        static TestCaseData Case(string name, Action<SyncSettings> set, string valid) => new(name, set, valid);
    }

    [TestCaseSource(nameof(BadProperties))]
    public void A_property_that_is_not_valid_stops_the_sync(string name, Action<SyncSettings> set, string valid)
    {
        var run = new TaskRun();
        Assert.That(run.Execute([TaskRun.Item("http://127.0.0.1:1/a.png")], set), Is.False);
        var error = run.Engine.Errors.Single();
        Assert.That((error.Code, error.File), Is.EqualTo(("IMGSYNC1004", run.Project.PathOf("app.csproj"))));
        Assert.That(error.Message, Does.Contain(name).And.Contain("Write " + valid));
    }

    [TestCase("BuildAction", "Con tent", "the name of an item type, such as Content")]
    [TestCase("BuildAction", "Content;None", "the name of an item type")]
    [TestCase("BuildAction", "Inhalt/Ä", "the name of an item type")]
    [TestCase("BuildAction", "a.b", "the name of an item type")]
    [TestCase("BuildAction", "1st", "the name of an item type")]
    [TestCase("BuildAction", "-a", "the name of an item type")]
    [TestCase("BuildAction", "ItemGroup", "the name of an item type")]
    [TestCase("Watch", "maybe", "true or false")]
    [TestCase("Sha256", "abc", "64 hexadecimal digits")]
    [TestCase("MediaType", "png", "a media type such as")]
    [TestCase("MediaType", "image/svg", "Did you mean image/svg+xml?")]
    [TestCase("MediaType", "image/ico", "Did you mean image/x-icon?")]
    [TestCase("MediaType", "image/x-tif", "Did you mean image/tiff?")]
    [TestCase("MediaType", "image/pgn", "Did you mean image/png?")]
    [TestCase("MediaType", "image/x-portable-pixmap",
        "Write image/* for any image, the type of a known format such as image/png, or */* for any bytes.")]
    [TestCase("MaxAge", "15", "a time span such as")]
    [TestCase("MaxAge", "soon", "a time span such as")]
    [TestCase("MaxBytes", "0", "a whole number of at least 1")]
    [TestCase("MaxBytes", "64M", "a whole number of at least 1")]
    [TestCase("Optional", "maybe", "true or false")]
    [TestCase("RequestHeaders", "no header", "'Name: value' pairs")]
    [TestCase("RequestHeaders", "|", "'Name: value' pairs")]
    [TestCase("IgnoreQuery", "perhaps", "true or false")]
    public void Metadata_that_are_not_valid_stop_their_image_alone(string name, string value, string valid)
    {
        var run = new TaskRun();
        Assert.That(run.Execute("http://127.0.0.1:1/a.png", ("LocalPath", "a.png"), (name, value)), Is.False);
        var error = run.Engine.Errors.Single();
        Assert.That(error.Code, Is.EqualTo("IMGSYNC1004"));
        Assert.That(run.Engine.Warnings, Is.Empty, "one thing is told once");
        Assert.That(error.Message, Does.StartWith($"a.png: the metadata {name} ").And.Contain(valid));
        Assert.That(run.Synced.Single().GetMetadata("Status"), Is.EqualTo("Failed"));
    }

    // MSBuild's own conditions read ImageSyncEnabled, ImageSyncOnBuild and others, and take all of these.
    [TestCase("true On yes !false !off !NO \tTrue\n", true)]
    [TestCase("false Off no !true !on !Yes \n\tfalse ", false)]
    public void A_switch_is_what_MSBuild_takes_for_one(string texts, bool expected)
    {
        foreach (var text in texts.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.That(OptionValues.Boolean(text), Is.EqualTo(expected), text);
            var run = new TaskRun();
            run.Execute([TaskRun.Item("http://127.0.0.1:1/a.png", ("LocalPath", "a.png"), ("Optional", text))], task =>
                (task.Offline, task.Enabled) = ("yes", text));
            Assert.That((run.Engine.Errors.Count, run.Engine.Warnings.Count), Is.EqualTo(expected ? (0, 1) : (1, 0)), text);
        }
    }

    // As a property arrives that is written over several lines.
    [Test]
    public async Task White_space_around_a_property_is_none_of_it()
    {
        await using var origin = new ScriptedOrigin().On("/a.png", Reply.Ok(SampleImages.Png(1, 1000)));
        var run = new TaskRun();
        Assert.That(run.Execute([TaskRun.Item(origin.Url("/a.png"))], task =>
        {
            (task.Directory, task.CacheFile, task.LockFile, task.Store) = (Lines("img/"), Lines("obj/cache"),
                Lines("images.lock.json"), Lines("store"));
            (task.ReportFile, task.SummaryFile, task.HistoryFile, task.UserAgent) = (Lines("out/r.html"), Lines("out/s.md"),
                Lines("out/h"), Lines("me/1"));
            task.ManifestFile = Lines("out/m.json");
            (task.Force, task.OnLocalEdit, task.MaxAge, task.MaxBytes) = (Lines("false"), Lines("Keep"), Lines("server"), Lines("5000"));
            (task.RefreshAfter, task.Retries, task.Timeout, task.AllowedHosts) = (Lines("1.00:00:00"), Lines("0"),
                Lines("00:01:00"), Lines("127.0.0.1"));
        }), Is.True, string.Join('\n', run.Engine.Errors.Select(error => error.Message)));
        Assert.That(origin.Requests.Single().Header("User-Agent"), Is.EqualTo("me/1"));
        string[] files = ["img/a.png", "obj/cache", "images.lock.json", "out/r.html", "out/s.md", "out/h", "out/m.json"];
        Assert.That(files.Where(file => !File.Exists(run.Project.PathOf(file))), Is.Empty);
        Assert.That(Directory.Exists(run.Project.PathOf("store")));
        Assert.That(Directory.GetFileSystemEntries(run.Project.FullPath).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { "img", "obj", "images.lock.json", "out", "store" }));

        static string Lines(string text) => $"\r\n\t  {text}\n  ";
    }

    // What the documentation names can be wrong, and then has a row above, but for what takes any text or is told in another place.
    [TestCase("ImageSync", "ImageSyncDirectory")]
    [TestCase("", "Url", "LocalPath")]
    public void Every_value_that_can_be_wrong_has_a_row(string prefix, params string[] elsewhere)
    {
        var section = prefix.Length > 0 ? DocumentedTable.Properties : DocumentedTable.RemoteImage;
        var named = DocumentedTable.Rows(section).Select(row => row.Name).ToList();
        var tested = prefix.Length > 0
            ? BadProperties().Select(data => (string)data.Arguments[0]!)
            : typeof(Options).GetMethod(nameof(Metadata_that_are_not_valid_stop_their_image_alone))!.GetCustomAttributes<TestCaseAttribute>().Select(data => (string)data.Arguments[0]!);
        Assert.That(tested.Concat(elsewhere).Distinct(), Is.EquivalentTo(named));
    }
}
