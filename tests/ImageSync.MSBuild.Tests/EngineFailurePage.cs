using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using ImageSync.Testing;
using Microsoft.Build.Utilities;

namespace ImageSync.MSBuild.Tests;

/// <summary>docs/diagnostics/IMGSYNC5001.md shows what the task says.</summary>
public sealed partial class EngineFailurePage
{
    private const string ShownFolder = "/home/ada/.nuget/packages/imagesync/1.2.0/engine/";

    private static readonly string Page = File.ReadAllText(RepositoryRoot.PathOf("docs/diagnostics/IMGSYNC5001.md"));

    private static readonly string[] Examples = [.. Example().Matches(Page).Select(match => match.Groups[1].Value)];

    [Test]
    public void It_has_two_examples() => Assert.That(Examples, Has.Length.EqualTo(2));

    [Test]
    public void The_first_is_told_where_there_is_no_program()
    {
        var run = new TaskRun();
        run.Project.Write("images/logo.png", "a");
        var engine = new TestDirectory();

        Assert.That(Sync(run, engine), Is.True);
        Assert.That("warning IMGSYNC5001: " + Failure("", run).Diagnostic.Message, Is.EqualTo(Examples[0]));
        Assert.That(run.Engine.Warnings.Single().Message,
            Does.Match("could not be run: the package's folder is not whole, .*/net8.0/ImageSync.Engine.dll is missing.*Delete"));
        Assert.That(run.Engine.Errors, Is.Empty);
        Assert.That(run.Synced.Single().GetMetadata("Status"), Is.EqualTo("Kept"));
    }

    [Test]
    public void The_second_is_told_where_the_loader_refuses_the_program()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture is not (Architecture.X64 or Architecture.Arm64))
        {
            Assert.Ignore("There is no such loader here.");
        }

        var run = new TaskRun();
        var engine = new TestDirectory();
        var runtime = EngineLocator.RuntimesOfThisMachine().Last();
        engine.Write($"{runtime}/imagesync",
            "#!/bin/sh\necho \"$0: /lib/x86_64-linux-gnu/libc.so.6: version \\`GLIBC_2.28' not found (required by $0)\" >&2\nexit 1\n");

        Assert.That(Sync(run, engine), Is.False);
        var reason = Reason().Match(run.Engine.Errors.Single().Message!).Groups[1].Value
            .Replace($"{engine.FullPath}/{runtime}/", ShownFolder + "linux-x64/", StringComparison.Ordinal);
        Assert.That("error IMGSYNC5001: " + Failure(reason, run).Diagnostic.Message, Is.EqualTo(Examples[1]));
        Assert.That(run.Engine.Warnings, Is.Empty);
        Assert.That(run.Synced.Single().GetMetadata("Status"), Is.EqualTo("Failed"));
    }

    private static TaskItem Item => TaskRun.Item("https://cdn.example.com/logo.png", ("LocalPath", "images/logo.png"));

    private static bool Sync(TaskRun run, TestDirectory engine) => run.Execute([Item], settings => settings.EngineFolder = engine.FullPath);

    // As on a machine without .NET, and from a package that is whole.
    private static EngineFailure Failure(string reason, TaskRun run) => new(reason, whatIsMissing: null, [Item], run.Project.FullPath);

    // Behind it stands what this package's folder lacks.
    [GeneratedRegex("could not be run: (.*); the package's folder is not whole")]
    private static partial Regex Reason();

    [GeneratedRegex(@"^App\.csproj : ((?:error|warning) IMGSYNC5001: .+?)\r?$", RegexOptions.Multiline)]
    private static partial Regex Example();
}
