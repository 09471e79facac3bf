using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>The ways to silence and to promote MSBuild's warnings work on ours; errors cannot be silenced.</summary>
public sealed class Severities
{
    // The argument; then "W" for a warning, "E" for an error and "-" for silence: of IMGSYNC2001, and of IMGSYNC2003.
    private static readonly (string Argument, string Expected)[] Table =
    [
        ("-nologo", "WW"),
        ("-p:NoWarn=IMGSYNC2001", "-W"),
        ("-nowarn:IMGSYNC2001", "-W"),
        ("-p:WarningsAsErrors=IMGSYNC2003", "WE"),
        ("-p:MSBuildWarningsAsErrors=IMGSYNC2003", "WE"),
        ("-warnaserror:IMGSYNC2003", "WE"),
        ("-p:TreatWarningsAsErrors=true", "WW"), // the compiler's alone
        ("-p:MSBuildTreatWarningsAsErrors=true", "EE"),
        ("-warnaserror", "EE"),
    ];

    [Test]
    public async Task WarningsObey()
    {
        // arrange: two images that cannot be had, with copies
        await using var origin = new ScriptedOrigin();
        using var dead = new DeadPort();
        var directory = new TestDirectory();
        var project = new ConsumerProject(directory, Packed.Package, $"""
            <RemoteImage Include="{dead.Url("/a.png")}" LocalPath="a.png" />
            <RemoteImage Include="{origin.Url("/gone.png")}" LocalPath="b.png" />
            """, "<ImageSyncRetries>0</ImageSyncRetries>");
        directory.Write("app/a.png", SampleImages.Png(1, 3_000));
        directory.Write("app/b.png", SampleImages.Png(2, 3_000));
        (await project.RunAsync("restore")).ShouldSucceed();

        using var all = Assert.EnterMultipleScope();
        foreach (var (argument, expected) in Table)
        {
            // act
            var result = await project.Logged.MSBuildAsync("-t:SyncImages", argument);

            // assert: promoted, it fails the build, and the copy stays all the same
            var log = BuildLog.Of(result);
            Assert.That(Seen(log, "IMGSYNC2001") + Seen(log, "IMGSYNC2003"), Is.EqualTo(expected), argument);
            Assert.That(result.ExitCode, Is.EqualTo(expected.Contains('E', StringComparison.Ordinal) ? 1 : 0), argument);
            Assert.That(log.Items("SyncedImage").Select(item => item["Status"]), Is.EqualTo(new[] { "Kept", "Kept" }), argument);
            Assert.That(project.Read("b.png"), Is.EqualTo(SampleImages.Png(2, 3_000)), argument);
        }

        // act: without a copy it is an error
        File.Delete(project.PathOf("a.png"));
        var failed = BuildLog.Of((await project.Logged.MSBuildAsync("-t:SyncImages", "-p:NoWarn=IMGSYNC2001")).ShouldFail());

        // assert
        Assert.That(Seen(failed, "IMGSYNC2001"), Is.EqualTo("E"));
    }

    private static string Seen(BuildLog log, string code) =>
        log.Errors.Any(error => error.Code == code) ? "E" : log.Warnings.Any(warning => warning.Code == code) ? "W" : "-";
}
