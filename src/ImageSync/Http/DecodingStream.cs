using System.IO.Compression;

namespace ImageSync.Http;

/// <summary>Undoes one content coding, and makes sure that it came to its end.</summary>
/// <remarks>.NET's decoders take a coded body that breaks off for one that ends; a cut image would pass for a whole one.</remarks>
/// <param name="coded">The coded bytes; disposed with this.</param>
/// <param name="coding">The coding.</param>
/// <param name="budget">The clocks of the image; null where there are none.</param>
internal sealed class DecodingStream(Stream coded, string coding, RequestDeadline? budget) : ReadOnlyStream
{
    private const int MostPadding = 4096;
    private const int LargeWindow = 512 * 1024;
    private const int LargestWindow = 4 * 1024 * 1024;

    // A brotli body has its decoder hold up to 16 MiB, and origins send a hundred at once. Encoders take 4 MiB at most unless
    // they are told otherwise or the plain bytes are more. The memory is the process's, so the bound is too; small windows,
    // as servers make them on the fly, need not wait for large ones.
    private static readonly MemoryGate LargeWindows = new(4 * LargestWindow);

    private readonly EndProbe _source = new(coded, isGzip: coding is "gzip" or "x-gzip");
    private Stream? _decoder;
    private int _held;

    /// <exception cref="InvalidDataException">The coding is damaged, or breaks off before its end.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _decoder ??= await CreateDecoderAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var read = await _decoder.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (read == 0 && (_source.WasLeftWanting || !await EndsAsync(buffer, cancellationToken).ConfigureAwait(false)))
            {
                throw new InvalidDataException(_source.WasLeftWanting ? "it breaks off before its end" : "it goes on after its end");
            }

            return read;
        }
        catch (InvalidOperationException exception)
        {
            // What BrotliStream throws for data that is none.
            throw new InvalidDataException(exception.Message, exception);
        }
    }

    protected override void Dispose(bool disposing)
    {
        _decoder?.Dispose();
        _decoder = null;
        LargeWindows.Leave(Interlocked.Exchange(ref _held, 0));

        // Beneath may lie another decoder, whose memory is not the garbage collector's.
        coded.Dispose();
        base.Dispose(disposing);
    }

    // What lies beneath has to come to its end too: that is where a cut connection, an unfinished outer coding or a wrong digest
    // shows. A little padding is nobody's harm.
    private async Task<bool> EndsAsync(Memory<byte> scratch, CancellationToken cancellationToken)
    {
        for (var padding = 0; padding < MostPadding;)
        {
            var read = await coded.ReadAsync(scratch, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return true;
            }

            padding += read;
        }

        return false;
    }

    private async Task<Stream> CreateDecoderAsync(CancellationToken cancellationToken) => coding switch
    {
        "br" => await CreateBrotliAsync(cancellationToken).ConfigureAwait(false),

        // RFC 9110 §8.4.1.2: deflate is the zlib format; some servers send the bare deflate data, which begins otherwise.
        "deflate" when IsZlib(await _source.PeekAsync(2, cancellationToken).ConfigureAwait(false)) =>
            new ZLibStream(_source, CompressionMode.Decompress),
        "deflate" => new DeflateStream(_source, CompressionMode.Decompress),
        _ => new GZipStream(_source, CompressionMode.Decompress),
    };

    private async Task<Stream> CreateBrotliAsync(CancellationToken cancellationToken)
    {
        var head = await _source.PeekAsync(1, cancellationToken).ConfigureAwait(false);
        if (head is [var first] && BrotliWindow.SizeOf(first) is >= LargeWindow and var size)
        {
            if (size > LargestWindow)
            {
                throw new InvalidDataException($"its brotli window is larger than {LargestWindow / 1024 / 1024} MiB");
            }

            // Waiting for others is no silence of the origin's.
            budget?.Pause();
            await LargeWindows.EnterAsync(size, cancellationToken).ConfigureAwait(false);
            _held = size;
        }

        return new BrotliStream(_source, CompressionMode.Decompress);
    }

    // RFC 1950 §2.2: CM is 8, and the first two octets are a multiple of 31.
    private static bool IsZlib(byte[] head) => head is [var first, var second] && (first & 15) == 8 && ((first << 8) | second) % 31 == 0;

    /// <summary>
    /// Hands the coded bytes on and sees whether the decoder wants more than there are. One that has come to its end asks for
    /// nothing further, but for gzip's, which looks for another member: it is given an octet that begins none and that ends
    /// no body below 4 GB (the last octet of a member is the highest of its size), and has had enough if it was at its end.
    /// </summary>
    private sealed class EndProbe(Stream inner, bool isGzip) : ReadOnlyStream
    {
        private const byte BeginsNoMember = 0xFF;

        private byte[] _peeked = [];
        private bool _probed;

        /// <summary>Whether the decoder asked for more after the end.</summary>
        public bool WasLeftWanting { get; private set; }

        /// <summary>The first octets, to be read again; fewer where there are no more.</summary>
        public async Task<byte[]> PeekAsync(int count, CancellationToken cancellationToken)
        {
            var head = new byte[count];
            var read = await inner.ReadAtLeastAsync(head, count, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return _peeked = head[..read];
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_peeked.Length > 0)
            {
                var count = Math.Min(buffer.Length, _peeked.Length);
                _peeked.AsSpan(0, count).CopyTo(buffer.Span);
                _peeked = _peeked[count..];
                return count;
            }

            var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (read > 0)
            {
                return read;
            }

            if (isGzip && !_probed)
            {
                _probed = true;
                buffer.Span[0] = BeginsNoMember;
                return 1;
            }

            WasLeftWanting = true;
            return 0;
        }
    }
}

/// <summary>The window that a brotli body declares in its first octet (RFC 7932 §9.1): its decoder comes to hold as many bytes.</summary>
internal static class BrotliWindow
{
    private const int UsualBits = 16;
    private const int LargeBits = 17;
    private const int SmallBits = 8;

    /// <summary>Its size in bytes.</summary>
    public static int SizeOf(byte first) => 1 << (first & 1, (first >> 1) & 7, (first >> 4) & 7) switch
    {
        (0, _, _) => UsualBits,
        (_, > 0 and var large, _) => LargeBits + large,
        (_, _, > 1 and var small) => SmallBits + small,
        _ => LargeBits,
    };
}
