using System.Diagnostics;

namespace ImageSync.Testing;

/// <summary>A git repository in a folder, with an identity of its own and nothing of the user's configuration.</summary>
public sealed class Git
{
    private readonly string _folder;

    private Git(string folder) => _folder = folder;

    /// <summary>Makes a repository with the branch main; without git the test is ignored, or fails where servers are required.</summary>
    public static Git Init(string folder) => Init(folder, []);

    /// <summary>Makes a repository without a working tree, to push to.</summary>
    public static Git InitBare(string folder) => Init(folder, "--bare");

    /// <summary>Clones a repository into a folder that is not there yet.</summary>
    public static Git Clone(string repository, string folder, params string[] options)
    {
        Directory.CreateDirectory(folder);
        var git = new Git(folder);
        git.Run(["clone", "--quiet", .. options, repository, "."]);
        return git;
    }

    /// <summary>The lines that a command prints, which must succeed.</summary>
    public IReadOnlyList<string> Lines(params string[] arguments)
    {
        var (exitCode, output) = Try(arguments);
        Assert.That(exitCode, Is.Zero, () => $"git {string.Join(' ', arguments)}\n{output}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Commits all that is in the folder.</summary>
    public void Commit(string message)
    {
        Run("add", "--all");
        Run("commit", "--quiet", "--allow-empty", "-m", message);
    }

    /// <summary>Runs a command that must succeed.</summary>
    public void Run(params string[] arguments) => Lines(arguments);

    /// <summary>Runs a command that may fail.</summary>
    public (int ExitCode, string Output) Try(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "core.autocrlf=false", .. arguments])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["GIT_CONFIG_GLOBAL"] = Path.Combine(_folder, "no-such-file"), ["GIT_CONFIG_NOSYSTEM"] = "1" },
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    private static Git Init(string folder, params string[] options)
    {
        ServerProcess.Require("git", "On Debian and its kin: apt-get install git");
        Directory.CreateDirectory(folder);
        var git = new Git(folder);
        git.Run(["init", "--quiet", "--initial-branch=main", .. options]);
        return git;
    }
}
