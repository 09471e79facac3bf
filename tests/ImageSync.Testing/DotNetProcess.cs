using System.Diagnostics;
using System.Text;

namespace ImageSync.Testing;

/// <summary>A dotnet command, or a script of them, under way.</summary>
public sealed class DotNetProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task _reading;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _standardOutput = new();
    private TaskCompletionSource _nextLine = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal DotNetProcess(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _reading = Task.WhenAll(ReadAsync(_process.StandardOutput, _standardOutput), ReadAsync(_process.StandardError, null));
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    private string Command => string.Join(' ', _process.StartInfo.ArgumentList.Prepend(Path.GetFileName(_process.StartInfo.FileName))) + $"   (in {_process.StartInfo.WorkingDirectory})";

    /// <summary>SIGKILL to the process and to all that it started, each by its id.</summary>
    public void Kill() => _process.Kill(entireProcessTree: true);

    /// <summary>Waits for the end; a command that takes longer is killed, and its output so far is the exception's message.</summary>
    public async Task<CommandResult> WaitAsync(TimeSpan? timeout = null)
    {
        using var limit = new CancellationTokenSource(timeout ?? TimeSpan.FromMinutes(5));
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Kill();
            throw new TimeoutException($"{Command} took too long and was killed:\n{Text(_output)}");
        }

        // A compiler server that outlives the command may keep its streams open; what the command wrote has come by then.
        await Task.WhenAny(_reading, Task.Delay(TimeSpan.FromSeconds(5)));
        return new CommandResult(_process.ExitCode, Text(_output)) { Command = Command, StandardOutput = Text(_standardOutput) };
    }

    /// <summary>Waits until the output so far, both streams, is as wanted; for commands that do not end by themselves.</summary>
    public async Task<string> UntilAsync(Func<string, bool> wanted, TimeSpan? timeout = null)
    {
        using var limit = new CancellationTokenSource(timeout ?? TimeSpan.FromMinutes(5));
        var end = Task.WhenAny(_reading, Task.Delay(Timeout.Infinite, limit.Token));
        while (true)
        {
            var next = Volatile.Read(ref _nextLine).Task;
            var output = Text(_output);
            if (wanted(output))
            {
                return output;
            }

            if (await Task.WhenAny(next, end) == end)
            {
                Kill();
                throw new TimeoutException($"{Command} ended or took too long before this was seen:\n{Text(_output)}");
            }
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static string Text(StringBuilder lines)
    {
        lock (lines)
        {
            return lines.ToString();
        }
    }

    private async Task ReadAsync(StreamReader reader, StringBuilder? own)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            foreach (var lines in own is null ? [_output] : new[] { _output, own })
            {
                lock (lines)
                {
                    lines.AppendLine(line);
                }
            }

            Interlocked.Exchange(ref _nextLine, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }
    }
}
