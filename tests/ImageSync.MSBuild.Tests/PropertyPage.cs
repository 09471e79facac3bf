using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using System.Xml.Linq;
using ImageSync.Testing;

namespace ImageSync.MSBuild.Tests;

/// <summary>The page of Visual Studio's project properties: in the form of MSBuild's own types.</summary>
public sealed class PropertyPage
{
    private const string Namespace = "Microsoft.Build.Framework.XamlTypes";

    private static readonly string PageFile = RepositoryRoot.PathOf("build/editors/ImageSync.xaml");
    private static readonly XElement Rule = XDocument.Load(PageFile).Root!;

    // Visual Studio reads the page into these types, which MSBuild has for .NET Framework alone: so they are read, not loaded.
    [Test]
    public void Every_element_and_attribute_is_one_of_MSBuild_s()
    {
        var framework = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "MSBuildFramework").Value!;
        using var image = new PEReader(File.OpenRead(Path.Combine(framework, "lib/net472/Microsoft.Build.Framework.dll")));
        var reader = image.GetMetadataReader();
        var types = reader.TypeDefinitions.Select(reader.GetTypeDefinition)
            .Where(type => reader.GetString(type.Namespace) == Namespace)
            .ToDictionary(type => reader.GetString(type.Name));
        foreach (var element in Rule.DescendantsAndSelf())
        {
            var name = element.Name.LocalName.Split('.');
            Assert.That(types.Keys, Does.Contain(name[0]));
            var properties = PropertiesOf(types[name[0]]).ToList();
            Assert.That(element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).Select(attribute => attribute.Name.LocalName).Concat(name.Skip(1)), Is.SubsetOf(properties), name[0]);
        }

        IEnumerable<string> PropertiesOf(TypeDefinition type) =>
            type.GetProperties().Select(property => reader.GetString(reader.GetPropertyDefinition(property).Name))
                .Concat(type.BaseType.Kind == HandleKind.TypeDefinition ? PropertiesOf(reader.GetTypeDefinition((TypeDefinitionHandle)type.BaseType)) : []);
    }

    [TestCase("true", "build/ImageSync.xaml Project")]
    [TestCase("false", "")]
    [TestCase("", "")]
    public async Task Visual_Studio_alone_is_told_of_it(string inside, string told)
    {
        var directory = new TestDirectory();
        TargetsFiles.CopyTo(directory);
        directory.Write("build/ImageSync.targets", File.ReadAllText(RepositoryRoot.PathOf("build/package/build/ImageSync.targets")));
        directory.Write("build/ImageSync.xaml", File.ReadAllText(PageFile));
        directory.Write("p.proj", """<Project><Import Project="build/ImageSync.targets" /></Project>""");
        var answer = await new DotNet(directory.FullPath).RunAsync("msbuild", "p.proj", "-getItem:PropertyPageSchema", $"-p:BuildingInsideVisualStudio={inside}");
        using var json = JsonDocument.Parse(answer.ShouldSucceed().StandardOutput);
        var items = json.RootElement.GetProperty("Items").GetProperty("PropertyPageSchema").EnumerateArray();
        var pages = items.Select(item => (File: item.GetProperty("FullPath").GetString()!, Context: item.GetProperty("Context").GetString()))
            .Select(page => $"{Path.GetRelativePath(directory.FullPath, page.File).Replace('\\', '/')} {page.Context}");
        Assert.That(string.Join('|', pages), Is.EqualTo(told));
    }
}
