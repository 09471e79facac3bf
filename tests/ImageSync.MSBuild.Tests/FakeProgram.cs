using System.Diagnostics;
using ImageSync.Testing;

namespace ImageSync.MSBuild.Tests;

/// <summary>An engine's folder as a package has it, with a shell script in the place of the native program.</summary>
internal sealed class FakeProgram
{
    /// <summary>What each engine says first.</summary>
    public const string Greets = "printf 'imagesync\\t2\\t0\\n'\n";

    /// <summary>Hears a request to its end.</summary>
    public const string Hears = "while read -r line && [ \"$line\" != go ]; do :; done\n";

    /// <summary>Says that an image was added, and ends the run.</summary>
    public const string Answers = "printf 'image\\t0\\ta.png\\tu\\tu\\tAdded\\ttrue\\t200" + Rest + "\\nsummary\\tby the script\\ndone\\tcomplete\\n'\n";

    /// <summary>The values behind the status code: none.</summary>
    public const string Rest = @"\t\t\t\t\t\t\t\t\t\t\t\t\t";

    /// <summary>An engine that answers as often as it is asked.</summary>
    public const string Serves = Greets + "while true; do\n" + Hears + "[ \"$line\" ] || exit 0\n" + Answers + "done\n";

    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TestDirectory _directory = new();

    /// <param name="script">What it does, or its whole text where it begins otherwise than a script of commands.</param>
    /// <param name="withIL">Whether the real engine's IL is beside it.</param>
    public FakeProgram(string script, bool withIL = true)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("Windows has no programs that a test could write as a text.");
        }

        Directory.CreateDirectory(Folder);
        Program = Path.Combine(Folder, EngineLocator.RuntimesOfThisMachine().Last(), "imagesync");
        Directory.CreateDirectory(Path.GetDirectoryName(Program)!);
        // Its number, for each time that it is started.
        Write(script[0] is '#' or '\u007F' ? script : $"#!/bin/sh\necho $$ >> '{Started}'\n{script}");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Program, Executable);
        }

        if (withIL)
        {
            Directory.CreateSymbolicLink(Path.Combine(Folder, "net8.0"), Path.Combine(AppContext.BaseDirectory, "engine", "net8.0"));
        }
    }

    /// <summary>The engine's folder.</summary>
    public string Folder => _directory.PathOf("engine");

    /// <summary>The program.</summary>
    public string Program { get; }

    private string Started => _directory.PathOf("started");

    /// <summary>How often it was started.</summary>
    public int Starts => Ids.Length;

    private string[] Ids => File.Exists(Started) ? File.ReadAllLines(Started) : [];

    // By another process. What this one starts for another test meanwhile has all files that are open here, until its own program
    // runs; and a file that anybody has open for writing cannot be run (ETXTBSY, execve(2)).
    private void Write(string text)
    {
        using var copy = Process.Start("cp", [_directory.Write("script", text), Program]);
        copy.WaitForExit();
        Assert.That(copy.ExitCode, Is.Zero);
    }

    /// <summary>Waits until none of the processes is there any more.</summary>
    public void AreGone()
    {
        foreach (var id in Ids)
        {
            Assert.That(() => Directory.Exists("/proc/" + id), Is.False.After(10_000, 20), $"process {id} is there still");
        }
    }

    /// <summary>The number of the process that was started last; it waits for that.</summary>
    public int LastId()
    {
        Assert.That(() => Starts, Is.Positive.After(20_000, 10));
        return int.Parse(Ids[^1]);
    }
}
