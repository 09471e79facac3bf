using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>The repository of a pipeline: a bare one as the remote, and the clone of a developer who pushes to it.</summary>
internal sealed class PipelineRepository
{
    private readonly TestDirectory _directory;
    private readonly PipelineContender _contender;
    private readonly Git _remote;
    private readonly Git _developer;
    private IReadOnlyCollection<string> _declared = [];

    public PipelineRepository(TestDirectory directory, PipelineContender contender)
    {
        (_directory, _contender) = (directory, contender);
        _remote = Git.InitBare(Remote);
        _developer = Git.Clone(Remote, directory.PathOf("developer"));
        directory.Write("developer/.gitignore", "bin/\nobj/\n");
        _developer.Commit("Begin");
        _developer.Run("push", "--quiet", "origin", "main");
    }

    /// <summary>Commits of the pipeline, not those of the developer.</summary>
    public IReadOnlyList<string> PipelineCommits => _remote.Lines("log", "--format=%h", "--grep=^Update images", "main");

    private string Remote => _directory.PathOf("remote.git");

    /// <summary>A fresh clone, as a runner has it.</summary>
    public Git Clone(string name) => Git.Clone(Remote, _directory.PathOf(name));

    /// <summary>A developer's commit, where other images are wanted than before.</summary>
    public void Declare(IReadOnlyDictionary<string, string> urls)
    {
        var removed = _declared.Except(urls.Keys).ToList();
        if (removed.Count == 0 && _declared.Count == urls.Count)
        {
            return;
        }

        _developer.Run("pull", "--quiet");
        _contender.Declare(_directory, "developer", urls);
        removed.SelectMany(_contender.FilesOf).ToList().ForEach(file => _directory.Delete($"developer/{file}"));
        _developer.Commit("Want other images");
        _developer.Run("push", "--quiet");
        _declared = [.. urls.Keys];
    }

    /// <summary>Commits and pushes what differs in a clone, if anything does, and says whether.</summary>
    public static bool Push(Git clone)
    {
        clone.Run("add", "--all", "--", "src/Site");
        if (clone.Try("diff", "--cached", "--quiet").ExitCode == 0)
        {
            return false;
        }

        clone.Run("commit", "--quiet", "--message", "Update images");
        clone.Run("push", "--quiet");
        return true;
    }
}
