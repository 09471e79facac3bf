using ImageSync.Http;
using ImageSync.Images;
using ImageSync.Storage;
using ImageSync.Sync;
using static ImageSync.Tests.Sync.Given;

namespace ImageSync.Tests.Sync;

/// <summary>DECIDE THE WRITE: what was known, what is on disk now, what came → what is done.</summary>
public class WriteDeciderTests
{
    private const string New = "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc";
    private const string Replaced = "Replace, Share; cached, noted";
    private const string ReplacedOurs = "Updated: CopyForReport, Replace, Share; cached, noted";
    private const string ReplacedOthers = "Updated: KeepAside, CopyForReport, Replace, Share; cached, noted";
    private const string ReplacedEdit = ReplacedOthers + "; tells of an edit";
    private const string Unchanged = "Unchanged: Share; cached, noted";

    private static readonly FileStamp Later = new(777, Now.UtcTicks);
    private static readonly StoredImage EditedMeanwhile = new(FileState.Altered, Later, OtherDigest);
    private static readonly StoredImage MadeMeanwhile = new(FileState.Unrecorded, Later, OtherDigest);
    private static readonly StoredImage Theirs = Unrecorded with { Sha256 = OtherDigest };

    private static readonly SyncOptions Keep = Options with { OnLocalEdit = OnLocalEdit.Keep };
    private static readonly SyncOptions Fail = Options with { OnLocalEdit = OnLocalEdit.Fail };

    private static readonly ImageState Synced = new(Image, Record, Intact);
    private static readonly ImageState Absent = new(Image, null, StoredImage.Missing);
    private static readonly ImageState Found = new(Image, null, Theirs);
    private static readonly ImageState Edited = new(Image, Record, Altered);

    private static readonly ReceivedBody Body = new(New, 10, IsTooLarge: false, new MediaVerdict("image/png", null, null));
    private static readonly SyncStep.Ask Fetch = new SyncStep.Fetch();

    private static IEnumerable<TestCaseData> Bodies()
    {
        yield return Case("no file", Absent, StoredImage.Missing, Body, Options, "Added: " + Replaced);
        yield return Case("other bytes than ours", Synced, Intact, Body, Options, ReplacedOurs);
        yield return Case("other bytes than ours, keep", Synced, Intact, Body, Keep, ReplacedOurs);
        yield return Case("other bytes than somebody's", Found, Theirs, Body, Options, ReplacedOthers);
        yield return Case("other bytes than somebody's that were recorded",
            Synced with { Found = Record with { Written = false } }, Intact, Body, Options, ReplacedOthers);
        yield return Case("other bytes than somebody's, keep: no edit of a synced file", Found, Theirs, Body, Keep, ReplacedOthers);
        yield return Case("other bytes than an edit", Edited, Altered, Body, Options, ReplacedEdit);
        yield return Case("other bytes than an edit that nobody recorded",
            Found with { Stored = Altered, Locked = Entry }, Altered, Body, Options, ReplacedEdit);
        yield return Case("the file is gone meanwhile", Synced, StoredImage.Missing, Body, Options, "Added: " + Replaced);
        yield return Case("the file is gone meanwhile, keep", Synced, StoredImage.Missing, Body, Keep,
            "Added: Replace, Share; cached, noted");

        yield return Case("the same bytes", Synced, Intact, Body with { Sha256 = Digest }, Options, Unchanged);
        yield return Case("the same bytes, somebody's", Found, Theirs, Body with { Sha256 = OtherDigest }, Options, Unchanged);
        yield return Case("the same bytes, written by another build meanwhile",
            Absent, MadeMeanwhile, Body with { Sha256 = OtherDigest }, Keep, Unchanged);

        // An edit while the bytes were on their way.
        yield return Case("edited meanwhile, restore", Synced, EditedMeanwhile, Body, Options, ReplacedEdit);
        yield return Case("edited meanwhile, keep", Synced, EditedMeanwhile, Body, Keep, "Kept IMGSYNC4001");
        yield return Case("edited meanwhile, fail", Synced, EditedMeanwhile, Body, Fail, "Kept IMGSYNC4001");
        yield return Case("edited meanwhile into an empty file, keep",
            Synced, EditedMeanwhile with { Stamp = Later with { Length = 0 } }, Body, Keep, "Failed IMGSYNC4001");
        yield return Case("made meanwhile, restore", Absent, MadeMeanwhile, Body, Options, ReplacedEdit);
        yield return Case("made meanwhile, keep: an edit from now on", Absent, MadeMeanwhile, Body, Keep, "Kept IMGSYNC4001; cached");
        yield return Case("made meanwhile, fail: an edit from now on", Absent, MadeMeanwhile, Body, Fail, "Kept IMGSYNC4001; cached");
        yield return Case("somebody's, and edited meanwhile, keep", Found, MadeMeanwhile with { Sha256 = Digest }, Body, Keep,
            "Kept IMGSYNC4001; cached");
        yield return Case("somebody's, and touched meanwhile, keep", Found, MadeMeanwhile, Body, Keep, ReplacedOthers);
        yield return Case("touched meanwhile, keep", Synced, Intact with { Stamp = Later }, Body, Keep, ReplacedOurs);
        yield return Case("written by another build meanwhile, keep", Synced, EditedMeanwhile with { IsOfAnotherBuild = true }, Body, Keep,
            ReplacedOurs);
        yield return Case("a pointer of Git LFS came to be there meanwhile, keep: no edit",
            Absent, MadeMeanwhile with { IsGitLfsPointer = true }, Body, Keep, ReplacedOthers);
        yield return Case("a pointer of Git LFS came to be there meanwhile, restore: no edit",
            Synced, EditedMeanwhile with { IsGitLfsPointer = true }, Body, Options, ReplacedOthers);
        yield return Case("unreadable meanwhile, keep", Found, MadeMeanwhile with { Sha256 = null }, Body, Keep,
            "Kept IMGSYNC4001; cached");
        var pointer = Altered with { IsGitLfsPointer = true };
        yield return Case("a pointer of Git LFS, keep: no edit", Edited with { Stored = pointer }, pointer, Body, Keep, ReplacedOthers);

        // Line ends that Git has changed, and what another project has written.
        var lines = Synced with { Stored = new StoredImage(FileState.LineEndsDiffer, Later, OtherDigest) };
        yield return Case("line ends, the recorded bytes again", lines, lines.Stored, Body with { Sha256 = Digest }, Options,
            "Unchanged; cached, noted");
        yield return Case("line ends, other bytes", lines, lines.Stored, Body, Options, ReplacedOurs);
        yield return Case("line ends, the recorded bytes are pinned",
            lines with { Image = Image with { Sha256 = Digest } }, lines.Stored, Body with { Sha256 = Digest }, Options, ReplacedOurs);
        yield return Case("another project's",
            Edited with { Stored = Altered with { WrittenBy = "b.csproj" } }, Altered with { WrittenBy = "b.csproj" }, Body, Options,
            ReplacedOurs);

        // What the body must be.
        var pinned = Image with { Sha256 = Digest };
        yield return Case("the pinned bytes", Found with { Image = pinned }, Theirs, Body with { Sha256 = Digest }, Options,
            ReplacedOthers);
        yield return Case("not the pinned bytes, nor are those there", Found with { Image = pinned }, Theirs, Body, Options,
            "Failed IMGSYNC3002");
        yield return Case("not the pinned bytes, which are there meanwhile",
            Absent with { Image = pinned }, MadeMeanwhile with { Sha256 = Digest }, Body, Options, "Kept IMGSYNC3002");
        yield return Case("not the pinned bytes, and no file", Absent with { Image = pinned }, StoredImage.Missing, Body, Options,
            "Failed IMGSYNC3002");
        yield return Case("not the pinned bytes, though held",
            Found with { Image = pinned }, Theirs, Body with { Sha256 = OtherDigest }, Options, "Failed IMGSYNC3002");
        yield return Case("edited meanwhile, pinned, keep",
            Absent with { Image = pinned }, MadeMeanwhile, Body with { Sha256 = Digest }, Keep, "Failed IMGSYNC3002; cached");
        yield return Case("edited meanwhile into a page, keep: it stays all the same",
            Synced, EditedMeanwhile with { Flaw = "it is a page" }, Body, Keep, "Kept IMGSYNC4001");
        yield return Case("too large", Synced, Intact, Body with { IsTooLarge = true }, Options, "Kept IMGSYNC3003");
        var page = Body with { Media = new MediaVerdict("text/html", "is a page", null) };
        yield return Case("no image", Synced, Intact, page, Options, "Kept IMGSYNC3001");
        yield return Case("no image, nor is what is there", Found, Theirs with { Flaw = "it is a page" }, page, Options,
            "Failed IMGSYNC3001");

        static TestCaseData Case(
            string name, ImageState before, StoredImage now, ReceivedBody body, SyncOptions options, string expected) =>
            new TestCaseData(before, now, body, options, expected).SetName("write: " + name);
    }

    [TestCaseSource(nameof(Bodies))]
    public void Decides_of_a_body(object before, object now, object body, object options, string expected) =>
        Assert.That(
            Show(Decide((ImageState)before, (StoredImage)now, Fetch, Received((ReceivedBody)body), (SyncOptions)options)),
            Is.EqualTo(expected));

    [TestCase(null, "Check the URL. If the file is not meant to be an image, set MediaType=\"*/*\", which accepts anything.")]
    [TestCase("Look at it.", "Look at it.")]
    public void Says_what_to_do_about_wrong_bytes_as_their_judge_does(string? advice, string expected)
    {
        var body = Body with { Media = new MediaVerdict("image/gif", "is odd", null) { Advice = advice } };
        Assert.That(Decide(Synced, Intact, Fetch, Received(body), Options).Problem!.Advice, Is.EqualTo(expected));
    }

    private static IEnumerable<TestCaseData> LockedBodies()
    {
        yield return Case("the locked bytes", StoredImage.Missing, Body with { Sha256 = Digest }, "Added: " + Replaced);
        yield return Case("not the locked bytes", StoredImage.Missing, Body, "Failed IMGSYNC3004");
        yield return Case("the locked bytes, which are there meanwhile",
            MadeMeanwhile with { Sha256 = Digest }, Body with { Sha256 = Digest }, Unchanged);
        yield return Case("the locked bytes, and others are there meanwhile", MadeMeanwhile, Body with { Sha256 = Digest },
            "Failed IMGSYNC3004");

        static TestCaseData Case(string name, StoredImage now, ReceivedBody body, string expected) =>
            new TestCaseData(now, body, expected).SetName("write, locked: " + name);
    }

    [TestCaseSource(nameof(LockedBodies))]
    public void Decides_of_a_body_that_is_locked(object now, object body, string expected) =>
        Assert.That(
            Show(Decide(
                Absent with { Locked = Entry },
                (StoredImage)now,
                new SyncStep.Fetch { LockedTo = Digest },
                Received((ReceivedBody)body),
                Options with { Locked = true })),
            Is.EqualTo(expected));

    // So that the next build knows it for an edit, and sends no validators for bytes that it never held.
    [Test]
    public void What_was_made_meanwhile_and_stays_has_a_record_that_does_not_fit_it()
    {
        var cached = Decide(Absent, MadeMeanwhile, Fetch, Received(Body), Keep).Cached!;
        Assert.That((cached.Sha256, cached.Stamp), Is.EqualTo((New, new FileStamp(Body.Length, 0))));
    }

    // A record with such a file's stamp would pass its bytes off as the origin's, also for a digest that is pinned later.
    [Test]
    public void The_stamp_of_a_file_whose_line_ends_differ_is_never_recorded()
    {
        var lines = Synced with { Stored = new StoredImage(FileState.LineEndsDiffer, Later, OtherDigest), IsNewsToTheCache = true };
        var notModified = new Exchange(new SyncDecision.Keep(), Answer(new ResponseHead(304)));
        WriteDecision[] decisions =
        [
            WriteDecider.WithoutRequest(lines),
            Decide(lines, lines.Stored, new SyncStep.Revalidate(Record.Validators, Record.EffectiveUrl), notModified, Options),
            Decide(lines, lines.Stored, Fetch, Received(Body with { Sha256 = Digest }), Options),
        ];
        Assert.That(decisions.Select(decision => decision.Cached!.Stamp), Is.All.EqualTo(Stamp));
    }

    private static IEnumerable<TestCaseData> Failures()
    {
        var failure = new SyncDecision.Fail(Problems.Refused(Wording.Project, Image.Url, new ResponseHead(404)));
        var gone = new SyncDecision.Fail(Problems.Refused(Wording.Project, Image.Url, new ResponseHead(410))) { EndsValidators = true };
        var busy = new SyncDecision.Fail(Problems.Overloaded(Wording.Project, Image.Url, new ResponseHead(503), 1))
        {
            IsTransient = true,
            RetryAfter = TimeSpan.FromMinutes(1),
        };
        yield return Case("a copy", Synced, Intact, failure, "Kept IMGSYNC2003");
        yield return Case("an edit", Edited, Altered, failure, "Kept IMGSYNC2003");
        yield return Case("an edit that the lock file disproves", Edited with { Locked = Entry }, Altered, failure, "Failed IMGSYNC2003");
        yield return Case("no copy", Absent, StoredImage.Missing, failure, "Failed IMGSYNC2003");
        yield return Case("no copy any more", Synced, StoredImage.Missing, failure, "Failed IMGSYNC2003");
        yield return Case("a copy meanwhile", Absent, MadeMeanwhile, failure, "Kept IMGSYNC2003");
        yield return Case("what is there is no image", Found, Theirs with { Flaw = "it is a page" }, failure, "Failed IMGSYNC2003");
        yield return Case("what is there is not what is pinned", Found with { Image = Image with { Sha256 = Digest } }, Theirs, failure,
            "Failed IMGSYNC2003");
        yield return Case("gone for good", Synced, Intact, gone, "Kept IMGSYNC2003: Forget; cached without validators");
        yield return Case("gone for good, nothing known", Absent, StoredImage.Missing, gone, "Failed IMGSYNC2003: Forget");
        yield return Case("to be left alone", Synced, Intact, busy, "Kept IMGSYNC2002; cached until 2026-11-22 12:01");
        yield return Case("to be left alone, nothing known", Absent, StoredImage.Missing, busy,
            "Failed IMGSYNC2002; cached until 2026-11-22 12:01 without validators");

        static TestCaseData Case(string name, ImageState before, StoredImage now, SyncDecision failure, string expected) =>
            new TestCaseData(before, now, failure, expected).SetName("write, failed: " + name);
    }

    [TestCaseSource(nameof(Failures))]
    public void Decides_of_a_failure(object before, object now, object failure, string expected)
    {
        var exchange = new Exchange((SyncDecision)failure, new OriginAnswer(Image.Url));
        Assert.That(Show(Decide((ImageState)before, (StoredImage)now, Fetch, exchange, Options)), Is.EqualTo(expected));
    }

    private static IEnumerable<TestCaseData> Confirmations()
    {
        yield return Case("nothing new", Synced, null, "NotModified: Share; noted");
        yield return Case("another tag", Synced, "W/\"v1\"", "NotModified: Share; cached, noted");
        yield return Case("touched", Synced with { Stored = Intact with { Stamp = Later } }, null, "NotModified: Share; cached, noted");
        yield return Case("known from the lock file", Synced with { IsNewsToTheCache = true }, null, "NotModified: Share; cached, noted");
        yield return Case("an age matters",
            Synced with { Image = Image with { MaxAge = new MaxAge(TimeSpan.FromHours(1), ByServer: false) } }, null,
            "NotModified: Share; cached, noted");

        var lines = Synced with { Stored = new StoredImage(FileState.LineEndsDiffer, Later, OtherDigest) };
        yield return Case("line ends", lines, null, "NotModified; noted");
        yield return Case("line ends, known from the lock file", lines with { IsNewsToTheCache = true }, null,
            "NotModified; cached, noted");

        static TestCaseData Case(string name, ImageState before, string? tag, string expected) =>
            new TestCaseData(before, tag, expected).SetName("write, 304: " + name);
    }

    [TestCaseSource(nameof(Confirmations))]
    public void Decides_of_a_confirmation(object before, string? tag, string expected)
    {
        var exchange = new Exchange(new SyncDecision.Keep(), Answer(new ResponseHead(304) { EntityTag = tag }));
        var ask = new SyncStep.Revalidate(Record.Validators, Record.EffectiveUrl);
        var decision = Decide((ImageState)before, ((ImageState)before).Stored, ask, exchange, Options);
        Assert.That(Show(decision), Is.EqualTo(expected));
    }

    private static IEnumerable<TestCaseData> Settled()
    {
        var pinned = Image with { Sha256 = OtherDigest };
        yield return Case("as locked", Synced with { Locked = Entry }, "Fresh");
        yield return Case("not in the lock file", Synced, "Fresh; noted");
        yield return Case("touched", Synced with { Locked = Entry, Stored = Intact with { Stamp = Later } }, "Fresh; cached");
        yield return Case("known from the lock file", Synced with { Locked = Entry, IsNewsToTheCache = true }, "Fresh; cached");
        yield return Case("another version than locked", Synced with { Locked = Entry with { Sha256 = OtherDigest } }, "Fresh; noted");
        yield return Case("locked for another URL", Synced with { Locked = Entry with { Url = "https://cdn.example/old.png" } },
            "Fresh; noted");
        yield return Case("recorded for another URL", Synced with { Found = Record with { Url = "https://cdn.example/old.png" } }, "Fresh");
        yield return Case("an edit that nobody may ask about", Edited, "Fresh");
        yield return Case("line ends", Synced with { Stored = new StoredImage(FileState.LineEndsDiffer, Later, OtherDigest) }, "Fresh");
        yield return Case("edited into the pinned bytes", Edited with { Image = pinned }, "Fresh; noted without validators");
        yield return Case("the pinned bytes, nothing recorded", Found with { Image = pinned }, "Fresh; noted without validators");

        static TestCaseData Case(string name, ImageState state, string expected) =>
            new TestCaseData(state, expected).SetName("write, no request: " + name);
    }

    [TestCaseSource(nameof(Settled))]
    public void Decides_where_no_request_is_needed(object state, string expected) =>
        Assert.That(Show(WriteDecider.WithoutRequest((ImageState)state)), Is.EqualTo(expected));

    private static Exchange Received(ReceivedBody body) =>
        new(new SyncDecision.Accept(), Answer(new ResponseHead(200) { EntityTag = "\"v2\"" })) { Body = body };

    private static WriteDecision Decide(ImageState before, StoredImage now, SyncStep.Ask ask, Exchange exchange, SyncOptions options) =>
        WriteDecider.Decide(before, now, ask, exchange, options, Now);

    private static string Show(WriteDecision decision)
    {
        string?[] records = [Show("cached", decision.Cached), Show("noted", decision.Noted)];
        var code = decision.Problem is { } problem ? $" IMGSYNC{(int)problem.Code}" : "";
        var effects = decision.Effects == Effects.None ? "" : $": {decision.Effects}";
        var edit = decision.ReplacesEdit ? "; tells of an edit" : "";
        var shown = string.Join(", ", records.OfType<string>());
        return decision.Status + code + effects + (shown.Length > 0 ? "; " + shown : "") + edit;
    }

    private static string? Show(string name, ValidatorRecord? record) => record is null ? null
        : name
            + (record.NotBefore is { } until ? $" until {until:yyyy-MM-dd HH:mm}" : "")
            + (record.Validators.IsEmpty ? " without validators" : "");
}
