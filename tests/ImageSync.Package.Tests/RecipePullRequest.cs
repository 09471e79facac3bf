using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>The pull request of docs/recipes/github-actions.md: opened once, continued while it is open.</summary>
public sealed class RecipePullRequest
{
    // Records what it is asked, and lists the pull request that it was told to create.
    private const string GitHubCommand =
        """
        #!/bin/sh
        echo "$1 $2" >> "$GH_LOG"
        [ "$2" != list ] || grep -c "pr create" "$GH_LOG" | grep -v '^0$' || true
        """;

    private static readonly IReadOnlyList<string> Scripts = RecipePage.Scripts(new RecipePage("github-actions.md").Blocks("yaml")[2]);

    [Test]
    public async Task OpenedOnceAndContinued()
    {
        // arrange
        await using var site = new RecipeSite();
        site.Serve("a.png", 1);
        site.Serve("b.png", 1);
        site.Want("a.png", "b.png");
        var gh = site.Directory.Write("bin/gh", GitHubCommand);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(gh, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        // act
        await RunAsync(site, "run-1");
        var first = site.Commits("main..images");
        site.Serve("b.png", 2);
        site.Want("a.png", "b.png");
        site.Origin.Clear();
        await RunAsync(site, "run-2");

        // assert
        Assert.That(first, Is.EqualTo(new[] { "Update images" }));
        Assert.That(site.Asked, Is.EqualTo(new[] { ("a.png", "\"1\""), ("b.png", "\"1\"") }));
        Assert.That(site.Commits("main..images"), Is.EqualTo(new[] { "Update images", "Update images" }));
        Assert.That(site.Commits("images..main"), Is.Empty, "rebased");
        Assert.That(site.Commits(), Has.None.EqualTo("Update images"));
        Assert.That(site.Blob("src/Site/wwwroot/img/b.png", "images"), Is.EqualTo(site.BlobOf(RecipeSite.Bytes("b.png", 2))));
        Assert.That(File.ReadAllLines(site.Directory.PathOf("gh.log")), Is.EqualTo(new[] { "pr list", "pr create", "pr list" }));
    }

    private static async Task RunAsync(RecipeSite site, string run)
    {
        site.Checkout(run);
        Assert.That(Scripts, Has.Count.EqualTo(3));
        foreach (var script in Scripts)
        {
            (await site.RunAsync(run, script, ["-e"],
                ("PATH", site.Directory.PathOf("bin") + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH")),
                ("GH_LOG", site.Directory.PathOf("gh.log")), ("GH_TOKEN", "none"), ("GITHUB_STEP_SUMMARY", site.Directory.PathOf($"{run}.md")))).ShouldSucceed();
        }
    }
}
