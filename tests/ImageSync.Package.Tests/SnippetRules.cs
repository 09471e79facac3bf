using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>What is done with a snippet of the documentation.</summary>
internal enum SnippetUse
{
    /// <summary>No rule covers it: write one.</summary>
    Unknown,

    /// <summary>Not run as it stands; the table says why.</summary>
    NotRun,

    /// <summary>Part of a project, whose images are synced.</summary>
    Synced,

    /// <summary>Part of a project, whose own targets are run: how it looks without ImageSync.</summary>
    Built,

    /// <summary>Commands, run in a project with an image; variables alone are followed by a sync.</summary>
    Commands,
}

/// <summary>Which use a snippet is of: by the table if it is there, otherwise by its language and what it contains.</summary>
internal static class SnippetRules
{
    /// <summary>Not run as they stand: page, language, what they contain, and why. An empty text matches any.</summary>
    public static IReadOnlyList<(string Page, string Language, string Contains, string Why)> NotRun { get; } =
    [
        ("README.md", "sh", "dotnet build sample-project", ".ci/run does"),
        ("README.md", "sh", "dotnet add package ImageSync", $"{nameof(AddAndRemove)} does"),
        ("CONTRIBUTING.md", "sh", "bash .ci/run", "CI itself"),
        ("docs/ISSUE_TEMPLATE.md", "xml", "", "a form that is filled in"),
        ("docs/command-line.md", "sh", "", $"{nameof(PublishedCommand)} and {nameof(InstalledTool)} do"),
        ("docs/command-line.md", "json", "", $"{nameof(PublishedCommand)} compares it"),
        ("docs/command-line.md", "xml", "", $"{nameof(PublishedCommand.AProjectLooksAsThePageShowsIt)}"),
        ("docs/lock-file.md", "json", "", $"{nameof(DocumentedSnippets.LockFileLooksAsShown)} compares it"),
        ("docs/manifest.md", "json", "", $"{nameof(DocumentedSnippets.ManifestLooksAsShown)} compares it"),
        ("docs/migrating.md", "json", "\"libraries\"", "another tool's"),
        ("docs/migrating.md", "groovy", "", "another tool's"),
        ("docs/performance.md", "sh", "build/bench/run", ".ci/run does, as a smoke test"),
        ("docs/pipelines.md", "sh", "IMAGESYNC_PIPELINE_ROUNDS", $"{nameof(ScheduledPipeline)}, with fewer rounds"),
        ("docs/reliability.md", "sh", "IMAGESYNC_KILL_ROUNDS", $"{nameof(KillLoop)}, with fewer rounds"),
        ("docs/reliability.md", "sh", "IMAGESYNC_CHAOS_SCHEDULES", "ChaosTests, with fewer schedules"),
        ("docs/reliability.md", "sh", "IMAGESYNC_FUZZ_CASES", "HostileText, with fewer cases"),
        ("docs/recipes/README.md", "sh", "src/Site", $"{nameof(RecipeCommands)} does"),
        ("docs/recipes/README.md", "xml", "PurgeChangedImages", $"{nameof(RecipeCommands)} does"),
        ("docs/recipes/README.md", "yaml", "actions/cache", $"{nameof(RecipeCommands)} restores what it keeps"),
        ("docs/recipes/azure-pipelines.md", "yaml", "", $"{nameof(Recipes)} runs its scripts"),
        ("docs/recipes/container.md", "dockerfile", "", "needs a registry"),
        ("docs/recipes/container.md", "sh", "", $"{nameof(Recipes)} does"),
        ("docs/recipes/container.md", "yaml", "CronJob", "needs a cluster"),
        ("docs/recipes/cron.md", "sh", "", $"{nameof(Recipes)} does"),
        ("docs/recipes/dimensions.md", "cs", "", "the sample project has it, and DimensionsRecipe compares them"),
        ("docs/recipes/file-based-apps.md", "cs", "", $"{nameof(RecipeProjects)} does"),
        ("docs/recipes/file-based-apps.md", "sh", "", $"{nameof(RecipeProjects)} does"),
        ("docs/recipes/fleet.md", "nginx", "", "Fleet does"),
        ("docs/recipes/fleet.md", "vcl", "", "Fleet does"),
        ("docs/recipes/from-curl.md", "ini", "", $"{nameof(PublishedCommand.ImportsLookAsThePagesShow)}"),
        ("docs/recipes/from-curl.md", "sh", "", $"{nameof(PublishedCommand.ImportsLookAsThePagesShow)}"),
        ("docs/recipes/from-dotnet-file.md", "ini", "", $"{nameof(PublishedCommand.ImportsLookAsThePagesShow)}"),
        ("docs/recipes/from-dotnet-file.md", "sh", "", $"{nameof(PublishedCommand.ImportsLookAsThePagesShow)}"),
        ("docs/recipes/from-html.md", "html", "", $"{nameof(PublishedCommand.ImportsLookAsThePagesShow)}"),
        ("docs/recipes/from-html.md", "markdown", "", $"{nameof(PublishedCommand.ImportsLookAsThePagesShow)}"),
        ("docs/recipes/from-html.md", "sh", "", $"{nameof(PublishedCommand.ImportsLookAsThePagesShow)}"),
        ("docs/recipes/from-libman.md", "json", "", $"{nameof(PublishedCommand.ImportsLookAsThePagesShow)}"),
        ("docs/recipes/from-libman.md", "sh", "", $"{nameof(PublishedCommand.ImportsLookAsThePagesShow)}"),
        ("docs/recipes/github-actions.md", "yaml", "SyncImages", $"{nameof(Recipes)} and {nameof(RecipePullRequest)} run its scripts"),
        ("docs/recipes/github-actions.md", "yaml", "upload-artifact", "a step of GitHub's"),
        ("docs/recipes/gitlab-ci.md", "yaml", "", $"{nameof(Recipes)} runs its scripts"),
        ("docs/recipes/pull-requests.md", "sh", "", $"{nameof(RecipeForeignPullRequest)} does"),
        ("docs/recipes/pull-requests.md", "yaml", "", $"{nameof(RecipeForeignPullRequest)} runs its script"),
        ("docs/recipes/solution.md", "sh", "", $"{nameof(RecipeProjects)} does"),
        ("docs/recipes/solution.md", "xml", "GlobalPackageReference", $"{nameof(RecipeProjects)} does"),
        ("docs/recipes/solution.md", "xml", "ReferenceOutputAssembly", $"{nameof(RecipeProjects)} does"),
        ("docs/recipes/static-site.md", "sh", "", $"{nameof(RecipeProjects)} does"),
        ("docs/recipes/store.md", "yaml", "actions/cache", "a step of GitHub's"),
    ];

    public static bool Matches((string Page, string Language, string Contains, string Why) row, Snippet snippet) =>
        row.Page == snippet.Page && row.Language == snippet.Language && snippet.Text.Contains(row.Contains, StringComparison.Ordinal);

    public static SnippetUse Of(Snippet snippet) => snippet.Language switch
    {
        // What people see, and drawings.
        "" => SnippetUse.NotRun,
        _ when NotRun.Any(row => Matches(row, snippet)) => SnippetUse.NotRun,
        "xml" when Names(snippet, "<RemoteImage ", "<RemoteImageList ", "<PackageReference Include=\"ImageSync\"", "<ImageSync", "@(SyncedImage") => SnippetUse.Synced,
        "xml" when Names(snippet, "<Target ") => SnippetUse.Built,
        "sh" when Names(snippet, "dotnet build -t:", "export ImageSync") => SnippetUse.Commands,
        _ => SnippetUse.Unknown,
    };

    private static bool Names(Snippet snippet, params string[] texts) => texts.Any(text => snippet.Text.Contains(text, StringComparison.Ordinal));
}
