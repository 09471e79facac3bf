using ImageSync.Sync;

namespace ImageSync.Engine.Runs;

/// <summary>
/// Tells what came of the images while the run goes on, so that the build makes items of it meanwhile: in the order of declaration,
/// each once.
/// </summary>
/// <param name="events">Who is told.</param>
/// <param name="invalid">What is known of some before the run, in that order.</param>
internal sealed class OutcomeStream(IRunEvents events, IReadOnlyList<SyncOutcome> invalid)
{
    private int _told = -1;
    private int _invalid;

    /// <summary>Tells of one, and before it of those that were declared before.</summary>
    public void Tell(SyncOutcome outcome)
    {
        while (_invalid < invalid.Count && invalid[_invalid].Index < outcome.Index)
        {
            Write(invalid[_invalid++]);
        }

        Write(outcome);
    }

    /// <summary>Tells of what is left of a run that is over.</summary>
    public void Complete(SyncRun run)
    {
        foreach (var outcome in run.Outcomes)
        {
            Write(outcome);
        }
    }

    private void Write(SyncOutcome outcome)
    {
        if (outcome.Index > _told)
        {
            _told = outcome.Index;
            events.Image(outcome);
        }
    }
}
