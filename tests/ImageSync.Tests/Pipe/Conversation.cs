using System.IO.Pipes;
using System.Text;
using ImageSync.Engine;
using ImageSync.Pipe;

namespace ImageSync.Tests.Pipe;

/// <summary>The engine at one end of two pipes, and the test, in the place of a build, at the other.</summary>
internal sealed class Conversation : IDisposable
{
    private readonly AnonymousPipeServerStream _toEngine = new(PipeDirection.Out);
    private readonly AnonymousPipeServerStream _fromEngine = new(PipeDirection.In);
    private readonly PipeReader _answer;
    private readonly EngineVerb _verb;

    public Conversation()
    {
        var input = new AnonymousPipeClientStream(PipeDirection.In, _toEngine.ClientSafePipeHandle);
        var output = new AnonymousPipeClientStream(PipeDirection.Out, _fromEngine.ClientSafePipeHandle);
        _answer = new PipeReader(_fromEngine);
        _verb = new EngineVerb(input, output);
        Serving = Task.Factory.StartNew(
            () =>
            {
                // As a process's pipes end with it.
                using (input)
                using (output)
                {
                    return _verb.Serve();
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    /// <summary>Ends with the engine's exit code.</summary>
    public Task<int> Serving { get; }

    /// <summary>Sends lines, each with its fields parted by tabs.</summary>
    public void Send(params string[] lines) => SendTorn(string.Concat(lines.Select(line => line + "\n")));

    /// <summary>Sends a text, with no end of a line but its own.</summary>
    public void SendTorn(string text) => _toEngine.Write(Encoding.UTF8.GetBytes(text));

    /// <summary>Sends a request for images of a project.</summary>
    public void Request(string directory, IEnumerable<string> images, params (string Name, string Value)[] options) => Send(
    [
        "sync",
        PipeLine.Of("option", "ProjectDirectory", directory),
        "option\tCacheFile\tobj/p.imagesync.cache",
        "option\tInBuild\ttrue",
        "option\tRetries\t0",
        .. options.Select(option => PipeLine.Of("option", option.Name, option.Value)),
        .. images.Select(url => PipeLine.Of("image", "Include=" + url, "LocalPath=images/" + url[(url.LastIndexOf('/') + 1)..])),
        "go",
    ]);

    /// <summary>The engine's next line; null at its end.</summary>
    public string[]? Read() => _answer.Read();

    /// <summary>All that comes until one of these lines, which is the last.</summary>
    public List<string[]> ReadTo(params string[] kinds)
    {
        var lines = new List<string[]>();
        while (Read() is { } fields)
        {
            lines.Add(fields);
            if (kinds.Contains(fields[0]))
            {
                return lines;
            }
        }

        throw new EndOfStreamException("The engine has ended behind: " + string.Join(" / ", lines.Select(line => string.Join(' ', line))));
    }

    public void EndInput() => _toEngine.Dispose();

    public void CloseOutput() => _fromEngine.Dispose();

    public void Dispose()
    {
        EndInput();
        CloseOutput();
        Assert.That(Serving.Wait(TimeSpan.FromSeconds(30)), Is.True, "the engine ends with its input");
        _verb.Dispose();
    }
}
