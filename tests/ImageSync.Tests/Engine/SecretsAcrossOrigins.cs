using ImageSync.Sync;
using ImageSync.Testing;
using ImageSync.Tests.Transport;

namespace ImageSync.Tests.Engine;

/// <summary>
/// Where a header with a secret goes, through random chains of redirects between origins that differ in scheme, host or port,
/// there and back: to the origin that was declared, until the first hop elsewhere, and to nobody after it.
/// </summary>
public class SecretsAcrossOrigins
{
    private const string Variable = "IMAGESYNC_TEST_SECRET_ACROSS";
    private const string Secret = "s3cret-across-origins";
    private const string Literal = "literal-across-origins";
    private static readonly byte[] Image = SampleImages.Png(1, 500);

    private readonly List<ScriptedOrigin> _plain = [];
    private readonly List<KestrelOrigin> _secured = [];
    private TestAuthority _authority;
    private Project _project;
    private List<string> _origins = [];

    [SetUp]
    public async Task SetUp()
    {
        Environment.SetEnvironmentVariable(Variable, Secret);
        (_authority, _project) = (new TestAuthority(), new Project());
        _project.Network = Network.Trusting(_authority);
        _plain.AddRange([new ScriptedOrigin(), new ScriptedOrigin()]);
        _secured.AddRange([await KestrelOrigin.StartAsync(_authority.Issue()), await KestrelOrigin.StartAsync(_authority.Issue())]);

        // Each under two names: to the network the same, and not the same origin.
        _origins = [.. from port in _plain.Select(origin => ("http", origin.Port)).Concat(_secured.Select(origin => ("https", origin.Port)))
                       from host in new[] { "127.0.0.1", "localhost" }
                       select $"{port.Item1}://{host}:{port.Port}"];
    }

    [TearDown]
    public async Task TearDown()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        foreach (var origin in _plain)
        {
            await origin.DisposeAsync();
        }

        foreach (var origin in _secured)
        {
            await origin.DisposeAsync();
        }

        _plain.Clear();
        _secured.Clear();
        _authority.Dispose();
    }

    [Test]
    public async Task It_goes_to_the_declared_origin_until_the_first_hop_elsewhere()
    {
        foreach (var seeds in HostileCases.Seeds(200).Chunk(200))
        {
            var chains = seeds.Select((seed, i) => Chain(new Random(seed), i)).ToList();
            var run = await _project.RunAsync(chains.Select((chain, i) => new RemoteImageDeclaration(chain[0])
            {
                LocalPath = $"img/{i}.png", RequestHeaders = $"X-Key: ${{{Variable}}} | Authorization: Basic {Literal}",
            }));
            Assert.That(run.Outcomes.SelectMany(outcome => outcome.Diagnostics).Select(diagnostic => diagnostic.Message), Is.Empty);
            var expected = chains.SelectMany(Expected).OrderBy(request => request.Url);
            Assert.That(Received().OrderBy(request => request.Url), Is.EqualTo(expected), $"IMAGESYNC_FUZZ_SEED={seeds[0]}");
            Assert.That(chains.Count(chain => chain.Select(OriginOf).Distinct().Count() > 2), Is.GreaterThan(chains.Count / 4));
            Assert.That(File.ReadAllText(_project.Options.CacheFile), Does.Not.Contain(Secret));
            _plain.ForEach(origin => origin.Clear());
            _secured.ForEach(origin => origin.Clear());
        }
    }

    // Never back from https to http, which is refused; each hop has a path of its own.
    private List<string> Chain(Random random, int number)
    {
        var chain = new List<string>();
        var origin = random.OneOf(_origins);
        for (var hops = random.Next(2, 9); hops >= 0; hops--)
        {
            chain.Add($"{origin}/{number}/{random.Next():x8}");
            var all = IsHttps(origin) ? _origins.Where(IsHttps).ToList() : _origins;
            origin = random.Next(3) switch
            {
                0 => origin,
                1 when all.Contains(OriginOf(chain[0])) => OriginOf(chain[0]),
                _ => random.OneOf(all),
            };
        }

        for (var i = 0; i < chain.Count; i++)
        {
            Serve(chain[i], i + 1 < chain.Count ? Written(random, chain[i], chain[i + 1]) : null);
        }

        return chain;
    }

    // The many ways to write the same Location.
    private static string Written(Random random, string from, string to) => random.Next(5) switch
    {
        0 when OriginOf(from) == OriginOf(to) => to[OriginOf(to).Length..],
        0 or 1 when from.Split(':')[0] == to.Split(':')[0] => to[(to.IndexOf(':', StringComparison.Ordinal) + 1)..],
        2 => to.Replace("http", "HTTP", StringComparison.Ordinal).Replace("localhost", "LocalHost", StringComparison.Ordinal),
        3 => to + "#fragment",
        _ => to,
    };

    private void Serve(string url, string? location)
    {
        var path = url[OriginOf(url).Length..];
        var port = new Uri(url).Port;
        _plain.Find(origin => origin.Port == port)?.On(path, location is null ? Reply.Ok(Image) : Reply.Redirect(302, location));
        if (_secured.Find(origin => origin.Port == port) is { } secured)
        {
            _ = location is null ? secured.On(path, Image) : secured.Redirect(path, location);
        }
    }

    private IEnumerable<(string Url, bool HasSecret)> Received() =>
    [
        .. from origin in _plain
           from request in origin.Requests
           select ($"http://{request.Header("Host")}{request.Target}", Has(request.RawText)),
        .. from origin in _secured
           from request in origin.Requests
           select ($"https://{request.Host}{request.Path}", Has(request.Fields)),
    ];

    private static IEnumerable<(string Url, bool HasSecret)> Expected(List<string> chain) =>
        chain.Select((url, hop) => (url, chain.Take(hop + 1).All(earlier => OriginOf(earlier) == OriginOf(chain[0]))));

    // Both or none.
    private static bool Has(string fields)
    {
        Assert.That(fields.Contains(Secret, StringComparison.Ordinal), Is.EqualTo(fields.Contains(Literal, StringComparison.Ordinal)));
        return fields.Contains(Secret, StringComparison.Ordinal);
    }

    private static bool IsHttps(string url) => url.StartsWith("https", StringComparison.Ordinal);

    private static string OriginOf(string url) => new Uri(url).GetLeftPart(UriPartial.Authority);
}
