using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>The lock file carries what is known of the images to other checkouts, and rests while nothing changes.</summary>
public class LockFiles
{
    private static readonly byte[] Old = SampleImages.Png(1, 4000);
    private static readonly byte[] New = SampleImages.Png(2, 5000);
    private static readonly byte[] Edited = SampleImages.Png(3, 6000);

    private ScriptedOrigin _origin;
    private Project _project;

    [SetUp]
    public void SetUp()
    {
        (_origin, _project) = (new ScriptedOrigin(), new Project());
        _project.UseLockFile();
        _origin.On("/a.png", request => Reply.Current(request, Old, "\"v1\""));
    }

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [Test]
    public async Task A_clean_checkout_revalidates_and_then_needs_the_lock_file_no_more()
    {
        await SyncAsync();
        var text = _project.LockText;
        _project.CheckOutAnew();
        var outcome = await SyncAsync();
        Assert.That((outcome.Status, outcome.BytesReceived, outcome.EntityTag), Is.EqualTo((SyncStatus.NotModified, 0, "\"v1\"")));
        Assert.That(_project.LockText, Is.EqualTo(text));
        _project.Options = _project.Options with { LockFile = null };
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.NotModified));
    }

    [Test]
    public async Task A_run_without_news_does_not_write_it()
    {
        await SyncAsync();
        var time = _project.Age("images.lock.json");
        await SyncAsync();
        _project.Options = _project.Options with { Force = true };
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.Unchanged));
        Assert.That(_project.TimeOf("images.lock.json"), Is.EqualTo(time));
    }

    [Test]
    public async Task New_bytes_have_a_new_entry_and_a_failure_leaves_the_old_one()
    {
        await SyncAsync();
        var first = _project.LockText;
        _origin.On("/a.png", Reply.Status(404));
        Assert.That(((await SyncAsync()).Status, _project.LockText), Is.EqualTo((SyncStatus.Kept, first)));
        _origin.On("/a.png", request => Reply.Current(request, New, "\"v2\""));
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.Updated));
        Assert.That(_project.LockText, Does.Contain("\\\"v2\\\"").And.Contain($"\"length\": {New.Length}").And.Not.Contain("v1"));
    }

    [Test]
    public async Task A_file_that_is_not_the_locked_one_is_fetched_without_condition_and_kept()
    {
        await SyncAsync();
        _project.Files.Write("img/a.png", Edited);
        _project.CheckOutAnew();
        _origin.Clear();
        var outcome = await SyncAsync();
        Assert.That((outcome.Status, _origin.Requests.Single().IsConditional), Is.EqualTo((SyncStatus.Updated, false)));
        Assert.That(File.ReadAllBytes(outcome.KeptAt!), Is.EqualTo(Edited));
    }

    [Test]
    public async Task Another_URL_is_fetched_without_condition()
    {
        await SyncAsync();
        _project.CheckOutAnew();
        _origin.On("/b.png", request => Reply.Current(request, New, "\"v1\""));
        _origin.Clear();
        Assert.That((await SyncAsync("/b.png")).Status, Is.EqualTo(SyncStatus.Updated));
        Assert.That((_origin.Requests.Single().IsConditional, _project.LockText!.Contains("/a.png\",", StringComparison.Ordinal)), Is.EqualTo((false, false)));
    }

    [Test]
    public async Task A_colleagues_sync_that_was_pulled_is_no_edit()
    {
        await SyncAsync();
        var (image, theirs) = (_project.Files, new Project());
        theirs.UseLockFile();
        _origin.On("/a.png", request => Reply.Current(request, New, "\"v2\""));
        await theirs.SyncAsync(_origin.Url("/a.png"));
        image.Write("img/a.png", theirs.Files.Read("img/a.png"));
        image.Write("images.lock.json", theirs.LockText!);
        _project.Options = _project.Options with { OnLocalEdit = OnLocalEdit.Fail };
        var outcome = await SyncAsync();
        Assert.That((outcome.Status, outcome.Diagnostics.Count), Is.EqualTo((SyncStatus.NotModified, 0)));
    }

    [Test]
    public async Task A_project_that_gets_a_lock_file_has_all_its_images_in_it_without_a_request()
    {
        var lockFile = _project.Options.LockFile;
        _project.Options = _project.Options with { LockFile = null };
        await SyncAsync();
        _project.Options = _project.Options with { LockFile = lockFile };
        _origin.Clear();
        Assert.That((await SyncAsync(with: image => image with { MaxAge = "1.00:00:00" })).Status, Is.EqualTo(SyncStatus.Fresh));
        Assert.That((_origin.Requests.Count, _project.LockText!.Contains("\\\"v1\\\"", StringComparison.Ordinal)), Is.EqualTo((0, true)));
    }

    [Test]
    public async Task An_entry_whose_item_is_gone_goes_too()
    {
        await _project.RunAsync([Image("/a.png", "a.png"), Image("/a.png", "b.png")]);
        Assert.That(_project.LockText, Does.Contain("\"a.png\": {").And.Contain("\"b.png\": {"));
        await _project.RunAsync([Image("/a.png", "b.png")]);
        Assert.That(_project.LockText, Does.Contain("\"b.png\": {").And.Not.Contain("\"a.png\": {"));
        await _project.RunAsync([]);
        Assert.That(_project.LockText, Is.EqualTo("{\n  \"version\": 1\n}\n"));
    }

    [Test]
    public async Task An_image_of_one_framework_alone_stays_until_its_own_build_says_otherwise()
    {
        _project.Options = _project.Options with { TargetFrameworks = ["net8.0", "net10.0"] };
        var whole = _project.Options;
        await SyncAsync();
        _project.Options = whole with { TargetFramework = "net8.0" };
        await _project.RunAsync([Image("/a.png", "inner.png"), Image("/a.png", "img/a.png")]);
        _project.Options = whole;
        var text = _project.LockText;
        await SyncAsync();
        Assert.That((_project.LockText, text!.Split("\"targetFramework\": \"net8.0\"").Length), Is.EqualTo((text, 2)));
        _project.Options = whole with { TargetFrameworks = ["net10.0"] };
        await SyncAsync();
        Assert.That(_project.LockText, Does.Not.Contain("inner.png"), "the framework is gone");
    }

    [Test]
    public async Task Two_nodes_that_disagree_are_asked_with_both_tags_and_no_date()
    {
        _origin.On("/a.png", (request, count) => Node(request, count % 2));
        var statuses = new List<SyncStatus>();
        var texts = new List<string>();
        for (var run = 0; run < 5; run++)
        {
            statuses.Add((await SyncAsync()).Status);
            texts.Add(_project.LockText!);
        }

        Assert.That(statuses, Is.EqualTo(new[] { SyncStatus.Added, SyncStatus.Unchanged, SyncStatus.NotModified, SyncStatus.NotModified, SyncStatus.NotModified }));
        Assert.That(texts[1..], Is.All.EqualTo(texts[1]));
        Assert.That(_origin.Requests.Skip(2).Select(request => (request.Header("If-None-Match")!.Split(", ").Order(), request.Header("If-Modified-Since"))),
            Is.All.EqualTo((new[] { "\"0\"", "\"1\"" }, (string?)null)));

        // Exact on both conditions, as nginx is.
        static Reply Node(RecordedRequest request, int node)
        {
            var date = $"Sat, 21 Nov 2026 12:00:0{node} GMT";
            return request.Header("If-None-Match")?.Split(", ").Contains($"\"{node}\"") == true && (request.Header("If-Modified-Since") ?? date) == date
                ? Reply.NotModified(("ETag", $"\"{node}\""))
                : Reply.Ok(Old, ("ETag", $"\"{node}\""), ("Last-Modified", date));
        }
    }

    [Test]
    public async Task Tags_that_never_repeat_and_redirects_that_lead_elsewhere_each_time_leave_it_alone_in_the_end()
    {
        _origin.On("/tags", (_, count) => Reply.Ok(Old, ("ETag", $"\"{count}\"")));
        _origin.On("/signed", (_, count) => Reply.Redirect(302, $"/real?sig={count}"));
        for (var count = 1; count < 20; count++)
        {
            _origin.On($"/real?sig={count}", request => Reply.Current(request, Old, "\"v1\""));
        }

        var texts = new List<string>();
        for (var run = 0; run < 15; run++)
        {
            await _project.RunAsync([Image("/tags", "a.png"), Image("/signed", "b.png")]);
            texts.Add(_project.LockText!);
        }

        Assert.That(texts[9..], Is.All.EqualTo(texts[9]));
        Assert.That(texts[9], Does.Contain("\"entityTag\": false").And.Contain("\"effectiveUrl\": false"));
    }

    [Test]
    public async Task No_secret_is_in_it()
    {
        Environment.SetEnvironmentVariable("IMAGESYNC_LOCK_SECRET", "s3cret-from-a-variable");
        _origin.On("/a.png?sig=s3cret-ignored", Reply.Ok(Old, ("ETag", "\"1\""))).On("/b.png?token=s3cret-declared", Reply.Ok(Old, ("ETag", "\"1\"")));
        _origin.On("/c.png", Reply.Redirect(302, "/d.png?sig=s3cret-redirect")).On("/d.png?sig=s3cret-redirect", Reply.Ok(Old, ("ETag", "\"1\"")));
        var run = await _project.RunAsync(
        [
            Image("/a.png?sig=s3cret-ignored", "a.png") with { IgnoreQuery = "true" },
            Image("/b.png?token=s3cret-declared", "b.png") with { RequestHeaders = "X-Key: ${IMAGESYNC_LOCK_SECRET}|Authorization: Basic s3cret-literal" },
            Image("/c.png", "c.png"),
        ]);
        Assert.That(run.Outcomes.Select(outcome => outcome.Status), Is.All.EqualTo(SyncStatus.Added));
        Assert.That(_project.LockText, Does.Not.Contain("s3cret").And.Not.Contain("X-Key"));
        _project.CheckOutAnew();
        _origin.Clear();
        await _project.SyncAsync(Image("/b.png?token=s3cret-declared", "b.png") with { RequestHeaders = "X-Key: ${IMAGESYNC_LOCK_SECRET}|Authorization: Basic s3cret-literal" });
        Assert.That(_origin.Requests.Single().Header("If-None-Match"), Is.EqualTo("\"1\""));
    }

    [TestCase("{\n<<<<<<< HEAD\n", 2, "either side")]
    [TestCase("{\n  \"version\": 2\n}", 0, "newer version")]
    [TestCase("{ garbage", 1, "not valid JSON")]
    [TestCase("<Project>", 1, "set ImageSyncLockFile to another file")]
    public async Task One_that_cannot_be_read_stops_all_and_stays_as_it_is(string text, int line, string words)
    {
        await SyncAsync();
        _project.Files.Write("images.lock.json", text);
        _origin.Clear();
        var run = await _project.RunAsync([Image("/a.png", "img/a.png"), Image("/a.png", "b.png")]);
        var error = run.Diagnostics.Single();
        Assert.That((error.CodeText, error.Severity, error.Place!.File, error.Place.Line), Is.EqualTo(("IMGSYNC4004", Severity.Error, _project.Options.LockFile, line)));
        Assert.That(error.Message, Does.Contain(words));
        Assert.That(error.Message.Contains("delete the file"), Is.EqualTo(text[0] == '{'), "nobody deletes what is something else");
        Assert.That(run.Outcomes.Select(outcome => (outcome.Status, outcome.Diagnostics.Count)), Is.EqualTo(new[] { (SyncStatus.Kept, 0), (SyncStatus.Failed, 0) }));
        Assert.That((_project.LockText, _origin.Requests.Count, _project.Files.Exists("b.png")), Is.EqualTo((text, 0, false)));
    }

    [Test]
    public async Task A_folder_in_its_place_cannot_be_read()
    {
        Directory.CreateDirectory(_project.Options.LockFile!);
        Assert.That((await _project.RunAsync([Image("/a.png", "a.png")])).Diagnostics.Single().CodeText, Is.EqualTo("IMGSYNC4004"));
    }

    private RemoteImageDeclaration Image(string target, string localPath) => new(_origin.Url(target)) { LocalPath = localPath };

    private Task<SyncOutcome> SyncAsync(string target = "/a.png", Func<RemoteImageDeclaration, RemoteImageDeclaration>? with = null) => _project.SyncAsync(_origin.Url(target), with: with);
}
