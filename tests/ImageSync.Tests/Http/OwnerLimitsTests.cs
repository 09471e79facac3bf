using ImageSync.Http;
using ImageSync.Tests.Sync;

namespace ImageSync.Tests.Http;

/// <summary>What whoever runs the build allows, read from the environment.</summary>
public class OwnerLimitsTests
{
    [TestCase(null, "any.example", true, TestName = "no limit")]
    [TestCase("cdn.example; *.example.org", "cdn.example", true)]
    [TestCase("cdn.example; *.example.org", "img.example.org", true)]
    [TestCase("cdn.example; *.example.org", "evil.example", false)]
    public void Hosts(string? hosts, string host, bool expected)
    {
        Assert.That(Read(hosts, null, out var faults).Hosts.Allow(host), Is.EqualTo(expected));
        Assert.That(faults, Is.Empty);
    }

    // One that cannot be read must not be one that says nothing.
    [TestCase("")]
    [TestCase(" ")]
    [TestCase(";")]
    [TestCase("https://cdn.example")]
    [TestCase("cdn.example,evil.example")]
    public void Hosts_that_are_none_are_a_fault(string hosts)
    {
        Read(hosts, null, out var faults);
        Assert.That(faults, Is.EqualTo(new[] { "IMAGESYNC_ALLOWED_HOSTS" }));
    }

    [TestCase(null, "TOKEN", "any.example", true, TestName = "no limit of variables")]
    [TestCase("", "TOKEN", "any.example", false, TestName = "no variable")]
    [TestCase(";", "TOKEN", "any.example", false, TestName = "no variable, where none can be empty")]
    [TestCase("TOKEN", "TOKEN", "any.example", true)]
    [TestCase("TOKEN", "OTHER", "any.example", false)]
    [TestCase("TOKEN", "token", "any.example", false)]
    [TestCase("TOKEN", "TOKEN2", "any.example", false)]
    [TestCase("TOKEN@cdn.example", "TOKEN", "cdn.example", true)]
    [TestCase("TOKEN@CDN.example", "TOKEN", "cdn.example", true)]
    [TestCase("TOKEN@cdn.example", "TOKEN", "x.cdn.example", false)]
    [TestCase("TOKEN@cdn.example", "TOKEN", "evil.example", false)]
    [TestCase("TOKEN@*.cdn.example", "TOKEN", "x.cdn.example", true)]
    [TestCase("TOKEN@*.cdn.example", "TOKEN", "evilcdn.example", false)]
    [TestCase("TOKEN@a.example; TOKEN@b.example", "TOKEN", "a.example", true)]
    [TestCase("TOKEN@a.example; TOKEN@b.example", "TOKEN", "b.example", true)]
    [TestCase("TOKEN@a.example; OTHER@b.example", "TOKEN", "b.example", false)]
    [TestCase("TOKEN@a.example; TOKEN", "TOKEN", "b.example", true)]
    [TestCase("TOKEN@[::1]", "TOKEN", "[::1]", true)]
    public void Variables(string? variables, string variable, string host, bool expected)
    {
        Assert.That(Read(null, variables, out var faults).Variables.Allow(variable, host), Is.EqualTo(expected));
        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void Names_are_compared_as_the_system_does() =>
        Assert.That(AllowedVariables.Parse("Token@cdn.example", StringComparer.OrdinalIgnoreCase)!.Allow("TOKEN", "cdn.example"));

    [TestCase("TOKEN@")]
    [TestCase("@cdn.example")]
    [TestCase("TOKEN@*")]
    [TestCase("TOKEN@https://cdn.example")]
    [TestCase("TOKEN@a.example@b.example")]
    [TestCase("TOKEN=s3cret")]
    [TestCase("TOKEN,OTHER")]
    [TestCase("1TOKEN")]
    [TestCase("${TOKEN}")]
    [TestCase("*")]
    public void Variables_that_are_none_are_a_fault(string variables)
    {
        Read(null, variables, out var faults);
        Assert.That(faults, Is.EqualTo(new[] { "IMAGESYNC_ALLOWED_VARIABLES" }));
    }

    // The project's list, the owner's, the mirrors.
    [TestCase("", null, "", null)]
    [TestCase("cdn.example", "cdn.example", "", null)]
    [TestCase("cdn.example", "evil.example", "", "cdn.example: IMAGESYNC_ALLOWED_HOSTS")]
    [TestCase("evil.example", "cdn.example", "", "cdn.example: ImageSyncAllowedHosts")]
    [TestCase("", "cdn.example", "https://cdn.example=https://evil.example", "evil.example in place of cdn.example: IMAGESYNC_ALLOWED_HOSTS")]
    [TestCase("", "evil.example", "https://cdn.example=https://evil.example/cdn", "cdn.example: IMAGESYNC_ALLOWED_HOSTS")]
    [TestCase("", "cdn.example;evil.example", "https://cdn.example=https://evil.example/cdn", null)]
    [TestCase("cdn.example", null, "https://cdn.example=https://evil.example/cdn", null, TestName = "the project's own mirror")]
    public void Refusal(string project, string? owner, string mirrors, string? expected)
    {
        var refusal = Egress(project, owner, null, mirrors).RefusalOf(Given.Url("https://cdn.example/a.png"));
        var place = refusal?.InPlaceOf is { } origin ? $" in place of {origin}" : "";
        Assert.That(refusal is null ? null : $"{refusal.Host}{place}: {refusal.List}", Is.EqualTo(expected));
    }

    [TestCase("TOKEN@cdn.example;OTHER", "", "")]
    [TestCase("TOKEN@cdn.example", "", "OTHER")]
    [TestCase("", "", "TOKEN OTHER")]
    [TestCase("TOKEN@cdn.example;OTHER", "https://cdn.example=https://mirror.example", "TOKEN")]
    [TestCase("TOKEN@mirror.example;OTHER", "https://cdn.example=https://mirror.example", "")]
    public void A_variable_goes_to_whom_is_really_asked(string variables, string mirrors, string withheld)
    {
        var (egress, headers) = (Egress("", null, variables, mirrors), RequestHeaders.Parse("A: ${TOKEN}|B: ${OTHER}", out _)!);
        Assert.That(string.Join(' ', egress.Withheld(headers, Given.Url("https://cdn.example/a.png"))), Is.EqualTo(withheld));
        Assert.That(egress.MaySend(headers, Given.Url("https://cdn.example/a.png")), Is.EqualTo(withheld.Length == 0));
    }

    [TestCase("", null, true)]
    [TestCase("cdn.example", null, false)]
    [TestCase("", "cdn.example", false)]
    public void Certificates_are_fetched_where_no_host_is_named(string project, string? owner, bool expected) =>
        Assert.That(Egress(project, owner, null, "").FetchesCertificates, Is.EqualTo(expected));

    private static EgressPolicy Egress(string project, string? owner, string? variables, string mirrors) =>
        new(AllowedHosts.Parse(project)!) { Mirrors = Mirrors.Parse(mirrors)!, Limits = Read(owner, variables, out _) };

    private static OwnerLimits Read(string? hosts, string? variables, out IEnumerable<string> faulty)
    {
        Func<string, string?> environment = name => name == OwnerLimits.HostsVariable ? hosts : variables;
        var limits = OwnerLimits.Read(environment, StringComparer.Ordinal, out var faults);
        faulty = faults.Select(fault => fault.Variable);
        return limits;
    }
}
