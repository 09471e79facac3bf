using System.Buffers.Binary;
using System.Text;

namespace ImageSync.Testing;

/// <summary>One connection to a <see cref="FrameOrigin"/>: reads the client's frames, and writes those of the script.</summary>
public sealed class FrameConnection : IDisposable
{
    // RFC 9113 §6; §3.4 for the preface.
    public const byte Data = 0, Headers = 1, RstStream = 3, Settings = 4, Ping = 6, GoAway = 7, WindowUpdate = 8, Continuation = 9;
    public const byte EndStream = 1, Ack = 1, EndHeaders = 4;
    private const int PrefaceLength = 24;
    private const int FloodLength = 32 * 1024;

    private readonly Stream _stream;
    private readonly FrameOrigin _origin;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly List<Task> _answers = [];
    private CancellationToken _stop;
    private bool _isInFieldBlock;

    internal FrameConnection(Stream stream, int number, FrameOrigin origin) => (_stream, Number, _origin) = (stream, number, origin);

    /// <summary>1 for the first connection that the origin accepted, and so on.</summary>
    public int Number { get; }

    /// <summary>Says that no further stream is served, and none above the last one is (RFC 9113 §6.8).</summary>
    public Task SendGoAwayAsync(int lastStream, Http2Error error) => SendAsync(GoAway, 0, 0, [.. Number32(lastStream), .. Number32((int)error)]);

    /// <summary>Requests under way; the origin's to count.</summary>
    internal int OpenStreams { get; set; }

    /// <summary>From now on nothing is read that the client sends.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>A frame over and over, many in one write, until the client leaves.</summary>
    public async Task FloodAsync(byte type, byte flags, int stream, byte[] payload, TimeSpan between = default)
    {
        var frame = Frame(type, flags, stream, payload);
        var frames = new byte[Math.Max(1, FloodLength / frame.Length) * frame.Length];
        for (var start = 0; start < frames.Length; start += frame.Length)
        {
            frame.CopyTo(frames, start);
        }

        while (true)
        {
            await WriteAsync(type, flags, frames);
            await Task.Delay(between, _stop);
        }
    }

    /// <summary>Ends the connection without a word.</summary>
    public void Abort() => _stream.Dispose();

    public void Dispose() => _writing.Dispose();

    /// <summary>Any frame.</summary>
    public Task SendAsync(byte type, byte flags, int stream, byte[] payload) =>
        WriteAsync(type, flags, Frame(type, flags, stream, payload));

    private static byte[] Frame(byte type, byte flags, int stream, byte[] payload) =>
        [(byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length, type, flags, .. Number32(stream), .. payload];

    private async Task WriteAsync(byte type, byte flags, byte[] frames)
    {
        await _writing.WaitAsync(_stop);
        try
        {
            // No frame may come between those of a field block (RFC 9113 §4.3), not even what this origin acknowledges by itself.
            if (_isInFieldBlock && type is (Settings or Ping) && (flags & Ack) != 0)
            {
                return;
            }

            _isInFieldBlock = type is Headers or Continuation ? (flags & EndHeaders) == 0 : _isInFieldBlock;
            await _stream.WriteAsync(frames, _stop);
        }
        finally
        {
            _writing.Release();
        }
    }

    internal async Task RunAsync(CancellationToken stop)
    {
        _stop = stop;
        await _stream.ReadExactlyAsync(new byte[PrefaceLength], stop);
        // SETTINGS_MAX_CONCURRENT_STREAMS is 3 (RFC 9113 §6.5.2).
        await SendAsync(Settings, 0, 0, _origin.MaxConcurrentStreams is { } streams ? [0, 3, .. Number32(streams)] : []);
        await _origin.Greet(this);
        try
        {
            await ReadAsync();
        }
        finally
        {
            await Task.WhenAll(_answers);
        }
    }

    internal static byte[] Number32(int number)
    {
        var octets = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(octets, number);
        return octets;
    }

    private async Task ReadAsync()
    {
        var head = new byte[9];
        var fields = new List<byte>();
        while (true)
        {
            if (IsDeaf)
            {
                await Task.Delay(Timeout.Infinite, _stop);
            }

            await _stream.ReadExactlyAsync(head, _stop);
            var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
            await _stream.ReadExactlyAsync(payload, _stop);
            var (type, flags, stream) = (head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)));
            if (type is Settings or Ping && (flags & Ack) == 0)
            {
                await SendAsync(type, Ack, 0, type == Ping ? payload : []);
            }
            else if (type is Headers or Continuation)
            {
                fields.AddRange(payload);
                if ((flags & EndHeaders) != 0)
                {
                    _answers.Add(_origin.AnswerAsync(this, stream, PathOf([.. fields]), _stop));
                    fields.Clear();
                }
            }
        }
    }

    // RFC 7541 §6, as far as .NET's client goes: no Huffman code, nothing in the dynamic table.
    private static string PathOf(byte[] block)
    {
        const int PathIndex = 4;
        for (var i = 0; i < block.Length;)
        {
            if ((block[i] & 0x80) != 0)
            {
                if (Integer(0x7F) == PathIndex)
                {
                    return "/";
                }

                continue;
            }

            var index = (block[i] & 0x40) != 0 ? Integer(0x3F) : Integer((block[i] & 0x20) != 0 ? 0x1F : 0x0F);
            var name = index == 0 ? Text() : "";
            var value = Text();
            if (index == PathIndex || name == ":path")
            {
                return value;
            }

            int Integer(int prefix)
            {
                var number = block[i++] & prefix;
                for (var shift = 0; number >= prefix && shift < 28; shift += 7)
                {
                    number += (block[i] & 0x7F) << shift;
                    if ((block[i++] & 0x80) == 0)
                    {
                        break;
                    }
                }

                return number;
            }

            string Text()
            {
                if ((block[i] & 0x80) != 0)
                {
                    throw new FormatException("A Huffman code, which this origin does not read.");
                }

                var length = Integer(0x7F);
                i += length;
                return Encoding.Latin1.GetString(block, i - length, length);
            }
        }

        throw new FormatException("A request without :path.");
    }
}
