using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>A folder as a machine's root: the packed program, a shell, and the libraries that these name. It has no .NET.</summary>
internal sealed partial class BareMachine
{
    private readonly string _root;
    private readonly string _enter;

    private BareMachine(string root, string enter) => (_root, _enter) = (root, enter);

    /// <summary>Makes one; the test is ignored where nobody may change the root, or the package has no program.</summary>
    public static async Task<BareMachine> MakeAsync(string root, bool withOpenSsl)
    {
        if (!NativeEngine.IsExpected)
        {
            Assert.Ignore("The engine is compiled ahead on Linux alone, where there is a linker.");
        }

        Directory.CreateDirectory(Path.Combine(root, "bin"));
        using (var package = ZipFile.OpenRead(Packed.Package.NupkgPath))
        {
            package.GetEntry($"engine/{RuntimeInformation.RuntimeIdentifier}/imagesync")!
                .ExtractToFile(Path.Combine(root, "bin/imagesync"));
        }

        var host = new DotNet(root);
        var openSsl = withOpenSsl ? ServerProcess.Require("openssl", "On Debian and its kin: apt-get install openssl") : "";
        var libraries = (await host.RunBashAsync(
            "-c", $"chmod +x bin/imagesync; cp -L /bin/sh bin/sh; ldd bin/imagesync bin/sh {openSsl}")).ShouldSucceed();
        foreach (var library in Absolute().Matches(libraries.Output).Select(match => match.Value).Distinct())
        {
            var copy = root + library;
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(library, copy, overwrite: true);
        }

        // A file as good as the device, which only root can make, for what one run reads.
        Directory.CreateDirectory(Path.Combine(root, "dev"));
        await File.WriteAllBytesAsync(Path.Combine(root, "dev/urandom"), RandomNumberGenerator.GetBytes(65_536));

        foreach (var enter in new[] { "chroot", "unshare --map-root-user chroot", "sudo -n chroot" })
        {
            var machine = new BareMachine(root, enter);
            if ((await machine.RunAsync("imagesync --version")).ExitCode == 0)
            {
                return machine;
            }
        }

        Assert.Ignore("Nobody may change the root here.");
        return null!;
    }

    /// <summary>Runs a shell's line there, with nothing in its environment but a PATH.</summary>
    public Task<CommandResult> RunAsync(string line) => new DotNet(_root)
    {
        Environment = new Dictionary<string, string?> { ["LINE"] = line },
    }.RunBashAsync("-c", $"env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin {_enter} . /bin/sh -c \"$LINE\"");

    [GeneratedRegex(@"(?<=\s)/\S+(?= \(0x)")]
    private static partial Regex Absolute();
}
