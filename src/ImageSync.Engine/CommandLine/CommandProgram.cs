using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using ImageSync.Engine.Lists;
using ImageSync.Engine.Lists.Import;
using ImageSync.Engine.Projects;

namespace ImageSync.Engine.CommandLine;

/// <summary>The command <c>imagesync</c> (docs/command-line.md): what a person writes, and who carries it out.</summary>
internal sealed class CommandProgram
{
    private static readonly string[] Reports = ["ManifestFile", "ReportFile", "SummaryFile", "HistoryFile"];

    // A file may be called @2x.png; it is no file of arguments.
    private static readonly ParserConfiguration Syntax = new() { ResponseFileTokenReplacer = null };

    private readonly Terminal _terminal;
    private readonly RunOptionList _runOptions = new();
    private readonly Argument<string?> _list = new("list")
    {
        Description = $"The list of images [default: {ListFile.UsualName}]",
        Arity = ArgumentArity.ZeroOrOne,
        Validators = { Arguments.RefuseOptions },
    };

    private readonly Option<string?> _listOption = new("--list")
    {
        Description = $"The list of images [default: {ListFile.UsualName}]",
        HelpName = "path",
    };

    private readonly Option<string?> _project = new("--project")
    {
        Description = "A project to edit instead of a list: .csproj, .vbproj, .fsproj, .props, .targets or .proj",
        HelpName = "path",
    };

    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Print only warnings and errors" };
    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "Print a line for each image" };
    private readonly Option<bool> _json = new("--json")
    {
        Description = "Write the results as JSON, as dotnet build -getTargetResult does",
    };

    private readonly Option<bool> _exitCode = new("--exit-code") { Description = "Exit with 3 if a sync would change something" };

    private CommandProgram(Terminal terminal) => _terminal = terminal;

    /// <summary>Runs a command line to its end.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments, Terminal terminal)
    {
        // Who calls it without a word wants to know what it can do.
        var line = new CommandProgram(terminal).Root().Parse(arguments.Length > 0 ? arguments : ["--help"], Syntax);
        return line.Action is ParseErrorAction ? Refuse(line, terminal)
            : line.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    private static int Refuse(ParseResult line, Terminal terminal)
    {
        var command = line.CommandResult.Command;
        // Of a word that is no command, the parser says first that none was given.
        foreach (var error in line.Errors.Count > 1 && command is RootCommand ? line.Errors.Skip(1) : line.Errors)
        {
            terminal.Problem(Product.Command, "error", error.Message, ConsoleColor.Red);
        }

        terminal.Hint($"See: {Product.Command}{(command is RootCommand ? "" : " " + command.Name)} --help");
        return ExitCode.Usage;
    }

    private RootCommand Root()
    {
        var root = new RootCommand("Keeps local copies of remote images up to date: asks with conditional requests, "
            + "downloads only what changed, and rewrites nothing that did not.")
        {
            Syncs(), Checks(), Adds(), Removes(), Imports(), Tells(), Verifies(), Accepts(), Completions(),
        };
        foreach (var option in root.Options)
        {
            if (option is VersionOption)
            {
                option.Action = new VersionAction(_terminal);
            }
            else if (option is HelpOption { Action: HelpAction help })
            {
                option.Action = new HelpWithExamples(help, _terminal);
            }
        }

        root.Directives.OfType<SuggestDirective>().Single().Action = new Suggestions(_terminal);
        return root;
    }

    private Command Syncs()
    {
        var command = new Command("sync", "Bring all files up to date") { _list, _quiet, _verbose, _json };
        _runOptions.AddTo(command);
        OverList(command, _list, (line, run, list, cancelled) =>
            run.Execute(isCheck: false, list, _runOptions.Given(line), null, cancelled));
        return command;
    }

    // A person who checks wants to know what is so now, whatever the age; and what writes nothing has no report.
    private Command Checks()
    {
        var command = new Command("check", "Report what a sync would change, and write nothing")
        {
            _list, _quiet, _verbose, _json, _exitCode,
        };
        _runOptions.AddTo(command, ["MaxAge", "Prune", .. Reports]);
        OverList(command, _list, (line, run, list, cancelled) =>
            run.Execute(isCheck: true, list, _runOptions.Given(line), null, cancelled));
        return command;
    }

    private Command Verifies()
    {
        var command = new Command("verify", "Compare the files with the lock file, byte by byte, without a request")
        {
            _list, _quiet, _verbose, _json,
        };
        _runOptions.AddWithoutRequestsTo(command, ["Locked", "Prune", .. Reports]);
        OverList(command, _list, (line, run, list, cancelled) => run.Verify(list, _runOptions.Given(line), cancelled));
        return command;
    }

    private Command Accepts()
    {
        var names = Arguments.Images();
        var command = new Command("accept", "Take what the origin has now, and write it into the lock file")
        {
            names, _listOption, _quiet, _verbose, _json,
        };
        _runOptions.AddTo(command, "Locked", "Offline", "Prune", "MaxAge");
        OverList(command, _listOption, (line, run, list, cancelled) => run.ExecuteFor(
            line.GetValue(names)!, list, [.. _runOptions.Given(line), ("Locked", "false"), ("MaxAge", "0")], cancelled));
        return command;
    }

    private Command Tells()
    {
        var command = new Command("status", "Show the state of the files, without a request") { _list, _json };
        _runOptions.AddWithoutRequestsTo(command, ["Locked", "Prune", .. Reports]);
        OverList(command, _list, (line, run, list, _) => run.TellStatus(list, _runOptions.Given(line)));
        return command;
    }

    private Command Adds()
    {
        var url = new Argument<string>("url") { Description = "An absolute http or https URL", Validators = { Arguments.RefuseOptions } };
        var path = new Argument<string?>("path")
        {
            Description = "Its file, relative to the list, or a folder if it ends with a slash. Without it, the URL names the file",
            Arity = ArgumentArity.ZeroOrOne,
            Validators = { Arguments.RefuseOptions },
        };
        var command = new Command("add", "Add an image to the list, or to a project; sync fetches it") { url, path, _listOption, _project };
        command.Validators.Add(RefuseBoth);
        command.SetAction(line => line.GetValue(_project) is { Length: > 0 } project
            ? Editing(project).Add(line.GetValue(url)!, line.GetValue(path) ?? "")
            : Editing(line).Add(line.GetValue(url)!, line.GetValue(path) ?? ""));
        return command;
    }

    private Command Removes()
    {
        var names = Arguments.Images();
        var command = new Command(
            "remove", "Remove images from the list, or from a project; their files stay, until a sync --prune deletes them")
        {
            names, _listOption, _project,
        };
        command.Validators.Add(RefuseBoth);
        command.SetAction(line => line.GetValue(_project) is { Length: > 0 } project
            ? Editing(project).Remove(line.GetValue(names)!)
            : Editing(line).Remove(line.GetValue(names)!));
        return command;
    }

    private Command Imports()
    {
        var file = new Argument<string>("file")
        {
            Description = "A file that names images by their URLs; - reads standard input, and needs --from",
            Validators = { Arguments.RefuseOptionsButInput },
        };
        var from = new Option<string?>("--from")
        {
            Description = "The kind of the file, if its name and its text do not tell",
            HelpName = "kind",
        };
        from.AcceptOnlyFromAmong(ImportKind.Names);
        var isDryRun = new Option<bool>("--dry-run") { Description = "Print the lines, and write nothing" };
        var command = new Command("import", "Add to the list what a file names: of curl, LibMan or dotnet-file, a page in HTML or Markdown")
        {
            file, from, _listOption, isDryRun, _quiet, _verbose,
        };
        command.SetAction(line => new ListImport(ListFile.Of(line.GetValue(_listOption)), _terminal)
        {
            Verbosity = VerbosityOf(line),
            IsDryRun = line.GetValue(isDryRun),
        }.Execute(line.GetValue(file)!, line.GetValue(from) is { } name ? ImportKind.Of(name) : null));
        return command;
    }

    private Command Completions()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh, fish or pwsh" };
        shell.AcceptOnlyFromAmong([.. Completion.Shells]);
        var command = new Command("completion", "Write the script by which a shell completes commands and options") { shell };
        command.SetAction(line =>
        {
            _terminal.Document(Completion.ScriptOf(line.GetValue(shell)!));
            return ExitCode.Success;
        });
        return command;
    }

    private Verbosity VerbosityOf(ParseResult line) =>
        line.GetValue(_quiet) ? Verbosity.Quiet : line.GetValue(_verbose) ? Verbosity.Detailed : Verbosity.Normal;

    private void RefuseBoth(CommandResult command)
    {
        if (command.GetValue(_listOption) is { Length: > 0 } && command.GetValue(_project) is { Length: > 0 })
        {
            command.AddError("Give --list or --project, and not both.");
        }
    }

    private ProjectEditing Editing(string project) => new(new ProjectFile(Path.GetFullPath(project), project), _terminal);

    private ListEditing Editing(ParseResult line) => new(ListFile.Of(line.GetValue(_listOption)), _terminal);

    private void OverList(
        Command command, Symbol list, Func<ParseResult, ListRun, ImageList, CancellationToken, int> run) => command.SetAction(line =>
    {
        var path = list is Option<string?> option ? line.GetValue(option) : line.GetValue((Argument<string?>)list);
        var file = ListFile.Of(path);
        if (file.Read(out var problem) is not { } text)
        {
            var advice = problem == TextFile.IsNotThere ? $" Begin one with: {ListCommands.Add(file)}" : "";
            _terminal.Problem(file.ShownAs, "error", $"the list {problem}.{advice}", ConsoleColor.Red);
            return ExitCode.Usage;
        }

        if (OpenSsl.IsMissing)
        {
            _terminal.Problem(
                Product.Command, "error", "this machine has no OpenSSL (libssl.so.3 or libssl.so.1.1), which the command needs to compare "
                    + "files and to speak https. Install libssl3 (Debian, Ubuntu) or openssl-libs (Fedora, RHEL)", ConsoleColor.Red);
            return ExitCode.Failure;
        }

        using var interrupt = new Interrupt();
        return run(line, new ListRun(file, _terminal)
        {
            Verbosity = VerbosityOf(line),
            IsForPrograms = line.GetValue(_json),
            ChangesHaveACode = line.GetValue(_exitCode),
        }, text, interrupt.Token);
    });
}
