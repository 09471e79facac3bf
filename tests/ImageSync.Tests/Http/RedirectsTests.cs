using ImageSync.Http;
using ImageSync.Tests.Sync;

namespace ImageSync.Tests.Http;

public class RedirectsTests
{
    [TestCase(301, true)]
    [TestCase(302, true)]
    [TestCase(303, true)]
    [TestCase(307, true)]
    [TestCase(308, true)]
    [TestCase(200, false)]
    [TestCase(201, false)]
    [TestCase(300, false)]
    [TestCase(304, false)]
    [TestCase(305, false)]
    [TestCase(306, false)]
    public void Statuses_that_redirect(int status, bool expected) => Assert.That(Redirects.IsRedirect(status), Is.EqualTo(expected));

    [TestCase("/b.png", "Follow http://h/b.png")]
    [TestCase("https://other.example/c.png", "Follow https://other.example/c.png")]
    [TestCase(" /b.png ", "Follow http://h/b.png")]
    [TestCase(null, "Unusable")]
    [TestCase("", "Unusable")]
    [TestCase("  ", "Unusable")]
    [TestCase("http://h/a.png", "Refuse")]
    [TestCase("#again", "Refuse")]
    [TestCase("ftp://h/a.png", "Refuse")]
    [TestCase("file:///etc/passwd", "Refuse")]
    [TestCase("http://user:secret@h/b.png", "Refuse")]
    public void Next_hop(string? location, string expected) =>
        Assert.That(Next([Given.Url("http://h/a.png")], location, AllowedHosts.All), Is.EqualTo(expected));

    [Test]
    public void Never_from_https_to_http() =>
        Assert.That(Next([Given.Url("https://h/a.png")], "http://h/a.png", AllowedHosts.All), Is.EqualTo("Refuse"));

    [Test]
    public void Never_to_a_host_that_is_not_allowed() =>
        Assert.That(Next([Given.Url("https://h/a.png")], "https://evil.example/", AllowedHosts.Parse("h")!), Is.EqualTo("HostNotAllowed"));

    [Test]
    public void Never_back_to_a_URL_that_was_asked() =>
        Assert.That(Next([Given.Url("http://h/a"), Given.Url("http://h/b")], "/a", AllowedHosts.All), Is.EqualTo("Refuse"));

    [TestCase(10, "Follow http://h/next")]
    [TestCase(11, "Refuse")]
    public void Never_more_than_ten(int visited, string expected) =>
        Assert.That(Next([.. Enumerable.Range(1, visited).Select(i => Given.Url($"http://h/{i}"))], "/next", AllowedHosts.All), Is.EqualTo(expected));

    private static string Next(TargetUri[] visited, string? location, AllowedHosts allowed) =>
        Show(Redirects.Next(visited, new ResponseHead(302) { Location = location }, new EgressPolicy(allowed), Secrets.None));

    private static string Show(RedirectStep step) => step.Verdict == RedirectVerdict.Follow ? $"Follow {step.Next}" : step.Verdict.ToString();
}
