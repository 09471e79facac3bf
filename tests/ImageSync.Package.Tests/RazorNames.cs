using System.Text;
using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>An SVG is a valid Razor page: an origin's image must not be compiled into the application under such a name.</summary>
public sealed class RazorNames
{
    private static readonly byte[] Page = Encoding.UTF8.GetBytes("""
        <svg xmlns="http://www.w3.org/2000/svg" width="8" height="8">@{ System.IO.File.WriteAllText("ran", "by the origin"); }</svg>
        """);

    // All other ways to come by such a name: FileNamesTests.
    [TestCase("MediaType=\"*/*\"", "the URL's file name \"Index.cshtml\"")]
    [TestCase("LocalPath=\"Pages/Index.cshtml\"", "the LocalPath \"Pages/Index.cshtml\"")]
    public async Task AreRefusedAndNothingIsCompiled(string metadata, string words)
    {
        // arrange
        await using var origin = new ScriptedOrigin().On("/Index.cshtml", Reply.Ok(Page));
        var project = new ConsumerProject(
            new TestDirectory(), Packed.Package, $"""<RemoteImage Include="{origin.Url("/Index.cshtml")}" {metadata} />""", sdk: "Microsoft.NET.Sdk.Web", program: "WebApplication.Create(args).Run();");

        // act
        var result = await project.Logged.BuildAsync();

        // assert
        Assert.That(BuildLog.Of(result).Errors.Select(error => (error.Code, error.Text.Contains(words, StringComparison.Ordinal))), Is.EqualTo(new[] { ("IMGSYNC1002", true) }));
        Assert.That(Directory.EnumerateFiles(project.Folder, "*.cshtml", SearchOption.AllDirectories), Is.Empty);
        Assert.That(origin.Requests, Is.Empty);
    }
}
