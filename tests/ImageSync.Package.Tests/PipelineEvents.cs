namespace ImageSync.Package.Tests;

/// <summary>What happens before a round of a scheduled pipeline, in any combination.</summary>
[Flags]
internal enum PipelineEvents
{
    None = 0,

    /// <summary>The origin has new bytes of some images.</summary>
    Changed = 1,

    /// <summary>A developer's commit adds an item.</summary>
    Added = 2,

    /// <summary>A developer's commit removes an item.</summary>
    Removed = 4,

    /// <summary>The origin was deployed again: some images have the same bytes, and new dates and tags.</summary>
    Redeployed = 8,

    /// <summary>The origin answers 503 in this round.</summary>
    Down = 16,
}
