using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>The command with a lock file, in a file system that has nothing else: no .NET, no Git, not even a /proc.</summary>
internal sealed class CommandContender : PipelineContender
{
    private BareMachine? _machine;

    public override string Name => "imagesync";

    public override void Declare(TestDirectory directory, string clone, IReadOnlyDictionary<string, string> urls) => directory.Write(
        $"{clone}/src/Site/images.txt", string.Concat(urls.Select(image => $"{image.Value} wwwroot/img/{image.Key}\n")));

    /// <summary>None: the file is pruned.</summary>
    public override IEnumerable<string> FilesOf(string image) => [];

    // The machine's root is the folder that has the clones.
    public override async Task<CommandResult> RunAsync(string clone)
    {
        _machine ??= await BareMachine.MakeAsync(Path.GetDirectoryName(clone)!, withOpenSsl: true);
        return await _machine.RunAsync(
            $"cd /{Path.GetFileName(clone)}/src/Site && imagesync sync --quiet --lock-file images.lock.json --prune --retries 0");
    }
}
