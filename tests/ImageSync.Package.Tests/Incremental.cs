using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>What runs downstream of the sync in an app that copies, embeds and links images.</summary>
public sealed class Incremental
{
    private const string Output = "bin/Debug/net10.0";

    private readonly Dictionary<string, int> _versions = [];
    private ScriptedOrigin _origin;
    private ConsumerProject _project;

    [SetUp]
    public async Task BuildOnce()
    {
        _origin = new ScriptedOrigin();
        foreach (var name in new[] { "copied", "other", "embedded", "linked" })
        {
            _versions[name] = 1;
            _origin.On($"/{name}.png", request => Reply.Current(request, SampleImages.Png(_versions[name], 3_000), $"\"{_versions[name]}\""));
        }

        var directory = new TestDirectory();
        _project = new ConsumerProject(
            directory,
            Packed.Package,
            $"""
            <RemoteImage Include="{_origin.Url("/copied.png")}" BuildAction="Content" CopyToOutputDirectory="PreserveNewest" />
            <RemoteImage Include="{_origin.Url("/other.png")}" BuildAction="None" CopyToOutputDirectory="PreserveNewest" />
            <RemoteImage Include="{_origin.Url("/embedded.png")}" BuildAction="EmbeddedResource" />
            <RemoteImage Include="{_origin.Url("/linked.png")}" />
            """,
            "<OutputType>Exe</OutputType>",
            program: "Console.WriteLine(typeof(Program));");
        directory.Write("app/Images.resx", """
            <root>
              <resheader name="resmimetype"><value>text/microsoft-resx</value></resheader>
              <resheader name="version"><value>2.0</value></resheader>
              <resheader name="reader"><value>System.Resources.ResXResourceReader, System.Windows.Forms</value></resheader>
              <resheader name="writer"><value>System.Resources.ResXResourceWriter, System.Windows.Forms</value></resheader>
              <data name="linked" type="System.Resources.ResXFileRef, System.Windows.Forms"><value>images/linked.png;System.Byte[], mscorlib</value></data>
            </root>
            """);
        (await _project.BuildAsync()).ShouldSucceed();
    }

    [TearDown]
    public async Task Stop() => await _origin.DisposeAsync();

    [Test]
    public async Task OnlyWhatDependsOnANewImageRuns()
    {
        // arrange: which image is new, and what the build writes because of it besides the image
        (string Image, string[] Written)[] builds =
        [
            ("", []),
            ("copied", ["images/copied.png"]),
            ("embedded", ["App.dll", "App.pdb", "App"]),
            ("linked", ["App.dll", "App.pdb", "App"]),
        ];

        foreach (var (image, outputs) in builds)
        {
            var before = _project.TimesBelow("bin", "images");
            var obj = _project.TimesBelow("obj");
            _versions[image] = 2;
            _origin.Clear();

            // act
            var log = BuildLog.Of((await _project.Logged.BuildAsync()).ShouldSucceed());

            // assert
            string[] expected = image.Length == 0 ? [] : [.. outputs.Select(file => $"{Output}/{file}"), $"images/{image}.png"];
            Assert.That(_origin.Requests.Select(request => request.IsConditional), Is.EqualTo(new[] { true, true, true, true }));
            Assert.That(log.Items("SyncedImage").Count(item => item["StatusCode"] == "304"), Is.EqualTo(image.Length == 0 ? 4 : 3));
            Assert.That(Written(before, "bin", "images"), Is.EquivalentTo(expected), image);
            Assert.That(log.TasksOf("CoreCompile").Count > 0, Is.EqualTo(outputs.Contains("App.dll")), $"compiler after {image}");
            if (image.Length == 0)
            {
                Assert.That(_project.TimesBelow("obj"), Is.EqualTo(obj), "no resources, no assembly information, no validators");
                Assert.That(log.TasksOf("_CopyOutOfDateSourceItemsToOutputDirectory").Concat(log.TasksOf("_CopyFilesMarkedCopyLocal")), Is.Empty);
            }
        }
    }

    private IEnumerable<string> Written(IReadOnlyDictionary<string, DateTime> before, params string[] folders) =>
        _project.TimesBelow(folders).Except(before).Select(file => file.Key);
}
