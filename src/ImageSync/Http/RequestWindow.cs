namespace ImageSync.Http;

/// <summary>
/// How many requests an origin that multiplexes is asked at once: a congestion window (RFC 5681) that heeds delay, as TCP Vegas
/// does. Pure: times come in, a width comes out.
/// </summary>
/// <remarks>
/// The shortest time to a head is what the way costs; what others take beyond it they have spent in a queue, the origin's or this
/// machine's own. While there is hardly a queue, more requests at once are answered sooner; where there is one, they only make it
/// longer. So a window that one connection holds grows where the way is long, and neither on loopback nor before an origin that
/// is slow.
/// </remarks>
/// <param name="fewest">The narrowest it may become: what an origin that does not multiplex is asked at once.</param>
/// <param name="first">Where it begins: what one connection holds.</param>
/// <param name="most">The widest it may become.</param>
internal sealed class RequestWindow(int fewest, int first, int most)
{
    // By a factor, as slow start does: a thousand images are done before anything slower has an effect.
    private const int Factor = 4;
    private const int Step = 10;

    // A handshake takes two round trips, in which those who wait are served as before, and some milliseconds of both machines. Less
    // than this is also what a process shows on loopback while it compiles its client.
    private const int HandshakeRoundTrips = 2;
    private static readonly TimeSpan LeastGain = TimeSpan.FromMilliseconds(150);

    // Nearer than this, one connection carries 10,000 requests a second, which is more than this client makes.
    private static readonly TimeSpan Near = TimeSpan.FromMilliseconds(10);

    // In the first window of a process the client is compiled, which looks like a queue of up to twice the way. From a
    // long one on, a wider window has made the queue longer, and nothing quicker.
    private const int ShortQueue = 3;
    private const int LongQueue = 4;

    private readonly int _first = first;
    private int _most = most;
    private TimeSpan? _shortest;
    private TimeSpan _changed = TimeSpan.MinValue;
    private TimeSpan _sum;
    private int _count;
    private int _failures;
    private bool _hasNarrowed;

    /// <summary>Requests at once.</summary>
    public int Width { get; private set; } = first;

    /// <summary>Sets a bound of others' making.</summary>
    public void Bound(int width) => (_most, Width) = (Math.Min(_most, width), Math.Min(Width, width));

    /// <summary>Takes note of the head of an answer that refuses nothing.</summary>
    /// <param name="sent">When its request was sent, on a connection that was there.</param>
    /// <param name="now">The time.</param>
    /// <param name="waiting">How many more requests there are to be.</param>
    public void Answered(TimeSpan sent, TimeSpan now, int waiting)
    {
        var time = now - sent;
        _shortest = time < _shortest ? time : _shortest ?? time;

        // What was sent before the last change tells nothing of it.
        if (sent < _changed)
        {
            return;
        }

        _sum += time;
        if (++_count < Math.Min(Width, _first))
        {
            return;
        }

        var queue = _sum / _count / _shortest.Value;
        var width = queue < ShortQueue ? Wider(waiting) : queue > LongQueue && Width > _first ? Math.Max(_first, Width / 2) : Width;
        (_sum, _count, _failures) = (default, 0, 0);
        Become(width, now);
    }

    /// <summary>Takes note of an answer that asks for fewer requests: 429.</summary>
    /// <param name="sent">When its request was sent.</param>
    /// <param name="now">The time.</param>
    public void Refused(TimeSpan sent, TimeSpan now)
    {
        if (sent >= _changed)
        {
            Narrow(now);
        }
    }

    /// <summary>Takes note of a 503, or of no answer. One may be its image's own failure; several are the origin's.</summary>
    /// <param name="sent">When the request was sent.</param>
    /// <param name="now">The time.</param>
    public void Failed(TimeSpan sent, TimeSpan now)
    {
        if (sent >= _changed && ++_failures > 1)
        {
            Narrow(now);
        }
    }

    // One event, however many answers tell of it. What was too much once is not tried again.
    private void Narrow(TimeSpan now)
    {
        _hasNarrowed = true;
        _most = Math.Min(_most, Math.Max(_first, Width / 2));
        Become(Math.Max(fewest, Width / 2), now, always: true);
    }

    private int Wider(int waiting)
    {
        if (_hasNarrowed || Width < _first)
        {
            return Math.Min(_most, Width + Step);
        }

        var roundTrips = (double)waiting / Width;
        return _shortest < Near || (roundTrips - HandshakeRoundTrips) * _shortest!.Value < LeastGain ? Width
            : Math.Min(Math.Min(_most, Width * Factor), Width + waiting);
    }

    private void Become(int width, TimeSpan now, bool always = false)
    {
        if (always || width != Width)
        {
            (Width, _changed) = (width, now);
            (_sum, _count, _failures) = (default, 0, 0);
        }
    }
}
