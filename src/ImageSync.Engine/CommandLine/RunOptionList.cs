using System.CommandLine;
using System.CommandLine.Completions;
using ImageSync.Engine.Runs;
using RunOption = ImageSync.Engine.Runs.Option;

namespace ImageSync.Engine.CommandLine;

/// <summary>
/// The options of a run on the command line: those of projects, by the same names, with the same values and defaults. What they mean
/// is the table's (<see cref="RunOptions"/>); here they are texts.
/// </summary>
internal sealed class RunOptionList
{
    private const string Report = "ReportFile";

    private readonly List<(RunOption Of, System.CommandLine.Option Written)> _options =
        [.. RunOptions.All.Where(option => option is { IsPrivate: false, Help.Length: > 0 }).Select(option => (option, Written(option)))];

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="except">Those that the command itself decides.</param>
    public void AddTo(Command command, params string[] except) => AddTo(command, _ => true, except);

    /// <summary>Adds them to a command that makes no request.</summary>
    public void AddWithoutRequestsTo(Command command, params string[] except) =>
        AddTo(command, option => !option.IsOfRequests, except);

    /// <summary>Those that are given, as texts, by the names of the table. A path is relative to the folder that the user is in.</summary>
    public IEnumerable<(string Name, string Text)> Given(ParseResult line)
    {
        foreach (var (option, written) in _options)
        {
            // As with a property: what is empty, such as a variable that a script has not set, is not given.
            if (line.GetResult(written) is { Implicit: false } && TextOf(line, option, written) is { Length: > 0 } text)
            {
                yield return (option.Name, text);
            }
        }
    }

    private void AddTo(Command command, Func<RunOption, bool> isWanted, string[] except)
    {
        foreach (var (option, written) in _options)
        {
            if (isWanted(option) && !except.Contains(option.Name))
            {
                command.Options.Add(written);
            }
        }
    }

    private static System.CommandLine.Option Written(RunOption option)
    {
        var (name, help) = (option.OnCommandLine, Sentence(option));
        System.CommandLine.Option written = option.IsSwitch
            ? new Option<bool>(name) { Description = help }
            : new Option<string>(name) { Description = help, HelpName = NameOfValue(option) };
        // A switch is given without a value: what the parser would offer, False and True, would be taken for what has to follow.
        written.CompletionSources.Clear();
        written.CompletionSources.Add(_ => option.Words.Select(word => new CompletionItem(word)));
        if (option.Name == Report)
        {
            written.Aliases.Add("--report");
        }

        return written;
    }

    private static string Sentence(RunOption option)
    {
        var help = char.ToUpperInvariant(option.Help[0]) + option.Help[1..];
        return option.Default.Length == 0 || option.IsSwitch ? help : $"{help} [default: {option.Default}]";
    }

    private static string NameOfValue(RunOption option) => option.IsPath ? "path" : "value";

    private static string TextOf(ParseResult line, RunOption option, System.CommandLine.Option written)
    {
        if (written is Option<bool> isOn)
        {
            return line.GetValue(isOn) ? "true" : "false";
        }

        var text = line.GetValue((Option<string>)written) ?? "";
        return option.IsPath && text.Length > 0 && !text.StartsWith('~') && !Path.EndsInDirectorySeparator(text)
            ? Path.GetFullPath(text)
            : text;
    }
}
