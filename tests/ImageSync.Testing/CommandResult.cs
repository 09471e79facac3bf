namespace ImageSync.Testing;

/// <summary>What a command left: its exit code, and all that it wrote, both streams in the order of the lines.</summary>
public sealed record CommandResult(int ExitCode, string Output)
{
    /// <summary>The command line, for a failure's message.</summary>
    public string Command { get; init; } = "";

    /// <summary>What went to standard output alone, such as the JSON of -getItem.</summary>
    public string StandardOutput { get; init; } = "";

    /// <summary>The binlog of the command, where it has one.</summary>
    public string? Binlog { get; init; }

    public CommandResult ShouldSucceed()
    {
        Assert.That(ExitCode, Is.Zero, () => $"This should have succeeded:\n{this}");
        return this;
    }

    public CommandResult ShouldFail(int exitCode = 1)
    {
        Assert.That(ExitCode, Is.EqualTo(exitCode), () => $"This should have failed:\n{this}");
        return this;
    }

    public override string ToString() => $"{Command}\nexit code {ExitCode}\n{Output}";
}
