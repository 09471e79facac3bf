using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace ImageSync.Engine.CommandLine;

/// <summary>The help of a command, and below it how it is used.</summary>
/// <param name="help">The parser's own.</param>
/// <param name="terminal">Where it is read.</param>
internal sealed class HelpWithExamples(HelpAction help, Terminal terminal) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string> Examples = new(StringComparer.Ordinal)
    {
        ["imagesync"] = """
              imagesync add https://cdn.example.com/brand/logo.png img/logo.png
              imagesync sync
              */15 * * * *  cd /srv/site && imagesync sync -q       (in a crontab)
            """,
        ["sync"] = """
              imagesync sync                                        the images of images.txt
              imagesync sync brand.txt --max-age 00:15:00           of another list, but none that was confirmed just now
              imagesync sync --lock-file images.lock.json --locked  only bytes that were accepted before
              imagesync sync --report report.html
            """,
        ["check"] = """
              imagesync check --exit-code || echo "there is something to sync"
            """,
        ["add"] = """
              imagesync add https://cdn.example.com/brand/logo.png
              imagesync add https://cdn.example.com/brand/logo.png wwwroot/img/
              imagesync add "https://cdn.example.com/i?name=logo&w=80" wwwroot/img/logo.png
              imagesync add https://cdn.example.com/brand/logo.png wwwroot/img/ --project MySite.csproj
            """,
        ["remove"] = """
              imagesync remove https://cdn.example.com/brand/logo.png
              imagesync remove img/logo.png && imagesync sync --prune
              imagesync remove wwwroot/img/logo.png --project MySite.csproj
            """,
        ["import"] = """
              imagesync import libman.json
              imagesync import index.html --dry-run                 the lines that it would add, and nothing else
              imagesync import download.cfg --from curl --list brand.txt
              curl -s https://www.example.com/ | imagesync import - --from html
            """,
        ["status"] = """
              imagesync status
            """,
        ["verify"] = """
              imagesync verify                                      with images.lock.json beside images.txt
            """,
        ["accept"] = """
              imagesync accept img/logo.png
            """,
        ["completion"] = """
              imagesync completion bash > /etc/bash_completion.d/imagesync
              imagesync completion zsh > "${fpath[1]}/_imagesync"
              imagesync completion fish > ~/.config/fish/completions/imagesync.fish
              imagesync completion pwsh >> $PROFILE
            """,
    };

    private const string Codes = """
        Exit codes:
            0  done; after sync and verify, all files are up to date
            1  something failed, and a line says what
            2  the command line, an option or the list is not valid
            3  check --exit-code: a sync would change something
          130  ended by Ctrl-C or SIGTERM
        """;

    public override int Invoke(ParseResult line)
    {
        // The parser calls the program by its file, which has another name where dotnet runs it.
        using var text = new StringWriter();
        line.InvocationConfiguration.Output = text;
        var code = help.Invoke(line);
        var called = text.ToString().Replace($"  {RootCommand.ExecutableName} ", $"  {Product.Command} ", StringComparison.Ordinal);
        terminal.Document(called.TrimEnd() + "\n\n");
        var name = line.CommandResult.Command is RootCommand ? Product.Command : line.CommandResult.Command.Name;
        if (Examples.TryGetValue(name, out var examples))
        {
            terminal.Document($"Examples:\n{examples}\n\n");
        }

        terminal.Document($"{Codes}\n\n{Product.Page("command-line.md")}\n");
        return code;
    }
}

/// <summary>The version without the commit that it was built from: scripts compare it.</summary>
/// <param name="terminal">Where it is read.</param>
internal sealed class VersionAction(Terminal terminal) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult line)
    {
        terminal.Line(Product.Version);
        return ExitCode.Success;
    }
}
