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
