using ImageSync.Http;
using ImageSync.Sync;
using static ImageSync.Tests.Sync.Given;

namespace ImageSync.Tests.Sync;

/// <summary>DECIDE: step and answer → decision.</summary>
public class SyncDeciderTests
{
    private static readonly SyncStep.Ask Revalidate = new SyncStep.Revalidate(Record.Validators, Record.EffectiveUrl);
    private static readonly SyncStep.Ask RevalidateSeveral = new SyncStep.Revalidate(Record.Validators.Beside(["\"v1\"", "\"v2\""]), Record.EffectiveUrl);
    private static readonly SyncStep.Ask RevalidateWeak = new SyncStep.Revalidate(new Validators("W/\"v1\"", null), Record.EffectiveUrl);
    private static readonly SyncStep.Ask RevalidateDate = new SyncStep.Revalidate(new Validators(null, Record.Validators.LastModified), Record.EffectiveUrl);
    private static readonly SyncStep.Ask RevalidateAgain = new SyncStep.Revalidate(Record.Validators, Record.EffectiveUrl) { Again = true };
    private static readonly SyncStep.Ask Fetch = new SyncStep.Fetch();
    private static readonly SyncStep.Ask FetchAgain = new SyncStep.Fetch { Again = true };

    private static IEnumerable<TestCaseData> NotModified()
    {
        yield return Case("304 with one of several tags", RevalidateSeveral, "\"v2\"", true, "Keep");
        yield return Case("304 with one of several tags, weakened", RevalidateSeveral, "W/\"v2\"", true, "Keep");
        yield return Case("304 with none of several tags", RevalidateSeveral, "\"v3\"", true, "AskAgain");
        yield return Case("304 without validators", Revalidate, null, true, "Keep");
        yield return Case("304 with the recorded tag", Revalidate, "\"v1\"", true, "Keep");
        yield return Case("304 with the recorded tag, strength differs", RevalidateWeak, "\"v1\"", true, "Keep");
        yield return Case("304 with the recorded tag, weakened", Revalidate, "W/\"v1\"", true, "Keep");
        yield return Case("304 with a different weak tag", Revalidate, "W/\"v2\"", true, "AskAgain");
        yield return Case("304 with a tag, where only a date was recorded", RevalidateDate, "\"v9\"", true, "Keep");
        yield return Case("304 with a different strong tag", Revalidate, "\"v2\"", true, "AskAgain");
        yield return Case("304 with a different tag, again", RevalidateAgain, "\"v2\"", true, "Fail IMGSYNC2004");
        yield return Case("304 from a URL that the validators do not belong to", Revalidate, null, false, "AskAgain no-cache");
        yield return Case("304 to an unconditional request", Fetch, null, false, "AskAgain no-cache");
        yield return Case("304 to an unconditional request, again", FetchAgain, null, false, "Fail IMGSYNC2004");

        static TestCaseData Case(string name, SyncStep.Ask step, string? tag, bool conditional, string expected) =>
            new TestCaseData(step, tag, conditional, expected).SetName(name);
    }

    [TestCaseSource(nameof(NotModified))]
    public void Decides_a_304(object step, string? tag, bool conditional, string expected) =>
        Assert.That(
            Show(Decide((SyncStep.Ask)step, Answer(new ResponseHead(304) { EntityTag = tag }, conditional))),
            Is.EqualTo(expected));

    [TestCase("Sat, 21 Nov 2026 12:00:00 GMT", "Keep")]
    [TestCase("Saturday, 21-Nov-26 12:00:00 GMT", "Keep")]
    [TestCase("Sat, 21 Nov 2026 12:00:01 GMT", "AskAgain")]
    [TestCase(null, "Keep")]
    public void Decides_a_304_by_its_date_where_there_is_no_tag(string? date, string expected) =>
        Assert.That(
            Show(Decide(RevalidateDate, Answer(new ResponseHead(304) { LastModified = date }))), Is.EqualTo(expected));

    [Test]
    public void A_304_with_a_date_contradicts_no_tag() =>
        Assert.That(Show(Decide(RevalidateWeak, Answer(new ResponseHead(304) { LastModified = Record.Validators.LastModified }))), Is.EqualTo("Keep"));

    [TestCase(200, true, "Accept")]
    [TestCase(200, false, "Accept")]
    [TestCase(400, true, "AskAgain")]
    [TestCase(412, true, "AskAgain")]
    [TestCase(413, true, "AskAgain")]
    [TestCase(431, true, "AskAgain")]
    [TestCase(400, false, "Fail IMGSYNC2003")]
    [TestCase(412, false, "Fail IMGSYNC2003")]
    [TestCase(413, false, "Fail IMGSYNC2003")]
    [TestCase(431, false, "Fail IMGSYNC2003")]
    [TestCase(201, true, "Fail IMGSYNC2004")]
    [TestCase(203, true, "Fail IMGSYNC2004")]
    [TestCase(204, true, "Fail IMGSYNC2004")]
    [TestCase(205, true, "Fail IMGSYNC2004")]
    [TestCase(206, true, "Fail IMGSYNC2004")]
    [TestCase(226, true, "Fail IMGSYNC2004")]
    [TestCase(300, true, "Fail IMGSYNC2004")]
    [TestCase(305, true, "Fail IMGSYNC2004")]
    [TestCase(399, true, "Fail IMGSYNC2004")]
    [TestCase(499, true, "Fail IMGSYNC2003")]
    [TestCase(599, true, "Fail IMGSYNC2002 transient")]
    [TestCase(600, true, "Fail IMGSYNC2004")]
    [TestCase(401, true, "Fail IMGSYNC2003")]
    [TestCase(403, true, "Fail IMGSYNC2003")]
    [TestCase(404, true, "Fail IMGSYNC2003")]
    [TestCase(407, true, "Fail IMGSYNC2003")]
    [TestCase(410, true, "Fail IMGSYNC2003 ends validators")]
    [TestCase(416, true, "Fail IMGSYNC2003")]
    [TestCase(451, true, "Fail IMGSYNC2003")]
    [TestCase(408, true, "Fail IMGSYNC2002 transient")]
    [TestCase(425, true, "Fail IMGSYNC2002 transient")]
    [TestCase(429, true, "Fail IMGSYNC2002 transient")]
    [TestCase(500, true, "Fail IMGSYNC2002 transient")]
    [TestCase(502, true, "Fail IMGSYNC2002 transient")]
    [TestCase(503, true, "Fail IMGSYNC2002 transient")]
    [TestCase(504, true, "Fail IMGSYNC2002 transient")]
    [TestCase(501, true, "Fail IMGSYNC2002")]
    [TestCase(505, true, "Fail IMGSYNC2002")]
    public void Decides_a_status(int status, bool conditional, string expected) =>
        Assert.That(
            Show(Decide(conditional ? Revalidate : Fetch, Answer(new ResponseHead(status), conditional))),
            Is.EqualTo(expected));

    [TestCase(412, false, "Fail IMGSYNC2003")]
    [TestCase(412, true, "Fail IMGSYNC2003")]
    [TestCase(200, false, "Accept")]
    public void Asks_again_only_once(int status, bool conditional, string expected) =>
        Assert.That(
            Show(Decide(conditional ? RevalidateAgain : FetchAgain, Answer(new ResponseHead(status), conditional))),
            Is.EqualTo(expected));

    [TestCase(null, "Accept")]
    [TestCase("identity", "Accept")]
    [TestCase("gzip", "Accept")]
    [TestCase("X-GZIP", "Accept")]
    [TestCase("br, gzip", "Accept")]
    [TestCase("zstd", "Fail IMGSYNC3001")]
    [TestCase("gzip, gzip, gzip", "Fail IMGSYNC3001")]
    public void Decides_a_content_coding(string? coding, string expected) =>
        Assert.That(
            Show(Decide(Fetch, Answer(new ResponseHead(200) { ContentEncoding = coding }, conditional: false))),
            Is.EqualTo(expected));

    [TestCase(200, "Fail IMGSYNC2001")]
    [TestCase(304, "Keep")]
    [TestCase(404, "Fail IMGSYNC2003")]
    public void Decides_a_wrong_framing(int status, string expected) =>
        Assert.That(
            Show(Decide(Revalidate, Answer(new ResponseHead(status) { WrongFraming = "Content-Length: 5, 6" }))),
            Is.EqualTo(expected));

    [TestCase(true, "Fail IMGSYNC2001 transient")]
    [TestCase(false, "Fail IMGSYNC2001")]
    public void Decides_a_transport_failure(bool transient, string expected) =>
        Assert.That(Show(Decide(Revalidate, new OriginAnswer(Image.Url) { Failure = new TransportFailure("cause", transient) })), Is.EqualTo(expected));

    [Test]
    public void No_answer_at_all_is_none_that_can_be_used() =>
        Assert.That(Show(Decide(Fetch, new OriginAnswer(Image.Url))), Is.EqualTo("Fail IMGSYNC2004"));

    [TestCase("Unusable", "Fail IMGSYNC2004")]
    [TestCase("Refuse", "Fail IMGSYNC2005")]
    [TestCase("HostNotAllowed", "Fail IMGSYNC1006")]
    public void Decides_a_redirect_that_is_not_followed(string verdict, string expected) =>
        Assert.That(Show(Decide(Fetch, Answer(new ResponseHead(302)) with { Redirect = new RedirectStep(Enum.Parse<RedirectVerdict>(verdict), null, "reason") })), Is.EqualTo(expected));

    [TestCase("7", null, 7)]
    [TestCase("Sun, 22 Nov 2026 12:00:07 GMT", null, 7)]
    [TestCase("Sun, 22 Nov 2026 12:00:07 GMT", "Sun, 22 Nov 2026 11:59:00 GMT", 67)]
    public void Tells_how_long_the_origin_wants_to_be_left_alone(string retryAfter, string? date, int seconds)
    {
        var decision = Decide(Fetch, Answer(new ResponseHead(503) { RetryAfter = retryAfter, Date = date }));
        Assert.That(((SyncDecision.Fail)decision).RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
    }

    private static SyncDecision Decide(SyncStep.Ask step, OriginAnswer answer) =>
        SyncDecider.Decide(step, answer, 1, Now, Wording.Project);

    private static string Show(SyncDecision decision) => decision switch
    {
        SyncDecision.Fail failure => $"Fail IMGSYNC{(int)failure.Problem.Code}{(failure.IsTransient ? " transient" : "")}{(failure.EndsValidators ? " ends validators" : "")}",
        SyncDecision.AskAgain again => "AskAgain" + (again.Step.NoCache ? " no-cache" : "") + (again.Step is SyncStep.Fetch { Again: true } ? "" : " wrongly"),
        _ => decision.GetType().Name,
    };
}
