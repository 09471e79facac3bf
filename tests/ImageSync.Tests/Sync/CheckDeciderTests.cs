using ImageSync.Http;
using ImageSync.Storage;
using ImageSync.Sync;
using static ImageSync.Tests.Sync.Given;

namespace ImageSync.Tests.Sync;

/// <summary>DECIDE, for a check: what is held, what was asked, what came → what a sync would do.</summary>
public class CheckDeciderTests
{
    private const string Date = "Sat, 21 Nov 2026 12:00:00 GMT";
    private const string Later = "Sun, 22 Nov 2026 12:00:00 GMT";

    private static readonly ImageState Held = new(Image, Record, Intact);
    private static readonly ImageState Absent = new(Image, null, StoredImage.Missing);
    private static readonly ImageState Edited = new(Image, Record, Altered);
    private static readonly ImageState Found = new(Image, null, Unrecorded);
    private static readonly ImageState Pinned = new(Image with { Sha256 = OtherDigest }, Record, Intact);

    private static readonly ResponseHead Ok = new(200) { ContentLength = Stamp.Length };
    private static readonly SyncStep.Ask Both = new SyncStep.Revalidate(Record.Validators, Record.EffectiveUrl);
    private static readonly SyncStep.Ask Weak = new SyncStep.Revalidate(new Validators("W/\"v1\"", null), Record.EffectiveUrl);
    private static readonly SyncStep.Ask DateOnly = new SyncStep.Revalidate(new Validators(null, Date), Record.EffectiveUrl);
    private static readonly SyncStep.Ask Elsewhere = new SyncStep.Revalidate(Record.Validators, "https://cdn.example/v2/logo.png");
    private static readonly SyncStep.Ask Fetch = new SyncStep.Fetch();

    private static IEnumerable<TestCaseData> Heads()
    {
        // The origin ignores conditions in a HEAD: its validators settle it.
        yield return Case("the recorded tag", Held, Both, Ok with { EntityTag = "\"v1\"" }, "NotModified", "NotModified");
        yield return Case("the recorded tag, another length",
            Held, Both, Ok with { EntityTag = "\"v1\"", ContentLength = 7 }, "NotModified", "NotModified");
        yield return Case("the recorded tag, another date",
            Held, Both, Ok with { EntityTag = "\"v1\"", LastModified = Later }, "NotModified", "NotModified");
        yield return Case("the recorded tag weakened", Held, Both, Ok with { EntityTag = "W/\"v1\"" }, "NotModified", "NotModified");
        yield return Case("the recorded tag weakened, another length",
            Held, Both, Ok with { EntityTag = "W/\"v1\"", ContentLength = 7 }, "Modified", "Modified");
        yield return Case("the recorded weak tag, no length",
            Held, Weak, new ResponseHead(200) { EntityTag = "W/\"v1\"" }, "NotModified", "NotModified");
        yield return Case("the recorded date and length, no tag",
            Held, Both, Ok with { LastModified = Date }, "NotModified", "NotModified");
        yield return Case("the recorded date and length",
            Held, DateOnly, Ok with { LastModified = "Saturday, 21-Nov-26 12:00:00 GMT" }, "NotModified", "NotModified");
        yield return Case("the recorded date, another length",
            Held, DateOnly, Ok with { LastModified = Date, ContentLength = 7 }, "Modified", "Modified");
        yield return Case("the recorded tag, too large",
            Held with { Image = Image with { MaxBytes = 5 } }, Both, Ok with { EntityTag = "\"v1\"" }, "NotModified", "NotModified");

        yield return Case("another tag", Held, Both, Ok with { EntityTag = "\"v2\"" }, "Modified", "Modified");
        yield return Case("another tag, the recorded date",
            Held, Both, Ok with { EntityTag = "\"v2\"", LastModified = Date }, "Modified", "Modified");
        yield return Case("another date", Held, DateOnly, Ok with { LastModified = Later }, "Modified", "Modified");
        yield return Case("an older date",
            Held, DateOnly, Ok with { LastModified = "Fri, 20 Nov 2026 12:00:00 GMT" }, "Modified", "Modified");
        yield return Case("another length, no validators", Held, Both, Ok with { ContentLength = 7 }, "Modified", "Modified");

        // A HEAD that says less than a GET might.
        yield return Case("nothing", Held, Both, new ResponseHead(200), "by GET", "Unknown");
        yield return Case("the recorded length alone", Held, Both, Ok, "by GET", "Unknown");
        yield return Case("the recorded date alone", Held, DateOnly, new ResponseHead(200) { LastModified = Date }, "by GET", "Unknown");
        yield return Case("a date that is none", Held, DateOnly, Ok with { LastModified = "today" }, "by GET", "Unknown");
        yield return Case("a length of 0", Held, Both, Ok with { ContentLength = 0 }, "by GET", "Modified");
        yield return Case("a length in a coding", Held, Both, Ok with { ContentLength = 7, ContentEncoding = "gzip" }, "by GET", "Unknown");

        // Validators of another URL prove nothing.
        yield return Case("the recorded tag at another URL",
            Held, Elsewhere, Ok with { EntityTag = "\"v1\"" }, "Unknown", "Unknown", conditional: false);
        yield return Case("the recorded tag at another URL, no length",
            Held, Elsewhere, new ResponseHead(200) { EntityTag = "\"v1\"" }, "by GET", "Unknown", conditional: false);
        yield return Case("another tag at another URL",
            Held, Elsewhere, Ok with { EntityTag = "\"v2\"" }, "Unknown", "Unknown", conditional: false);

        yield return Case("no validators recorded, the same length",
            Held, Fetch, Ok with { EntityTag = "\"v1\"" }, "Unknown", "Unknown", conditional: false);
        yield return Case("no validators recorded, another length",
            Held, Fetch, Ok with { ContentLength = 7 }, "Modified", "Modified", conditional: false);
        yield return Case("no record, the same length", Found, Fetch, Ok, "Unknown", "Unknown", conditional: false);
        yield return Case("no record, another length",
            Found, Fetch, Ok with { ContentLength = 7 }, "Modified", "Modified", conditional: false);
        yield return Case("no record, no length", Found, Fetch, new ResponseHead(200), "by GET", "Unknown", conditional: false);

        yield return Case("no local file", Absent, Fetch, Ok, "Missing", "Missing", conditional: false);
        yield return Case("no local file, nothing said", Absent, Fetch, new ResponseHead(200), "Missing", "Missing", conditional: false);
        yield return Case("no local file, too large",
            Absent with { Image = Image with { MaxBytes = 5 } }, Fetch, Ok, "Fail IMGSYNC3003", "Fail IMGSYNC3003", conditional: false);
        yield return Case("no local file, as large as may be",
            Absent with { Image = Image with { MaxBytes = Stamp.Length } }, Fetch, Ok, "Missing", "Missing", conditional: false);
        yield return Case("too large",
            Held with { Image = Image with { MaxBytes = 5 } }, Both, Ok with { EntityTag = "\"v2\"" }, "Fail IMGSYNC3003",
            "Fail IMGSYNC3003");
        yield return Case("edited", Edited, Fetch, Ok, "Modified", "Modified", conditional: false);
        yield return Case("edited, nothing said", Edited, Fetch, new ResponseHead(200), "Modified", "Modified", conditional: false);
        yield return Case("not the pinned bytes", Pinned, Fetch, Ok, "Modified", "Modified", conditional: false);

        // Repr-Digest settles it, whatever else is said.
        yield return Case("the held digest", Held, Both, Digest(Given.Digest) with { EntityTag = "\"v2\"" }, "NotModified", "NotModified");
        yield return Case("the held digest, no validators recorded",
            Held, Fetch, Digest(Given.Digest), "NotModified", "NotModified", conditional: false);
        yield return Case("another digest", Held, Fetch, Digest(OtherDigest), "Modified", "Modified", conditional: false);
        yield return Case("a digest, and none held to compare it with",
            Found, Fetch, Digest(Given.Digest), "Unknown", "Unknown", conditional: false);
        yield return Case("the held digest, in a coding",
            Held, Fetch, Digest(Given.Digest) with { ContentEncoding = "gzip" }, "by GET", "Unknown", conditional: false);
        yield return Case("not the pinned digest",
            Pinned, Fetch, Digest(Given.Digest), "Fail IMGSYNC3002", "Fail IMGSYNC3002", conditional: false);
        yield return Case("the pinned digest", Pinned, Fetch, Digest(OtherDigest), "Modified", "Modified", conditional: false);
        yield return Case("a Content-Digest, which is of no content",
            Held, Fetch, Ok with { ContentDigest = Digest(OtherDigest).ReprDigest }, "Unknown", "Unknown", conditional: false);

        static TestCaseData Case(
            string name, ImageState turn, SyncStep.Ask planned, ResponseHead head, string toHead, string toGet, bool conditional = true) =>
            new TestCaseData(turn, planned, head, conditional, toHead, toGet).SetName("200: " + name);
    }

    [TestCaseSource(nameof(Heads))]
    public void Decides_a_200(object turn, object planned, object head, bool conditional, string toHead, string toGet)
    {
        var (plan, answer) = ((SyncStep.Ask)planned, Answer((ResponseHead)head, conditional));
        Assert.That(
            Show(CheckDecider.Decide((ImageState)turn, plan, plan with { HeadOnly = true }, answer, 1, Now)), Is.EqualTo(toHead), "HEAD");
        Assert.That(Show(CheckDecider.Decide((ImageState)turn, plan, plan, answer, 1, Now)), Is.EqualTo(toGet), "GET");
    }

    [TestCase(304, "NotModified", "NotModified")]
    [TestCase(405, "by GET", "Fail IMGSYNC2003")]
    [TestCase(501, "by GET", "Fail IMGSYNC2002")]
    [TestCase(500, "by GET", "Fail IMGSYNC2002 transient")]
    [TestCase(403, "by GET", "Fail IMGSYNC2003")]
    [TestCase(404, "by GET", "Fail IMGSYNC2003")]
    [TestCase(410, "by GET", "Fail IMGSYNC2003")]
    [TestCase(204, "by GET", "Fail IMGSYNC2004")]
    [TestCase(206, "by GET", "Fail IMGSYNC2004")]
    [TestCase(400, "by GET", "by GET without condition")]
    [TestCase(412, "by GET", "by GET without condition")]
    [TestCase(408, "Fail IMGSYNC2002 transient", "Fail IMGSYNC2002 transient")]
    [TestCase(425, "Fail IMGSYNC2002 transient", "Fail IMGSYNC2002 transient")]
    [TestCase(429, "Fail IMGSYNC2002 transient", "Fail IMGSYNC2002 transient")]
    [TestCase(502, "Fail IMGSYNC2002 transient", "Fail IMGSYNC2002 transient")]
    [TestCase(503, "Fail IMGSYNC2002 transient", "Fail IMGSYNC2002 transient")]
    [TestCase(504, "Fail IMGSYNC2002 transient", "Fail IMGSYNC2002 transient")]
    public void Decides_a_status(int status, string toHead, string toGet) =>
        Decides_a_200(Held, Both, new ResponseHead(status), conditional: true, toHead, toGet);

    [Test]
    public void A_304_that_contradicts_the_record_is_asked_again_without_condition() =>
        Decides_a_200(
            Held,
            Both,
            new ResponseHead(304) { EntityTag = "\"v2\"" },
            conditional: true,
            "by GET without condition",
            "by GET without condition");

    [Test]
    public void Wrong_framing_of_a_HEAD_is_asked_again_by_GET() =>
        Decides_a_200(Held, Both, Ok with { WrongFraming = "Content-Length: 1, 2" }, conditional: true, "by GET", "Fail IMGSYNC2001");

    [Test]
    public void An_unknown_coding_of_a_HEAD_is_asked_again_by_GET() =>
        Decides_a_200(Held, Both, Ok with { ContentEncoding = "zstd" }, conditional: true, "by GET", "Fail IMGSYNC3001");

    [Test]
    public void What_fails_a_sync_fails_a_check()
    {
        var head = Both with { HeadOnly = true };
        var silent = new OriginAnswer(Image.Url) { Failure = new TransportFailure("cause", IsTransient: true) };
        var redirect = Answer(new ResponseHead(302)) with { Redirect = new RedirectStep(RedirectVerdict.HostNotAllowed, null, "host") };
        Assert.That(Show(CheckDecider.Decide(Held, Both, head, silent, 1, Now)), Is.EqualTo("Fail IMGSYNC2001 transient"));
        Assert.That(Show(CheckDecider.Decide(Held, Both, head, redirect, 1, Now)), Is.EqualTo("Fail IMGSYNC1006"));
    }

    private static IEnumerable<TestCaseData> Unasked()
    {
        var online = Options with { ByHand = true };
        var offline = online with { Offline = true };
        var pinned = Held with { Image = Image with { Sha256 = Given.Digest } };
        yield return Case("pinned bytes", pinned, online, "Fresh");
        yield return Case("pinned bytes, offline", pinned, offline, "Fresh");
        yield return Case("offline", Held, offline, "Unknown");
        yield return Case("not the pinned bytes, offline", Pinned, offline, "Fail IMGSYNC3002");
        yield return Case("found in place, offline", Found, offline, "Unknown");
        yield return Case("locked, offline", Held with { Locked = Entry }, offline with { Locked = true }, "Fresh");
        yield return Case("edited, offline", Edited, offline, "Unknown");
        yield return Case("no local file, offline", Absent, offline, "Unknown");
        yield return Case("offline, in a build", Held, offline with { ByHand = false }, "Fresh");
        yield return Case("no local file, offline, in a build", Absent, offline with { ByHand = false }, "Fail IMGSYNC2006");
        yield return Case("young, in a build",
            Held with { Image = Image with { MaxAge = MaxAge.Parse("01:00:00")!.Value } }, Options, "Fresh");
        yield return Case("edited, edits are kept", Edited, online with { OnLocalEdit = OnLocalEdit.Keep }, "Fail IMGSYNC4001");
        yield return Case("edited, edits are refused", Edited, online with { OnLocalEdit = OnLocalEdit.Fail }, "Fail IMGSYNC4001");
        yield return Case("to be left alone",
            Held with { Found = Record with { NotBefore = Now.AddMinutes(1) } }, online, "Fail IMGSYNC2002");

        static TestCaseData Case(string name, ImageState turn, SyncOptions options, string expected) =>
            new TestCaseData(turn, options, expected).SetName("not asked: " + name);
    }

    [TestCaseSource(nameof(Unasked))]
    public void Decides_without_asking(object turn, object options, string expected)
    {
        var (image, run) = ((ImageState)turn, (SyncOptions)options);
        var step = SyncPlanner.Plan(image.Image, image.Found, image.Stored, run, Now, image.Locked);
        Assert.That(step, Is.Not.InstanceOf<SyncStep.Ask>());
        Assert.That(Show(CheckDecider.Decide(image, step, run)), Is.EqualTo(expected));
    }

    private static ResponseHead Digest(string hex) =>
        Ok with { ReprDigest = $"sha-256=:{Convert.ToBase64String(Convert.FromHexString(hex))}:" };

    private static string Show(SyncDecision decision) => decision switch
    {
        SyncDecision.Tell tell => tell.Status.ToString(),
        SyncDecision.Fail failure => $"Fail IMGSYNC{(int)failure.Problem.Code}{(failure.IsTransient ? " transient" : "")}",
        SyncDecision.AskAgain { Step: SyncStep.Fetch { Again: true, HeadOnly: false } } => "by GET without condition",
        SyncDecision.AskAgain { Step.HeadOnly: false } => "by GET",
        _ => decision.ToString(),
    };
}
