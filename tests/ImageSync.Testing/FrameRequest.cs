using System.Globalization;
using System.Text;

namespace ImageSync.Testing;

/// <summary>One request to a <see cref="FrameOrigin"/>, and the frames that answer it.</summary>
public sealed class FrameRequest
{
    private const int LargestFrame = 16_384;

    private readonly CancellationToken _stop;
    private Action? _left;

    internal FrameRequest(FrameConnection connection, int id, int number, string path, Action left, CancellationToken stop) =>
        (Connection, Id, Number, Path, _left, _stop) = (connection, id, number, path, left, stop);

    public FrameConnection Connection { get; }

    public int Id { get; }

    /// <summary>1 for the first request that the origin received, and so on.</summary>
    public int Number { get; }

    public string Path { get; }

    /// <summary>A whole answer, with a Content-Length; the body has to fit into the client's first window of 65,535 bytes.</summary>
    public async Task SendAsync(byte[] body, params (string Name, string Value)[] fields)
    {
        await SendHeadAsync(200, ends: false, [("content-length", body.Length.ToString(CultureInfo.InvariantCulture)), .. fields]);
        await SendDataAsync(body, ends: true);
    }

    public Task SendHeadAsync(int status, bool ends, params (string Name, string Value)[] fields)
    {
        Leave(ends);
        // RFC 7541 §6.2.2: a literal without indexing, its name a literal too; :status is lower than the one-octet limit as well.
        byte[] block = [.. fields.Prepend((":status", status.ToString(CultureInfo.InvariantCulture))).SelectMany(field => Literal(field.Item1, field.Item2))];
        return Connection.SendAsync(FrameConnection.Headers, (byte)(FrameConnection.EndHeaders | (ends ? FrameConnection.EndStream : 0)), Id, block);
    }

    public async Task SendDataAsync(byte[] body, bool ends)
    {
        Leave(ends);
        for (var start = 0; start == 0 || start < body.Length; start += LargestFrame)
        {
            var end = Math.Min(start + LargestFrame, body.Length);
            await Connection.SendAsync(FrameConnection.Data, ends && end == body.Length ? FrameConnection.EndStream : (byte)0, Id, body[start..end]);
        }
    }

    public Task ResetAsync(Http2Error error)
    {
        Leave(ends: true);
        return Connection.SendAsync(FrameConnection.RstStream, 0, Id, FrameConnection.Number32((int)error));
    }

    /// <summary>Time for the client to read what was sent.</summary>
    public Task PauseAsync(int milliseconds = 30) => Task.Delay(milliseconds, _stop);

    private static byte[] Literal(string name, string value) =>
        [0, (byte)name.Length, .. Encoding.Latin1.GetBytes(name), (byte)value.Length, .. Encoding.Latin1.GetBytes(value)];

    private void Leave(bool ends)
    {
        if (ends)
        {
            Interlocked.Exchange(ref _left, null)?.Invoke();
        }
    }
}

/// <summary>Error codes (RFC 9113 §7).</summary>
public enum Http2Error
{
    NoError = 0,
    ProtocolError = 1,
    InternalError = 2,
    RefusedStream = 7,
    Cancel = 8,
    EnhanceYourCalm = 11,
}
