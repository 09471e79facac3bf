using ImageSync.Storage;
using ImageSync.Testing;

namespace ImageSync.Tests.Storage;

/// <summary>Where links lead, as the operating system sees it: a local path that it would take outside has no place.</summary>
[Platform("Linux,MacOsX")]
public class SymbolicLinksTests
{
    private TestDirectory _project;
    private TestDirectory _outside;

    [SetUp]
    public void SetUp()
    {
        (_project, _outside) = (new TestDirectory(), new TestDirectory());
        Directory.CreateDirectory(_outside.PathOf("deep"));
        Directory.CreateDirectory(_project.PathOf("img/deep"));
    }

    [Test]
    public void A_link_inside_is_followed()
    {
        Link("a", "img/deep/../../img");
        Link("b", "./a/deep");
        Assert.That(Locate("b/x.png"), Is.EqualTo(_project.PathOf("img/deep/x.png")));
    }

    [Test]
    public void Dots_behind_a_link_are_those_of_where_it_leads()
    {
        Link("img/way", _outside.PathOf("deep"));
        Link("img/a", "way/../");
        Assert.That((Locate("img/a/x.png"), Locate("img/a")), Is.EqualTo(((string?)null, (string?)null)));
        Link("img/b", _project.PathOf("img") + "/way/../x.png");
        Assert.That(Locate("img/b"), Is.Null);
    }

    [TestCase(2, true)]
    [TestCase(39, true)]
    [TestCase(60, false)]
    public void A_chain_of_links_inside_is_followed_as_far_as_any_system_does(int links, bool isFound)
    {
        Chain(links, "img");
        Assert.That(Locate("0/x.png"), Is.EqualTo(isFound ? _project.PathOf("img/x.png") : null));
    }

    [Test]
    public void A_chain_of_links_that_leads_outside_is_found_out_whatever_its_length([Range(1, 90)] int links)
    {
        Chain(links, _outside.FullPath);
        Assert.That((Locate("0/x.png"), Locate("0")), Is.EqualTo(((string?)null, (string?)null)));
    }

    [Test]
    public void Links_that_lead_through_two_others_each_are_not_followed_a_million_times()
    {
        for (var i = 0; i < 38; i++)
        {
            Link($"{i}", $"{i + 1}/{i + 1}");
        }

        Link("38", ".");
        Assert.That(IrregularFiles.Ends(() => Locate("0/x.png") ?? ""), Is.Empty);
    }

    [Test]
    public void A_loop_leads_nowhere()
    {
        Link("a", "b");
        Link("b", "a");
        Assert.That((Locate("a"), Locate("b/x.png")), Is.EqualTo(((string?)null, (string?)null)));
    }

    private void Chain(int links, string target)
    {
        for (var i = 0; i < links; i++)
        {
            Link($"{i}", i + 1 == links ? target : $"{i + 1}");
        }
    }

    private void Link(string place, string target) => File.CreateSymbolicLink(_project.PathOf(place), target);

    private string? Locate(string localPath) =>
        new ProjectFolder(_project.FullPath).TryLocate(localPath, out var place, out _) ? place.FilePath : null;
}
