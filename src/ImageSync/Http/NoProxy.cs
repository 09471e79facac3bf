using System.Globalization;
using System.Net;

namespace ImageSync.Http;

/// <summary>
/// The hosts that are asked without a proxy, as <c>NO_PROXY</c> names them. No standard says how; these are the readings that
/// curl, Go and Python have in common, and where they differ the wider one.
/// </summary>
internal sealed class NoProxy
{
    private const string Everybody = "*";

    private static readonly char[] Separators = [',', ' ', '\t', '\r', '\n'];

    private readonly Entry[] _entries;

    private NoProxy(Entry[] entries) => _entries = entries;

    /// <summary>Reads a list; what is no entry is passed over, and null is that there is none.</summary>
    public static NoProxy? Parse(string? text)
    {
        var entries = (text ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(Read).OfType<Entry>().ToArray();
        return entries.Length == 0 ? null : new NoProxy(entries);
    }

    /// <summary>Whether an origin is asked without a proxy.</summary>
    public bool Exempts(Uri origin)
    {
        var host = origin.IdnHost.TrimEnd('.');
        var address = IPAddress.TryParse(host, out var parsed) ? Plain(parsed) : null;
        return Array.Exists(_entries, entry => (entry.Port ?? origin.Port) == origin.Port && entry.Covers(host, address));
    }

    private static Entry? Read(string text)
    {
        var (host, port) = SplitPort(text);
        var slash = host.IndexOf('/', StringComparison.Ordinal);
        var written = (slash < 0 ? host : host[..slash]).Trim('[', ']');
        if (IPAddress.TryParse(written, out var parsed))
        {
            var address = Plain(parsed);
            var bits = 8 * address.GetAddressBytes().Length;
            var prefix = slash < 0 ? bits : Number(host[(slash + 1)..]) ?? -1;
            return prefix < 0 || prefix > bits ? null : new Entry(null, address.GetAddressBytes(), prefix, port);
        }

        // A leading dot, or "*.", is as good as none: .NET and curl exempt the domain itself, too.
        var name = written == Everybody ? written : written.TrimStart('*').Trim('.');
        return slash >= 0 || Ascii(name) is not { } ascii ? null : new Entry(ascii, null, 0, port);
    }

    // More than one colon is an IPv6 address, unless brackets say where it ends.
    private static (string Host, int? Port) SplitPort(string text)
    {
        var colon = text.LastIndexOf(':');
        var isPort = colon > 0 && (text[colon - 1] == ']' || text.IndexOf(':', StringComparison.Ordinal) == colon);
        return isPort && Number(text[(colon + 1)..]) is { } port ? (text[..colon], port) : (text, null);
    }

    private static int? Number(string digits) =>
        ushort.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Ascii(string name)
    {
        try
        {
            return name.Length == 0 ? null : name == Everybody ? name : new IdnMapping().GetAscii(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // RFC 4291 §2.5.5.2: ::ffff:10.0.0.1 is 10.0.0.1.
    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private sealed record Entry(string? Name, byte[]? Network, int Prefix, int? Port)
    {
        public bool Covers(string host, IPAddress? address) =>
            Network is not null ? address is not null && IsWithin(address.GetAddressBytes())
            : Name == Everybody || (address is null && IsOrIsBelow(host));

        private bool IsOrIsBelow(string host) => host.EndsWith(Name!, StringComparison.OrdinalIgnoreCase)
            && (host.Length == Name!.Length || host[^(Name.Length + 1)] == '.');

        // RFC 4632 §3.1: the first bits are the network's; what is written behind them does not count.
        private bool IsWithin(byte[] address)
        {
            if (address.Length != Network!.Length)
            {
                return false;
            }

            for (var bit = 0; bit < Prefix; bit++)
            {
                if (((address[bit / 8] ^ Network[bit / 8]) >> (7 - (bit % 8)) & 1) != 0)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
