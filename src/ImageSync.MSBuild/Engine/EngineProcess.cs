using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using ImageSync.Engine;
using ImageSync.Pipe;

namespace ImageSync.MSBuild;

/// <summary>The engine as a process: lines to it, lines from it. It ends when this end of the pipe is closed, by whatever.</summary>
internal sealed class EngineProcess : IDisposable
{
    // A program that is scanned before it may run, on a machine that is busy with other things.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // Milliseconds. It takes a few; one that takes longer ends by itself, and nobody waits for that.
    private const int Farewell = 1000;

    // Of what it says where it cannot run: the loader's words stand at the beginning.
    private const int LongestWords = 1000;

    private readonly Process _process;
    private readonly StringBuilder _words = new();
    private readonly StreamWriter _input;
    private readonly PipeReader _output;
    private bool _isOver;

    private EngineProcess(EngineProgram program, Process process)
    {
        (Program, _process) = (program, process);
        _input = new StreamWriter(process.StandardInput.BaseStream, new UTF8Encoding(false), 16 * 1024) { NewLine = "\n" };
        _output = new PipeReader(process.StandardOutput.BaseStream);
    }

    /// <summary>What runs.</summary>
    public EngineProgram Program { get; }

    /// <summary>The variables that it was started with: it reads secrets from there, so a build that changes them needs another.</summary>
    public string Environment { get; private set; } = "";

    /// <summary>The process's number.</summary>
    public int Id => _process.Id;

    /// <summary>Starts a program, and hears its first line.</summary>
    /// <param name="program">The program.</param>
    /// <param name="reason">Why there is no engine: a clause; null where there is one.</param>
    public static EngineProcess? Start(EngineProgram program, out string? reason)
    {
        if (program.IsNative && Path.DirectorySeparatorChar == '/' && !UnixFile.MakeExecutable(program.File))
        {
            reason = "it may not be executed, and only its owner can change that (or its folder is mounted with noexec)";
            return null;
        }

        EngineProcess engine;
        try
        {
            engine = new EngineProcess(program, Process.Start(InfoOf(program))!);
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException or IOException)
        {
            reason = exception.Message.TrimEnd('.');
            return null;
        }

        engine.Environment = EnvironmentOfProcess();
        engine._process.ErrorDataReceived += (_, line) => engine.Keep(line.Data);
        engine._process.BeginErrorReadLine();
        reason = engine.ObjectionToGreeting();
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
        if (_output.Fault is { } fault)
        {
            return "what it said could not be understood: " + fault;
        }

        // Whoever closes its output ends a moment later.
        var how = _process.WaitForExit(2000) ? "it ended with the code " + _process.ExitCode : "it fell silent";
        _process.WaitForExit(100);
        lock (_words)
        {
            return _words.Length == 0 ? how : $"{how} and said: {_words.ToString().Trim().TrimEnd('.')}";
        }
    }

    /// <summary>Ends it at once.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It is gone already.
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
        _process.WaitForExit(Farewell);
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

    private string? ObjectionToGreeting()
    {
        var isLate = false;
        using var watch = new Timer(
            _ =>
            {
                isLate = true;
                Kill();
            },
            state: null,
            Patience,
            Timeout.InfiniteTimeSpan);
        var greeting = Read();
        return greeting is [PipeLine.Greeting, var protocol, var version]
            ? protocol == PipeLine.Protocol ? null : $"it is of another version ({version}) than the task ({Product.Version})"
            : isLate ? $"it said nothing for {Patience.TotalSeconds:0} seconds"
            : greeting is not null ? "its first line is not that of an engine"
            : WhyItEnded();
    }

    private void Keep(string? line)
    {
        lock (_words)
        {
            if (line is not null && _words.Length < LongestWords)
            {
                _words.Append(' ').Append(line.Trim());
            }
        }
    }
}
