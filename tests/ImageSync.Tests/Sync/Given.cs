using ImageSync.Http;
using ImageSync.Images;
using ImageSync.Storage;
using ImageSync.Sync;

namespace ImageSync.Tests.Sync;

/// <summary>The base case of the tables; a case says only what differs from it.</summary>
internal static class Given
{
    public const string Digest = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    public const string OtherDigest = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    public static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static readonly FileStamp Stamp = new(1000, Now.AddDays(-1).UtcTicks);

    public static readonly RemoteImage Image = new(Url("https://cdn.example/logo.png"), "img/logo.png", "/project/img/logo.png") { MediaType = MediaRange.Images };

    public static readonly SyncOptions Options = new() { ProjectDirectory = "/project", CacheFile = "/project/obj/cache", KeptFolder = "/project/obj/kept" };

    public static readonly ValidatorRecord Record = new("img/logo.png")
    {
        Url = "https://cdn.example/logo.png",
        EffectiveUrl = "https://cdn.example/logo.png",
        Validators = new Validators("\"v1\"", "Sat, 21 Nov 2026 12:00:00 GMT"),
        Sha256 = Digest,
        Stamp = Stamp,
        ValidatedAt = Now.AddMinutes(-10),
        FetchedAt = Now.AddHours(-10),
        Written = true,
    };

    public static readonly LockEntry Entry = new("img/logo.png")
    {
        Url = Record.Url,
        EffectiveUrl = Record.EffectiveUrl,
        EntityTags = ObservedValidators.Of("\"v1\""),
        LastModified = ObservedValidators.Of("Sat, 21 Nov 2026 12:00:00 GMT"),
        Length = Stamp.Length,
        Sha256 = Digest,
    };

    public static readonly StoredImage Intact = new(FileState.Intact, Stamp, Digest);

    public static readonly StoredImage Altered = new(FileState.Altered, Stamp with { Length = 999 }, OtherDigest);

    public static readonly StoredImage Unrecorded = new(FileState.Unrecorded, Stamp, null);

    public static TargetUri Url(string text) => TargetUri.TryParse(text, out var url, out var problem) ? url : throw new ArgumentException(problem, nameof(text));

    public static OriginAnswer Answer(ResponseHead head, bool conditional = true) => new(Image.Url) { Head = head, WasConditional = conditional };
}
