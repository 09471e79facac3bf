using System.Diagnostics;

namespace ImageSync.Testing;

/// <summary>What can stand in a file's place and is none that a build should read to its end.</summary>
public enum Irregular
{
    /// <summary>A FIFO whose other end nobody opens.</summary>
    Fifo,

    /// <summary>A link to a device without end.</summary>
    Endless,

    /// <summary>A file of 10 GB, all of it a hole.</summary>
    Huge,
}

/// <summary>Makes irregular files, and sees to it that a test with them ends.</summary>
public static class IrregularFiles
{
    // Far above what any of it takes; only a hang is as long.
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(45);

    /// <summary>Puts one in a place, instead of what is there.</summary>
    public static string Make(this Irregular kind, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Delete(path);
        switch (kind)
        {
            case Irregular.Fifo:
                using (var process = Process.Start("mkfifo", path))
                {
                    process.WaitForExit();
                }

                break;
            case Irregular.Endless:
                File.CreateSymbolicLink(path, "/dev/zero");
                break;
            default:
                using (var file = File.Create(path))
                {
                    file.SetLength(10L * 1024 * 1024 * 1024);
                }

                break;
        }

        return path;
    }

    /// <summary>Runs what must end, on a thread that does not keep the process from ending.</summary>
    public static T Ends<T>(Func<T> action)
    {
        var run = Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.That(Task.WaitAny([run], Guard), Is.Zero, "it hangs");
        return run.GetAwaiter().GetResult();
    }

    /// <summary>Awaits what must end.</summary>
    public static async Task<T> EndsAsync<T>(Task<T> run)
    {
        Assert.That(await Task.WhenAny(run, Task.Delay(Guard)), Is.SameAs(run), "it hangs");
        return await run;
    }
}
