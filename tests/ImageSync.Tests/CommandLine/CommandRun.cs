using ImageSync.Engine.CommandLine;
using ImageSync.Testing;

namespace ImageSync.Tests.CommandLine;

/// <summary>A folder with a list, and the command over it.</summary>
internal sealed class CommandRun(TestDirectory folder)
{
    public CommandRun()
        : this(new TestDirectory())
    {
    }

    public TestDirectory Folder => folder;

    public string List => Folder.PathOf("images.txt");

    /// <summary>What was asked for, of the latest command.</summary>
    public string Output { get; private set; } = "";

    /// <summary>What went wrong.</summary>
    public string Errors { get; private set; } = "";

    /// <summary>What is sent to the commands.</summary>
    public byte[] Input { get; set; } = [];

    /// <summary>Runs a command line; <c>LIST</c> stands for the list, and <c>~/</c> for its folder.</summary>
    /// <returns>The exit code.</returns>
    public int Of(string line) =>
        OfWords([.. line.Split(' ').Select(word => word == "LIST" ? List : word.StartsWith("~/") ? Folder.PathOf(word[2..]) : word)]);

    /// <summary>Runs exactly these words.</summary>
    /// <returns>The exit code.</returns>
    public int OfWords(params string[] words)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = CommandProgram.Run(words, new Terminal(output, errors) { Input = () => new MemoryStream(Input) });
        (Output, Errors) = (output.ToString().ReplaceLineEndings("\n"), errors.ToString().ReplaceLineEndings("\n"));
        return code;
    }
}
