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
        ["zsh"] = """
            #compdef imagesync
            _imagesync() {
              local -a found
              found=("${(@f)$(imagesync "[suggest:${#BUFFER[1,CURSOR]}]" "$BUFFER" 2>/dev/null)}")
              compadd -- $found
              _files
            }
            compdef _imagesync imagesync

            """,
        ["fish"] = """
            complete -c imagesync -a '(imagesync "[suggest:"(string length -- (commandline -cp))"]" (commandline -p) 2>/dev/null)'

            """,
        ["powershell"] = """
            Register-ArgumentCompleter -Native -CommandName imagesync -ScriptBlock {
              param($word, $line, $position)
              imagesync "[suggest:$position]" "$line" 2>$null | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
              }
            }

            """,
    };

    /// <summary>The shells that have one.</summary>
    public static IEnumerable<string> Shells => Scripts.Keys;

    /// <summary>The script of a shell.</summary>
    public static string ScriptOf(string shell) => Scripts[shell];
}
