using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>Runs the scripts of a page of docs/recipes as the system does that the page is for.</summary>
internal sealed class RecipeRunner(RecipeSite site, string page)
{
    private readonly RecipePage _page = new(page);
    private int _runs;

    /// <summary>Whether a run copes with somebody who pushes in the middle of it; others fail, and the next one copes.</summary>
    public bool Rebases => page is "github-actions.md" or "azure-pipelines.md" or "gitlab-ci.md";

    /// <summary>What all scripts of the last run printed.</summary>
    public string Output { get; private set; } = "";

    /// <summary>One run; returns the exit code of the first script that failed, or 0.</summary>
    public async Task<int> RunAsync()
    {
        var folder = $"run-{++_runs}";
        Output = "";
        switch (page)
        {
            case "github-actions.md":
                return await StepsAsync(Checkout(folder), RecipePage.Scripts(_page.Blocks("yaml")[0]), ["-e"], ("GITHUB_STEP_SUMMARY", Temporary(folder)));
            case "azure-pipelines.md":
                return await StepsAsync(DetachedCheckout(folder), RecipePage.Scripts(_page.Blocks("yaml")[0]), ["--noprofile", "--norc"],
                    ("AGENT_TEMPDIRECTORY", site.Directory.FullPath), ("BUILD_SOURCEBRANCH", "refs/heads/main"), ("BUILD_SOURCEBRANCHNAME", "main"));
            case "gitlab-ci.md":
                return await StepsAsync(DetachedCheckout(folder), RecipePage.Scripts(_page.Blocks("yaml")[0]), ["-e", "-o", "pipefail"],
                    ("CI_COMMIT_BRANCH", "main"), ("IMAGES_PUSH_URL", site.Remote));
            case "container.md":
                return await StepsAsync(folder, _page.Blocks("sh"), ["--posix"], ("REPOSITORY", site.Remote));
            default:
                var scripts = _page.Blocks("sh");
                if (_runs == 1)
                {
                    Assert.That(await StepsAsync("cron", [scripts[0]], ["-e"], ("REPOSITORY", site.Remote)), Is.Zero);
                }

                Output = "";
                site.Directory.Write("cron/sync-images.sh", scripts[1]);
                return await StepsAsync("elsewhere", ["sh ../cron/sync-images.sh"], []);
        }
    }

    private string Checkout(string folder) => site.Checkout(folder, "--depth", "1");

    // These systems check a commit out, and no branch.
    private string DetachedCheckout(string folder)
    {
        site.Checkout(folder, "--depth", "1");
        File.WriteAllText(site.Directory.PathOf($"{folder}/.git/HEAD"), File.ReadAllText(site.Directory.PathOf($"{folder}/.git/refs/heads/main")));
        return folder;
    }

    private string Temporary(string folder) => site.Directory.PathOf($"{folder}.md");

    // Steps after a failed one run all the same: the pages say so where it matters.
    private async Task<int> StepsAsync(string folder, IReadOnlyList<string> scripts, string[] options, params (string Name, string Value)[] environment)
    {
        Assert.That(scripts, Is.Not.Empty);
        var exitCode = 0;
        foreach (var script in scripts)
        {
            var result = await site.RunAsync(folder, script, options, environment);
            Output += result.Output;
            exitCode = exitCode == 0 ? result.ExitCode : exitCode;
        }

        return exitCode;
    }
}
