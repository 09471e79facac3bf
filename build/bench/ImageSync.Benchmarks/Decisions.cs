using BenchmarkDotNet.Attributes;
using ImageSync.Http;
using ImageSync.Images;
using ImageSync.Storage;
using ImageSync.Sync;

namespace ImageSync.Benchmarks;

/// <summary>PLAN and DECIDE over a mix of what is met in practice; per image and per answer.</summary>
public class Decisions
{
    private const int Plans = 8;
    private const int Answers = 5;
    private const int Bodies = 3;

    private static readonly RemoteImage Image = Samples.Image;
    private static readonly ValidatorRecord Record = Samples.Record;
    private static readonly StoredImage Intact = new(FileState.Intact, Record.Stamp, Samples.Digest);
    private static readonly SyncStep.Revalidate Revalidate = new(Record.Validators, Record.EffectiveUrl);

    private readonly (RemoteImage Image, ValidatorRecord? Record, StoredImage Stored)[] _facts =
    [
        (Image, Record, Intact),
        (Image, Record with { Validators = Validators.None }, Intact),
        (Image, Record, StoredImage.Missing),
        (Image, Record, Intact with { State = FileState.Altered, Sha256 = null }),
        (Image, null, Intact with { State = FileState.Unrecorded, Sha256 = null }),
        (Image with { Url = Samples.Url("https://cdn.example.com/brand/new.png") }, Record, Intact),
        (Image with { MaxAge = new MaxAge(TimeSpan.FromMinutes(15), ByServer: false) }, Record, Intact),
        (Image with { Sha256 = Samples.Digest }, Record, Intact),
    ];

    private readonly ImageState _synced = new(Image, Record, Intact);

    private readonly OriginAnswer[] _answers =
    [
        new(Image.Url) { Head = Samples.NotModified, WasConditional = true },
        new(Image.Url) { Head = Samples.NotModified with { EntityTag = "\"another\"" }, WasConditional = true },
        new(Image.Url) { Head = Samples.Ok, WasConditional = true },
        new(Image.Url) { Head = new ResponseHead(404) { Reason = "Not Found" }, WasConditional = true },
        new(Image.Url) { Head = new ResponseHead(503) { Reason = "Service Unavailable", RetryAfter = "120" }, WasConditional = true },
    ];

    private readonly ReceivedBody[] _bodies =
    [
        new(Samples.Digest, 34120, IsTooLarge: false, new MediaVerdict("image/png", null, null)),
        new(new string('a', 64), 34120, IsTooLarge: false, new MediaVerdict("image/png", null, null)),
        new(new string('b', 64), 34120, IsTooLarge: false, new MediaVerdict("text/html", "looks like an HTML page", null)),
    ];

    [Benchmark(OperationsPerInvoke = Plans)]
    public int Plan()
    {
        var asked = 0;
        foreach (var (image, record, stored) in _facts)
        {
            asked += SyncPlanner.Plan(image, record, stored, Samples.Options, Samples.Now) is SyncStep.Ask ? 1 : 0;
        }

        return asked;
    }

    [Benchmark(OperationsPerInvoke = Answers)]
    public int DecideOnHead()
    {
        var kept = 0;
        foreach (var answer in _answers)
        {
            kept += SyncDecider.Decide(Revalidate, answer, attempt: 1, Samples.Now, Wording.Project) is SyncDecision.Keep ? 1 : 0;
        }

        return kept;
    }

    [Benchmark(OperationsPerInvoke = Bodies)]
    public int DecideTheWrite()
    {
        var replaced = 0;
        foreach (var body in _bodies)
        {
            var exchange = new Exchange(new SyncDecision.Accept(), _answers[2]) { Body = body };
            var decision = WriteDecider.Decide(_synced, _synced.Stored, Revalidate, exchange, Samples.Options, Samples.Now);
            replaced += decision.Effects.HasFlag(Effects.Replace) ? 1 : 0;
        }

        return replaced;
    }
}
