using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>A way to keep the images of a repository in step, run in clones of it.</summary>
internal abstract class PipelineContender
{
    /// <summary>The folder of the images in the repository, with a slash at its end.</summary>
    public const string ImageFolder = "src/Site/wwwroot/img/";

    public abstract string Name { get; }

    /// <summary>Writes what a developer commits for these images: names and URLs.</summary>
    public abstract void Declare(TestDirectory directory, string clone, IReadOnlyDictionary<string, string> urls);

    /// <summary>What a developer deletes along with the item of an image, relative to the repository.</summary>
    public abstract IEnumerable<string> FilesOf(string image);

    /// <summary>Runs the job of a round, all but the commit.</summary>
    public abstract Task<CommandResult> RunAsync(string clone);
}
