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
    private static readonly SyncStep RefuseOffline = new SyncStep.Refuse(Problems.Offline());

    private static readonly SyncOptions Offline = Options with { Offline = true };
    private static readonly RemoteImage Aged = Image with { MaxAge = TimeSpan.FromMinutes(15) };
    private static readonly ValidatorRecord NoValidators = Record with { Validators = Validators.None };
    private static readonly StoredImage Empty = new(FileState.Unrecorded, Stamp with { Length = 0 }, null);

    private static IEnumerable<TestCaseData> Table()
    {
        // stored Missing
        yield return Case("missing, online", Image, null, StoredImage.Missing, Options, Fetch);
        yield return Case("missing, recorded, online", Image, Record, StoredImage.Missing, Options, Fetch);
        yield return Case("missing, fresh at now", Aged, Record, StoredImage.Missing, Options, Fetch);
        yield return Case("missing, forced", Image, Record, StoredImage.Missing, Options with { Force = true }, FetchThroughCaches);
        yield return Case("missing, offline", Image, Record, StoredImage.Missing, Offline, RefuseOffline);
        yield return Case("missing, pinned", Image with { Sha256 = Digest }, Record, StoredImage.Missing, Options, Fetch);

        // stored Altered
        yield return Case("altered, restore", Image, Record, Altered, Options, Fetch);
        yield return Case("altered, keep", Image, Record, Altered, Options with { OnLocalEdit = OnLocalEdit.Keep }, new SyncStep.KeepEdit());
        yield return Case("altered, fail", Image, Record, Altered, Options with { OnLocalEdit = OnLocalEdit.Fail }, new SyncStep.Refuse(Problems.EditRefused()));
        yield return Case("altered, fresh at now", Aged, Record, Altered, Options, Fetch);
        yield return Case("altered, offline", Image, Record, Altered, Offline, Skip);
        yield return Case("altered, keep, another URL", Image with { Url = Url("https://cdn.example/new.png") }, Record, Altered, Options with { OnLocalEdit = OnLocalEdit.Keep }, new SyncStep.KeepEdit());
        yield return Case("altered to the pinned bytes, fail", Image with { Sha256 = OtherDigest }, Record, Altered, Options with { OnLocalEdit = OnLocalEdit.Fail }, Skip);

        // stored Intact
        yield return Case("intact, validators", Image, Record, Intact, Options, Revalidate);
        yield return Case("intact, no validators", Image, NoValidators, Intact, Options, Fetch);
        yield return Case("intact, offline", Image, Record, Intact, Offline, Skip);
        yield return Case("intact, forced", Image, Record, Intact, Options with { Force = true }, FetchThroughCaches);
        yield return Case("intact, effective URL after redirects", Image, Record with { EffectiveUrl = "https://edge.example/1" }, Intact, Options, new SyncStep.Revalidate(Record.Validators, "https://edge.example/1"));

        // fresh at now
        yield return Case("fresh", Aged, Record, Intact, Options, Skip);
        yield return Case("fresh, no validators", Aged, NoValidators, Intact, Options, Skip);
        yield return Case("fresh, by hand", Aged, Record, Intact, Options with { ByHand = true }, Revalidate);
        yield return Case("fresh, forced", Aged, Record, Intact, Options with { Force = true }, FetchThroughCaches);
        yield return Case("fresh, another URL", Aged with { Url = Url("https://cdn.example/new.png") }, Record, Intact, Options, Fetch);
        yield return Case("exactly as old as MaxAge", Image with { MaxAge = TimeSpan.FromMinutes(10) }, Record, Intact, Options, Revalidate);
        yield return Case("older than MaxAge", Image with { MaxAge = TimeSpan.FromMinutes(9) }, Record, Intact, Options, Revalidate);
        yield return Case("clock set back", Aged, Record with { ValidatedAt = Now.AddMinutes(1) }, Intact, Options, Revalidate);

        // recorded URL is not the declared one
        yield return Case("another URL", Image with { Url = Url("https://cdn.example/new.png") }, Record, Intact, Options, Fetch);
        yield return Case("another query", Image with { Url = Url("https://cdn.example/logo.png?v=2") }, Record, Intact, Options, Fetch);
        yield return Case("another URL, offline", Image with { Url = Url("https://cdn.example/new.png") }, Record, Intact, Offline, Skip);

        // no record
        yield return Case("no record", Image, null, Unrecorded, Options, Fetch);
        yield return Case("no record, keep", Image, null, Unrecorded, Options with { OnLocalEdit = OnLocalEdit.Keep }, Fetch);
        yield return Case("no record, offline", Image, null, Unrecorded, Offline, Skip);
        yield return Case("no record, empty file, offline", Image, null, Empty, Offline, RefuseOffline);

        // digest = Sha256
        yield return Case("pinned and recorded", Image with { Sha256 = Digest }, Record, Intact, Options, Skip);
        yield return Case("pinned, no record", Image with { Sha256 = OtherDigest }, null, Unrecorded with { Sha256 = OtherDigest }, Options, Skip);
        yield return Case("pinned and present, forced", Image with { Sha256 = Digest }, Record, Intact, Options with { Force = true }, Skip);
        yield return Case("pinned and present, by hand", Image with { Sha256 = Digest }, Record, Intact, Options with { ByHand = true }, Skip);
        yield return Case("pinned to other bytes: a 304 would not help", Image with { Sha256 = OtherDigest }, Record, Intact, Options, Fetch);
        yield return Case("pinned to other bytes, fresh", Aged with { Sha256 = OtherDigest }, Record, Intact, Options, Fetch);

        // RefreshAfter
        yield return Case("younger than RefreshAfter", Image, Record, Intact, Options with { RefreshAfter = TimeSpan.FromHours(11) }, Revalidate);
        yield return Case("as old as RefreshAfter", Image, Record, Intact, Options with { RefreshAfter = TimeSpan.FromHours(10) }, FetchThroughCaches);
        yield return Case("older than RefreshAfter, fresh", Aged, Record, Intact, Options with { RefreshAfter = TimeSpan.FromHours(1) }, FetchThroughCaches);
    }

    [TestCaseSource(nameof(Table))]
    public void Plans(object image, object? record, object stored, object options, object step) =>
        Assert.That(SyncPlanner.Plan((RemoteImage)image, (ValidatorRecord?)record, (StoredImage)stored, (SyncOptions)options, Now), Is.EqualTo(step));

    private static TestCaseData Case(string name, RemoteImage image, ValidatorRecord? record, StoredImage stored, SyncOptions options, SyncStep step) =>
        new TestCaseData(image, record, stored, options, step).SetName(name);
}
