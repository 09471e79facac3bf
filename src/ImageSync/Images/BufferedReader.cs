namespace ImageSync.Images;

/// <summary>
/// A walk over the bytes of a seekable stream, from its beginning, through one buffer: the stream's own, where it is in memory.
/// </summary>
internal sealed class BufferedReader
{
    // A file can be made so that each step leads out of the buffer.
    private const long MostBytesRead = 1L << 30;

    private readonly Stream _stream;
    private readonly ArraySegment<byte> _buffer;
    private readonly bool _isWhole;
    private long _bufferStart;
    private int _filled;
    private int _next;
    private long _read;

    public BufferedReader(Stream stream)
    {
        (_stream, Length) = (stream, stream.Length);
        _isWhole = InMemory(stream, out _buffer);
        if (_isWhole)
        {
            _filled = _buffer.Count;
        }
        else
        {
            _buffer = new byte[16 * 1024];
        }
    }

    public long Length { get; }

    public long Position => _bufferStart + _next;

    /// <summary>Whether the stream was read so often that no honest file is the cause.</summary>
    public bool IsOverworked => _read > MostBytesRead;

    /// <summary>The bytes of a stream that has them in memory, and shows them.</summary>
    public static bool InMemory(Stream stream, out ArraySegment<byte> bytes)
    {
        bytes = default;
        return stream is MemoryStream memory && memory.TryGetBuffer(out bytes);
    }

    public bool TryMoveTo(long position)
    {
        if (position < 0 || position > Length)
        {
            return false;
        }

        var next = position - _bufferStart;
        if (next >= 0 && next <= _filled)
        {
            _next = (int)next;
        }
        else
        {
            (_bufferStart, _filled, _next) = (position, 0, 0);
        }

        return true;
    }

    // Compared before it is added: a declared size may be close to the largest long.
    public bool TrySkip(long count) => count >= 0 && count <= Length - Position && TryMoveTo(Position + count);

    /// <summary>Moves behind the next byte of this value.</summary>
    public bool TrySkipPast(byte value)
    {
        do
        {
            var index = _buffer.AsSpan(_next, _filled - _next).IndexOf(value);
            if (index >= 0)
            {
                _next += index + 1;
                return true;
            }
        }
        while (TryFill());

        return false;
    }

    public bool TryReadByte(out byte value)
    {
        value = 0;
        if (_next == _filled && !TryFill())
        {
            return false;
        }

        value = _buffer[_next++];
        return true;
    }

    public bool TryRead(Span<byte> target)
    {
        while (target.Length > 0)
        {
            if (_next == _filled && !TryFill())
            {
                return false;
            }

            var count = Math.Min(target.Length, _filled - _next);
            _buffer.AsSpan(_next, count).CopyTo(target);
            _next += count;
            target = target[count..];
        }

        return true;
    }

    private bool TryFill()
    {
        if (_isWhole)
        {
            return false;
        }

        _bufferStart += _filled;
        _stream.Position = _bufferStart;
        _filled = _stream.Read(_buffer);
        _next = 0;
        _read += _filled;
        return _filled > 0;
    }
}
