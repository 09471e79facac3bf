using ImageSync.Storage;
using ImageSync.Testing;

namespace ImageSync.Tests.Storage;

/// <summary>How far links may lead what is written where a property says.</summary>
[Platform("Linux,MacOsX")]
public class LinkBoundsTests
{
    private const string TooFar = "through a symbolic link";
    private TestDirectory _root;

    [SetUp]
    public void SetUp()
    {
        _root = new TestDirectory();
        foreach (var folder in new[] { "work/project/real", "work/project-2", "work/artifacts", "elsewhere", "ram" })
        {
            Directory.CreateDirectory(_root.PathOf(folder));
        }

        Link("work/project/in", "real");
        Link("work/project/up", "../artifacts");
        Link("work/project/beside", "../project-2");
        Link("work/project/out", "../../elsewhere");
        Link("work/project/none", "../../not-there-yet");
        Link("work/project/loop", "loop");
        Link("work/project/file", "../../elsewhere/file");
        Link("work/project/obj", "../../ram");
        Link("work/shared", "artifacts");
        Link("work/gone", "../elsewhere");
        Link("home", "work");
    }

    [TestCase("work/project", "report.html", null)]
    [TestCase("work/project", "art/report.html", null)]
    [TestCase("work/project", ".", null)]
    [TestCase("work/project", "in/report.html", null)]
    [TestCase("work/project", "up/report.html", TooFar)]
    [TestCase("work/project", "beside/report.html", TooFar)]
    [TestCase("work/project", "out/report.html", TooFar)]
    [TestCase("work/project", "out", TooFar)]
    [TestCase("work/project", "none/report.html", TooFar)]
    [TestCase("work/project", "file", TooFar)]
    [TestCase("work/project", "loop/report.html", "too many symbolic links")]
    [TestCase("work/project", "../artifacts/report.html", null)]
    [TestCase("work/project", "../shared/report.html", null)]
    [TestCase("work/project", "../gone/report.html", TooFar)]
    [TestCase("work/project", "../../elsewhere/report.html", null)]
    [TestCase("work/project", "../project-2/report.html", null)]
    [TestCase("work/project", "obj/report.html", TooFar)]
    [TestCase("work/project/", "in/report.html", null)]
    [TestCase("home/project", "in/report.html", null)]
    [TestCase("home/project", "out/report.html", TooFar)]
    public void What_is_below_a_shared_folder_stays_there(string project, string path, string? objection) =>
        Assert.That(Objection(project, path, null), objection is null ? Is.Null : Does.Contain(objection));

    [TestCase("obj/report.html", null)]
    [TestCase("obj/deep/report.html", null)]
    [TestCase("obj/file", TooFar)]
    [TestCase("out/report.html", TooFar)]
    public void The_caches_folder_may_be_a_link_and_is_a_bound_of_its_own(string path, string? objection)
    {
        Link("ram/file", "../elsewhere/file");
        Assert.That(Objection("work/project", path, "work/project/obj"), objection is null ? Is.Null : Does.Contain(objection));
    }

    [Test]
    public void What_shares_nothing_with_the_project_is_where_the_system_has_it() =>
        Assert.That(new LinkBounds("/nowhere/project", null).ObjectionTo(_root.PathOf("work/project/out/report.html")), Is.Null);

    private string? Objection(string project, string path, string? intermediate) =>
        new LinkBounds(_root.PathOf(project), intermediate is null ? null : _root.PathOf(intermediate))
            .ObjectionTo(Path.GetFullPath(path, _root.PathOf(project)));

    private void Link(string place, string target) => File.CreateSymbolicLink(_root.PathOf(place), target);
}
