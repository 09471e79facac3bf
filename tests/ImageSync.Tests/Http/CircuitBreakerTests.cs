using System.Globalization;
using ImageSync.Http;

namespace ImageSync.Tests.Http;

/// <summary>When an origin is asked, waited for, probed and given up.</summary>
public class CircuitBreakerTests
{
    private static readonly TargetUri Url = UrlOf("https://h/a.png");
    private static readonly TargetUri Other = UrlOf("https://h/b.png");
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TransportFailure Reset = new("reset", IsTransient: true);
    private static readonly TransportFailure Refused = new("refused", IsTransient: true) { IsRefusal = true };
    private static readonly TransportFailure Silence = TransportFailure.Silent(TimeSpan.FromSeconds(30));
    private static readonly TransportFailure Untrusted = new("untrusted", IsTransient: false);

    // Each step is "seconds: event", with what comes of it behind "=". Three failures in a row open the breaker; the first delay
    // is half a second; an origin is probed for ten seconds.
    [TestCase("a few failures are the images' own", false, "0: ask = Pass", "1: reset = own", "1: reset = own", "1: ask = Pass")]
    [TestCase("an answer in between begins the count anew", false,
        "1: reset = own", "1: reset = own", "2: ok", "3: reset = own", "3: reset = own", "3: ask = Pass")]
    [TestCase("many in a row open it", false,
        "1: reset = own", "1: reset = own", "1: reset = outage", "1: ask = Wait 1.5", "1.5: ask = Probe", "1.5: ask = Wait")]
    [TestCase("what is in flight when it opens is no further event", false,
        "1: reset = own", "1: reset = own", "1: reset = outage", "1: reset = outage", "1: reset = outage", "1: ask = Wait 1.5")]
    [TestCase("an origin that has just answered is probed at once", true,
        "1: reset = own", "1: reset = own", "1: reset = outage", "1: ask = Probe", "1: ask = Wait")]
    [TestCase("a good probe closes it", true,
        "1: reset = own", "1: reset = own", "1: reset = outage", "1: ask = Probe", "2: ok", "2: ask = Pass")]
    [TestCase("what began before it closed belongs to the old event", true,
        "1: reset = own", "1: reset = own", "1: reset = outage", "1: ask = Probe", "2: ok", "2: reset since 1 = outage",
        "2: reset since 1 = outage", "2: reset since 1 = outage", "2: ask = Pass")]
    [TestCase("any answer closes it", true, "1: reset = own", "1: reset = own", "1: reset = outage", "1.2: ok", "1.2: ask = Pass")]
    [TestCase("a bad probe has the next one later", true,
        "1: reset = own", "1: reset = own", "1: reset = outage", "1: ask = Probe", "1: bad probe = outage", "1: ask = Wait 1.5",
        "1.5: ask = Probe", "1.5: bad probe = outage", "1.5: ask = Wait 2.5")]
    [TestCase("one that has answered is given up after its patience", true,
        "1: reset = own", "1: reset = own", "1: reset = outage", "1: ask = Probe", "10.9: bad probe since 1 = outage", "11.4: ask = Probe",
        "11.4: bad probe = own", "11.4: ask = Refuse", "41.4: ask = Probe", "41.4: bad probe = own", "41.4: ask = Refuse")]
    [TestCase("one that has not answered is probed as long", false,
        "0: reset = own", "0: reset = own", "0: reset = outage", "0.5: ask = Probe", "0.5: bad probe = outage", "1.5: ask = Probe",
        "9.9: bad probe since 1.5 = outage", "10.9: ask = Probe", "10.9: bad probe = own", "10.9: ask = Refuse")]
    [TestCase("one that is given up is found again", false,
        "0: reset = own", "0: reset = own", "0: reset = outage", "0.5: ask = Probe", "9: bad probe since 0.5 = outage", "10: ask = Probe",
        "10: bad probe = own", "40: ask = Probe", "41: ok", "41: ask = Pass")]
    [TestCase("that nothing listens is no image's own failure", true,
        "1: refused = outage", "1: ask = Probe", "1: bad probe = outage", "1: ask = Wait 1.5", "1.5: ask = Probe", "2: ok",
        "2: ask = Pass")]
    [TestCase("nor is it before the first answer", false,
        "1: refused = outage", "1: ask = Wait 1.5", "1.5: ask = Probe", "2: ok", "2: ask = Pass")]
    [TestCase("a silent probe is no silence from the start", false,
        "1: refused = outage", "1.5: ask = Probe", "15: silent probe since 1.5 = outage", "16: ask = Probe", "17: ok", "17: ask = Pass")]
    [TestCase("one that is given up stays so at a bad probe", false,
        "0: silence = own", "0: silence = own", "0: silence = outage", "0.5: ask = Probe", "10: silent probe since 0.5 = own",
        "40: ask = Probe", "60: bad probe = own", "60: ask = Refuse")]
    [TestCase("silence from the start is probed once", false,
        "30: silence = own", "30: silence = own", "30: silence = outage", "30: ask = Wait 30.5", "30.5: ask = Probe",
        "40.5: silent probe since 30.5 = own", "40.5: ask = Refuse")]
    [TestCase("… and once for one that was not asked for, whom the others wait for", false,
        "30: silence = own", "30: silence = own", "30: silence = outage", "30.5: ask = Probe", "40.5: silent probe since 30.5 = own",
        "40.5: ask for one that was not asked for = Probe", "40.5: ask for one that was not asked for = Wait", "40.5: ask = Wait", "41: ok",
        "41: ask = Pass")]
    [TestCase("… also before its turn has come", false,
        "30: silence = own", "30: silence = own", "30: silence = outage", "30.5: ask = Probe", "40.5: silent probe since 30.5 = own",
        "40.5: ask while one waits that was not asked for = Wait")]
    [TestCase("… and no longer", false,
        "30: silence = own", "30: silence = own", "30: silence = outage", "30.5: ask = Probe", "40.5: silent probe since 30.5 = own",
        "40.5: ask for one that was not asked for = Probe", "50.5: silent probe since 40.5 = own",
        "50.5: ask while one waits that was not asked for = Refuse")]
    [TestCase("… which is silent, too", false,
        "30: silence = own", "30: silence = own", "30: silence = outage", "30.5: ask = Probe", "40.5: silent probe since 30.5 = own",
        "40.5: ask for one that was not asked for = Probe", "50.5: silent probe since 40.5 = own",
        "50.5: ask for one that was not asked for = Refuse")]
    [TestCase("one that was silent from the start and is back is found", false,
        "30: silence = own", "30: silence = own", "30: silence = outage", "30.5: ask = Probe", "31: ok", "31: ask = Pass")]
    [TestCase("silence of one that has answered is probed twice, lest a lost connection count as the origin", true,
        "30: silence = own", "30: silence = own", "30: silence = outage", "30: ask = Probe", "60: silent probe since 30 = outage",
        "60.5: ask = Probe", "90: silent probe since 60.5 = own", "90: ask = Refuse")]
    [TestCase("what repeating cannot mend is not waited for", true,
        "1: untrusted = own", "1: untrusted = own", "1: untrusted = own", "1: ask = Refuse")]
    [TestCase("only who has waited longest probes", true,
        "1: reset = own", "1: reset = own", "1: reset = outage", "1: ask later = Wait", "1: ask = Probe", "1: ask later = Wait")]
    [TestCase("an image that has not probed is owed its attempts, where the others' failures may be their own", true,
        "1: reset = own", "1: reset = own", "1: reset = outage", "1: ask = Probe", "12: bad probe since 1 = outage", "13: ask = Probe",
        "13: bad probe = own", "13: ask = Refuse", "13: ask for another = Probe", "13: bad probe = own", "13: ask for another = Probe",
        "13: bad probe = own", "13: ask for another = Refuse")]
    [TestCase("one attempt, where the origin has answered nobody", false,
        "1: reset = own", "1: reset = own", "1: reset = outage", "1.5: ask = Probe", "12: bad probe since 1.5 = outage", "13: ask = Probe",
        "13: bad probe = own", "13: ask = Refuse", "13: ask for another = Probe", "13: bad probe = own", "13: ask for another = Refuse")]
    [TestCase("but not where nothing listens", true,
        "1: refused = outage", "1: ask = Probe", "12: bad refused probe since 1 = outage", "13: ask = Probe", "13: bad refused probe = own",
        "13: ask for another = Refuse")]
    [TestCase("nor where all is silent", true,
        "1: silence = own", "1: silence = own", "1: silence = outage", "1: ask = Probe", "12: silent probe since 1 = outage",
        "13: ask = Probe", "16: silent probe since 13 = own", "16: ask for another = Refuse")]
    [TestCase("where it was given up, and then another image came well, lost connections are their images' own", true,
        "1: reset = own", "1: reset = own", "1: reset = outage", "1: ask = Probe", "12: bad probe since 1 = outage", "13: ask = Probe",
        "13: bad probe = own", "13: ask for another = Probe", "13: ok", "14: reset = own", "14: reset = own", "14: reset = outage",
        "14: ask = Probe", "14: bad probe = own", "14: ask = Probe", "14: bad probe = own", "14: ask = Refuse",
        "14: ask for another = Probe", "15: ok", "15: ask = Pass")]
    [TestCase("… but that nothing listens is not", true,
        "1: reset = own", "1: reset = own", "1: reset = outage", "1: ask = Probe", "12: bad probe since 1 = outage", "13: ask = Probe",
        "13: bad probe = own", "13: ask for another = Probe", "13: ok", "14: refused = outage", "14: ask = Probe",
        "14: bad refused probe = outage", "14: ask = Wait 14.5")]
    [TestCase("… nor is silence", true,
        "1: reset = own", "1: reset = own", "1: reset = outage", "1: ask = Probe", "12: bad probe since 1 = outage", "13: ask = Probe",
        "13: bad probe = own", "13: ask for another = Probe", "13: ok", "14: silence = own", "14: silence = own", "14: silence = outage",
        "14: ask = Probe", "20: silent probe since 14 = outage", "20: ask = Wait 20.5")]
    [TestCase("a probe that tells nothing makes room for another", true,
        "1: reset = own", "1: reset = own", "1: reset = outage", "1: ask = Probe", "1: abandoned", "1: ask = Probe")]
    public void Verdicts(string name, bool hasAnswered, params string[] steps)
    {
        var breaker = new CircuitBreaker("https://h", 3, Delay, retries: 1, Patience, hasAnswered);
        foreach (var step in steps)
        {
            var (time, rest) = step.Split(": ") is [var at, var what] ? (Seconds(at), what.Split(" = ")) : throw new FormatException(step);
            Assert.That(Act(breaker, rest[0], time), Is.EqualTo(rest.ElementAtOrDefault(1) ?? ""), $"{name}: {step}");
        }
    }

    // Connections may be silent one after the other, each for as long as the patience lasts, while the origin is well.
    [TestCase(0, 2)]
    [TestCase(2, 2)]
    [TestCase(3, 3)]
    [TestCase(5, 5)]
    public void Silence_takes_as_many_attempts_as_an_image_has(int retries, int probes)
    {
        var breaker = new CircuitBreaker("https://h", 1, Delay, retries, Patience, hasAnswered: true);
        var (now, outages) = (0, new List<string> { Act(breaker, "reset", TimeSpan.Zero) });
        for (; outages[^1] == "outage"; now += 12)
        {
            Assert.That(Act(breaker, "ask", TimeSpan.FromSeconds(now)), Is.EqualTo("Probe"));
            outages.Add(Act(breaker, $"silent probe since {now}", TimeSpan.FromSeconds(now + 11)));
        }

        Assert.That(outages, Has.Count.EqualTo(1 + probes));
    }

    // Who wants no retries is told at once, and is spared what would come of them.
    [Test]
    public void Without_retries_an_origin_that_has_not_answered_is_not_probed()
    {
        var breaker = new CircuitBreaker("https://h", 2, Delay, retries: 0, Patience, hasAnswered: false);
        Assert.That(Act(breaker, "refused", TimeSpan.Zero), Is.EqualTo("own"));
        Assert.That(Act(breaker, "ask", TimeSpan.Zero), Is.EqualTo("Pass"));
        Assert.That(Act(breaker, "refused", TimeSpan.Zero), Is.EqualTo("own"));
        Assert.That(Act(breaker, "ask", TimeSpan.FromSeconds(1)), Is.EqualTo("Refuse"));
    }

    [Test]
    public void A_refusal_tells_what_came_last()
    {
        var breaker = new CircuitBreaker("https://h", 1, TimeSpan.Zero, retries: 0, probeTime: TimeSpan.Zero, hasAnswered: false);
        breaker.Failed(Reset, TimeSpan.Zero, isProbe: false, TimeSpan.Zero);
        Assert.That(breaker.Ask(Url, TimeSpan.Zero), Is.EqualTo(new CircuitVerdict.Refuse(
            new TransportFailure("https://h was not asked again after several failures in a row; the last: reset", IsTransient: false)
            {
                RootCause = "reset",
            })));
    }

    [Test]
    public void Who_has_probed_is_told_the_cause_itself()
    {
        var breaker = new CircuitBreaker("https://h", 1, TimeSpan.Zero, retries: 1, probeTime: TimeSpan.Zero, hasAnswered: true);
        breaker.Failed(Refused, TimeSpan.Zero, isProbe: false, TimeSpan.Zero);
        Assert.That(breaker.Ask(Url, TimeSpan.Zero), Is.InstanceOf<CircuitVerdict.Probe>());
        breaker.Failed(Refused, TimeSpan.Zero, isProbe: true, TimeSpan.Zero);
        Assert.That(breaker.Ask(Url, TimeSpan.Zero), Is.EqualTo(new CircuitVerdict.Refuse(Refused with { IsTransient = false })));
        Assert.That(
            ((CircuitVerdict.Refuse)breaker.Ask(Other, TimeSpan.Zero)).Failure.Cause, Does.StartWith("https://h was not asked again"));
    }

    private static string Act(CircuitBreaker breaker, string step, TimeSpan now)
    {
        switch (step)
        {
            case "ok":
                breaker.Succeeded(now);
                return "";
            case "abandoned":
                breaker.Abandoned();
                return "";
            case "ask" or "ask later" or "ask for another" or "ask for one that was not asked for"
                or "ask while one waits that was not asked for":
                return breaker.Ask(
                    step.EndsWith("another", StringComparison.Ordinal) ? Other : Url,
                    now,
                    isNext: step is not ("ask later" or "ask while one waits that was not asked for"),
                    hasFailed: step != "ask for one that was not asked for",
                    isFreshNext: step == "ask while one waits that was not asked for") switch
                {
                    CircuitVerdict.Wait { Until: { } until } => FormattableString.Invariant($"Wait {until.TotalSeconds}"),
                    var verdict => verdict.GetType().Name,
                };
            default:
                var began = step.Contains("since", StringComparison.Ordinal) ? Seconds(step.Split(' ')[^1]) : now;
                var failure = step.Split(" since ")[0] switch
                {
                    "silence" or "silent probe" => Silence,
                    "untrusted" => Untrusted,
                    "refused" or "bad refused probe" => Refused,
                    _ => Reset,
                };
                return breaker.Failed(failure, began, step.Contains(" probe", StringComparison.Ordinal), now) ? "outage" : "own";
        }
    }

    private static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture));

    private static TargetUri UrlOf(string text) =>
        TargetUri.TryParse(text, out var url, out var problem) ? url : throw new ArgumentException(problem, nameof(text));
}
