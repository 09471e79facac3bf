namespace ImageSync.Images;

/// <summary>A walk over the bytes of a seekable stream, from its beginning, through one buffer.</summary>
internal sealed class ByteWalk(Stream stream)
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private long _bufferStart;
    private int _filled;
    private int _next;

    public long Length { get; } = stream.Length;

    public long Position => _bufferStart + _next;

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
            var index = _buffer.AsSpan(_next.._filled).IndexOf(value);
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
        _bufferStart += _filled;
        stream.Position = _bufferStart;
        _filled = stream.Read(_buffer);
        _next = 0;
        return _filled > 0;
    }
}
