using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>Builds that make no request have the same files as those that do, or say why not.</summary>
public sealed class WithoutSync
{
    private static readonly byte[] Image = SampleImages.Png(1, 3_000);

    [Test]
    public async Task PublishedFilesAreThoseOfTheBuildBefore()
    {
        // arrange: names of which evaluation has only octets
        await using var origin = new ScriptedOrigin();
        string[] targets = ["/gr%C3%B6%C3%9Fe%20x.png", "/50%25.png", "/a%2Cb.png"];
        foreach (var target in targets)
        {
            origin.On(target, request => Reply.Current(request, Image, "\"1\""));
        }

        var project = new ConsumerProject(new TestDirectory(), Packed.Package,
            string.Concat(targets.Append("/pic.png#f").Select(target => $"""<RemoteImage Include="{origin.Url(target)}" BuildAction="Content" CopyToOutputDirectory="PreserveNewest" />""")));
        origin.On("/pic.png", request => Reply.Current(request, Image, "\"1\""));
        (await project.BuildAsync("-c", "Release")).ShouldSucceed();

        // act
        (await project.RunAsync("publish", "--no-build", "-c", "Release", "-o", "out")).ShouldSucceed();

        // assert
        Assert.That(Directory.GetFiles(project.PathOf("out/images")).Select(Path.GetFileName), Is.EquivalentTo(new[] { "größe x.png", "50%.png", "a,b.png", "pic.png" }));
    }

    [Test]
    public async Task WhatHasNoNameIsToldOf()
    {
        await using var origin = new ScriptedOrigin();
        var project = new ConsumerProject(new TestDirectory(), Packed.Package, $"""<RemoteImage Include="{origin.Url("/feed.xml")}" MediaType="*/*" BuildAction="Content" />""");
        var log = BuildLog.Of(await project.Logged.BuildAsync("-p:ImageSyncOnBuild=false"));
        Assert.That(log.Errors.Select(error => error.Code), Is.EqualTo(new[] { "IMGSYNC1002" }));
        Assert.That(origin.Requests, Is.Empty);
    }

    [Test]
    public async Task WhatAWebProjectPrunesLeavesTheBuildThatPrunesIt()
    {
        // arrange: the SDK's globs have found the file
        await using var origin = new ScriptedOrigin();
        origin.On("/a.png", request => Reply.Current(request, Image, "\"1\"")).On("/b.png", request => Reply.Current(request, Image, "\"1\""));
        var project = new ConsumerProject(new TestDirectory(), Packed.Package,
            $"""
            <RemoteImage Include="{origin.Url("/a.png")}" LocalPath="wwwroot/img/a.png" BuildAction="Content" />
            <RemoteImage Include="{origin.Url("/b.png")}" LocalPath="wwwroot/img/b.png" BuildAction="Content" Condition="'$(Gone)' != 'true'" />
            """,
            "<ImageSyncPrune>true</ImageSyncPrune>", "Microsoft.NET.Sdk.Web", "WebApplication.Create(args).Run();");
        (await project.BuildAsync()).ShouldSucceed();

        // act
        var result = await project.BuildAsync("-p:Gone=true");

        // assert
        result.ShouldSucceed();
        Assert.That(Directory.GetFiles(project.PathOf("wwwroot/img")).Select(Path.GetFileName), Is.EqualTo(new[] { "a.png" }));
    }
}
