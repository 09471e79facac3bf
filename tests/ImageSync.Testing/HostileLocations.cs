using System.Globalization;

namespace ImageSync.Testing;

/// <summary>
/// Values of a Location field that would lead from 127.0.0.1, which is allowed, to where nobody allowed it: other schemes,
/// other hosts, and other ways to write either (RFC 3986 §3.2.2, and what browsers and <c>inet_aton</c> take besides).
/// </summary>
public static class HostileLocations
{
    // In place of § stands the port, which is open at all these addresses.
    private static readonly string[] Forms =
    [
        // Other schemes.
        "file:///etc/passwd", "FILE:/etc/passwd", "ftp://127.0.0.1:§/a", "gopher://127.0.0.1:§/a", "ws://127.0.0.1:§/a",
        "unix:/run/a.sock", "data:image/png;base64,iVBORw0KGgo=",
        "javascript:alert(1)", "about:blank", "view-source:http://127.0.0.2:§/", "jar:http://127.0.0.2:§/!/a",
        "blob:http://127.0.0.2:§/a", "HTTP://127.0.0.2:§/a", "hTtP://127.0.0.2:§/a",

        // Other names of hosts.
        "http://127.0.0.2:§/a", "http://127.0.0.2.:§/a", "http://127.0.0.1.:§/a", "http://localhost:§/a",
        "http://LOCALHOST:§/a", "http://localhost.:§/a", "http://a.localhost:§/a",
        "http://127.0.0.1.localhost:§/a", "http://x127.0.0.1:§/a", "http://:§/a", "http://0:§/a", "http://0.0.0.0:§/a",

        // Who reads userinfo, a backslash or a slash otherwise than we do.
        "http://127.0.0.1@127.0.0.2:§/a", "http://127.0.0.1:§@127.0.0.2:§/a", "http://127.0.0.1:§%40127.0.0.2:§/a",
        @"http://127.0.0.1:§\@127.0.0.2:§/a", @"http://127.0.0.2:§\@127.0.0.1:§/a",
        "http://127.0.0.1:§#@127.0.0.2:§/a", "http://127.0.0.1:§?@127.0.0.2:§/a", "http://127.0.0.1:§;@127.0.0.2:§/a",
        "http://127.0.0.1 @127.0.0.2:§/a", "http://@127.0.0.2:§/a", "http://a:b@127.0.0.1:§/a",
        "//127.0.0.2:§/a", "///127.0.0.2:§/a", "////127.0.0.2:§/a", @"\\127.0.0.2:§\a", @"/\127.0.0.2:§/a",
        @"\/127.0.0.2:§/a", "/%2F127.0.0.2:§/a", "//127.0.0.1@127.0.0.2:§/a", @"//127.0.0.1:§\@127.0.0.2:§",
        "http:/127.0.0.2:§/a", "http:127.0.0.2:§/a", @"http:\\127.0.0.2:§\a", "http:///127.0.0.2:§/a",
        "http:////127.0.0.2:§/a", "/.//127.0.0.2:§/a", "/..//127.0.0.2:§/a", "..//127.0.0.2:§/a", "?//127.0.0.2:§/a",

        // Addresses in octal, in hexadecimal, and in fewer parts.
        "http://0177.0.0.2:§/a", "http://0x7f.0.0.2:§/a", "http://2130706434:§/a", "http://0x7f000002:§/a",
        "http://017700000002:§/a", "http://127.2:§/a", "http://127.0.2:§/a", "http://0x7f.2:§/a",
        "http://0127.0.0.1:§/a", "http://127.0.0.02:§/a", "http://127.0.0.258:§/a", "http://4425673730:§/a",
        "http://127.0.0.1.2:§/a",

        // IPv6: the same host otherwise, IPv4 within, and zones.
        "http://[::1]:§/a", "http://[0:0:0:0:0:0:0:1]:§/a", "http://[::0001]:§/a", "http://[::ffff:127.0.0.1]:§/a",
        "http://[::ffff:127.0.0.2]:§/a", "http://[::ffff:7f00:2]:§/a", "http://[::127.0.0.2]:§/a",
        "http://[::1%25lo]:§/a", "http://[::1%lo]:§/a", "http://[::1%251]:§/a", "http://[::]:§/a",
        "http://[127.0.0.1]:§/a", "http://[::1:§/a", "http://::1:§/a", "//[::1]:§/a", "http://[::1]127.0.0.1:§/a",
        "http://127.0.0.1[::1]:§/a",

        // Look-alikes, which IDNA folds into plain digits and letters (UTS #46); in UTF-8 on the wire, and as punycode.
        "http://１２７.0.0.2:§/a", "http://127。0。0。2:§/a", "http://①②⑦.0.0.②:§/a", "http://ⓛocalhost:§/a",
        "http://local\u00adhost:§/a", "http://lοcalhost:§/a", "http://xn--lcalhost-xxf:§/a", "http://127.0.0.1\u200d:§/a",

        // Ports.
        "http://127.0.0.2:0§/a", "http://127.0.0.2:+§/a", "http://127.0.0.2:-§/a", "http://127.0.0.2: §/a",
        "http://127.0.0.2:§:§/a", "http://127.0.0.2:99999/a", "http://127.0.0.1:§:@127.0.0.2:§/a",

        // Blanks and controls, which some leave out and some take for the end; the fold of a line is one too (RFC 9112 §5.2).
        "  http://127.0.0.2:§/a  ", "\thttp://127.0.0.2:§/a", "ht\ttp://127.0.0.2:§/a", "http://127.0.0.\t2:§/a",
        "http://127.0.0.2\t:§/a", "http:/\t/127.0.0.2:§/a", "/\t/127.0.0.2:§/a", "http://127.0.0.1:§\t@127.0.0.2:§/a",
        "http://127.0.0.1:§\r\n @127.0.0.2:§/a", "http://127.0.0.1:§/a, http://127.0.0.2:§/a",
        "\u00a0http://127.0.0.2:§/a", "\u0085//127.0.0.2:§/a", "\v//127.0.0.2:§/a", "\x01//127.0.0.2:§/a",

        // Escapes in the host.
        "http://%31%32%37.0.0.2:§/a", "http://127%2e0%2e0%2e2:§/a", "http://127.0.0.1%00.localhost:§/a",
        "http://127.0.0.1%2f@127.0.0.2:§/a", "http://127.0.0.1%5c@127.0.0.2:§/a", "http://%6cocalhost:§/a",
        "http%3A//127.0.0.2:§/a",
    ];

    /// <summary>All forms, for a port that is open everywhere.</summary>
    public static IEnumerable<string> All(int port) =>
        Forms.Select(form => form.Replace("§", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));

    /// <summary>One of them, or of two the halves, with a few characters changed.</summary>
    public static string Any(Random random, int port)
    {
        var forms = All(port).ToList();
        var (one, other) = (random.OneOf(forms), random.OneOf(forms));
        return random.Mutated(random.Next(2) == 0 ? one : one[..random.Next(one.Length)] + other[random.Next(other.Length)..]);
    }
}
