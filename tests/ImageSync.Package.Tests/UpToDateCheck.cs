using System.Text.Json;
using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>What an IDE asks of a project: design-time builds, and the inputs of the fast up-to-date check.</summary>
public sealed class UpToDateCheck
{
    private static readonly string[] Questions = ["-getItem:UpToDateCheckInput,UpToDateCheckBuilt,UpToDateCheckOutput,Content,None,Sprite", "-getProperty:DisableFastUpToDateCheck"];

    private ScriptedOrigin _origin;
    private ConsumerProject _project;

    [SetUp]
    public void Declare()
    {
        _origin = new ScriptedOrigin()
            .On("/logo.png", request => Reply.Current(request, SampleImages.Png(1, 3_000), "\"1\""))
            .On("/note.png", request => Reply.Current(request, SampleImages.Png(2, 3_000), "\"1\""))
            .On("/sprite.png", request => Reply.Current(request, SampleImages.Png(3, 3_000), "\"1\""));
        _project = new ConsumerProject(
            new TestDirectory(),
            Packed.Package,
            $"""
            <RemoteImage Include="{_origin.Url("/logo.png")}" LocalPath="wwwroot/logo.png" BuildAction="Content" />
            <RemoteImage Include="{_origin.Url("/note.png")}" LocalPath="note.png" BuildAction="None" CopyToOutputDirectory="PreserveNewest" />
            <RemoteImage Include="{_origin.Url("/sprite.png")}" LocalPath="sprite.png" BuildAction="Sprite" />
            """,
            sdk: "Microsoft.NET.Sdk.Web",
            program: "WebApplication.Create(args).Run();");
    }

    [TearDown]
    public async Task Stop() => await _origin.DisposeAsync();

    [Test]
    public async Task DesignTimeBuildOfACleanClone()
    {
        // arrange
        (await _project.RunAsync("restore")).ShouldSucceed();

        // act: static web assets read the bytes of what they find, and none is there yet
        var log = BuildLog.Of((await DesignTimeBuildAsync()).ShouldSucceed());

        // assert
        Assert.That(_origin.Requests, Is.Empty);
        Assert.That(log.Errors.Concat(log.Warnings).Where(problem => problem.Code != "NU1603"), Is.Empty);
    }

    [Test]
    public async Task SeesTheFilesAndNothingElse()
    {
        // arrange
        (await _project.BuildAsync()).ShouldSucceed();
        _origin.Clear();

        // act
        using var with = JsonDocument.Parse((await DesignTimeBuildAsync(Questions)).ShouldSucceed().StandardOutput);
        using var without = JsonDocument.Parse((await DesignTimeBuildAsync([.. Questions, "-p:ImageSyncEnabled=false"])).ShouldSucceed().StandardOutput);

        // assert: the check's own items are what they are without us
        Assert.That(_origin.Requests, Is.Empty);
        Assert.That(Identities(with, "UpToDateCheckInput"), Does.Contain(_project.PathOf("wwwroot/logo.png")));
        foreach (var type in new[] { "UpToDateCheckInput", "UpToDateCheckBuilt", "UpToDateCheckOutput" })
        {
            Assert.That(Identities(with, type), Is.EqualTo(Identities(without, type)), type);
        }

        Assert.That(with.RootElement.GetProperty("Properties").GetProperty("DisableFastUpToDateCheck").GetString(), Is.Empty);

        // assert: and it sees our files as the ordinary items that they are
        Assert.That(Identities(with, "Content"), Does.Contain("wwwroot/logo.png"));
        var note = Items(with, "None").Single(item => item.GetProperty("Identity").GetString() == "note.png");
        Assert.That(note.GetProperty("CopyToOutputDirectory").GetString(), Is.EqualTo("PreserveNewest"));
        Assert.That(Identities(with, "Sprite"), Is.EqualTo(new[] { "sprite.png" }));
    }

    // The targets that an IDE has of its own call those of the static web assets; these are called here by name.
    private Task<CommandResult> DesignTimeBuildAsync(params string[] questions) => _project.Logged.MSBuildAsync([
        "-t:ResolveAssemblyReferences;CoreCompile;GetCopyToOutputDirectoryItems;ResolveStaticWebAssetsConfiguration;ResolveProjectStaticWebAssets;CollectStaticWebAssetInputsDesignTime;CollectStaticWebAssetOutputsDesignTime",
        "-p:DesignTimeBuild=true", "-p:BuildingInsideVisualStudio=true", "-p:BuildingProject=false", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true",
        .. questions,
    ]);

    private static List<JsonElement> Items(JsonDocument answer, string type) => [.. answer.RootElement.GetProperty("Items").GetProperty(type).EnumerateArray()];

    private static List<string?> Identities(JsonDocument answer, string type) => [.. Items(answer, type).Select(item => item.GetProperty("Identity").GetString())];
}
