using System.Text.Json;
using System.Text.Json.Serialization;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Chaos;

/// <summary>What goes wrong, when, and to whom: a value that its seed alone determines.</summary>
internal sealed record Schedule(int Seed, Wire Wire, Settings Settings, IReadOnlyList<ImagePlan> Images, IReadOnlyList<BuildPlan> Builds)
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>
    /// Whether an image has to be in step after a build: as many faults as could hit it, by its own answers and by its connections,
    /// leave it an attempt.
    /// </summary>
    public bool IsSureOf(int image, BuildPlan build) =>
        build.Ending.Kind == EndingKind.None
        && !build.Dooms.Any(doom => doom.Image == image)
        && build.Answers.Count(answer => Costs(answer, image)) + build.Links.Count + build.Outages.Count <= Settings.Retries;

    /// <summary>Whether one of its answers is a fault of its own.</summary>
    public static bool HasFault(int image, BuildPlan build) => build.Answers.Any(answer => answer.Image == image && answer.IsFault);

    public override string ToString() => JsonSerializer.Serialize(this, Readable);

    // Over HTTP/2 one connection has the requests of many images.
    private bool Costs(AnswerPlan answer, int image) => answer.IsFault
        && (answer.Image == image || (Wire == Wire.Http2 && answer.Fault is OriginFault.AbortConnection or OriginFault.CutConnection));
}

/// <summary>The protocol to the origin.</summary>
internal enum Wire
{
    Http1,
    Http1OverTls,
    Http2,
}

/// <summary>What holds for all builds of a schedule.</summary>
internal sealed record Settings(
    int Retries, int RetryDelayMs, int IdleMs, int PatienceMs, int LockPatienceMs, int Connections, OnLocalEdit OnLocalEdit)
{
    public bool HasLockFile { get; init; }

    public bool HasStore { get; init; }

    public bool HasReport { get; init; }
}

/// <summary>What tells an image's versions apart.</summary>
internal enum Tagging
{
    Strong,
    Weak,
    Date,
    TagAndDate,
    None,
}

/// <summary>An image.</summary>
internal sealed record ImagePlan(int Size, Tagging Tagging, bool HasLength);

/// <summary>What goes wrong in one build.</summary>
internal sealed record BuildPlan
{
    /// <summary>Before it, images and obj/ are deleted.</summary>
    public bool IsClean { get; init; }

    public bool Force { get; init; }

    /// <summary>A second build of the same project runs at the same time.</summary>
    public bool IsTwofold { get; init; }

    public IReadOnlyList<ChangePlan> Changes { get; init; } = [];

    public IReadOnlyList<EditPlan> Edits { get; init; } = [];

    public IReadOnlyList<AnswerPlan> Answers { get; init; } = [];

    public IReadOnlyList<DoomPlan> Dooms { get; init; } = [];

    public IReadOnlyList<LinkPlan> Links { get; init; } = [];

    public IReadOnlyList<OutagePlan> Outages { get; init; } = [];

    /// <summary>For how long another process holds the cache's and the store's locks from the beginning; zero for not at all.</summary>
    public int HeldMs { get; init; }

    public EndingPlan Ending { get; init; } = new(EndingKind.None, 0);

    /// <summary>How an image's n-th request is answered.</summary>
    public OriginBehaviour BehaviourOf(int image, int request)
    {
        if (Dooms.FirstOrDefault(doom => doom.Image == image) is { } doom)
        {
            return new OriginBehaviour(doom.Fault) { StatusCode = doom.Status };
        }

        var plan = Answers.FirstOrDefault(answer => answer.Image == image && answer.Request == request);
        return plan is null ? OriginBehaviour.Decent : new OriginBehaviour(plan.Fault)
        {
            StatusCode = plan.Status,
            RetryAfter = plan.RetryAfter,
            Share = plan.Share,
            Pause = TimeSpan.FromMilliseconds(plan.PauseMs),
        };
    }
}

/// <summary>An image's next version: before the build, or at the image's n-th request.</summary>
internal sealed record ChangePlan(int Image, int AtRequest);

/// <summary>What a user does to a local file.</summary>
internal enum EditKind
{
    Replace,
    Truncate,
    Append,
    Delete,
    Touch,
}

/// <summary>A user's edit: before the build, or at the image's n-th request, while its bytes are on their way.</summary>
internal sealed record EditPlan(int Image, EditKind Kind, int AtRequest);

/// <summary>How the n-th request for an image is answered.</summary>
internal sealed record AnswerPlan(int Image, int Request, OriginFault Fault)
{
    public int Status { get; init; }

    public string? RetryAfter { get; init; }

    public double Share { get; init; }

    public int PauseMs { get; init; }

    /// <summary>Whether it costs an attempt.</summary>
    [JsonIgnore]
    public bool IsFault => Fault is not (OriginFault.GoAway or OriginFault.SlowStart or OriginFault.Trickle);
}

/// <summary>How each request for an image is answered, in one build.</summary>
internal sealed record DoomPlan(int Image, OriginFault Fault)
{
    public int Status { get; init; }

    /// <summary>The diagnostic's code.</summary>
    public string Code => Fault switch
    {
        OriginFault.WrongMedia => "IMGSYNC3001",
        OriginFault.Status when Status < 500 => "IMGSYNC2003",
        OriginFault.Status => "IMGSYNC2002",
        _ => "IMGSYNC2001",
    };
}

/// <summary>What happens to the n-th connection of a build.</summary>
internal sealed record LinkPlan(int Connection, LinkEnd End, long After, int? PauseMs);

/// <summary>All connections end at once, when so many requests were made, and nothing listens for a while; zero for at once.</summary>
internal sealed record OutagePlan(int AfterRequests, bool Reset, int DownMs);

/// <summary>How a build ends.</summary>
internal enum EndingKind
{
    None,
    Cancelled,
    Killed,
}

/// <summary>How a build ends before its time, when so many requests were made.</summary>
internal sealed record EndingPlan(EndingKind Kind, int AfterRequests);
