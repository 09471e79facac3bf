using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ImageSync.MSBuild.Tests;

/// <summary>Nothing is used that SDK 8, its runtime and its MSBuild 17.8 do not have.</summary>
public partial class MinimumVersions
{
    // All of them older than MSBuild 17.8. One that is added here has to be looked up first: in which version did it come?
    private static readonly string[] KnownFunctions =
    [
        "Distinct", "Exists", "HasTrailingSlash", "HasMetadata", "WithMetadataValue",
        "Contains", "Count", "IndexOfAny", "Metadata", "Replace", "Trim",
        "[MSBuild]::IsOSPlatform", "[MSBuild]::MakeRelative", "[MSBuild]::Unescape", "[MSBuild]::ValueOrDefault",
        "[System.Environment]::GetEnvironmentVariable", "[System.IO.Directory]::GetParent",
        "[System.IO.File]::Exists", "[System.IO.File]::GetAttributes", "[System.IO.File]::ReadAllText",
        "[System.IO.Path]::GetFullPath",
        "[System.Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture",
        "[System.String]::Copy", "[System.Text.RegularExpressions.Regex]::IsMatch",
        "[System.Text.RegularExpressions.Regex]::Match", "[System.Text.RegularExpressions.Regex]::Replace",
        "[System.Text.RegularExpressions.Regex]::Split",
        "[System.UriBuilder]::new",
    ];

    private static readonly string[] KnownTasks = ["CallTarget", "CreateItem", "Delete", "Error", "Exec", "MakeDir", "Message", "MSBuild", "Warning"];

    private static readonly Assembly Engine = typeof(Sync.SyncOptions).Assembly;
    private static readonly Assembly Task = typeof(SyncImages).Assembly;
    private static readonly Assembly[] OfTheRuntime = [Engine, Assembly.Load("ImageSync.Engine")];

    [TestCaseSource(nameof(OfTheRuntime))]
    public void The_runtime_is_that_of_SDK_8(Assembly assembly)
    {
        Assert.That(assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName, Is.EqualTo(".NETCoreApp,Version=v8.0"));
        var system = assembly.GetReferencedAssemblies().Where(name => name.Name!.StartsWith("System.", StringComparison.Ordinal)).ToList();
        Assert.That(system, Is.Not.Empty);
        Assert.That(system.Where(name => name.Version!.Major > 8), Is.Empty);
    }

    // MSBuild.exe loads it too, where there is no more than .NET Standard and MSBuild.
    [Test]
    public void The_task_is_one_assembly_for_dotnet_and_MSBuild_exe()
    {
        Assert.That(Task.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName, Is.EqualTo(".NETStandard,Version=v2.0"));
        Assert.That(Task.GetReferencedAssemblies().Select(name => name.Name),
            Is.EquivalentTo(new[] { "netstandard", "Microsoft.Build.Framework", "Microsoft.Build.Utilities.Core" }));
    }

    [Test]
    public void The_engine_knows_nothing_of_MSBuild() =>
        Assert.That(Engine.GetReferencedAssemblies().Select(name => name.Name), Has.None.StartsWith("Microsoft.Build"));

    // MSBuild's assemblies have had one version for ten years, so a reference says nothing: each member is looked for in
    // those that are older than SDK 8's and lie beside the tests.
    [Test]
    public void What_is_called_of_MSBuild_is_in_an_older_one()
    {
        using var image = new PEReader(File.OpenRead(Task.Location));
        var reader = image.GetMetadataReader();
        var members = reader.MemberReferences.Select(reader.GetMemberReference)
            .Where(member => member.Parent.Kind == HandleKind.TypeReference)
            .Select(member => (Type: reader.GetTypeReference((TypeReferenceHandle)member.Parent), Name: reader.GetString(member.Name)))
            .Where(member => member.Type.ResolutionScope.Kind == HandleKind.AssemblyReference)
            .Select(member => (Assembly: reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)member.Type.ResolutionScope).Name),
                Type: reader.GetString(member.Type.Namespace) + "." + reader.GetString(member.Type.Name), member.Name))
            .Where(member => member.Assembly.StartsWith("Microsoft.Build", StringComparison.Ordinal))
            .Distinct().ToList();

        Assert.That(members.Select(member => member.Assembly).Distinct(), Is.EquivalentTo(new[] { "Microsoft.Build.Framework", "Microsoft.Build.Utilities.Core" }));
        Assert.That(members.Select(member => FileVersion(Assembly.Load(member.Assembly))).Distinct(), Has.All.LessThan(new Version(17, 8)));
        Assert.That(members.Where(member => !IsThere(Assembly.Load(member.Assembly).GetType(member.Type), member.Name)), Is.Empty);

        static bool IsThere(Type? type, string name) =>
            type is not null && (type.GetMember(name, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static).Length > 0
                || type.GetInterfaces().Any(parent => parent.GetMember(name).Length > 0));

        static Version FileVersion(Assembly assembly) => new(System.Diagnostics.FileVersionInfo.GetVersionInfo(assembly.Location).FileVersion!);
    }

    [Test]
    public void Functions_and_tasks_of_the_targets_are_known_to_be_old()
    {
        var targets = TargetsFiles.Text;
        var functions = StaticFunction().Matches(targets).Concat(ItemFunction().Matches(targets)).Concat(Condition().Matches(targets)).Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.That(functions.Where(function => !KnownFunctions.Contains(function)), Is.Empty);
        Assert.That(KnownFunctions.Where(function => !functions.Contains(function)), Is.Empty, "no longer used");

        var tasks = TargetsFiles.Elements.Where(element => element.Name.LocalName == "Target").Elements()
            .Select(element => element.Name.LocalName).Where(name => name is not ("PropertyGroup" or "ItemGroup" or "OnError"));
        Assert.That(tasks.Where(task => Task.GetType("ImageSync.MSBuild." + task) is null).Distinct(), Is.SubsetOf(KnownTasks));
    }

    [GeneratedRegex(@"(\[[\w.]+\]::\w+)")]
    private static partial Regex StaticFunction();

    [GeneratedRegex(@"->(\w+)\(")]
    private static partial Regex ItemFunction();

    [GeneratedRegex(@"Condition=""!?(\w+)\(")]
    private static partial Regex Condition();
}
