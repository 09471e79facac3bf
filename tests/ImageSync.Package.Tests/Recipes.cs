namespace ImageSync.Package.Tests;

/// <summary>The scripts in the pages of docs/recipes, taken from there and run.</summary>
public sealed class Recipes
{
    private const string Folder = "src/Site/wwwroot/img/";

    [TestCase("github-actions.md")]
    [TestCase("azure-pipelines.md", Category = "Nightly")]
    [TestCase("gitlab-ci.md", Category = "Nightly")]
    [TestCase("cron.md")]
    [TestCase("container.md", Category = "Nightly")]
    public async Task CommitsWhatChangedAndNothingElse(string page)
    {
        // arrange: one image cannot be had, and somebody pushes in the middle where the page copes with that
        await using var site = new RecipeSite();
        var runner = new RecipeRunner(site, page);
        site.Serve("a.png", 1);
        site.Want("a.png", "gone.png");
        if (runner.Rebases)
        {
            site.PushDuringTheNextRequest();
        }

        // act, assert
        Assert.That(await runner.RunAsync(), Is.Not.Zero, () => runner.Output);
        Assert.That(site.Commits()[0], Does.StartWith("Update images"), () => runner.Output);
        Assert.That(site.Blob(Folder + "a.png"), Is.EqualTo(site.BlobOf(RecipeSite.Bytes("a.png", 1))));

        // act, assert: nothing new
        site.Want("a.png");
        var commits = site.Commits();
        site.Origin.Clear();
        Assert.That(await runner.RunAsync(), Is.Zero, () => runner.Output);
        Assert.That(site.Asked, Is.EqualTo(new[] { ("a.png", "\"1\"") }));
        // The lock file had no entry of the image that could not be had, so nothing is left to take out.
        Assert.That(site.Commits(), Is.EqualTo(commits));
        if (page == "cron.md")
        {
            Assert.That(runner.Output, Is.Empty, "cron mails all that is printed");
        }
    }

    [TestCase("cron.md")]
    [TestCase("container.md", Category = "Nightly")]
    public async Task RefusedPushIsMadeAnew(string page)
    {
        // arrange
        await using var site = new RecipeSite();
        var runner = new RecipeRunner(site, page);
        site.Serve("a.png", 1);
        site.Want("a.png");
        site.PushDuringTheNextRequest();

        // act
        var first = await runner.RunAsync();
        var commits = site.Commits();
        var second = await runner.RunAsync();

        // assert
        Assert.That((first, second), Is.EqualTo((1, 0)), () => runner.Output);
        Assert.That(commits, Has.None.StartsWith("Update images"));
        Assert.That(site.Commits()[0], Is.EqualTo("Update images"));
        Assert.That(site.Blob(Folder + "a.png"), Is.EqualTo(site.BlobOf(RecipeSite.Bytes("a.png", 1))));
        Assert.That(runner.Output, Does.Not.Contain("IMGSYNC"));
    }
}
