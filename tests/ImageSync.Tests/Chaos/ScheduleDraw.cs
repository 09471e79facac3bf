using System.Globalization;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Chaos;

/// <summary>Draws a schedule from its seed.</summary>
internal sealed class ScheduleDraw
{
    private static readonly OriginFault[] Passing =
    [
        OriginFault.Status, OriginFault.Status, OriginFault.Status, OriginFault.AbortStream, OriginFault.AbortConnection,
        OriginFault.CutStream, OriginFault.CutConnection, OriginFault.GoAway, OriginFault.GoAway, OriginFault.SlowStart,
        OriginFault.Trickle,
    ];

    private static readonly OriginFault[] Stalls = [OriginFault.Stall, OriginFault.StallInBody];

    private static readonly DoomPlan[] Dooms =
    [
        new(0, OriginFault.Status) { Status = 503 },
        new(0, OriginFault.Status) { Status = 500 },
        new(0, OriginFault.Status) { Status = 404 },
        new(0, OriginFault.AbortStream),
        new(0, OriginFault.CutStream),
        new(0, OriginFault.WrongMedia),
    ];

    private readonly Random _random;
    private readonly int _images;

    private ScheduleDraw(int seed)
    {
        _random = new Random(seed);
        _images = Pick(1, 1, 2, 3, 5, 8, 12, 20, 40, 80);
    }

    public static Schedule Of(int seed) => new ScheduleDraw(seed).Draw(seed);

    private Schedule Draw(int seed)
    {
        var wire = Pick(Wire.Http1, Wire.Http1OverTls, Wire.Http2, Wire.Http2, Wire.Http2);
        var images = Many(_images, () => new ImagePlan(Pick(200, 900, 4_000, 20_000, 60_000), Tag(), Chance(0.8)));
        var builds = Many(Pick(1, 2, 2, 3, 4), Build);

        // Outages come one after the other. Silence costs time, and is told from slowness by it: short only where there is some.
        var longest = builds.Max(build => build.Outages.Sum(outage => outage.DownMs));
        var isSilent = builds.SelectMany(build => build.Links).Any(link => link.End == LinkEnd.Stall)
            || builds.SelectMany(build => build.Answers).Any(answer => Stalls.Contains(answer.Fault));
        var settings = new Settings(
            Pick(3, 3, 3, 5),
            Pick(10, 10, 30, 100),
            IdleMs: isSilent ? 6_000 : 30_000,
            PatienceMs: 4_000 + longest,
            LockPatienceMs: Pick(10_000, 10_000, 200),
            Pick(1, 2, 6, 16, 16),
            Pick(OnLocalEdit.Restore, OnLocalEdit.Restore, OnLocalEdit.Keep, OnLocalEdit.Fail))
        {
            HasLockFile = Chance(0.4),
            HasStore = Chance(0.3),
            HasReport = Chance(0.3),
        };
        return new Schedule(seed, wire, settings, images, builds);
    }

    private BuildPlan Build()
    {
        var isTwofold = Chance(0.15);
        return new BuildPlan
        {
            IsClean = Chance(0.08),
            Force = Chance(0.05),
            IsTwofold = isTwofold,
            Changes = Some(0.7, _images / 2, () => new ChangePlan(Image(), Pick(0, 0, 1, 2))),

            // With two builds, one may be at its rename while the other's answer is on its way.
            Edits = Some(0.5, 3, () => new EditPlan(Image(), Edit(), isTwofold ? 0 : Pick(0, 0, 1, 2))),
            Answers = [.. Some(0.75, 1 + _images, () => Answer(Pick(Passing))), .. Some(0.04, 1, () => Answer(Pick(Stalls)))],
            Dooms = [.. Some(0.25, 3, Image).Distinct().Select(image => Pick(Dooms) with { Image = image })],
            Links = [.. Some(0.35, 2, Link).DistinctBy(link => link.Connection)],
            Outages = Some(0.3, 2, () => new OutagePlan(Chance(0.2) ? 0 : Requests(), Chance(0.5), Down())),
            HeldMs = Chance(0.15) ? Pick(50, 400, 1_500) : 0,
            Ending = Chance(0.25) ? Ending() : new EndingPlan(EndingKind.None, 0),
        };
    }

    private EndingPlan Ending() => new(Pick(EndingKind.Cancelled, EndingKind.Killed, EndingKind.Killed), Requests());

    private Tagging Tag() => Pick(Tagging.Strong, Tagging.Strong, Tagging.Weak, Tagging.Date, Tagging.TagAndDate, Tagging.None);

    private EditKind Edit() =>
        Pick(EditKind.Replace, EditKind.Replace, EditKind.Truncate, EditKind.Append, EditKind.Delete, EditKind.Touch);

    private LinkPlan Link()
    {
        var end = Pick(LinkEnd.Reset, LinkEnd.Reset, LinkEnd.Reset, LinkEnd.Finish, LinkEnd.Stall);
        return new LinkPlan(_random.Next(1, 8), end, Pick(0, 0, 500, 5_000, 30_000), end == LinkEnd.Stall && Chance(0.5) ? 300 : null);
    }

    private int Down() => Chance(0.1) ? _random.Next(1_000, 5_000) : Chance(0.3) ? 0 : _random.Next(20, 900);

    // At some of them the build may have ended already.
    private int Requests() => _random.Next(1, (2 * _images) + 1);

    private AnswerPlan Answer(OriginFault fault) => new(Image(), Pick(1, 1, 1, 2, 3), fault)
    {
        Status = fault == OriginFault.Status ? Pick(500, 502, 503, 503, 504, 429, 408) : 0,
        RetryAfter = fault == OriginFault.Status && Chance(0.15) ? Pick(0, 1).ToString(CultureInfo.InvariantCulture) : null,
        Share = Math.Round(_random.NextDouble(), 2),
        PauseMs = _random.Next(1, 60),
    };

    private int Image() => _random.Next(_images);

    private bool Chance(double probability) => _random.NextDouble() < probability;

    private T Pick<T>(params T[] values) => values[_random.Next(values.Length)];

    private List<T> Some<T>(double probability, int most, Func<T> draw) =>
        Chance(probability) ? Many(_random.Next(1, Math.Max(1, most) + 1), draw) : [];

    private static List<T> Many<T>(int count, Func<T> draw) => [.. Enumerable.Range(0, count).Select(_ => draw())];
}
