using System.Globalization;
using ImageSync.Http;

namespace ImageSync.Tests.Http;

/// <summary>When an origin is asked, waited for, probed and given up.</summary>
public class CircuitBreakerTests
{
    private static readonly TransportFailure Reset = new("reset", IsTransient: true);
    private static readonly TransportFailure Silence = TransportFailure.Silent(TimeSpan.FromSeconds(30));
    private static readonly TransportFailure Untrusted = new("untrusted", IsTransient: false);

    // Each step is "seconds: event", with what comes of it behind "=". Three failures in a row open the breaker; the first delay
    // is half a second; an origin that has not answered is probed twice, one that has for ten seconds.
    [TestCase("a few failures are the images' own", false, "0: ask = Pass", "1: reset = own", "1: reset = own", "1: ask = Pass")]
    [TestCase("an answer in between begins the count anew", false, "1: reset = own", "1: reset = own", "2: ok", "3: reset = own", "3: reset = own", "3: ask = Pass")]
    [TestCase("many in a row open it", false, "1: reset = own", "1: reset = own", "1: reset = outage", "1: ask = Wait 1.5", "1.5: ask = Probe", "1.5: ask = Wait")]
    [TestCase("what is in flight when it opens is no further event", false, "1: reset = own", "1: reset = own", "1: reset = outage", "1: reset = outage", "1: reset = outage", "1: ask = Wait 1.5")]
    [TestCase("an origin that has just answered is probed at once", true, "1: reset = own", "1: reset = own", "1: reset = outage", "1: ask = Probe", "1: ask = Wait")]
    [TestCase("a good probe closes it", true, "1: reset = own", "1: reset = own", "1: reset = outage", "1: ask = Probe", "2: ok", "2: ask = Pass")]
    [TestCase("what began before it closed belongs to the old event", true, "1: reset = own", "1: reset = own", "1: reset = outage", "1: ask = Probe", "2: ok", "2: reset since 1 = outage", "2: reset since 1 = outage", "2: reset since 1 = outage", "2: ask = Pass")]
    [TestCase("any answer closes it", true, "1: reset = own", "1: reset = own", "1: reset = outage", "1.2: ok", "1.2: ask = Pass")]
    [TestCase("a bad probe has the next one later", true, "1: reset = own", "1: reset = own", "1: reset = outage", "1: ask = Probe", "1: bad probe = outage", "1: ask = Wait 1.5", "1.5: ask = Probe", "1.5: bad probe = outage", "1.5: ask = Wait 2.5")]
    [TestCase("one that has answered is given up after its patience", true, "1: reset = own", "1: reset = own", "1: reset = outage", "1: ask = Probe", "11: bad probe = own", "11: ask = Refuse", "41: ask = Probe", "41: ask = Refuse")]
    [TestCase("one that has not is given up after as many probes as there are retries", false, "0: reset = own", "0: reset = own", "0: reset = outage", "0.5: ask = Probe", "0.5: bad probe = outage", "1.5: ask = Probe", "1.5: bad probe = own", "1.5: ask = Refuse")]
    [TestCase("one that is given up is found again", false, "0: reset = own", "0: reset = own", "0: reset = outage", "0.5: ask = Probe", "0.5: bad probe = outage", "1.5: ask = Probe", "1.5: bad probe = own", "31.5: ask = Probe", "32: ok", "32: ask = Pass")]
    [TestCase("one that is given up stays so at a bad probe", false, "0: silence = own", "0: silence = own", "0: silence = own", "30: ask = Probe", "60: bad probe = own", "60: ask = Refuse")]
    [TestCase("silence from the start is not waited for twice", false, "30: silence = own", "30: silence = own", "30: silence = own", "30: ask = Refuse")]
    [TestCase("silence of one that has answered is probed once", true, "30: silence = own", "30: silence = own", "30: silence = outage", "30: ask = Probe", "60: bad probe = own", "60: ask = Refuse")]
    [TestCase("what repeating cannot mend is not waited for", true, "1: untrusted = own", "1: untrusted = own", "1: untrusted = own", "1: ask = Refuse")]
    [TestCase("a probe that tells nothing makes room for another", true, "1: reset = own", "1: reset = own", "1: reset = outage", "1: ask = Probe", "1: abandoned", "1: ask = Probe")]
    public void Verdicts(string name, bool hasAnswered, params string[] steps)
    {
        var breaker = new CircuitBreaker(3, TimeSpan.FromSeconds(0.5), retries: 2, patience: TimeSpan.FromSeconds(10), hasAnswered);
        foreach (var step in steps)
        {
            var (time, rest) = step.Split(": ") is [var at, var what] ? (Seconds(at), what.Split(" = ")) : throw new FormatException(step);
            Assert.That(Act(breaker, rest[0], time), Is.EqualTo(rest.ElementAtOrDefault(1) ?? ""), $"{name}: {step}");
        }
    }

    [Test]
    public void A_refusal_tells_what_came_last()
    {
        var breaker = new CircuitBreaker(1, TimeSpan.Zero, retries: 0, patience: TimeSpan.Zero, hasAnswered: false);
        breaker.Failed(Reset, TimeSpan.Zero, isProbe: false, TimeSpan.Zero);
        Assert.That(breaker.Ask("https://h", TimeSpan.Zero), Is.EqualTo(new CircuitVerdict.Refuse(new TransportFailure("https://h was not asked again after several failures in a row; the last: reset", IsTransient: false) { RootCause = "reset" })));
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
            case "ask":
                return breaker.Ask("https://h", now) switch
                {
                    CircuitVerdict.Wait { Until: { } until } => FormattableString.Invariant($"Wait {until.TotalSeconds}"),
                    var verdict => verdict.GetType().Name,
                };
            default:
                var began = step.Contains("since", StringComparison.Ordinal) ? Seconds(step.Split(' ')[^1]) : now;
                var failure = step.Split(' ')[0] switch { "silence" => Silence, "untrusted" => Untrusted, _ => Reset };
                return breaker.Failed(failure, began, step == "bad probe", now) ? "outage" : "own";
        }
    }

    private static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture));
}
