using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using ImageSync.Http;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>Redirects under ImageSyncAllowedHosts, in every way to write a Location: nobody is contacted who is not allowed.</summary>
public partial class RedirectsElsewhere
{
    private const string Allowed = "127.0.0.1";

    private ScriptedOrigin _origin;
    private Project _project;

    [SetUp]
    public void SetUp()
    {
        (_origin, _project) = (new ScriptedOrigin(), new Project());
        _project.Options = _project.Options with { AllowedHosts = AllowedHosts.Parse(Allowed)!, Retries = 0 };
    }

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [Test]
    public async Task Nobody_is_contacted_who_is_not_allowed()
    {
        using var wires = new Tripwires(_origin.Port);
        var locations = HostileLocations.All(_origin.Port).ToList();
        var outcomes = await FollowAsync(locations);
        Assert.That(wires.Tripped, Is.Empty);
        AssertNothingCame(locations, outcomes);

        // IMGSYNC2001 would tell of an attempt; 2003 is the 404 of the origin itself, to which some forms lead back.
        var codes = outcomes.Select(outcome => outcome.Diagnostics.Single().CodeText);
        Assert.That(codes, Is.All.AnyOf("IMGSYNC1006", "IMGSYNC2003", "IMGSYNC2004", "IMGSYNC2005"), () => Listed(locations, outcomes));
    }

    [Test]
    public async Task The_wires_are_where_a_redirect_leads_that_is_allowed()
    {
        using var wires = new Tripwires(_origin.Port);
        _project.Options = _project.Options with { AllowedHosts = AllowedHosts.All, IdleTimeout = TimeSpan.FromMilliseconds(200) };
        await FollowAsync([$"http://127.0.0.2:{_origin.Port}/a", $"//[::1]:{_origin.Port}/a", $"http://0x7f.3:{_origin.Port}/a"]);
        Assert.That(wires.Tripped, Has.Count.EqualTo(3));
    }

    // Whom a mutation would lead to cannot be foreseen: the connections are watched, and only those to the origin are made.
    [Test]
    public async Task Nor_by_any_mutation()
    {
        var contacted = new ConcurrentDictionary<string, bool>();
        _project.Network = options =>
        {
            var handler = Transport.Network.Product(options);
            handler.UseProxy = false;
            handler.ConnectCallback = async (context, cancelled) =>
            {
                contacted[context.DnsEndPoint.Host] = true;
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                var isOurs = context.DnsEndPoint.Host == Allowed && context.DnsEndPoint.Port == _origin.Port;
                await socket.ConnectAsync(IPAddress.Loopback, isOurs ? _origin.Port : 1, cancelled);
                return new NetworkStream(socket, ownsSocket: true);
            };
            return handler;
        };
        foreach (var seeds in HostileCases.Seeds(1000).Chunk(500))
        {
            var locations = seeds.Select(seed => HostileLocations.Any(new Random(seed), _origin.Port)).ToList();
            var outcomes = await FollowAsync(locations);
            Assert.That(contacted.Keys, Is.EqualTo(new[] { Allowed }), $"IMAGESYNC_FUZZ_SEED={seeds[0]}");
            AssertNothingCame(locations, outcomes);
        }
    }

    private async Task<IReadOnlyList<SyncOutcome>> FollowAsync(List<string> locations)
    {
        _origin.Clear();
        for (var i = 0; i < locations.Count; i++)
        {
            var head = "HTTP/1.1 302 Found\r\nConnection: close\r\nContent-Length: 0\r\nLocation: "u8;
            _origin.On($"/redirect/{i}", Reply.Raw([.. head, .. OnTheWire(locations[i]), .. "\r\n\r\n"u8]));
        }

        var declarations = Enumerable.Range(0, locations.Count)
            .Select(i => new RemoteImageDeclaration(_origin.Url($"/redirect/{i}")) { LocalPath = $"img/{i}.png" });
        return (await _project.RunAsync(declarations)).Outcomes;
    }

    // As UTF-8; what would end the line but for a fold of it is left out.
    private static byte[] OnTheWire(string location) => Encoding.UTF8.GetBytes(EndOfLine().Replace(location, " "));

    private void AssertNothingCame(List<string> locations, IReadOnlyList<SyncOutcome> outcomes)
    {
        var hosts = _origin.Requests.Select(request => request.Header("Host"));
        Assert.That(hosts, Is.All.EqualTo($"{Allowed}:{_origin.Port}"), () => Listed(locations, outcomes));
        var ends = outcomes.Select(outcome => (outcome.Status, outcome.Diagnostics.Count));
        Assert.That(ends, Is.All.EqualTo((SyncStatus.Failed, 1)), () => Listed(locations, outcomes));
        Assert.That(_project.FilesPresent, Is.Empty);
    }

    private static string Listed(List<string> locations, IReadOnlyList<SyncOutcome> outcomes) =>
        string.Join('\n', locations.Zip(outcomes, (location, outcome) => $"{location} => {(outcome.Diagnostics.Count == 0 ? "nothing to tell" : outcome.Diagnostics[0].Message)}"));

    [GeneratedRegex(@"\r(?!\n )|(?<!\r)\n(?! )|\0")]
    private static partial Regex EndOfLine();
}
