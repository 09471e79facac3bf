using System.Globalization;
using System.Runtime.InteropServices;

namespace ImageSync.MSBuild.Tests;

/// <summary>Which programs the engine may be, on which machine, in which order.</summary>
public class EngineLocatorTests
{
    private const string Musl64 = "/lib/ld-musl-x86_64.so.1";
    private const string MuslArm = "/lib/ld-musl-aarch64.so.1";

    private static readonly string Root = Path.GetPathRoot(Path.GetTempPath())!;
    private static readonly string Name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
    private static readonly string IL = Path.Combine(Root, "engine", "net8.0", "ImageSync.Engine.dll");

    [TestCase("win", Architecture.X64, "", "win-x64")]
    [TestCase("win", Architecture.Arm64, "", "win-arm64")]
    [TestCase("osx", Architecture.X64, "", "osx-x64")]
    [TestCase("osx", Architecture.Arm64, "", "osx-arm64")]
    [TestCase("linux", Architecture.X64, "", "linux-x64")]
    [TestCase("linux", Architecture.Arm64, "", "linux-arm64")]
    [TestCase("linux", Architecture.X64, Musl64, "linux-musl-x64;linux-x64", TestName = "musl, or both")]
    [TestCase("linux", Architecture.Arm64, MuslArm, "linux-musl-arm64;linux-arm64")]
    [TestCase("linux", Architecture.X64, MuslArm, "linux-x64", TestName = "the musl of another machine")]
    [TestCase("linux", Architecture.Arm64, Musl64, "linux-arm64")]
    [TestCase("osx", Architecture.X64, Musl64, "osx-x64")]
    [TestCase("win", Architecture.X64, Musl64, "win-x64")]
    [TestCase("win", Architecture.X86, "", "")]
    [TestCase("linux", Architecture.Arm, "", "")]
    [TestCase("linux", Architecture.S390x, Musl64, "")]
    [TestCase("linux", Architecture.Wasm, "", "")]
    [TestCase("", Architecture.X64, "", "", TestName = "a system that we do not know")]
    public void NamesMachines(string system, Architecture architecture, string existing, string expected) => Assert.That(
        string.Join(';', EngineLocator.RuntimesOf(system, architecture, file => file == existing)), Is.EqualTo(expected));

    [Test]
    public void ThisMachineHasAName() =>
        Assert.That(EngineLocator.RuntimesOfThisMachine(), Is.Not.Empty.And.All.Match("^(win|osx|linux|linux-musl)-(x64|arm64)$"));

    [TestCase("linux-x64", "linux-x64/imagesync", "linux-x64/imagesync")]
    [TestCase("linux-musl-x64;linux-x64", "linux-x64/imagesync", "linux-x64/imagesync")]
    [TestCase("linux-musl-x64;linux-x64", "linux-x64/imagesync;linux-musl-x64/imagesync", "linux-musl-x64/imagesync")]
    [TestCase("win-x64", "win-x64/imagesync.exe", "win-x64/imagesync.exe")]
    [TestCase("win-x64", "win-x64/imagesync", null)]
    [TestCase("osx-arm64", "osx-arm64/imagesync.exe", null)]
    [TestCase("osx-arm64", "linux-x64/imagesync;osx-x64/imagesync", null)]
    [TestCase("", "linux-x64/imagesync", null)]
    public void FindsTheNativeOne(string runtimes, string existing, string? expected)
    {
        // arrange
        var files = existing.Split(';').Select(file => Path.Combine(Root, "engine", Path.Combine(file.Split('/')))).ToList();

        // act
        var program = new EngineLocator(Path.Combine(Root, "engine"), files.Contains)
            .Native(runtimes.Split(';', StringSplitOptions.RemoveEmptyEntries));

        // assert
        Assert.That(program?.File, Is.EqualTo(expected is null ? null : Path.Combine(Root, "engine", Path.Combine(expected.Split('/')))));
        Assert.That((program?.Arguments ?? "engine", program?.IsNative ?? true), Is.EqualTo(("engine", true)));
    }

    // Folders are below the root, where they begin with a slash; each has a dotnet but those called "empty".
    [TestCase("/host", "/sdk", "/a:/b", "/host;/sdk;/a;/b")]
    [TestCase(null, "/sdk", "/a:/b", "/sdk;/a;/b")]
    [TestCase("", "", "/a", "/a")]
    [TestCase("", "", null, "")]
    [TestCase("", "", "", "")]
    [TestCase("/empty", "/empty", "/empty:/a", "/a")]
    [TestCase("/a", "/a", "/b:/a:/b", "/a;/b", TestName = "each once")]
    [TestCase("", "", ":/a::/b:", "/a;/b", TestName = "holes in the PATH are the current folder")]
    [TestCase("", "", ".:..:bin:./bin:~/bin:/a", "/a", TestName = "relative entries")]
    [TestCase("host", "sdk", "/a", "/a", TestName = "a relative host and root")]
    [TestCase("", "", "\0:/a\0b:/b", "/b", TestName = "what no path has")]
    [TestCase("", "", " /a:/b", "/b", TestName = "a blank is part of a relative name")]
    public void FindsDotnets(string? host, string root, string? path, string expected)
    {
        // arrange
        var locator = new EngineLocator(Path.Combine(Root, "engine"),
            file => file == IL || (Path.GetFileName(file) == Name && !file.Contains("empty")));

        // act
        var found = locator.Managed(
            host is null or "" ? host : Path.Combine(Native(host), Name),
            Native(root),
            path is null ? null : string.Join(Path.PathSeparator, path.Split(':').Select(Native))).ToList();

        // assert
        Assert.That(found.Select(program => program.File),
            Is.EqualTo(expected.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(Native(folder), Name))));
        Assert.That(found.Select(program => (program.Arguments, program.IsNative)), Is.All.EqualTo(($"exec \"{IL}\" engine", false)));
    }

    [Test]
    public void FindsNoDotnetWithoutIL() => Assert.That(
        new EngineLocator(Path.Combine(Root, "engine"), file => file != IL)
            .Managed(Path.Combine(Root, "a", Name), Path.Combine(Root, "b"), Root),
        Is.Empty);

    [TestCase("a b", "a b")]
    [TestCase("a\"b", "a\\\"b")]
    [TestCase("a\\\"b", "a\\\\\\\"b")]
    [TestCase("a\\b", "a\\b")]
    [Platform(Exclude = "Win", Reason = "A quotation mark is part of no path.")]
    public void AFolderMayHaveAnyName(string name, string written) => Assert.That(
        new EngineLocator(Path.Combine(Root, name), _ => true).Managed(Path.Combine(Root, Name), "", "").Single().Arguments,
        Does.StartWith($"exec \"{Path.Combine(Root, written, "net8.0")}"));

    [TestCase(true, null)]
    [TestCase(false, "the package's folder is not whole, {0} is missing")]
    public void KnowsWhatIsMissing(bool isWhole, string? expected) => Assert.That(
        new EngineLocator(Path.Combine(Root, "engine"), file => isWhole || file != IL).WhatIsMissing,
        Is.EqualTo(expected is null ? null : string.Format(CultureInfo.InvariantCulture, expected, IL)));

    [TestCase("\"C:\\a b\";C:dotnet;\\dotnet;C:;D:/c;\\\\server\\d;<x>;\"", @"C:\a b\dotnet.exe;D:/c\dotnet.exe;\\server\d\dotnet.exe")]
    [Platform("Win")]
    public void KnowsDrivesAndQuotes(string path, string expected) => Assert.That(
        string.Join(';',
            new EngineLocator(Path.Combine(Root, "engine"), _ => true).Managed(null, "", path).Select(program => program.File)),
        Is.EqualTo(expected));

    private static string Native(string path) => path.StartsWith('/') ? Path.Combine(Root, path[1..]) : path;
}
