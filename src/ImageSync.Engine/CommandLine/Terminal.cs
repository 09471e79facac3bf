using ImageSync.Reporting;

namespace ImageSync.Engine.CommandLine;

/// <summary>The two streams that people read, and the line at the terminal's end that tells how far a run is.</summary>
/// <param name="output">What was asked for.</param>
/// <param name="error">What went wrong.</param>
internal sealed class Terminal(TextWriter output, TextWriter error)
{
    private readonly object _sync = new();
    private int _status;

    /// <summary>Whether somebody sees the line at the end, and it can be written over.</summary>
    public bool HasStatus { get; init; }

    /// <summary>Whether words may have colours.</summary>
    public bool HasColours { get; init; }

    /// <summary>How many columns there are.</summary>
    public Func<int> Width { get; init; } = static () => 80;

    /// <summary>What is sent to the command.</summary>
    public Func<Stream> Input { get; init; } = static () => Stream.Null;

    /// <summary>That of this process.</summary>
    public static Terminal OfProcess()
    {
        var isDumb = Environment.GetEnvironmentVariable("TERM") == "dumb";
        return new Terminal(OpenOrNone(static () => Console.Out), OpenOrNone(static () => Console.Error))
        {
            HasStatus = !isDumb && !Console.IsErrorRedirected,

            // https://no-color.org: present and not empty, whatever it holds.
            HasColours = !isDumb && !Console.IsErrorRedirected && !Console.IsOutputRedirected
                && Environment.GetEnvironmentVariable("NO_COLOR") is not { Length: > 0 },
            Width = static () => Console.WindowWidth,
            Input = Console.OpenStandardInput,
        };
    }

    /// <summary>A line of what was asked for. What others have chosen of it is made harmless.</summary>
    public void Line(string text) => Write(() => output.WriteLine(UntrustedText.EscapeForLog(text)));

    /// <summary>A whole document for a program, which ends with a line's end of its own.</summary>
    public void Document(string text) => Write(() =>
    {
        output.Write(text);
        output.Flush();
    });

    /// <summary>A line of what went wrong.</summary>
    /// <param name="place">What it is about: a list and its line, or the program.</param>
    /// <param name="kind">error, or warning, with its code.</param>
    /// <param name="text">The rest.</param>
    /// <param name="colour">Of the kind.</param>
    public void Problem(string place, string kind, string text, ConsoleColor colour) => Write(() =>
    {
        error.Write(UntrustedText.EscapeForLog(place) + ": ");
        InColour(colour, kind);
        error.WriteLine(": " + UntrustedText.EscapeForLog(text));
    });

    /// <summary>A line that helps with what went wrong.</summary>
    public void Hint(string text) => Write(() => error.WriteLine(text));

    /// <summary>Writes the line at the end over.</summary>
    public void Status(string text)
    {
        lock (_sync)
        {
            Erase();
            // Some say that they have none.
            var most = (Width() is > 0 and var columns ? columns : 80) - 1;
            var shown = text.Length > most ? text[..most] : text;
            error.Write(shown);
            error.Flush();
            _status = shown.Length;
        }
    }

    // Whoever starts it may have closed them.
    private static TextWriter OpenOrNone(Func<TextWriter> open)
    {
        try
        {
            return open();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return TextWriter.Null;
        }
    }

    private void Write(Action write)
    {
        lock (_sync)
        {
            // Where nobody reads, the work is done all the same.
            try
            {
                Erase();
                write();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
            }
        }
    }

    // Blanks, because each terminal knows them.
    private void Erase()
    {
        if (_status > 0)
        {
            error.Write('\r' + new string(' ', _status) + '\r');
            _status = 0;
        }
    }

    private void InColour(ConsoleColor colour, string text)
    {
        if (!HasColours)
        {
            error.Write(text);
            return;
        }

        Console.ForegroundColor = colour;
        error.Write(text);
        error.Flush();
        Console.ResetColor();
    }
}
