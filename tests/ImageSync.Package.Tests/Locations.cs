using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>A diagnostic points to the element that declares its item, in whatever file that is.</summary>
public sealed class Locations
{
    [Test]
    public async Task OwnImportedAndUpdated()
    {
        // arrange
        await using var origin = new ScriptedOrigin();
        var directory = new TestDirectory();
        var project = new ConsumerProject(directory, Packed.Package, $"""
            <RemoteImage Include="{origin.Url("/own.png")}" />
                <RemoteImage Update="{origin.Url("/updated.png")}" LocalPath="img/updated.png" />
            """);
        var imported = directory.Write("app/Directory.Build.props", $"""
            <Project>
              <ItemGroup>
                <RemoteImage Include="{origin.Url("/imported.png")}" />
                <RemoteImage
                    Include="{origin.Url("/updated.png")}" LocalPath="img/first.png" />
              </ItemGroup>
            </Project>
            """);

        // act
        var log = BuildLog.Of((await project.Logged.SyncAsync()).ShouldFail());

        // assert
        var own = project.PathOf("App.csproj");
        Assert.That(log.Errors.Select(error => (error.Code, error.File, error.Line, error.Column)), Is.EquivalentTo(new[]
        {
            ("IMGSYNC2003", own, LineOf(own, "/own.png"), 5),
            ("IMGSYNC2003", imported, 3, 5),
            ("IMGSYNC2003", imported, 4, 5),
        }));
        Assert.That(log.Errors.Select(error => error.Text.Split(':')[0]), Is.EquivalentTo(new[] { "images/own.png", "images/imported.png", "img/updated.png" }));
    }

    private static int LineOf(string file, string text) => File.ReadAllLines(file).TakeWhile(line => !line.Contains(text, StringComparison.Ordinal)).Count() + 1;
}
