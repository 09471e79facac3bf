using System.Security.Cryptography;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>A project around a snippet, in a folder of its own, which one target makes do what the snippet is about.</summary>
internal sealed partial class SnippetProject
{
    /// <summary>Syncs, or runs the snippet's own targets, and writes down what came of it.</summary>
    public const string Target = "RunSnippet";

    /// <summary>The image of projects whose snippet declares none.</summary>
    public const string Image = "wwwroot/img/logo.png";

    private const string Results = "obj/results";

    // What snippets speak of and leave to the reader.
    private static readonly string[] Lists = ["urls.txt", "images.txt"];
    private const string Surroundings = """<ItemGroup><Sponsor Include="acme" /></ItemGroup>""";

    private readonly TestDirectory _directory;

    public SnippetProject(TestDirectory directory, Snippet snippet, Uri loopback)
    {
        (_directory, Snippet) = (directory, snippet);
        Text = Offline(snippet, loopback);
        directory.Write(File, Xml());
        foreach (var list in Lists.Where(list => snippet.Text.Contains(list, StringComparison.Ordinal)))
        {
            directory.Write($"{Snippet.FileName}/{list}", "https://cdn.example.com/brand/logo.png\nhttps://cdn.example.com/brand/mark.png\n");
        }
    }

    public Snippet Snippet { get; }

    /// <summary>The snippet, with loopback in the place of whoever a mirror does not stand for.</summary>
    public string Text { get; }

    public string Folder => _directory.PathOf(Snippet.FileName);

    /// <summary>Relative to the test's folder.</summary>
    public string File => $"{Snippet.FileName}/{Snippet.FileName}.csproj";

    /// <summary>The synced images with their statuses; null where it did not come to that.</summary>
    public IReadOnlyList<string>? Synced => _directory.Exists($"{Snippet.FileName}/{Results}") ? System.IO.File.ReadAllLines(Path.Combine(Folder, Results)) : null;

    /// <summary>The files below wwwroot, with their digests.</summary>
    public IReadOnlyDictionary<string, string> Files
    {
        get
        {
            var root = Path.Combine(Folder, "wwwroot");
            return Directory.Exists(root)
                ? Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(Folder, file).Replace('\\', '/'), file => DigestOf(System.IO.File.ReadAllBytes(file)))
                : [];
        }
    }

    public static string DigestOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    // ImageSyncMirror stands for all other hosts. It cannot do so for those that a snippet names as mirrors, nor for another tool.
    private static string Offline(Snippet snippet, Uri loopback) => SnippetRules.Of(snippet) == SnippetUse.Built
        ? Host().Replace(snippet.Text, $"{loopback}$1")
        : MirrorHost().Replace(snippet.Text, loopback.AbsoluteUri.TrimEnd('/'));

    private string Xml()
    {
        var use = SnippetRules.Of(Snippet);
        var body = use == SnippetUse.Commands ? "" : Body();
        var run = use switch
        {
            SnippetUse.Synced => "SyncImages",
            SnippetUse.Built => string.Join(';', XElement.Parse($"<Project>{body}</Project>").Elements("Target").Select(target => target.Attribute("Name")!.Value)),
            _ => "",
        };
        var image = body.Contains("<RemoteImage", StringComparison.Ordinal) || use == SnippetUse.Built
            ? ""
            : $"""<ItemGroup><RemoteImage Include="https://cdn.example.com/brand/logo.png" LocalPath="{Image}" BuildAction="Content" /></ItemGroup>""";
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              {Surroundings}{image}
              {body}
              <ItemGroup>
                <PackageReference Remove="ImageSync" />
                <PackageReference Include="ImageSync" Version="{Packed.Package.Version}" PrivateAssets="all" />
              </ItemGroup>
              <Target Name="{Target}" DependsOnTargets="{run}">
                <WriteLinesToFile File="{Results}" Lines="@(SyncedImage->'%(Identity) %(Status)')" Overwrite="true" />
              </Target>
            </Project>
            """;
    }

    // A whole project is taken for what is in it; properties alone get their group.
    private string Body()
    {
        var elements = XElement.Parse($"<Project>{Text}</Project>").Elements().ToList();
        if (elements is [{ Name.LocalName: "Project" }])
        {
            return string.Concat(elements[0].Elements());
        }

        return elements.All(element => element.Name.LocalName.StartsWith("ImageSync", StringComparison.Ordinal)) ? $"<PropertyGroup>{Text}</PropertyGroup>" : Text;
    }

    [GeneratedRegex(@"https?://([\w.-]+\.example\.\w+)")]
    private static partial Regex Host();

    [GeneratedRegex(@"https?://[\w.-]+\.example\.net(:\d+)?")]
    private static partial Regex MirrorHost();
}
