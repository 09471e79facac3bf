using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>The commands and the target of docs/recipes/README.md.</summary>
public sealed class RecipeCommands
{
    private const string Cache = "src/Site/obj/Site.csproj.imagesync.cache";

    private static readonly RecipePage Page = new("README.md");

    private RecipeSite _site;
    private string _changed;
    private string _check;

    [SetUp]
    public void Commit()
    {
        (_changed, _check) = (Page.Blocks("sh")[0], Page.Blocks("sh")[1]);
        _site = new RecipeSite { LockFile = false };
        _site.Serve("a.png", 1);
        _site.Serve("b.png", 1);
        _site.Directory.Write("developer/src/Site/Directory.Build.targets", $"<Project>{Page.Blocks("xml")[1]}</Project>");
        _site.Directory.Write("developer/src/Site/purge.sh", "#!/bin/sh\necho \"$1\" >> purged\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_site.Directory.PathOf("developer/src/Site/purge.sh"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        _site.Want("a.png", "b.png");
        _site.Checkout("clone");
    }

    [TearDown]
    public async Task Stop() => await _site.DisposeAsync();

    [Test]
    public async Task OnlyWhatChanged()
    {
        // act
        var first = await ChangedAsync();
        var second = await ChangedAsync();
        _site.Serve("b.png", 2);
        var third = await ChangedAsync();

        // assert
        Assert.That(first.Purged, Is.EqualTo(new[] { "wwwroot/img/a.png", "wwwroot/img/b.png" }));
        Assert.That(second.Purged, Is.Empty);
        Assert.That(third.Purged, Is.EqualTo(new[] { "wwwroot/img/b.png" }));
        foreach (var (purged, printed) in new[] { first, second, third })
        {
            Assert.That(printed, Is.EqualTo(purged));
        }
    }

    [Test, Category("Nightly")]
    public async Task CheckAndRestoredCache()
    {
        // arrange: a fresh clone of images that were committed, with the cache of the clone before
        var drift = await _site.RunAsync("clone", _check, []);
        (await _site.RunAsync("clone", "dotnet build src/Site -t:SyncImages", [])).ShouldSucceed();
        foreach (var image in new[] { "src/Site/wwwroot/img/a.png", "src/Site/wwwroot/img/b.png" })
        {
            _site.Directory.Write($"developer/{image}", _site.Directory.Read($"clone/{image}"));
        }

        _site.Want("a.png", "b.png");
        _site.Checkout("fresh");
        _site.Directory.Write($"fresh/{Cache}", _site.Directory.Read($"clone/{Cache}"));
        _site.Origin.Clear();

        // act
        var none = await _site.RunAsync("fresh", _check, []);

        // assert
        Assert.That(drift.ShouldFail().Output, Does.Contain("IMGSYNC2010"));
        Assert.That(none.ShouldSucceed().Output, Does.Not.Contain("IMGSYNC2010"));
        Assert.That(_site.Asked, Is.EqualTo(new[] { ("a.png", "\"1\""), ("b.png", "\"1\"") }));
    }

    // What the project's own target was given, and what the commands printed.
    private async Task<(string[] Purged, string[] Printed)> ChangedAsync()
    {
        ServerProcess.Require("jq", "On Debian and its kin: apt-get install jq");
        var log = _site.Directory.Write("clone/src/Site/purged", "");
        var result = (await _site.RunAsync("clone", _changed, ["-e"])).ShouldSucceed();
        return (File.ReadAllLines(log), result.StandardOutput.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }
}
