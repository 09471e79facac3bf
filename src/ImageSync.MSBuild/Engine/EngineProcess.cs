using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using ImageSync.Engine;
using ImageSync.Pipe;

namespace ImageSync.MSBuild;

/// <summary>The engine as a process: lines to it, lines from it. It ends when this end of the pipe is closed, by whatever.</summary>
internal sealed class EngineProcess : IDisposable
{
    // Milliseconds. It takes a few; one that takes longer has nothing in hand, and is ended.
    private const int Farewell = 1000;

    // Of what it says where it cannot run: the loader's words stand at the beginning.
    private const int LongestWords = 1000;

    // What a script has started holds the pipe open as well: nobody would learn that the script is gone. .NET Framework has no such
    // function, and Windows no such scripts.
    private static readonly Action<Process, bool>? KillTree =
        (Action<Process, bool>?)typeof(Process).GetMethod(nameof(Process.Kill), [typeof(bool)])?
            .CreateDelegate(typeof(Action<Process, bool>));

    private readonly Process _process;
    private readonly StringBuilder _words = new();
    private readonly Thread _listener;
    private readonly StreamWriter _input;
    private readonly PipeReader _output;
    private bool _isOver;

    private EngineProcess(EngineProgram program, string environment, Process process)
    {
        (Program, Environment, _process) = (program, environment, process);
        _input = new StreamWriter(process.StandardInput.BaseStream, new UTF8Encoding(false), 16 * 1024) { NewLine = "\n" };
        _output = new PipeReader(process.StandardOutput.BaseStream);
        var words = process.StandardError;
        _listener = new Thread(() => KeepWords(words)) { IsBackground = true };
        _listener.Start();
    }

    /// <summary>What runs.</summary>
    public EngineProgram Program { get; }

    /// <summary>The variables that it was started with: it reads secrets from there, so a build that changes them needs another.</summary>
    public string Environment { get; }

    /// <summary>Whether it has carried a request out before this one.</summary>
    public bool HasAnswered { get; set; }

    /// <summary>Starts a program, and hears its first line.</summary>
    /// <param name="program">The program.</param>
    /// <param name="environment">The variables of this process, as <see cref="EnvironmentOfProcess"/> has them.</param>
    /// <param name="timeout">How long to wait for that line.</param>
    /// <param name="meanwhile">What can be done while it starts.</param>
    /// <param name="build">Ends the wait.</param>
    /// <param name="reason">Why there is no engine: a clause; null where there is one.</param>
    public static EngineProcess? Start(
        EngineProgram program, string environment, TimeSpan timeout, Action meanwhile, CancellationToken build, out string? reason)
    {
        if (program.IsNative && Path.DirectorySeparatorChar == '/' && !UnixFile.MakeExecutable(program.File))
        {
            reason = "it may not be executed, and only its owner can change that (or its folder is mounted with noexec)";
            return null;
        }

        EngineProcess engine;
        try
        {
            engine = new EngineProcess(program, environment, Process.Start(InfoOf(program))!);
        }
        catch (Win32Exception exception)
        {
            reason = WhyItDidNotStart(program, exception.NativeErrorCode);
            return null;
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException)
        {
            reason = exception.Message.TrimEnd('.');
            return null;
        }

        meanwhile();
        reason = engine.ObjectionToGreeting(timeout, build);
        if (reason is null)
        {
            return engine;
        }

        engine.Kill();
        engine.Dispose();
        return null;
    }

    /// <summary>All variables of this process, as one text to compare.</summary>
    public static string EnvironmentOfProcess()
    {
        var variables = System.Environment.GetEnvironmentVariables();
        var names = variables.Keys.Cast<string>().ToArray();
        Array.Sort(names, StringComparer.Ordinal);
        return string.Join("\n", names.Select(name => name + "=" + variables[name]));
    }

    /// <summary>Sends a line; it goes out with the next <see cref="Flush"/>.</summary>
    /// <exception cref="IOException">The engine is gone.</exception>
    public void Send(string line)
    {
        _input.Write(line);
        _input.Write('\n');
    }

    /// <summary>Sends what is written until now.</summary>
    /// <exception cref="IOException">The engine is gone.</exception>
    public void Flush() => _input.Flush();

    /// <summary>The fields of the next line; null where none comes any more.</summary>
    public string[]? Read()
    {
        try
        {
            return _output.Read();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary>Why no line comes any more, as a clause.</summary>
    public string WhyItEnded()
    {
        if (_output.Fault is { } fault and not PipeReader.Torn)
        {
            return "what it said could not be understood: " + fault;
        }

        // Whoever closes its output ends a moment later; its last words may still be on their way then.
        var how = (_process.WaitForExit(2000) ? "it ended with the code " + _process.ExitCode : "it fell silent")
            + (_output.Fault is null ? "" : " in the middle of a line");
        _listener.Join(500);
        lock (_words)
        {
            var words = string.Join(" ", _words.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            return words.Length == 0 ? how : $"{how} and said: {words.TrimEnd('.')}";
        }
    }

    /// <summary>Ends it at once.</summary>
    public void Kill()
    {
        try
        {
            if (KillTree is null)
            {
                _process.Kill();
            }
            else
            {
                KillTree(_process, true);
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It is gone already, or its children are.
        }
    }

    /// <summary>Has it end: the end of its input is the sign.</summary>
    public void Close()
    {
        try
        {
            _input.Dispose();
        }
        catch (IOException)
        {
            // It is gone already.
        }
    }

    public void Dispose()
    {
        if (_isOver)
        {
            return;
        }

        _isOver = true;
        Close();
        if (!_process.WaitForExit(Farewell))
        {
            Kill();
        }

        // What was asked for is not closed with the process's object; its words are closed by the thread that reads them.
        _process.StandardOutput.Dispose();
        _process.Dispose();
    }

    private static ProcessStartInfo InfoOf(EngineProgram program) => new()
    {
        FileName = program.File,
        Arguments = program.Arguments,
        UseShellExecute = false,
        CreateNoWindow = true,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardOutputEncoding = Encoding.UTF8,
        StandardErrorEncoding = Encoding.UTF8,

        // Not the project's: on Windows nobody can delete the folder in which a process stands.
        WorkingDirectory = Path.GetDirectoryName(program.File)!,
    };

    // The program itself is there; what is missing is named in it, and the system does not say so. .NET's own words are twice the path.
    private static string WhyItDidNotStart(EngineProgram program, int error) =>
        program.IsNative && Path.DirectorySeparatorChar == '/' && error == UnixFile.NoSuchFile
            ? "the loader that it names is not on this machine (it is that of another C library)"
            : new Win32Exception(error).Message.TrimEnd('.');

    private string? ObjectionToGreeting(TimeSpan timeout, CancellationToken build)
    {
        using var watchdog = new EngineWatchdog(this, timeout);
        using var cancelled = build.Register(Kill);
        var greeting = Read();
        return greeting is [PipeLine.Greeting, var protocol, var version]
            ? protocol == PipeLine.Protocol ? null : $"it is of another version ({version}) than the task ({Product.Version})"
            : watchdog.IsOver ? $"it said nothing for {timeout.TotalSeconds:0} seconds"
            : greeting is not null ? "its first line is not that of an engine"
            : WhyItEnded();
    }

    // All of it is read, lest the program wait for that.
    private void KeepWords(StreamReader words)
    {
        var part = new char[1024];
        try
        {
            using var closed = words;
            while (words.Read(part, 0, part.Length) is > 0 and var read)
            {
                lock (_words)
                {
                    _words.Append(part, 0, Math.Min(read, LongestWords - _words.Length));
                }
            }
        }
        catch (IOException)
        {
            // It has nothing more to say.
        }
    }
}
