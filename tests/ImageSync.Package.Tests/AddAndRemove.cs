using System.Xml.Linq;
using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>`dotnet add package` is all that a project needs, and after `dotnet remove package` it builds as if nothing had been.</summary>
public sealed class AddAndRemove
{
    [Test]
    public async Task RemoveThenAdd()
    {
        // arrange
        var image = SampleImages.Png(1, 3_000);
        await using var origin = new ScriptedOrigin();
        origin.On("/a.png", request => Reply.Current(request, image, "\"1\""));
        var project = new ConsumerProject(
            new TestDirectory(), Packed.Package, $"""<RemoteImage Include="{origin.Url("/a.png")}" BuildAction="Content" CopyToOutputDirectory="PreserveNewest" />""");

        // act, assert: without the package the item is without meaning and does no harm
        await RunAsync(project, "remove", "package", "ImageSync");
        var without = (await project.Logged.BuildAsync()).ShouldSucceed();
        Assert.That(origin.Requests, Is.Empty);
        Assert.That(BuildLog.Of(without).Warnings, Is.Empty);
        Assert.That(project.PathOf("images/a.png"), Does.Not.Exist);

        // act, assert: the command adds what the README shows, and the first build has the image
        await RunAsync(project, "add", "package", "ImageSync", "--version", Packed.Package.Version);
        var reference = XDocument.Load(project.PathOf("App.csproj")).Descendants("PackageReference").Single();
        Assert.That(reference.Element("PrivateAssets")?.Value, Is.EqualTo("all"));
        var with = (await project.Logged.BuildAsync()).ShouldSucceed();
        Assert.That(BuildLog.Of(with).Warnings, Is.Empty);
        Assert.That(project.Read("bin/Debug/net10.0/images/a.png"), Is.EqualTo(image));

        // act, assert: the image stays where it is
        await RunAsync(project, "remove", "package", "ImageSync");
        origin.Clear();
        (await project.BuildAsync()).ShouldSucceed();
        Assert.That(origin.Requests, Is.Empty);
        Assert.That(project.Read("images/a.png"), Is.EqualTo(image));
    }

    private static async Task RunAsync(ConsumerProject project, params string[] arguments)
    {
        using var process = project.Start(arguments);
        (await process.WaitAsync()).ShouldSucceed();
    }
}
