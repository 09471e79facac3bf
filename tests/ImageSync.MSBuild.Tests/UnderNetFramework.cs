using System.Runtime.InteropServices;
using ImageSync.Testing;

namespace ImageSync.MSBuild.Tests;

/// <summary>What is otherwise in MSBuild.exe, a program of .NET Framework, as far as .NET can show it.</summary>
public class UnderNetFramework
{
    [TestCase("win", Architecture.X86, Architecture.X64, "win-x64")]
    [TestCase("win", Architecture.X86, Architecture.Arm64, "win-arm64")]
    [TestCase("win", Architecture.X86, Architecture.X86, "")]
    [TestCase("win", Architecture.Arm, Architecture.Arm64, "win-arm64")]
    [TestCase("win", Architecture.X64, Architecture.X64, "win-x64")]
    [TestCase("win", Architecture.X64, Architecture.Arm64, "win-x64")]
    [TestCase("win", Architecture.Arm64, Architecture.Arm64, "win-arm64")]
    [TestCase("linux", Architecture.X64, Architecture.X64, "linux-x64")]
    [TestCase("linux", Architecture.X86, Architecture.X64, "")]
    [TestCase("linux", Architecture.Arm, Architecture.Arm64, "")]
    [TestCase("osx", Architecture.X64, Architecture.Arm64, "osx-x64")]
    public void A_32_bit_process_starts_what_its_Windows_can_run(string system, Architecture process, Architecture machine, string expected)
    {
        var architecture = EngineLocator.ArchitectureOf(system, process, machine);
        Assert.That(string.Join(';', EngineLocator.RuntimesOf(system, architecture, _ => false)), Is.EqualTo(expected));
    }

    [TestCase("a.png")]
    [TestCase("a/../b.png")]
    [TestCase("größe/x ö.png")]
    public void Paths_are_made_absolute(string path)
    {
        var expected = Path.GetFullPath(Path.Combine(Path.GetTempPath(), path));
        Assert.That(UntrustedPath.MakeAbsolute(Path.GetTempPath(), path), Is.EqualTo(expected));
    }

    // The one character that .NET's Path throws on as well.
    [TestCase("\0")]
    [TestCase("a\0.png")]
    [TestCase("../\0/a.png")]
    public void What_Path_throws_on_is_the_name_of_no_file(string path) =>
        Assert.That(UntrustedPath.MakeAbsolute(Path.GetTempPath(), path), Is.Null);

    [TestCase("a\0.png")]
    [TestCase("<a>.png")]
    [TestCase("a|\".png")]
    [TestCase("a:b.png")]
    [TestCase("\n")]
    [TestCase("a\0b.png")]
    public void Without_an_engine_an_image_at_no_possible_path_is_absent(string path)
    {
        var run = new TaskRun();
        var engine = new TestDirectory();
        var item = TaskRun.Item("https://h/a.png", ("LocalPath", path));
        Assert.That(run.Execute([item], settings => settings.EngineFolder = engine.FullPath), Is.False);
        Assert.That(run.Engine.Errors.Select(error => error.Code), Is.EqualTo(new[] { "IMGSYNC5001" }));
        Assert.That(run.Synced.Single().GetMetadata("Status"), Is.EqualTo("Failed"));
        Assert.That(run.Synced[0].ItemSpec.Any(char.IsControl), Is.False);
    }

    [Test]
    public void An_import_at_no_possible_path_is_passed_over()
    {
        var run = new TaskRun();
        run.Project.Write("odd.props", "<Project><Import Project=\"a\0.props\" /><Import Project=\"b.props\" /></Project>");
        run.Project.Write("b.props", "<Project><PropertyGroup><ImageSyncPruned>true</ImageSyncPruned></PropertyGroup></Project>");
        run.Execute([], settings => settings.ImportedFiles = [run.Project.PathOf("odd.props")]);
        Assert.That(run.Engine.Warnings.Select(warning => warning.Code), Is.EqualTo(new[] { "IMGSYNC1007" }));
        Assert.That(run.Engine.Errors, Is.Empty);
    }
}
