using System.Globalization;
using ImageSync.Testing;

namespace ImageSync.MSBuild.Tests;

/// <summary>A sync in a process of its own, and the most memory that the process has had resident.</summary>
internal sealed class MeasuredSync
{
    private static readonly string[] Proxies = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

    private readonly TestDirectory _directory = new();
    private readonly Dictionary<string, string?> _environment = Proxies.ToDictionary(name => name, _ => (string?)null);

    public string PathOf(string relative) => _directory.PathOf(relative);

    /// <summary>Has the process trust this authority, and no other.</summary>
    public MeasuredSync Trusting(TestAuthority authority)
    {
        _environment["SSL_CERT_FILE"] = _directory.Write("root.pem", authority.Root.ExportCertificatePem());
        return this;
    }

    /// <summary>Runs a target on these images: the local path and the URL of each. Properties are raw XML.</summary>
    public async Task<(CommandResult Result, long PeakBytes)> RunAsync(
        string target, IEnumerable<(string Path, string Url)> images, string properties)
    {
        _directory.Write("p.proj", $"""
            <Project>
              <PropertyGroup>
                <BaseIntermediateOutputPath>obj/</BaseIntermediateOutputPath>
                <ImageSyncRetries>0</ImageSyncRetries>
                {properties}
                <_ImageSyncTaskFactory></_ImageSyncTaskFactory>
                {TargetsFiles.BuiltHere}
              </PropertyGroup>
              <ItemGroup>
                {string.Concat(images.Select(Item))}
              </ItemGroup>
              <Target Name="Empty" />
              <Import Project="{TargetsFiles.Main}" />
            </Project>
            """);
        var dotnet = new DotNet(_directory.FullPath) { Environment = _environment };
        using var process = dotnet.Start("msbuild", "p.proj", "-t:" + target, "-tl:off", "-nologo", "-nr:false", "-v:detailed");
        var ended = process.WaitAsync();
        var peak = 0L;
        while (await Task.WhenAny(ended, Task.Delay(10)) != ended)
        {
            peak = Math.Max(peak, PeakOf(process.Id));
        }

        return (await ended, peak);
    }

    private static string Item((string Path, string Url) image) =>
        $"""<RemoteImage Include="{image.Url}" LocalPath="{image.Path}" Optional="true" />""";

    // VmHWM of proc(5): the kernel keeps the peak, so what lies between two looks is not missed, but for the last.
    private static long PeakOf(int id)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            var words = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return words is [_, var kilobytes, ..] ? 1024 * long.Parse(kilobytes, CultureInfo.InvariantCulture) : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
