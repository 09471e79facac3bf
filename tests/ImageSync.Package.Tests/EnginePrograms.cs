using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.InteropServices;
using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>The packed engine, as the task starts it.</summary>
public sealed class EnginePrograms
{
    private static readonly string Greeting = $"imagesync\t2\t{ImageSyncPackage.ProductVersion}\n";

    [Test]
    public async Task TheNativeOneGreets()
    {
        // arrange
        if (!NativeEngine.IsExpected)
        {
            Assert.Ignore("The engine is compiled ahead on Linux alone, where there is a linker.");
        }

        var program = Unpacked().PathOf($"engine/{RuntimeInformation.RuntimeIdentifier}/imagesync");
        // A package holds no modes; NuGet sets this one where it unpacks.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        // act
        var (output, error, code) = await RunAsync(program, "engine");

        // assert
        Assert.That((output, error, code), Is.EqualTo((Greeting, "", 0)));
    }

    [Test]
    public async Task TheOneOfILGreets()
    {
        // act
        var (output, error, code) = await RunAsync("dotnet", Unpacked().PathOf("engine/net8.0/ImageSync.Engine.dll"), "engine");

        // assert
        Assert.That((output, error, code), Is.EqualTo((Greeting, "", 0)));
    }

    // With an input that has ended: the greeting is all that is left to say.
    private static async Task<(string Output, string Error, int Code)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return ((await output).ReplaceLineEndings("\n"), await error, process.ExitCode);
    }

    private static TestDirectory Unpacked()
    {
        var folder = new TestDirectory();
        using var package = ZipFile.OpenRead(Packed.Package.NupkgPath);
        package.ExtractToDirectory(folder.FullPath);
        return folder;
    }
}
