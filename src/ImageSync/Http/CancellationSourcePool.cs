namespace ImageSync.Http;

/// <summary>
/// The clocks of a run: what one image has done with is wound up again for the next, since a new one costs more than any
/// other part of a small request.
/// </summary>
/// <param name="build">Stops all of them.</param>
internal sealed class CancellationSourcePool(CancellationToken build) : IDisposable
{
    private readonly List<CancellationTokenSource> _idle = [];

    /// <summary>Cancelled when the build is.</summary>
    public CancellationToken Build => build;

    /// <summary>A clock that nobody else has.</summary>
    public CancellationTokenSource Take()
    {
        lock (_idle)
        {
            if (_idle.Count > 0)
            {
                var clock = _idle[^1];
                _idle.RemoveAt(_idle.Count - 1);
                return clock;
            }
        }

        return CancellationTokenSource.CreateLinkedTokenSource(build);
    }

    /// <summary>Takes a clock back; one that has run out is of no more use.</summary>
    public void Return(CancellationTokenSource clock)
    {
        if (!clock.TryReset())
        {
            clock.Dispose();
            return;
        }

        lock (_idle)
        {
            _idle.Add(clock);
        }
    }

    public void Dispose() => _idle.ForEach(clock => clock.Dispose());
}
