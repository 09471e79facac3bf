using System.CommandLine;
using System.CommandLine.Parsing;

namespace ImageSync.Engine.CommandLine;

/// <summary>The arguments that several commands have, and what is refused in their place.</summary>
internal static class Arguments
{
    /// <summary>Images of a list.</summary>
    public static Argument<string[]> Images() => new("image")
    {
        Description = "Images of the list: their URLs, or their paths as the list has them",
        Arity = ArgumentArity.OneOrMore,
        Validators = { RefuseOptions },
    };

    /// <summary>The same, but for the name of standard input.</summary>
    public static void RefuseOptionsButInput(ArgumentResult argument)
    {
        if (argument.Tokens is not [{ Value: ListImport.StandardInput }])
        {
            RefuseOptions(argument);
        }
    }

    /// <summary>Refuses what is written like an option: the parser takes one that there is not for an argument.</summary>
    public static void RefuseOptions(ArgumentResult argument)
    {
        if (argument.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } token)
        {
            argument.AddError($"There is no option {token.Value}. A name that begins with - is written ./{token.Value}");
        }
    }
}
