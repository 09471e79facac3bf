extern alias HandingOver;

using HandingOver::ImageSync.MSBuild;

namespace ImageSync.MSBuild.Tests;

public sealed class DotNetCommands
{
    private static readonly char Separator = Path.PathSeparator;
    private static readonly string Name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    [TestCase("/sdk", "/a:/b", new[] { "/sdk", "/b" }, "/sdk", TestName = "the SDK's own first")]
    [TestCase("/sdk", "/a:/b", new[] { "/b" }, "/b", TestName = "then the PATH")]
    [TestCase("", "/a::/b", new[] { "/a", "/b" }, "/a", TestName = "no SDK, and a hole in the PATH")]
    [TestCase("", ".:bin", new[] { ".", "bin" }, null, TestName = "a relative folder may be anybody's")]
    [TestCase("", null, new[] { "/a" }, null, TestName = "no PATH")]
    public void Found(string root, string? path, string[] holding, string? expected)
    {
        var files = holding.Select(folder => Path.Combine(folder, Name)).ToHashSet();

        var found = DotNetCommand.Find(root, path?.Replace(':', Separator), files.Contains);

        Assert.That(found, Is.EqualTo(expected is null ? null : Path.Combine(expected, Name)));
    }

    [TestCase("a", "\"-p:P=a\"")]
    [TestCase("", "\"-p:P=\"")]
    [TestCase("a;b,c", "\"-p:P=a%3Bb%2Cc\"", TestName = "one value, whatever separators it holds")]
    [TestCase("a%3Bb", "\"-p:P=a%3Bb\"", TestName = "the engine hands out escaped values")]
    [TestCase("say \"x\"", "\"-p:P=say %22x%22\"")]
    [TestCase(@"C:\src\", @"""-p:P=C:\src\\""", TestName = "a backslash before the quote would escape it")]
    [TestCase("two\nlines", "\"-p:P=two%0Alines\"")]
    public void Property(string value, string expected) =>
        Assert.That(DotNetCommand.Arguments("/p/App.csproj", "SyncImages", [new("P", value)]), Does.EndWith(" " + expected));

    [Test]
    public void Project() =>
        Assert.That(DotNetCommand.Arguments("/a b/App.csproj", "SyncImages", []), Does.StartWith("msbuild \"/a b/App.csproj\" -t:SyncImages -nologo"));

    [TestCase("Configuration", true)]
    [TestCase("ImageSyncMaxAge", true)]
    [TestCase("_ImageSyncHandOver", false)]
    [TestCase("BuildingInsideVisualStudio", false)]
    [TestCase("currentsolutionconfigurationcontents", false)]
    public void GlobalProperties(string name, bool expected) => Assert.That(DotNetCommand.IsHandedOver(name), Is.EqualTo(expected));

    [TestCase("MSBuildSDKsPath", true)]
    [TestCase("MSBUILD_EXE_PATH", true)]
    [TestCase("DOTNET_HOST_PATH", true)]
    [TestCase("DOTNET_ROOT", false)]
    [TestCase("PATH", false)]
    [TestCase("HTTPS_PROXY", false)]
    [TestCase("IMAGESYNC_ALLOWED_HOSTS", false)]
    [TestCase("IMAGESYNC_ALLOWED_VARIABLES", false)]
    public void Variables(string name, bool isTheHosts) => Assert.That(DotNetCommand.IsTheHosts(name), Is.EqualTo(isTheHosts));
}
