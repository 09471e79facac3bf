using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace ImageSync.Engine.CommandLine;

/// <summary>How shells ask this program what can come next: each has a few lines, which ask by the parser's directive.</summary>
internal static class Completion
{
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            _imagesync() {
              local IFS=$'\n'
              COMPREPLY=($(compgen -W "$(imagesync "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _imagesync imagesync

            """,
        // It is sourced, or lies as _imagesync in a folder of fpath: then it is the function's body, and is called at once.
        ["zsh"] = """
            #compdef imagesync
            (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
            _imagesync() {
              local line="${(j: :)words[1,CURRENT-1]} $PREFIX"
              local -a found
              found=(${(f)"$(imagesync "[suggest:${#line}]" "$line" 2>/dev/null)"})
              if (( $#found )); then compadd -- $found; else _files; fi
            }
            if [[ $funcstack[1] == _imagesync ]]; then _imagesync "$@"; else compdef _imagesync imagesync; fi

            """,
        ["fish"] = """
            function __imagesync
              set -l line (commandline -cp)
              set -l found (imagesync "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)
              if set -q found[1]
                printf '%s\n' $found
              else
                __fish_complete_path (commandline -ct)
              end
            end
            complete -c imagesync -f -a '(__imagesync)'

            """,
        ["pwsh"] = """
            Register-ArgumentCompleter -Native -CommandName imagesync -ScriptBlock {
              param($word, $line, $position)
              imagesync "[suggest:$position]" "$line".PadRight($position) 2>$null | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
              }
            }

            """,
    };

    /// <summary>The shells that have one; that of PowerShell by its program's name and by its own.</summary>
    public static IEnumerable<string> Shells => Scripts.Keys.Append("powershell");

    /// <summary>The script of a shell.</summary>
    public static string ScriptOf(string shell) => Scripts[shell == "powershell" ? "pwsh" : shell];
}

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
