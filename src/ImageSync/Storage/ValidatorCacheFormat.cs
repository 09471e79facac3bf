using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using ImageSync.Http;
using ImageSync.Images;

namespace ImageSync.Storage;

/// <summary>
/// The validator cache as text: a first line that names the format, then one record a line as <c>checksum TAB path TAB
/// key=value TAB …</c>. A line proves itself by its checksum, so whatever else stands in the file (half a line, merge marks,
/// garbage) is passed over. Of two lines for one path the later holds. Unknown keys are passed over too.
/// </summary>
internal static class ValidatorCacheFormat
{
    /// <summary>How the first line begins, in every version.</summary>
    public const string Name = "ImageSync validator cache ";

    /// <summary>The first line. A file that begins otherwise holds nothing for this version.</summary>
    public const string Header = Name + "1";

    /// <summary>One record as a line, its end included.</summary>
    public static string Write(ValidatorRecord record)
    {
        var line = new StringBuilder(400);
        Escape(line, record.LocalPath);
        Field(line, "url", record.Url);
        Field(line, "effective", record.EffectiveUrl == record.Url ? null : record.EffectiveUrl);
        Field(line, "etag", record.Validators.EntityTag);
        Field(line, "modified", record.Validators.LastModified);
        Field(line, "sha256", record.Sha256);
        Field(line, "length", Number(record.Stamp.Length));
        Field(line, "time", Number(record.Stamp.WriteTime));
        Field(line, "type", record.MediaType);
        Field(line, "picture", record.Picture?.ToString());
        Field(line, "as", record.AcceptedAs);
        Field(line, "validated", Number(record.ValidatedAt.UtcTicks));
        Field(line, "fetched", record.FetchedAt == record.ValidatedAt ? null : Number(record.FetchedAt.UtcTicks));
        Field(line, "lifetime", record.Freshness.Lifetime > TimeSpan.Zero ? Number(record.Freshness.Lifetime.Ticks) : null);
        Field(line, "until", record.Freshness.Lifetime > TimeSpan.Zero ? Number(record.Freshness.Until.UtcTicks) : null);
        Field(line, "request", record.RequestKey);
        Field(line, "notbefore", record.NotBefore is { } notBefore ? Number(notBefore.UtcTicks) : null);
        Field(line, "framework", record.TargetFramework);
        Field(line, "written", record.Written ? "1" : null);
        var text = line.ToString();
        return Checksum(text) + "\t" + text + "\n";
    }

    /// <summary>Reads one line; false where it is not a whole, unchanged record.</summary>
    public static bool TryRead(ReadOnlySpan<char> line, [NotNullWhen(true)] out ValidatorRecord? record)
    {
        record = null;
        if (line.Length < 10
            || line[8] != '\t'
            || !uint.TryParse(line[..8], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var checksum)
            || checksum != Crc(line[9..]))
        {
            return false;
        }

        var fields = new Fields();
        var rest = line[9..];
        var path = Unescape(Next(ref rest));
        while (!rest.IsEmpty)
        {
            var field = Next(ref rest);
            var equals = field.IndexOf('=');
            if (equals > 0)
            {
                fields.Set(field[..equals], field[(equals + 1)..]);
            }
        }

        record = fields.ToRecord(path);
        return record is not null;
    }

    private static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> rest)
    {
        var tab = rest.IndexOf('\t');
        var field = tab < 0 ? rest : rest[..tab];
        rest = tab < 0 ? [] : rest[(tab + 1)..];
        return field;
    }

    private static void Field(StringBuilder line, string key, string? value)
    {
        if (value is not null)
        {
            Escape(line.Append('\t').Append(key).Append('='), value);
        }
    }

    private static void Escape(StringBuilder line, string value)
    {
        if (value.AsSpan().IndexOfAny("\t\n\r\\") < 0)
        {
            line.Append(value);
            return;
        }

        foreach (var c in value)
        {
            _ = c switch
            {
                '\t' => line.Append("\\t"),
                '\n' => line.Append("\\n"),
                '\r' => line.Append("\\r"),
                '\\' => line.Append("\\\\"),
                _ => line.Append(c),
            };
        }
    }

    private static string Unescape(ReadOnlySpan<char> text)
    {
        if (!text.Contains('\\'))
        {
            return text.ToString();
        }

        var value = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            value.Append(text[i] != '\\' || i + 1 == text.Length ? text[i] : text[++i] switch
            {
                't' => '\t',
                'n' => '\n',
                'r' => '\r',
                var c => c,
            });
        }

        return value.ToString();
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The checksum of a line as it is written.</summary>
    internal static string Checksum(ReadOnlySpan<char> line) => Crc(line).ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>CRC-32C of a line: it tells damage, not malice; what is read is checked again before it is used.</summary>
    private static uint Crc(ReadOnlySpan<char> line)
    {
        var crc = uint.MaxValue;
        var octets = MemoryMarshal.AsBytes(line);
        while (octets.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, MemoryMarshal.Read<ulong>(octets));
            octets = octets[sizeof(ulong)..];
        }

        foreach (var octet in octets)
        {
            crc = BitOperations.Crc32C(crc, octet);
        }

        return ~crc;
    }

    /// <summary>The values of one line while it is read.</summary>
    private struct Fields
    {
        // Thousands of images share a few types.
        private static volatile string? _lastType;
        private static volatile string? _lastRange;

        private string? _url;
        private string? _effective;
        private string? _etag;
        private string? _modified;
        private string? _sha256;
        private string? _type;
        private string? _as;
        private Picture? _picture;
        private long _length;
        private long _time;
        private long _validated;
        private long _fetched;
        private long _lifetime;
        private long _until;
        private long _notBefore;
        private string? _request;
        private string? _framework;
        private bool _written;

        [MemberNotNullWhen(true, nameof(_url), nameof(_sha256))]
        private readonly bool IsWhole =>
            _url is not null && _sha256 is not null && (_sha256.Length == 0 || ContentDigest.IsDigest(_sha256));

        public void Set(ReadOnlySpan<char> key, ReadOnlySpan<char> value)
        {
            switch (key)
            {
                case "url": _url = Unescape(value); break;
                case "effective": _effective = Unescape(value); break;
                case "etag": _etag = Unescape(value); break;
                case "modified": _modified = Unescape(value); break;
                case "sha256": _sha256 = value.ToString(); break;
                case "type": _type = _lastType = _lastType is { } last && value.SequenceEqual(last) ? last : Unescape(value); break;
                case "as": _as = _lastRange = _lastRange is { } range && value.SequenceEqual(range) ? range : Unescape(value); break;
                case "picture": _picture = Picture.Parse(value); break;
                case "length": _length = Long(value); break;
                case "time": _time = Long(value); break;
                case "validated": _validated = Long(value); break;
                case "fetched": _fetched = Long(value); break;
                case "lifetime": _lifetime = Long(value); break;
                case "until": _until = Long(value); break;
                case "request": _request = Unescape(value); break;
                case "notbefore": _notBefore = Long(value); break;
                case "framework": _framework = Unescape(value); break;
                case "written": _written = true; break;
                default: break;
            }
        }

        public readonly ValidatorRecord? ToRecord(string path) => !IsWhole || path.Length == 0
            ? null
            : new ValidatorRecord(path)
            {
                Url = _url,
                EffectiveUrl = _effective ?? _url,
                Validators = _etag is null && _modified is null ? Validators.None : new Validators(_etag, _modified),
                Sha256 = _sha256,
                Stamp = new FileStamp(_length, _time),
                MediaType = _type,
                Picture = _picture,
                AcceptedAs = _as,
                ValidatedAt = Time(_validated),
                FetchedAt = Time(_fetched == 0 ? _validated : _fetched),
                Freshness = _lifetime > 0 ? new Freshness(TimeSpan.FromTicks(_lifetime), Time(_until)) : Freshness.None,
                RequestKey = _request,
                NotBefore = _notBefore > 0 ? Time(_notBefore) : null,
                TargetFramework = _framework,
                Written = _written,
            };

        private static long Long(ReadOnlySpan<char> text) =>
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;

        private static DateTimeOffset Time(long ticks) =>
            ticks <= DateTime.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : DateTimeOffset.MinValue;
    }
}
