using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>MSBuild's own DownloadFile, which skips what has the length and an older date; one failed image does not hold back the others.</summary>
internal sealed class DownloadFileContender : PipelineContender
{
    public override string Name => "DownloadFile";

    public override void Declare(TestDirectory directory, string clone, IReadOnlyDictionary<string, string> urls) => directory.Write($"{clone}/src/Site/Site.csproj",
        $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
          </PropertyGroup>
          <ItemGroup>
            {string.Join("\n    ", urls.Select(image => $"""<RemoteImage Include="{image.Value}" File="{image.Key}" />"""))}
          </ItemGroup>
          <Target Name="DownloadImages">
            <DownloadFile SourceUrl="%(RemoteImage.Identity)" DestinationFolder="wwwroot/img" DestinationFileName="%(RemoteImage.File)" SkipUnchangedFiles="true" ContinueOnError="ErrorAndContinue" />
          </Target>
        </Project>
        """);

    public override IEnumerable<string> FilesOf(string image) => [ImageFolder + image];

    public override Task<CommandResult> RunAsync(string clone) => new DotNet(clone).RunAsync("msbuild", "src/Site", "-t:DownloadImages");
}
