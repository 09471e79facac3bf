using System.Text.RegularExpressions;

namespace ImageSync.Testing;

/// <summary>A page of docs/recipes, and the code in it.</summary>
public sealed partial class RecipePage(string name)
{
    private readonly string _text = File.ReadAllText(RepositoryRoot.PathOf($"docs/recipes/{name}"));

    /// <summary>The fenced blocks of a language, in order.</summary>
    public IReadOnlyList<string> Blocks(string language) =>
        [.. Fence().Matches(_text).Where(match => match.Groups["language"].Value == language).Select(match => match.Groups["text"].Value)];

    /// <summary>The shell scripts in a pipeline's YAML, in order.</summary>
    public static IReadOnlyList<string> Scripts(string yaml)
    {
        var lines = yaml.Split('\n');
        return [.. lines.Index().Where(line => ScriptKey().IsMatch(line.Item)).Select(line => BlockScalar(lines[line.Index], lines[(line.Index + 1)..]))];
    }

    // YAML 1.2 §8.1.1.1: the first line of a block scalar says how far all are indented.
    private static string BlockScalar(string key, string[] following)
    {
        var body = following.TakeWhile(line => line.Trim().Length == 0 || Indentation(line) > Parent(key)).ToList();
        var indentation = Indentation(body[0]);
        return string.Concat(body.Select(line => (line.Length > indentation ? line[indentation..] : "") + "\n"));
    }

    private static int Indentation(string line) => line.Length - line.TrimStart().Length;

    // A key that follows a dash is as far in as its siblings below it (§8.2.1).
    private static int Parent(string key) => Indentation(key) + (key.TrimStart() is ['-', ' ', not '|', ..] ? 2 : 0);

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^\s*(- )?((run|bash): )?\|$")]
    private static partial Regex ScriptKey();
}
