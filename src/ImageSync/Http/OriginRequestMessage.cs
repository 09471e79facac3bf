using System.Text;

namespace ImageSync.Http;

/// <summary>A request whose header values go out as they are; they were checked where they came from.</summary>
internal sealed class OriginRequestMessage(HttpMethod method, Uri uri, ConcurrencyLimiter gate, OriginConnection connection)
    : HttpRequestMessage(method, uri)
{
    /// <summary>What bounds the requests to the origin; a connection that is made for this one tells it how many fit.</summary>
    public ConcurrencyLimiter Gate { get; } = gate;

    /// <summary>What carries it.</summary>
    public OriginConnection Connection { get; } = connection;

    /// <summary>Whether a value holds obs-text (RFC 9110 §5.5), which .NET sends as octets only where it is told how.</summary>
    public bool HasObsText { get; private set; }

    /// <summary>Takes note of the connection that was made for it.</summary>
    public void OnProtocolNegotiated(Version version) => Gate.OnProtocolNegotiated(Connection, version);

    /// <summary>Adds a field, past .NET's own idea of what a value may be.</summary>
    public void Add(string name, string value)
    {
        HasObsText |= !Ascii.IsValid(value);
        Headers.TryAddWithoutValidation(name, value);
    }

    /// <summary>Adds a field that the image's own headers may have set already.</summary>
    public void AddDefault(string name, string value)
    {
        if (!Headers.NonValidated.Contains(name))
        {
            Add(name, value);
        }
    }
}
