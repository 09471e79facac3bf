using System.Text;

namespace ImageSync.Testing;

/// <summary>Solutions of a few projects, which are named by their paths relative to it.</summary>
public static class SolutionFile
{
    private const string CSharp = "{9A19103F-16F7-4668-BE54-9A1E7A4F7556}";

    /// <summary>The text of a .slnx.</summary>
    public static string Xml(params string[] projects) =>
        $"<Solution>{string.Concat(projects.Select(project => $"""<Project Path="{project}" />"""))}</Solution>";

    /// <summary>The text of a .sln.</summary>
    public static string Classic(params string[] projects)
    {
        var list = new StringBuilder("Microsoft Visual Studio Solution File, Format Version 12.00\n");
        var configurations = new StringBuilder();
        for (var number = 0; number < projects.Length; number++)
        {
            var id = $"{{00000000-0000-0000-0000-{number + 1:X12}}}";
            list.Append($"Project(\"{CSharp}\") = \"{Path.GetFileNameWithoutExtension(projects[number])}\", \"{projects[number]}\", \"{id}\"\nEndProject\n");
            configurations.Append($"\t\t{id}.Debug|Any CPU.ActiveCfg = Debug|Any CPU\n\t\t{id}.Debug|Any CPU.Build.0 = Debug|Any CPU\n");
        }

        return $"{list}Global\n"
            + "\tGlobalSection(SolutionConfigurationPlatforms) = preSolution\n\t\tDebug|Any CPU = Debug|Any CPU\n\tEndGlobalSection\n"
            + $"\tGlobalSection(ProjectConfigurationPlatforms) = postSolution\n{configurations}\tEndGlobalSection\nEndGlobal\n";
    }
}
