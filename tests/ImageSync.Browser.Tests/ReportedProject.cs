using System.Reflection;
using ImageSync.Testing;

namespace ImageSync.Browser.Tests;

/// <summary>A project whose images were synced twice by the targets and the task of this checkout, and the report of that.</summary>
internal sealed class ReportedProject : IAsyncDisposable
{
    private readonly TestDirectory _directory = new();
    private readonly ScriptedOrigin _origin = new();
    private readonly List<(string Path, string Target)> _images = [];

    public string Folder => _directory.FullPath;

    public string ReportUrl => new Uri(_directory.PathOf("artifacts/report.html")).AbsoluteUri;

    public FileInfo Report => _directory.FileInfo("artifacts/report.html");

    public string File => _directory.PathOf("Gallery.proj");

    public string Url(string target) => _origin.Url(target);

    /// <summary>Declares an image and how its origin answers, one reply a run.</summary>
    public ReportedProject With(string path, string target, params Reply[] inTurn)
    {
        _origin.On(target, inTurn);
        _images.Add((path, target));
        return this;
    }

    /// <summary>A picture of the sample project, as its origin serves it.</summary>
    public static Reply Picture(string name) => Reply.Ok(System.IO.File.ReadAllBytes(RepositoryRoot.PathOf($"sample-project/origin/images/{name}")), ("Last-Modified", "Sat, 21 Nov 2026 12:00:00 GMT"));

    /// <summary>Syncs by hand, as a pipeline does.</summary>
    public async Task SyncAsync()
    {
        _directory.Write("Gallery.proj", $"""
            <Project>
              <PropertyGroup>
                <BaseIntermediateOutputPath>obj/</BaseIntermediateOutputPath>
                <ImageSyncReportFile>artifacts/report.html</ImageSyncReportFile>
                <ImageSyncRetries>0</ImageSyncRetries>
                <_ImageSyncTaskAssembly>{Built("TaskAssembly")}</_ImageSyncTaskAssembly>
                <_ImageSyncEngineFolder>{Built("EngineFolder")}</_ImageSyncEngineFolder>
              </PropertyGroup>
              <ItemGroup>
                {string.Concat(_images.Select(image => $"""<RemoteImage Include="{_origin.Url(image.Target)}" LocalPath="{image.Path}" Optional="true" />{'\n'}"""))}
              </ItemGroup>
              <Import Project="{RepositoryRoot.PathOf("ImageSync.targets")}" />
            </Project>
            """);
        (await new DotNet(Folder).RunAsync("msbuild", "Gallery.proj", "-t:SyncImages")).ShouldSucceed();
    }

    private static string Built(string key) =>
        typeof(ReportedProject).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    public ValueTask DisposeAsync() => _origin.DisposeAsync();
}
