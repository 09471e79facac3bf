using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ImageSync.MSBuild.Tests;

/// <summary>What the packed code of ours can reach at all: one HTTP client, and no other program, library or socket.</summary>
public class AllowedApis
{
    private static readonly Assembly Task = typeof(SyncImages).Assembly;
    private static readonly Assembly[] Own = [typeof(Sync.SyncOptions).Assembly, Assembly.Load("ImageSync.Engine"), Task];

    // What makes connections, or tells how; all else of System.Net is text, certificates and exceptions.
    private static readonly string[] OfTheNetwork = ["System.Net.Http", "System.Net.Security", "System.Net.Sockets"];
    private static readonly string[] Known =
    [
        "HttpClient.get_DefaultProxy", "SocketsHttpHandler..ctor", "HttpMessageInvoker..ctor", "HttpMessageInvoker.SendAsync",
    ];

    [Test]
    public void One_client_makes_all_requests()
    {
        var calls = Own.SelectMany(Calls).Where(call => OfTheNetwork.Contains(call.Namespace)).Select(call => $"{call.Type}.{call.Member}").ToList();
        Assert.That(calls, Is.SupersetOf(Known));
        Assert.That(calls.Where(call => call.StartsWith("HttpClient.", StringComparison.Ordinal)), Is.All.EqualTo("HttpClient.get_DefaultProxy"));
        Assert.That(calls.Select(call => call.Split('.')[0]).Where(type => type is "Socket" or "TcpClient" or "UdpClient" or "NetworkStream"), Is.Empty);
        var others = Own.SelectMany(Calls).Select(call => $"{call.Namespace}.{call.Type}");
        Assert.That(others.Where(type => type is "System.Net.Dns" or "System.Net.WebClient" or "System.Net.WebRequest" or "System.Net.NetworkInformation.Ping"), Is.Empty);
    }

    [Test]
    public void No_code_is_loaded_and_no_program_started_but_the_engine()
    {
        foreach (var assembly in Own)
        {
            var calls = Calls(assembly).Select(call => $"{call.Type}.{call.Member}").ToList();
            Assert.That(calls, Is.Not.Empty);
            Assert.That(calls.Where(call => call is "Assembly.Load" or "Assembly.LoadFrom" or "Assembly.LoadFile" or "Activator.CreateInstance"
                || call.StartsWith("AssemblyLoadContext.", StringComparison.Ordinal)), Is.Empty, assembly.GetName().Name);
            Assert.That(calls.Contains("Process.Start"), Is.EqualTo(assembly == Task), assembly.GetName().Name);
            Assert.That(calls.Exists(call => call.StartsWith("ToolTask.", StringComparison.Ordinal)), Is.False, "MSBuild's own way to start programs");
        }
    }

    [Test]
    public void The_targets_run_our_tasks_and_no_command()
    {
        var tasks = TargetsFiles.Elements.Where(element => element.Name.LocalName == "Target")
            .SelectMany(target => target.Elements()).Select(element => element.Name.LocalName).Distinct();
        Assert.That(tasks, Is.EquivalentTo(new[]
        {
            "PropertyGroup", "ItemGroup", "MSBuild", "CallTarget", "Error", "Warning", "Message", "CreateItem", "SyncImages",
        }));
    }

    private static List<(string Namespace, string Type, string Member)> Calls(Assembly assembly)
    {
        using var image = new PEReader(File.OpenRead(assembly.Location));
        var reader = image.GetMetadataReader();
        return [.. reader.MemberReferences.Select(reader.GetMemberReference)
            .Where(member => member.Parent.Kind == HandleKind.TypeReference)
            .Select(member => (Type: reader.GetTypeReference((TypeReferenceHandle)member.Parent), member.Name))
            .Select(member => (reader.GetString(member.Type.Namespace), reader.GetString(member.Type.Name), reader.GetString(member.Name)))];
    }
}
