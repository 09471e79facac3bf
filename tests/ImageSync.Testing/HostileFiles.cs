using System.Globalization;
using System.Text.Json;

namespace ImageSync.Testing;

/// <summary>
/// What a stranger writes into files that a sync reads: the validator cache, records of the shared store, the lock file.
/// Whole and as the product would have written them, but for what they say; or with some of it changed.
/// </summary>
/// <param name="Random">Says which.</param>
/// <param name="Url">The declared URL.</param>
/// <param name="Elsewhere">A URL that nobody declared.</param>
/// <param name="LocalPath">The declared path.</param>
/// <param name="Digests">Of files that are there, inside and outside of the project.</param>
/// <param name="Outside">Paths that lead outside.</param>
public sealed record HostileFiles(
    Random Random, string Url, string Elsewhere, string LocalPath, IReadOnlyList<string> Digests, IReadOnlyList<string> Outside)
{
    // With the last tick that DateTime has, and one more.
    private static readonly string[] Numbers =
    [
        "0", "1", "600", "-1", "9223372036854775807", "3155378975999999999", "3155378976000000000", "18446744073709551616", "0x10", "1e3",
        "", " 1",
    ];

    private static readonly string[] Tags =
    [
        "\"v1\"", "W/\"v1\"", "*", "\"a\"\r\nX-Evil: 1", "\"a\", \"b\"", "\"", "", "\"\u0000\"", "\"\u20ac\"", "\"ÿ\"",
        "##vso[task.setvariable variable=PATH]x", "\"" + new string('x', 9000) + "\"",
    ];

    private static readonly string[] Dates =
        ["Sun, 06 Nov 1994 08:49:37 GMT", "Thu, 31 Dec 9999 23:59:59 GMT", "yesterday", "Sun, 06 Nov 1994 08:49:37 GMT\r\nX-Evil: 1", ""];

    private static readonly string[] OddPaths =
    [
        "", ".", "..", "/", "//", "a/../../..", "\0", "CON", "img", "obj/app.csproj.imagesync.cache", "images.lock.json", "app.csproj",
        new('a', 300), "~/a",
        @"\\host\share\a", @"C:\a",
    ];

    /// <summary>A record as a line without its checksum: of the cache, or of the store, whose path is the request's key.</summary>
    public string CacheLine(string path) => Mutated(string.Join('\t', Shuffled(
    [
        "url=" + Escaped(AnyUrl()),
        "effective=" + Escaped(AnyUrl()),
        "etag=" + Escaped(Random.OneOf(Tags)),
        "modified=" + Escaped(Random.OneOf(Dates)),
        "sha256=" + Digest(),
        "length=" + Number(),
        "time=" + Number(),
        "type=" + Escaped(Random.OneOf("image/png", "text/html", "##vso[task.complete]x", HostileMarkup.Any(Random))),
        "validated=" + Number(),
        "fetched=" + Number(),
        "lifetime=" + Number(),
        "until=" + Number(),
        "request=" + Escaped(Random.OneOf("", "x", "\n")),
        "notbefore=" + Number(),
        "framework=" + Random.OneOf("", "net10.0", "../.."),
        "written=1",
        "later=" + Number(),
    ]).Prepend(Escaped(Random.Next(3) == 0 ? Path() : path))));

    /// <summary>A lock file.</summary>
    public string LockFile()
    {
        var paths = Enumerable.Range(0, Random.Next(3)).Select(_ => Path()).Prepend(Mostly(LocalPath, Path()));
        var entries = paths.Select(path => $"  {Json(path)}: {LockEntry()},\n");
        var version = Mostly("1", Random.OneOf("2", "0", "-1", "\"1\"", "1e0", "99999999999"));
        return Mutated($"{{\n{string.Concat(entries)}  \"version\": {version}\n}}\n");
    }

    // What is not well-formed stops the sync: hence most of it is.
    private string LockEntry() => "{ " + string.Join(", ", Shuffled(
    [
        "\"url\": " + Json(AnyUrl()),
        "\"effectiveUrl\": " + Random.OneOf(Json(AnyUrl()), "false"),
        "\"movedFrom\": " + Json(Path()),
        "\"request\": " + Json(Random.OneOf("", "x")),
        "\"targetFramework\": " + Json(Random.OneOf("net10.0", "..", "")),
        "\"found\": " + Mostly("false", "1"),
        "\"length\": " + Mostly(Random.OneOf("600", "0"), Random.OneOf("-1", "9223372036854775807", "1e400", "\"1\"")),
        "\"entityTag\": " + Mostly(Json(Random.OneOf(Tags)), Random.OneOf("false", "[\"\\\"v1\\\"\", \"*\"]", "[1]", "{}")),
        "\"lastModified\": " + Mostly("false", Json(Random.OneOf(Dates))),
        "\"sha256\": " + Json(Mostly(Random.OneOf(Digests), Digest())),
    ])) + " }";

    private string AnyUrl() => Random.Next(10) switch
    {
        < 5 => Url,
        < 8 => Elsewhere,
        8 => HostileLocations.Any(Random, new Uri(Elsewhere).Port),
        _ => Random.Mutated(Url),
    };

    private string Path() => Random.Next(8) switch
    {
        0 => LocalPath,
        1 => "inside.png",
        2 => Random.Mutated(LocalPath),
        3 => HostileMarkup.Any(Random),
        4 => Random.OneOf(OddPaths),
        _ => Random.OneOf(Outside),
    };

    private string Digest() => Random.Next(6) switch
    {
        0 => Random.OneOf("", "../../../../outside", new('a', 64), new('A', 64), "aa/../../../../outside" + new string('a', 42)),
        _ => Random.OneOf(Digests),
    };

    private string Number() => Random.Next(3) == 0
        ? Random.OneOf(Numbers)
        : DateTime.UtcNow.AddDays(Random.Next(-2, 2)).Ticks.ToString(CultureInfo.InvariantCulture);

    private string Mutated(string text) => Random.Next(6) == 0 ? Random.Mutated(text) : text;

    private string Mostly(string usual, string hostile) => Random.Next(12) > 0 ? usual : hostile;

    private IEnumerable<string> Shuffled(string[] parts) => parts.Where(_ => Random.Next(20) > 0).OrderBy(_ => Random.Next(4));

    private static string Escaped(string text) => text.Replace("\\", "\\\\").Replace("\t", "\\t").Replace("\n", "\\n").Replace("\r", "\\r");

    private static string Json(string text) => JsonSerializer.Serialize(text);
}
