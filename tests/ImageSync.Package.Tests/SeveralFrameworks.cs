using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>A project with two target frameworks, with images of both and of either. Both are in the SDK itself, so that no targeting pack has to be downloaded.</summary>
public sealed class SeveralFrameworks
{
    private static readonly string[] Images = ["all.png", "net.png", "browser.png"];

    private Clone _clone;
    private ConsumerProject _project;

    [OneTimeSetUp]
    public void Declare()
    {
        const string Copied = """BuildAction="Content" CopyToOutputDirectory="PreserveNewest" """;
        _clone = new Clone();
        _project = _clone.Project(
            _clone.Image("all.png")
                + _clone.Image("net.png", Copied + """Condition="'$(TargetFramework)' == 'net10.0'" """)
                + _clone.Image("browser.png", Copied + """Condition="'$(TargetFramework)' == 'net10.0-browser'" """),
            "<TargetFrameworks>net10.0;net10.0-browser</TargetFrameworks>");
    }

    [OneTimeTearDown]
    public async Task Stop() => await _clone.DisposeAsync();

    [TestCase("build", "-m")]
    [TestCase("build", "-graph", "-isolate")]
    public async Task EachImageIsAskedForOnce(params string[] command)
    {
        // act
        await _clone.BuildTwiceAsync(_project, Images, command);

        // assert
        Assert.That(Copied("net10.0"), Is.EquivalentTo(new[] { "all.png", "net.png" }));
        Assert.That(Copied("net10.0-browser"), Is.EquivalentTo(new[] { "all.png", "browser.png" }));
    }

    [Test]
    public async Task OneFrameworkAlone() => await _clone.BuildTwiceAsync(_project, ["all.png", "net.png"], "build", "-f", "net10.0");

    [Test]
    public async Task WhenNothingChanged()
    {
        // arrange
        (await _project.BuildAsync()).ShouldSucceed();
        string[][] commands = [["build", "-graph"], ["build", "-graph", "-t:Rebuild"], ["build", "-mt", "-t:Rebuild"], ["pack"]];

        using var all = Assert.EnterMultipleScope();
        foreach (var command in commands)
        {
            // act
            await _clone.RunAsync(_project, command);

            // assert
            Assert.That(_clone.Asked.Select(request => request.Image), Is.EquivalentTo(Images), string.Join(' ', command));
        }
    }

    private IEnumerable<string?> Copied(string framework) => Directory.GetFiles(_project.PathOf($"bin/Debug/{framework}/images")).Select(Path.GetFileName);
}
