using System.Text;

namespace ImageSync.Pipe;

/// <summary>Reads lines from the other end of the pipe. What cannot be one is told as a fault, and never thrown.</summary>
/// <param name="stream">The pipe; it stays the caller's.</param>
/// <remarks>It is part of both ends, hence .NET Standard 2.0.</remarks>
internal sealed class PipeReader(Stream stream)
{
    /// <summary>The most bytes of a line. An item with its headers has some kilobytes.</summary>
    public const int LongestLine = 16 * 1024 * 1024;

    /// <summary>The fault where the pipe ends inside a line.</summary>
    public const string Torn = "the last line is torn";

    private const string TooLong = "a line is longer than 16 MiB";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private byte[] _buffer = new byte[32 * 1024];
    private int _start;
    private int _end;
    private bool _isBegun;

    /// <summary>Why the last line could not be read; null where it could, or where there was none.</summary>
    public string? Fault { get; private set; }

    /// <summary>The fields of the next line; null at the pipe's end, and where it could not be read (<see cref="Fault"/>).</summary>
    /// <exception cref="IOException">The pipe is broken.</exception>
    public string[]? Read()
    {
        Fault = null;
        var searched = _start;
        while (true)
        {
            var lineEnd = Array.IndexOf(_buffer, (byte)'\n', searched, _end - searched);
            if (lineEnd >= 0)
            {
                var (from, length) = (_start, lineEnd - _start);
                _start = lineEnd + 1;
                return length > LongestLine ? Fail(TooLong) : Decode(from, length);
            }

            var seen = _end - _start;
            if (seen > LongestLine)
            {
                return Fail(TooLong);
            }

            MakeRoom();
            searched = _start + seen;
            var read = stream.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
            {
                return seen == 0 ? null : Fail(Torn);
            }

            _end += read;
        }
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }

    private string[]? Decode(int from, int length)
    {
        // .NET Framework begins the input of a process with a byte order mark where its console speaks UTF-8.
        if (!_isBegun && length >= 3 && _buffer[from] == 0xEF && _buffer[from + 1] == 0xBB && _buffer[from + 2] == 0xBF)
        {
            (from, length) = (from + 3, length - 3);
        }

        _isBegun = true;
        try
        {
            return PipeLine.Fields(Strict.GetString(_buffer, from, length)) ?? Fail("a line holds an escape that is none");
        }
        catch (ArgumentException)
        {
            return Fail("a line is not UTF-8");
        }
    }

    private string[]? Fail(string fault)
    {
        Fault = fault;
        return null;
    }
}
