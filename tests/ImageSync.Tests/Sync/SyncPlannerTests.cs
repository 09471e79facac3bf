using ImageSync.Http;
using ImageSync.Storage;
using ImageSync.Sync;
using static ImageSync.Tests.Sync.Given;

namespace ImageSync.Tests.Sync;

/// <summary>PLAN: image, record, stored image, options, now → step.</summary>
public class SyncPlannerTests
{
    private static readonly SyncStep Skip = new SyncStep.Skip();
    private static readonly SyncStep Fetch = new SyncStep.Fetch();
    private static readonly SyncStep FetchThroughCaches = new SyncStep.Fetch { NoCache = true };
    private static readonly SyncStep Revalidate = new SyncStep.Revalidate(Record.Validators, Record.EffectiveUrl);
    private static readonly SyncStep KeepEdit = new SyncStep.KeepEdit();
    private static readonly SyncStep RefuseOffline = new SyncStep.Refuse(Problems.Offline(Wording.Project)) { LacksBytes = true };

    private static readonly SyncOptions Offline = Options with { Offline = true };
    private static readonly SyncOptions Forced = Options with { Force = true };
    private static readonly SyncOptions ByHand = Options with { ByHand = true };
    private static readonly SyncOptions Keep = Options with { OnLocalEdit = OnLocalEdit.Keep };
    private static readonly SyncOptions Fail = Options with { OnLocalEdit = OnLocalEdit.Fail };
    private static readonly RemoteImage Aged = Image with { MaxAge = Minutes(15) };
    private static readonly RemoteImage AgedByServer = Image with { MaxAge = new MaxAge(TimeSpan.Zero, ByServer: true) };
    private static readonly RemoteImage Pinned = Image with { Sha256 = Digest };
    private static readonly RemoteImage PinnedToOthers = Image with { Sha256 = OtherDigest };
    private static readonly RemoteImage Moved = Image with { Url = Url("https://cdn.example/new.png") };
    private static readonly RemoteImage Signed = Image with { Url = Url("https://cdn.example/logo.png?sig=2"), IgnoreQuery = true };
    private static readonly RemoteImage WithHeader = Image with { RequestHeaders = RequestHeaders.Parse("X-Tenant: 1", out _)! };
    private static readonly ValidatorRecord NoValidators = Record with { Validators = Validators.None };
    private static readonly StoredImage Empty = new(FileState.Unrecorded, Stamp with { Length = 0 }, null);

    private static IEnumerable<TestCaseData> Table()
    {
        // stored Missing
        yield return Case("missing, online", Image, null, StoredImage.Missing, Options, Fetch);
        yield return Case("missing, recorded, online", Image, Record, StoredImage.Missing, Options, Fetch);
        yield return Case("missing, fresh at now", Aged, Record, StoredImage.Missing, Options, Fetch);
        yield return Case("missing, forced", Image, Record, StoredImage.Missing, Forced, FetchThroughCaches);
        yield return Case("missing, offline", Image, Record, StoredImage.Missing, Offline, RefuseOffline);
        yield return Case("missing, pinned", Pinned, Record, StoredImage.Missing, Options, Fetch);

        // stored Altered
        yield return Case("altered, restore", Image, Record, Altered, Options, Fetch);
        yield return Case("altered, keep", Image, Record, Altered, Keep, KeepEdit);
        yield return Case("altered, fail", Image, Record, Altered, Fail, EditRefused("was edited since it was synced"));
        yield return Case("altered, fresh at now", Aged, Record, Altered, Options, Fetch);
        yield return Case("altered, offline", Image, Record, Altered, Offline, Skip);
        yield return Case("altered, keep, another URL", Moved, Record, Altered, Keep, KeepEdit);
        yield return Case("altered to the pinned bytes, fail", PinnedToOthers, Record, Altered, Fail, Skip);

        // stored Intact
        yield return Case("intact, validators", Image, Record, Intact, Options, Revalidate);
        yield return Case("intact, no validators", Image, NoValidators, Intact, Options, Fetch);
        yield return Case("intact, offline", Image, Record, Intact, Offline, Skip);
        yield return Case("intact, forced", Image, Record, Intact, Forced, FetchThroughCaches);
        yield return Case("intact, effective URL after redirects",
            Image, Record with { EffectiveUrl = "https://edge.example/1" }, Intact, Options,
            new SyncStep.Revalidate(Record.Validators, "https://edge.example/1"));

        // fresh at now
        yield return Case("fresh", Aged, Record, Intact, Options, Skip);
        yield return Case("fresh, no validators", Aged, NoValidators, Intact, Options, Skip);
        yield return Case("fresh, by hand", Aged, Record, Intact, ByHand, Revalidate);
        yield return Case("fresh, forced", Aged, Record, Intact, Forced, FetchThroughCaches);
        yield return Case("fresh, another URL", Aged with { Url = Url("https://cdn.example/new.png") }, Record, Intact, Options, Fetch);
        yield return Case("exactly as old as MaxAge", Image with { MaxAge = Minutes(10) }, Record, Intact, Options, Revalidate);
        yield return Case("validated just now", Aged, Record with { ValidatedAt = Now }, Intact, Options, Skip);
        yield return Case("older than MaxAge", Image with { MaxAge = Minutes(9) }, Record, Intact, Options, Revalidate);
        yield return Case("clock set back", Aged, Record with { ValidatedAt = Now.AddMinutes(1) }, Intact, Options, Revalidate);

        // fresh by the server's word
        var fresh = Record with { Freshness = new Freshness(TimeSpan.FromHours(1), Now.AddMinutes(50)) };
        yield return Case("by server: within the declared lifetime", AgedByServer, fresh, Intact, Options, Skip);
        yield return Case("by server: by hand", AgedByServer, fresh, Intact, ByHand, Revalidate);
        yield return Case("by server: at its end",
            AgedByServer, fresh with { Freshness = fresh.Freshness with { Until = Now } }, Intact, Options, Revalidate);
        yield return Case("by server: validated just now", AgedByServer, fresh with { ValidatedAt = Now }, Intact, Options, Skip);
        yield return Case("by server: nothing declared", AgedByServer, Record, Intact, Options, Revalidate);
        yield return Case("by server: clock set back", AgedByServer, fresh with { ValidatedAt = Now.AddSeconds(1) }, Intact, Options,
            Revalidate);
        yield return Case("a declared lifetime counts only where it is asked for", Image, fresh, Intact, Options, Revalidate);

        // Retry-After that is not over
        var postponed = Record with { NotBefore = Now.AddMinutes(5) };
        var leftAlone = LeftAlone(Now.AddMinutes(5));
        yield return Case("to be left alone", Image, postponed, Intact, Options, leftAlone);
        yield return Case("to be left alone, by hand", Image, postponed, Intact, ByHand, leftAlone);
        yield return Case("to be left alone, nothing held", Image, postponed with { Sha256 = "" }, StoredImage.Missing, Options, leftAlone);
        yield return Case("to be left alone, fresh", Aged, postponed, Intact, Options, Skip);
        yield return Case("to be left alone, forced", Image, postponed, Intact, Forced, FetchThroughCaches);
        yield return Case("to be left alone, another URL", Moved, postponed, Intact, Options, Fetch);
        yield return Case("left alone for long enough", Image, postponed with { NotBefore = Now }, Intact, Options, Revalidate);
        yield return Case("to be left alone for a day", Image, postponed with { NotBefore = Now.AddDays(1) }, Intact, Options,
            LeftAlone(Now.AddDays(1)));
        yield return Case("to be left alone for years: a clock was set back",
            Image, postponed with { NotBefore = Now.AddDays(2) }, Intact, Options, Revalidate);

        // what else selects the response
        yield return Case("headers added", WithHeader, Record, Intact, Options, Fetch);
        yield return Case("headers removed", Image, Record with { RequestKey = "0123456789ABCDEF" }, Intact, Options, Fetch);
        yield return Case("headers the same",
            WithHeader, Record with { RequestKey = RequestKey.Of(WithHeader.RequestHeaders, "ImageSync", null) }, Intact, Options,
            Revalidate);
        yield return Case("varies by User-Agent, the same",
            Image, Record with { RequestKey = RequestKey.Of(RequestHeaders.None, "ImageSync", "Accept, user-agent") }, Intact, Options,
            Revalidate);
        yield return Case("varies by User-Agent, another", Image,
            Record with { RequestKey = RequestKey.Of(RequestHeaders.None, "ImageSync", "user-agent") },
            Intact, Options with { UserAgent = "Other" }, Fetch);

        // a query that is a signature
        yield return Case("another signature", Signed, Record, Intact, Options, Revalidate);
        yield return Case("another signature, another path",
            Signed with { Url = Url("https://cdn.example/other.png?sig=2") }, Record, Intact, Options, Fetch);

        // recorded URL is not the declared one
        yield return Case("another URL", Moved, Record, Intact, Options, Fetch);
        yield return Case("another query", Image with { Url = Url("https://cdn.example/logo.png?v=2") }, Record, Intact, Options, Fetch);
        yield return Case("another URL, offline", Moved, Record, Intact, Offline, Skip);

        // no record
        yield return Case("no record", Image, null, Unrecorded, Options, Fetch);
        yield return Case("no record, keep", Image, null, Unrecorded, Keep, Fetch);

        // nothing recorded, and the lock file names other bytes: those came with the repository (ImageStateReader)
        yield return NotTheLocked("restore", Altered, Options, Fetch);
        yield return NotTheLocked("keep", Altered, Keep, KeepEdit);
        yield return NotTheLocked("fail", Altered, Fail, EditRefused("is not the one that the lock file names"));
        yield return NotTheLocked("keep, offline", Altered, Offline with { OnLocalEdit = OnLocalEdit.Keep }, KeepEdit);
        yield return NotTheLocked("a pointer, keep: nobody's edit", Altered with { IsGitLfsPointer = true }, Keep, Fetch);
        yield return Case("no record, offline", Image, null, Unrecorded, Offline, Skip);
        yield return Case("no record, empty file, offline", Image, null, Empty, Offline, RefuseOffline);

        // digest = Sha256
        yield return Case("pinned and recorded", Pinned, Record, Intact, Options, Skip);
        yield return Case("pinned, no record", PinnedToOthers, null, Unrecorded with { Sha256 = OtherDigest }, Options, Skip);
        yield return Case("pinned and present, forced", Pinned, Record, Intact, Forced, Skip);
        yield return Case("pinned and present, by hand", Pinned, Record, Intact, ByHand, Skip);
        yield return Case("pinned to other bytes: a 304 would not help", PinnedToOthers, Record, Intact, Options, Fetch);
        yield return Case("pinned to other bytes, fresh", Aged with { Sha256 = OtherDigest }, Record, Intact, Options, Fetch);

        yield return Case("pinned to other bytes, offline", PinnedToOthers, Record, Intact, Offline, NotPinned(OtherDigest, Intact));
        yield return Case("pinned to other bytes, no record, offline", PinnedToOthers, null, Unrecorded with { Sha256 = Digest }, Offline,
            NotPinned(OtherDigest, Intact));
        yield return Case("pinned, unreadable, offline", PinnedToOthers, null, Unrecorded, Offline, NotPinned(OtherDigest, Unrecorded));
        yield return Case("pinned and missing, offline", PinnedToOthers, null, StoredImage.Missing, Offline, RefuseOffline);
        yield return Case("pinned and present, offline", Pinned, Record, Intact, Offline, Skip);
        yield return Case("pinned, edited, keep", Pinned, Record, Altered, Keep,
            new SyncStep.Refuse(Problems.EditNotPinned(Wording.Project, "was edited since it was synced", Digest, OtherDigest)));
        yield return Case("pinned, edited, fail", Pinned, Record, Altered, Fail, EditRefused("was edited since it was synced"));

        // what is plainly no image
        var pointer = Altered with { IsGitLfsPointer = true, Flaw = "it is a pointer" };
        yield return Case("a pointer, keep: nobody's edit", Image, Record, pointer, Keep, Fetch);
        yield return Case("a pointer, fail: nobody's edit", Image, Record, pointer, Fail, Fetch);
        yield return Case("a pointer, offline", Image, Record, pointer, Offline, RefuseOffline);
        yield return Case("no image, offline", Image, null, Unrecorded with { Flaw = "it is a page" }, Offline, RefuseOffline);
        yield return Case("no image, keep: an edit", Image, Record, Altered with { Flaw = "it is a page" }, Keep, KeepEdit);

        // what is recorded, and not what the item accepts any more
        var refused = Intact with { Flaw = "it is a page" };
        yield return Case("not accepted any more", Image, Record, refused, Options, Fetch);
        yield return Case("not accepted any more, fresh", Aged, Record, refused, Options, Fetch);
        yield return Case("not accepted any more, forced", Image, Record, refused, Forced, FetchThroughCaches);
        yield return Case("not accepted any more, keep: nobody's edit", Image, Record, refused, Keep, Fetch);
        yield return Case("not accepted any more, offline", Image, Record, refused, Offline, RefuseOffline);
        yield return Case("not accepted any more, to be left alone", Image, Record with { NotBefore = Now.AddMinutes(5) }, refused, Options,
            LeftAlone(Now.AddMinutes(5)));
        yield return Case("not accepted any more, but pinned", Pinned, Record, refused, Options, Skip);

        var locked = Options with { Locked = true };
        yield return Locked("not accepted any more, locked", Image, refused, locked, Entry, new SyncStep.Fetch { LockedTo = Digest });
        yield return Locked("not accepted any more, locked, offline", Image, refused, locked with { Offline = true }, Entry, RefuseOffline);

        // line ends that Git has changed
        var lines = new StoredImage(FileState.LineEndsDiffer, Stamp with { Length = 999 }, OtherDigest);
        yield return Case("line ends", Image, Record, lines, Options, Revalidate);
        yield return Case("line ends, keep: nobody's edit", Image, Record, lines, Keep, Revalidate);
        yield return Case("line ends, offline", Image, Record, lines, Offline, Skip);
        yield return Case("line ends, fresh", Aged, Record, lines, Options, Skip);
        yield return Case("line ends, forced", Image, Record, lines, Forced, FetchThroughCaches);
        yield return Case("line ends, pinned", Pinned, Record, lines, Options, Fetch);
        yield return Case("line ends, pinned, offline", Pinned, Record, lines, Offline, NotPinned(Digest, lines));
        yield return Case("another project's, keep: nobody's edit", Image, Record, Altered with { WrittenBy = "b.csproj" }, Keep, Fetch);
        yield return Locked("line ends, locked", Image, lines, locked, Entry, HoldsOthers(lines));

        // not locked, but a lock file
        yield return Locked("not locked, edited, offline: not the lock file's", Image, Altered, Offline, Entry, RefuseOffline);
        yield return Locked("not locked, intact, offline: the lock file is newer",
            Image, Intact, Offline, Entry with { Sha256 = OtherDigest }, Skip);

        // locked: the lock file's digest settles everything
        var missing = new SyncStep.Fetch { LockedTo = Digest };
        yield return Locked("locked, no entry", Image, Intact, locked, null, new SyncStep.Refuse(Problems.NotLocked(Wording.Project, Image.LocalPath)));
        yield return Locked("locked, no entry, missing", Image, StoredImage.Missing, locked, null,
            new SyncStep.Refuse(Problems.NotLocked(Wording.Project, Image.LocalPath)));
        yield return Locked("locked, entry of another URL", Moved, Intact, locked, Entry,
            new SyncStep.Refuse(Problems.LockedForAnotherUrl(Wording.Project, Image.LocalPath, Entry.Url)));
        yield return Locked("locked, the same bytes", Image, Intact, locked, Entry, Skip);
        yield return Locked("locked, the same bytes, no record", Image, Unrecorded with { Sha256 = Digest }, locked, Entry, Skip);
        yield return Locked("locked, the same bytes, by hand", Image, Intact, locked with { ByHand = true }, Entry, Skip);
        yield return Locked("locked, the same bytes, forced", Image, Intact, locked with { Force = true }, Entry, Skip);
        yield return Locked("locked, other bytes", Image, Altered, locked, Entry, HoldsOthers(Altered));
        yield return Locked("locked, other bytes, keep", Image, Altered, locked with { OnLocalEdit = OnLocalEdit.Keep }, Entry,
            HoldsOthers(Altered));
        yield return Locked("locked, other bytes, offline", Image, Altered, locked with { Offline = true }, Entry, HoldsOthers(Altered));
        yield return Locked("locked, bytes that cannot be read", Image, Unrecorded, locked, Entry, HoldsOthers(Unrecorded));
        yield return Locked("locked, missing", Image, StoredImage.Missing, locked, Entry, missing);
        yield return Locked("locked, missing, forced", Image, StoredImage.Missing, locked with { Force = true }, Entry,
            missing with { NoCache = true });
        yield return Locked("locked, missing, offline", Image, StoredImage.Missing, locked with { Offline = true }, Entry, RefuseOffline);
        yield return Locked("locked, pinned to the same", Pinned, Intact, locked, Entry, Skip);
        yield return Locked("locked, pinned to others", PinnedToOthers, Intact, locked, Entry,
            new SyncStep.Refuse(Problems.PinnedToOthers(Wording.Project, Image.LocalPath, Digest, OtherDigest)));
        yield return Locked("not locked, an entry says nothing here", Image, Intact, Options, Entry with { Sha256 = OtherDigest },
            Revalidate);

        // RefreshAfter
        yield return Case("younger than RefreshAfter", Image, Record, Intact, Options with { RefreshAfter = TimeSpan.FromHours(11) },
            Revalidate);
        yield return Case("as old as RefreshAfter", Image, Record, Intact, Options with { RefreshAfter = TimeSpan.FromHours(10) },
            FetchThroughCaches);
        yield return Case("older than RefreshAfter, fresh", Aged, Record, Intact, Options with { RefreshAfter = TimeSpan.FromHours(1) },
            FetchThroughCaches);
    }

    [TestCaseSource(nameof(Table))]
    public void Plans(object image, object? record, object stored, object options, object? locked, object step)
    {
        var planned = SyncPlanner.Plan(
            (RemoteImage)image, (ValidatorRecord?)record, (StoredImage)stored, (SyncOptions)options, Now, (LockEntry?)locked);
        Assert.That(planned, Is.EqualTo(step));
    }

    // A row of the table that has nothing to ask is a declaration that need not be asked for.
    [TestCaseSource(nameof(Table))]
    public void Asks_anyway_only_what_no_record_and_no_file_settles(
        object image, object? record, object stored, object options, object? locked, object step) =>
        Assert.That(step is SyncStep.Skip && SyncPlanner.AsksAnyway((RemoteImage)image, (SyncOptions)options), Is.False);

    private static IEnumerable<TestCaseData> Askers()
    {
        yield return Case("plain", Image, Options, true);
        yield return Case("with an age", Aged, Options, false);
        yield return Case("with the server's age", AgedByServer, Options, false);
        yield return Case("with an age, by hand", Aged, ByHand, true);
        yield return Case("with an age, forced", Aged, Forced, true);
        yield return Case("pinned", Pinned, Options, false);
        yield return Case("offline", Image, Offline, false);
        yield return Case("locked", Image, Options with { Locked = true }, false);

        static TestCaseData Case(string name, RemoteImage image, SyncOptions options, bool asks) =>
            new TestCaseData(image, options, asks).SetName("{m}: " + name);
    }

    [TestCaseSource(nameof(Askers))]
    public void Asks_anyway(object image, object options, bool asks) =>
        Assert.That(SyncPlanner.AsksAnyway((RemoteImage)image, (SyncOptions)options), Is.EqualTo(asks));

    // What a shared store has: the bytes of Given.OtherDigest, confirmed after those of the record.
    private static readonly ValidatorRecord Shared = Record with
    {
        Validators = new Validators("\"v2\"", null),
        Sha256 = OtherDigest,
        ValidatedAt = Now.AddMinutes(-5),
        FetchedAt = Now.AddHours(-5),
    };

    private static IEnumerable<TestCaseData> SharedTable()
    {
        var ask = new SyncStep.Revalidate(Shared.Validators, Shared.EffectiveUrl) { Shared = Shared };

        // the file is missing, or is not the recorded one
        yield return Case("store: missing", Image, null, Shared, Options, Fetch, ask);
        yield return Case("store: missing, no validators in the store",
            Image, null, Shared with { Validators = Validators.None }, Options, Fetch, Fetch);
        yield return Case("store: missing, behind a redirect",
            Image, null, Shared with { EffectiveUrl = "https://edge.example/1" }, Options, Fetch,
            ask with { ValidatorsUrl = "https://edge.example/1", Shared = Shared with { EffectiveUrl = "https://edge.example/1" } });
        yield return Case("store: missing, other headers", WithHeader, null, Shared, Options, Fetch, Fetch);
        yield return Case("store: missing, varies by User-Agent, another",
            Image, null, Shared with { RequestKey = RequestKey.Of(RequestHeaders.None, "Other", "user-agent") }, Options, Fetch, Fetch);
        yield return Case("store: missing, forced", Image, null, Shared, Forced, FetchThroughCaches, FetchThroughCaches);
        yield return Case("store: missing, to be refreshed",
            Image, null, Shared, Options with { RefreshAfter = TimeSpan.FromHours(5) }, Fetch, Fetch);
        yield return Case("store: missing, refreshed elsewhere",
            Image, null, Shared, Options with { RefreshAfter = TimeSpan.FromHours(6) }, Fetch, ask);
        yield return Case("store: the recorded URL is another, the store's older",
            Image, Record with { Url = "https://cdn.example/old.png" }, Shared with { ValidatedAt = Now.AddHours(-1) }, Options, Fetch,
            ask with { Shared = Shared with { ValidatedAt = Now.AddHours(-1) } });

        // fresh
        yield return Case("store: missing, fresh", Aged, null, Shared, Options, Fetch, new SyncStep.Take(Shared, Fetch));
        yield return Case("store: missing, fresh, by hand", Aged, null, Shared, ByHand, Fetch, ask);
        yield return Case("store: missing, as old as MaxAge", Image with { MaxAge = Minutes(5) }, null, Shared, Options, Fetch, ask);
        yield return Case("store: missing, clock set back", Aged, null, Shared with { ValidatedAt = Now.AddMinutes(1) }, Options, Fetch,
            ask with { Shared = Shared with { ValidatedAt = Now.AddMinutes(1) } });

        // the file is the recorded one
        yield return Case("store: newer bytes", Image, Record, Shared, Options, Revalidate, ask);
        yield return Case("store: newer bytes, fresh",
            Aged, Record, Shared, Options with { RefreshAfter = TimeSpan.FromHours(10) }, FetchThroughCaches,
            new SyncStep.Take(Shared, FetchThroughCaches));
        yield return Case("store: newer bytes, just now", Image, Record, Shared with { ValidatedAt = Now }, Options, Revalidate,
            ask with { Shared = Shared with { ValidatedAt = Now } });
        yield return Case("store: older bytes", Image, Record, Shared with { ValidatedAt = Record.ValidatedAt }, Options, Revalidate,
            Revalidate);
        yield return Case("store: newer bytes, clock set back",
            Image, Record, Shared with { ValidatedAt = Now.AddMinutes(1) }, Options, Revalidate, Revalidate);
        yield return Case("store: the same bytes", Image, Record, Shared with { Sha256 = Digest }, Options, Revalidate, Revalidate);
        yield return Case("store: newer bytes without validators",
            Image, Record, Shared with { Validators = Validators.None }, Options, Revalidate, Revalidate);

        // settled by a digest
        yield return Case("store: pinned", PinnedToOthers, null, Shared, Options, Fetch, new SyncStep.Take(Shared, Fetch));
        yield return Case("store: pinned, forced", PinnedToOthers, null, Shared, Forced, FetchThroughCaches,
            new SyncStep.Take(Shared, FetchThroughCaches));
        yield return Case("store: pinned to others", Pinned, null, Shared, Options, Fetch, Fetch);
        yield return Case("store: locked",
            Image, null, Shared, Options with { Locked = true }, new SyncStep.Fetch { LockedTo = OtherDigest },
            new SyncStep.Take(Shared, new SyncStep.Fetch { LockedTo = OtherDigest }));
        yield return Case("store: locked to others",
            Image, null, Shared, Options with { Locked = true }, new SyncStep.Fetch { LockedTo = Digest },
            new SyncStep.Fetch { LockedTo = Digest });

        // nobody may be asked, or nothing is to be done
        yield return Case("store: offline", Image, null, Shared, Offline, RefuseOffline, new SyncStep.Take(Shared, RefuseOffline));
        yield return Case("store: an edit that stays", Image, Record, Shared, Options, KeepEdit, KeepEdit);
        yield return Case("store: nothing to do", Image, Record, Shared, Options, Skip, Skip);
        yield return Case("store: to be left alone", Image, null, Shared, Options, LeftAlone(Now), LeftAlone(Now));

        static TestCaseData Case(
            string name,
            RemoteImage image,
            ValidatorRecord? record,
            ValidatorRecord shared,
            SyncOptions options,
            SyncStep without,
            SyncStep with) =>
            new TestCaseData(image, record, shared, options, without, with).SetName(name);
    }

    [TestCaseSource(nameof(SharedTable))]
    public void Plans_with_a_shared_store(object image, object? record, object shared, object options, object without, object with)
    {
        var planned = SyncPlanner.PlanShared(
            (SyncStep)without, (RemoteImage)image, (ValidatorRecord?)record, (ValidatorRecord)shared, (SyncOptions)options, Now);
        Assert.That(planned, Is.EqualTo(with));
    }

    private static SyncStep.Refuse LeftAlone(DateTimeOffset until) => new(Problems.LeftAlone(Wording.Project, Image.Url, until));

    private static SyncStep.Refuse EditRefused(string edit) => new(Problems.EditRefused(Wording.Project, edit));

    private static SyncStep.Refuse NotPinned(string expected, StoredImage stored) =>
        new(Problems.NotPinned(Wording.Project, expected, stored)) { LacksBytes = true };

    private static SyncStep.Refuse HoldsOthers(StoredImage stored) =>
        new(Problems.HoldsOthers(Wording.Project, Digest, stored, Image.LocalPath));

    private static MaxAge Minutes(int minutes) => new(TimeSpan.FromMinutes(minutes), ByServer: false);

    private static TestCaseData Case(
        string name, RemoteImage image, ValidatorRecord? record, StoredImage stored, SyncOptions options, SyncStep step) =>
        new TestCaseData(image, record, stored, options, null, step).SetName(name);

    private static TestCaseData Locked(
        string name, RemoteImage image, StoredImage stored, SyncOptions options, LockEntry? locked, SyncStep step) =>
        new TestCaseData(image, Record, stored, options, locked, step).SetName(name);

    private static TestCaseData NotTheLocked(string name, StoredImage stored, SyncOptions options, SyncStep step) =>
        new TestCaseData(Image, null, stored, options, Entry, step).SetName("nothing recorded, not the lock file's, " + name);
}
