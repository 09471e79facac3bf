using System.IO.Compression;

namespace ImageSync.Http;

/// <summary>Undoes one content coding, and makes sure that it came to its end.</summary>
/// <remarks>.NET's decoders take a coded body that breaks off for one that ends; a cut image would pass for a whole one.</remarks>
internal sealed class DecodingStream(Stream coded, string coding) : ReadOnlyStream
{
    private const int MostPadding = 4096;

    private readonly EndProbe _source = new(coded, isGzip: coding is "gzip" or "x-gzip");
    private Stream? _decoder;

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
        "br" => new BrotliStream(_source, CompressionMode.Decompress),

        // RFC 9110 §8.4.1.2: deflate is the zlib format; some servers send the bare deflate data, which begins otherwise.
        "deflate" when await _source.PeekZlibHeaderAsync(cancellationToken).ConfigureAwait(false) => new ZLibStream(_source, CompressionMode.Decompress),
        "deflate" => new DeflateStream(_source, CompressionMode.Decompress),
        _ => new GZipStream(_source, CompressionMode.Decompress),
    };

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

        // RFC 1950 §2.2: CM is 8, and the first two octets are a multiple of 31.
        public async Task<bool> PeekZlibHeaderAsync(CancellationToken cancellationToken)
        {
            var head = new byte[2];
            _peeked = head[..await inner.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false)];
            return _peeked.Length == 2 && (_peeked[0] & 15) == 8 && ((_peeked[0] << 8) | _peeked[1]) % 31 == 0;
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
