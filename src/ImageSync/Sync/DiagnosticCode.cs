namespace ImageSync.Sync;

/// <summary>The codes of all diagnostics (docs/diagnostics has a page for each).</summary>
internal enum DiagnosticCode
{
    NotAnHttpUrl = 1001,
    InvalidLocalPath = 1002,
    LocalPathClaimedTwice = 1003,
    InvalidValue = 1004,
    VariableNotSet = 1005,
    HostNotAllowed = 1006,
    /// <summary>Told by the task, but for a URL that is cut short.</summary>
    NameNotKnown = 1007,

    /// <summary>Told by ImageSync.targets, which reads lists.</summary>
    ListNotRead = 1008,
    OriginNotReached = 2001,
    OriginOverloaded = 2002,
    RefusedByOrigin = 2003,
    UnusableAnswer = 2004,
    RedirectRefused = 2005,
    OfflineWithoutCopy = 2006,
    WouldChange = 2010,
    NotThePromisedMedia = 3001,
    DigestMismatch = 3002,
    TooLarge = 3003,
    NotTheLockedBytes = 3004,
    ExtensionDoesNotFit = 3005,
    LocalFileEdited = 4001,
    LocalFileNotWritten = 4002,
    CacheNotSaved = 4003,
    LockFileUnreadable = 4004,
    ReportNotWritten = 4005,
    StoreNotUsed = 4006,
    WrittenByAnotherProject = 4007,

    /// <summary>Told by the task, where there is no engine to tell it.</summary>
    EngineNotRun = 5001,

    Unforeseen = 5002,
}
