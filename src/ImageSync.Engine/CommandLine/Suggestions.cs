using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace ImageSync.Engine.CommandLine;

/// <summary>What can come next on a command line, one on a line: what the scripts of <see cref="Completion"/> ask for.</summary>
/// <param name="terminal">Where it is read.</param>
internal sealed class Suggestions(Terminal terminal) : SynchronousCommandLineAction
{
    /// <summary>How the question begins; the position of the cursor follows, and then the line as one argument.</summary>
    public const string Directive = "suggest";

    public override int Invoke(ParseResult line)
    {
        var text = line.Tokens.LastOrDefault(token => token.Type != TokenType.Directive)?.Value ?? "";
        var asked = line.Tokens.First(token => token.Type == TokenType.Directive).Value.Trim('[', ']').Split(':');
        var position = int.TryParse(asked.ElementAtOrDefault(1), out var given) ? Math.Clamp(given, 0, text.Length) : text.Length;
        // The word itself is not shown to the parser: it would take one that is complete for done, and tell what comes behind it.
        var start = text[..position].LastIndexOfAny([' ', '\t']) + 1;
        var found = line.RootCommandResult.Command.Parse(text[..start], line.Configuration).GetCompletions(start);
        terminal.Document(string.Concat(Fitting(found.Select(item => item.Label), text[start..position]).Select(word => word + "\n")));
        return ExitCode.Success;
    }

    /// <summary>Those that continue a word. What is none of them is a file, which shells find themselves.</summary>
    /// <remarks>
    /// The parser gives what contains the word, not all shells drop what does not begin with it, and a list of all options would
    /// keep them from offering files. An option of one letter has a long name; one in the style of DOS is a file to shells.
    /// </remarks>
    public static IEnumerable<string> Fitting(IEnumerable<string> found, string word) => found.Where(each =>
        each.StartsWith(word, StringComparison.Ordinal)
        && (each.StartsWith("--", StringComparison.Ordinal) ? word.Length > 0 : each[0] is not '-' and not '/'));
}
