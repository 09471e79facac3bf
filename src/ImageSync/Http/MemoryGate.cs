namespace ImageSync.Http;

/// <summary>Bounds the memory that many may hold at once: who needs more than is left waits, in turn.</summary>
/// <param name="room">In bytes; nobody may ask for more.</param>
internal sealed class MemoryGate(int room)
{
    private readonly object _gate = new();
    private readonly LinkedList<Waiter> _waiting = [];
    private int _free = room;

    /// <summary>Waits until there is room.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled; nothing is held.</exception>
    public async Task EnterAsync(int size, CancellationToken cancellationToken)
    {
        LinkedListNode<Waiter> waiter;
        lock (_gate)
        {
            waiter = _waiting.AddLast(new Waiter(size, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)));
            Admit();
        }

        try
        {
            await waiter.Value.Admitted.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            GiveUp(waiter);
            throw;
        }
    }

    /// <summary>Makes room for the next.</summary>
    public void Leave(int size)
    {
        lock (_gate)
        {
            _free += size;
            Admit();
        }
    }

    private void GiveUp(LinkedListNode<Waiter> waiter)
    {
        lock (_gate)
        {
            if (waiter.List is null)
            {
                // Admitted in the same moment.
                _free += waiter.Value.Size;
            }
            else
            {
                _waiting.Remove(waiter);
            }

            Admit();
        }
    }

    private void Admit()
    {
        while (_waiting.First is { Value: var next } first && next.Size <= _free)
        {
            _free -= next.Size;
            _waiting.Remove(first);
            next.Admitted.SetResult();
        }
    }

    private readonly record struct Waiter(int Size, TaskCompletionSource Admitted);
}
