using ImageSync.Http;
using ImageSync.Images;
using ImageSync.Storage;
using ImageSync.Sync;

namespace ImageSync.Benchmarks;

/// <summary>What the benchmarks have in common: one image as it is met most often, and what is known of it.</summary>
internal static class Samples
{
    public const string Digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    public const string Tag = "\"65b0a1c4-8548\"";
    public const string Date = "Wed, 24 Jan 2024 08:00:04 GMT";

    public static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static readonly SyncOptions Options = new() { ProjectDirectory = "/project", CacheFile = "/project/obj/cache", KeptFolder = "/project/obj/kept" };

    public static readonly RemoteImage Image = ImageAt("https://cdn.example.com/brand/logo.png", "/project");

    public static readonly ValidatorRecord Record = RecordOf(Image);

    /// <summary>What nginx says of an image that it sends.</summary>
    public static readonly ResponseHead Ok = new(200)
    {
        EntityTag = Tag,
        LastModified = Date,
        ContentType = "image/png",
        ContentLength = 34120,
        Date = "Sun, 22 Nov 2026 12:00:00 GMT",
        CacheControl = "public, max-age=900, stale-while-revalidate=60",
    };

    public static readonly ResponseHead NotModified = new(304) { EntityTag = Tag, LastModified = Date, Date = Ok.Date };

    public static TargetUri Url(string text) => TargetUri.TryParse(text, out var url, out var problem) ? url : throw new ArgumentException(problem, nameof(text));

    public static RemoteImage ImageAt(string url, string folder)
    {
        var target = Url(url);
        var localPath = "images" + target.PathAndQuery;
        return new RemoteImage(target, localPath, Path.Combine(folder, localPath)) { MediaType = MediaRange.Images };
    }

    public static ValidatorRecord RecordOf(RemoteImage image) => new(image.LocalPath)
    {
        Url = image.StoredUrls.InCache,
        EffectiveUrl = image.StoredUrls.InCache,
        Validators = new Validators(Tag, Date),
        Sha256 = Digest,
        Stamp = new FileStamp(34120, Now.AddDays(-1).UtcTicks),
        MediaType = "image/png",
        ValidatedAt = Now.AddMinutes(-10),
        FetchedAt = Now.AddHours(-10),
        Written = true,
    };
}
