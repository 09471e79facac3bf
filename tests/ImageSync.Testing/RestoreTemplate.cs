using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace ImageSync.Testing;

/// <summary>What one restore wrote into obj, for all projects with the same needs, whatever their folder.</summary>
internal sealed class RestoreTemplate
{
    public const string AssetsFile = "project.assets.json";
    private const string FolderOfProject = "{folder of the project}";

    // What NuGet makes of a project whose elements are all among these depends on its SDK, its frameworks and its packages alone.
    private static readonly string[] Plain =
    [
        "Project", "PropertyGroup", "ItemGroup", "PackageReference", "RemoteImage", "TargetFramework", "TargetFrameworks", "OutputType",
        "AdditionalFiles", "Compile", "Content", "EmbeddedResource", "EnableDefaultItems", "ImplicitUsings", "None", "Nullable",
        "TreatWarningsAsErrors", "WarningsAsErrors",
    ];

    private readonly string _folder;
    private readonly string _template;

    private RestoreTemplate(string folder, string template) => (_folder, _template) = (folder, template);

    private string Obj => Path.Combine(_folder, "obj");

    /// <summary>Null where the project is none of the plain ones.</summary>
    public static RestoreTemplate? Of(string project, ImageSyncPackage package)
    {
        var xml = XDocument.Load(project).Root!;
        if (!xml.DescendantsAndSelf().All(IsPlain))
        {
            return null;
        }

        var needs = xml.Descendants().Where(each => each.Name.LocalName is "TargetFramework" or "TargetFrameworks" or "PackageReference");
        var key = string.Join('\n', [Path.GetFileName(project), xml.Attribute("Sdk")?.Value, .. needs.Select(need => need.ToString())]);
        var template = Path.Combine(package.TemplatesFolder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))));
        return new RestoreTemplate(Path.GetDirectoryName(project)!, template);
    }

    /// <summary>Gives the project what another one has restored; false where none has, or where the project has an obj.</summary>
    public bool Take()
    {
        if (Directory.Exists(Obj) || !Directory.Exists(_template))
        {
            return false;
        }

        Copy(Directory.GetFiles(_template), Obj, FolderOfProject, _folder);
        return true;
    }

    /// <summary>Keeps what this project has restored for others.</summary>
    public void Give()
    {
        if (Directory.Exists(_template) || !File.Exists(Path.Combine(Obj, AssetsFile)))
        {
            return;
        }

        var unfinished = $"{_template}.{Guid.NewGuid():N}";
        Copy(Directory.GetFiles(Obj).Where(IsOfNuGet), unfinished, _folder, FolderOfProject);
        try
        {
            Directory.Move(unfinished, _template);
        }
        catch (IOException)
        {
            // Another test has given it meanwhile.
        }
    }

    private static bool IsPlain(XElement element) => element.Name.LocalName switch
    {
        "RemoteImage" => true,
        _ when element.Attribute("Condition") is not null => false,
        var name => Plain.Contains(name) || name.StartsWith("ImageSync", StringComparison.Ordinal),
    };

    private static bool IsOfNuGet(string file) =>
        Path.GetFileName(file) is var name && (name is AssetsFile or "project.nuget.cache" || name.Contains(".nuget."));

    private static void Copy(IEnumerable<string> files, string folder, string before, string after)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in files)
        {
            var text = File.ReadAllText(file).Replace(before, after, StringComparison.Ordinal);
            File.WriteAllText(Path.Combine(folder, Path.GetFileName(file)), text);
        }
    }
}
