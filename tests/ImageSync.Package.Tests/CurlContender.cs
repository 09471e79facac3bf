using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>curl with the entity tags in files that are committed; one failed image does not hold back the others.</summary>
internal sealed class CurlContender : PipelineContender
{
    private const string TagFolder = "src/Site/etags/";

    public override string Name => "curl";

    public override void Declare(TestDirectory directory, string clone, IReadOnlyDictionary<string, string> urls) => directory.Write($"{clone}/sync-images.sh",
        $$"""
        code=0
        mkdir -p {{ImageFolder}} {{TagFolder}}
        fetch() {
          curl --silent --show-error --fail --etag-compare {{TagFolder}}$1 --etag-save {{TagFolder}}$1 --output {{ImageFolder}}$1 "$2" || code=$?
        }
        {{string.Join('\n', urls.Select(image => $"fetch {image.Key} {image.Value}"))}}
        exit $code

        """);

    public override IEnumerable<string> FilesOf(string image) => [ImageFolder + image, TagFolder + image];

    public override Task<CommandResult> RunAsync(string clone) => new DotNet(clone).RunBashAsync("sync-images.sh");
}
