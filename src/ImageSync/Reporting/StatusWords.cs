using System.Text;
using ImageSync.Sync;

namespace ImageSync.Reporting;

/// <summary>What an outcome means to a person, in three kinds and in words.</summary>
internal static class StatusWords
{
    /// <summary>The status as words: NotModified is "not modified".</summary>
    public static string Of(SyncStatus status)
    {
        var words = new StringBuilder();
        foreach (var letter in status.ToString())
        {
            _ = (char.IsUpper(letter) && words.Length > 0 ? words.Append(' ') : words).Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }

    /// <summary>The kind of an outcome, whatever its status.</summary>
    public static OutcomeKind KindOf(SyncOutcome outcome) =>
        KindOf(outcome.Status) == OutcomeKind.Unchanged && outcome.Diagnostics.Count > 0 ? OutcomeKind.Failed : KindOf(outcome.Status);

    /// <summary>The kind of a status, where no more is known.</summary>
    public static OutcomeKind KindOf(SyncStatus status) => status switch
    {
        SyncStatus.Added or SyncStatus.Updated => OutcomeKind.Changed,
        SyncStatus.Failed or SyncStatus.Kept => OutcomeKind.Failed,
        _ => OutcomeKind.Unchanged,
    };
}

/// <summary>The three kinds of outcomes that people tell apart at a glance.</summary>
internal enum OutcomeKind
{
    /// <summary>The local bytes are new.</summary>
    Changed,

    /// <summary>There is something to look after, whether a copy stays or not.</summary>
    Failed,

    /// <summary>All is as it was.</summary>
    Unchanged,
}
