extern alias TheEngine;
extern alias TheTask;

using System.Security;
using ImageSync.Http;
using ImageSync.Storage;
using ImageSync.Sync;
using ImageSync.Testing;
using Microsoft.Build.Utilities;
using MSBuildSyntax = TheTask::ImageSync.Sync.MSBuildSyntax;
using Task = System.Threading.Tasks.Task;
using TheEngine::ImageSync.Pipe;

namespace ImageSync.MSBuild.Tests;

/// <summary>
/// The names that URLs give to files, octet by octet: what evaluation says is what the task says, or evaluation says nothing and the
/// task alone names the file. Two answers would be two files: one that is synced, and one that the build looks for.
/// </summary>
public class NamesOfUrls
{
    private static readonly ProjectFolder Folder = new(new TestDirectory().FullPath);

    private const string Host = "http://127.0.0.1:1/";


    // What is more than its octets: escapes of escapes, beginnings and ends of UTF-8, line ends, MSBuild's syntax in halves, paths.
    private static readonly string[] Pieces =
    [
        "%C3%B6", "%c3%b6", "%E2%82%AC", "%F0%9F%98%80", "%C3", "%B6", "%C0%80", "%ED%A0%80", "%F4%90%80%80", "%C2%80", "%C2%A0", "%C3%BF",
        "%2523", "%253F", "%2525", "%25C3%25B6", "%25", "%", "%2", "%zz", "%%41", "%25%32%33", "C3%B6", "|C3", "%7CC3",
        "%24", "$", "%40", "@", "%28", "(", "%27", "'", "%22", "%3B", ";", "%20", "%0A", "%2F", "%5C", "%2E", ".", "..", "/",
        "%3F", "?", "%23", "#", "%3A", "%2A",
        "ö", "€", "😀", "i%CC%88", "%EF%BB%BF", "%E2%80%AE", "%00",
    ];

    private static IEnumerable<string> EveryOctet => Enumerable.Range(0, 256)
        .SelectMany(octet => new[] { $"a%{octet:X2}b.png", $"a%{octet:x2}b", $"%{octet:X2}.png", $"a.png%{octet:X2}" });

    private static IEnumerable<string> EveryCharacter => Enumerable.Range(0x21, 0x7F - 0x21).Select(c => (char)c)
        .Where(c => c is not ('*' or '?')).Select(c => $"a{c}b.png");

    private static IEnumerable<string> EveryPair => Pieces.SelectMany(first =>
        Pieces.SelectMany(second => new[] { $"{first}{second}.png", $"x{first}y{second}" }));

    private static readonly Dictionary<string, IEnumerable<string>> Groups = new()
    {
        ["octets"] = EveryOctet, ["characters"] = EveryCharacter, ["pairs"] = EveryPair,
    };

    [TestCase("octets", "Include", "")]
    [TestCase("octets", "Include", "img/")]
    [TestCase("octets", "Url", "")]
    [TestCase("characters", "Include", "")]
    [TestCase("characters", "Url", "img/")]
    [TestCase("pairs", "Include", "")]
    [TestCase("pairs", "Url", "img/")]
    public async Task Evaluation_and_task_agree(string group, string where, string folder)
    {
        // MSBuild's own syntax has evaluation leave all names of a project to the task (HostileNames).
        var names = Groups[group].Where(name => !HasSyntax(name)).Distinct().ToList();
        var localPath = folder.Length > 0 ? $" LocalPath=\"{folder}\"" : "";
        var items = string.Concat(names.Select(name => where == "Include"
            ? $"<RemoteImage Include=\"{Include(name)}\"{localPath} />\n"
            : $"<RemoteImage Include=\"n\" Url=\"{Include(name)}\"{localPath} />\n"));
        var evaluated = await EvaluateAsync(items);
        Assert.That(evaluated, Has.Count.EqualTo(names.Count));
        var differences = names.Zip(evaluated, (name, path) =>
            (Name: name, Evaluated: path, Task: NameOf(name, where, folder), Then: NameOf(name, where, path, path)))
            .Where(one => one.Evaluated.Length > 0 && one.Then != one.Task);
        Assert.That(differences.Take(20), Is.Empty, "two names for one file");
        Assert.That(evaluated.Count(name => name.Length > 0), Is.GreaterThan(names.Count / 4), "most names are known at evaluation");
    }

    // A # or ? that is an escape cannot be told from the one that ends a path; nor can what is no UTF-8 be put together here.
    [Test]
    public async Task What_evaluation_leaves_to_the_task_are_a_few_octets()
    {
        var octets = Enumerable.Range(0, 256).Select(octet => $"a%{octet:X2}b.png").Where(name => !HasSyntax(name)).ToList();
        var evaluated = await EvaluateAsync(string.Concat(octets.Select(name => $"<RemoteImage Include=\"{Include(name)}\" />")));
        var left = octets.Where((_, i) => evaluated[i].Length == 0).Select(name => Convert.ToInt32(name[2..4], 16)).ToList();
        int[] controls = [.. Enumerable.Range(0, 0x20)];
        int[] ofNoName = ['"', '*', ':', '<', '>', '|', '\\', '?'];
        Assert.That(left.Where(octet => octet < 0x80), Is.EquivalentTo(controls.Concat(ofNoName).Append('#')));
        Assert.That(left.Where(octet => octet < 0x80 && NameOf($"a%{octet:X2}b.png") is not null).Select(octet => (char)octet),
            Is.EquivalentTo(new[] { '#', '\\' }));
    }

    [TestCase("C%23.png", "images/C#.png")]
    [TestCase("a%2520b.png", "images/a%20b.png")]
    [TestCase("a%5Cb.png", "images/b.png")]
    [TestCase("%24x.png", "images/$x.png")]
    [TestCase("b%40.png", "images/b@.png")]
    [TestCase("gr%C3%B6%C3%9Fe.png", "images/größe.png")]
    [TestCase("%FF.png", "images/ÿ.png")]
    public void The_task_names(string name, string expected) => Assert.That(NameOf(name), Is.EqualTo(expected));

    // MSBuild undoes the escapes of an Include with a ?; the octets are still those that were written.
    [Test]
    public void Octets_of_an_Include_with_a_query_are_asked_for_as_they_were_written()
    {
        var declaration = Declared(TaskRun.Item(Host + "gr\u00C3\u00B6\u00C3\u009Fe %24.png%3fv=1"));
        var image = declaration.Validate(Folder, new Http.EgressPolicy(AllowedHosts.All), _ => null).Image!;
        Assert.That((image.Url.PathAndQuery, image.LocalPath), Is.EqualTo(("/gr%C3%B6%C3%9Fe%20$.png?v=1", "images/größe $.png")));
    }

    // Refused, and not synced under one name and looked for under the other.
    [TestCase("a.png%3F", "a.png?")]
    [TestCase("a.png%3Fv=1", "a.png?v=1")]
    [TestCase("a.png%23b.png", "a.png#b.png")]
    public void A_name_that_evaluation_could_not_tell_is_no_name(string url, string name)
    {
        var run = new TaskRun();
        Assert.That(run.Execute(Host + url, ("LocalPath", "images/a.png"), ("_ImageSyncName", "a.png")), Is.False);
        Assert.That((run.Engine.Errors.Single().Code, run.Engine.Errors[0].Message), Is.EqualTo(("IMGSYNC1002",
            $"images/a.png: the URL's file name is \"{name}\", but MSBuild reads it as \"a.png\". "
            + "Write a LocalPath below the project's directory, such as \"wwwroot/img/logo.png\".")));
    }

    [TestCase("what%3Fis.png", "\"?\" (U+003F), which Windows cannot have")]
    [TestCase("%24%28x%29.png", "\"$(\", which MSBuild would expand")]
    [TestCase("%40(b).png", "\"@(\", which MSBuild would expand")]
    [TestCase("a%0Ab.png", "a line break (U+000A)")]
    public void The_task_refuses(string name, string words)
    {
        var run = new TaskRun();
        Assert.That(run.Execute([TaskRun.Item(Host + name)], task => task.Directory = "images/"), Is.False);
        Assert.That(run.Engine.Errors.Single().Message, Does.Contain(words));
    }

    private static bool HasSyntax(string name) => Uri.UnescapeDataString(name) is var text
        && (text.Contains("$(", StringComparison.Ordinal) || text.Contains("@(", StringComparison.Ordinal)
            || text.Contains("%(", StringComparison.Ordinal) || text.Contains('`', StringComparison.Ordinal));

    // A literal ; divides a list, and what is not an escape but looks like one would be undone.
    private static string Include(string name) => SecurityElement.Escape(Host + name.Replace(";", "%3B", StringComparison.Ordinal));

    private static async Task<IReadOnlyList<string>> EvaluateAsync(string items)
    {
        var directory = new TestDirectory();
        directory.Write("p.proj", $"""
            <Project>
              <ItemGroup>{items}</ItemGroup>
              <Import Project="{TargetsFiles.Main}" />
              <Target Name="Show"><WriteLinesToFile File="names" Lines="@(RemoteImage->'[%(LocalPath)]')" /></Target>
            </Project>
            """);
        (await new DotNet(directory.FullPath).RunAsync(["msbuild", "p.proj", "-t:Show"])).ShouldSucceed();
        return [.. directory.ReadText("names").TrimEnd('\n').Split('\n').Select(line => line.TrimEnd('\r')[1..^1])];
    }

    // As the engine has it of the task.
    private static RemoteImageDeclaration Declared(TaskItem item)
    {
        var reader = new RequestReader();
        var options = new[] { ("ProjectDirectory", Path.GetTempPath()), ("CacheFile", "c") };
        foreach (var line in EngineRequest.Lines(isCheck: false, options, [item], []))
        {
            Assert.That(reader.Add(PipeLine.Fields(line)!), Is.Null);
        }

        var declaration = reader.Take()!.Images.Single();
        return declaration with { LocalPath = declaration.LocalPath.Length > 0 ? declaration.LocalPath : "images/" };
    }

    // The file that the task would write, of an item that evaluation has named or not; null where it would not.
    private static string? NameOf(string name, string where = "Include", string localPath = "", string evaluated = "")
    {
        var url = Host + name.Replace(";", "%3B", StringComparison.Ordinal);
        (string, string)[] metadata = [("LocalPath", MSBuildSyntax.Escape(localPath)),
            ("_ImageSyncName", MSBuildSyntax.Escape(evaluated[(evaluated.LastIndexOf('/') + 1)..])),
            ("Url", where == "Url" ? url : "")];
        var declaration = Declared(TaskRun.Item(where == "Url" ? "n" : url, metadata));
        return declaration.Validate(Folder, new Http.EgressPolicy(AllowedHosts.All), _ => null).Image?.LocalPath;
    }
}
