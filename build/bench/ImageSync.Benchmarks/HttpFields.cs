using BenchmarkDotNet.Attributes;
using ImageSync.Http;

namespace ImageSync.Benchmarks;

/// <summary>Reading and comparing what stands in URLs and header fields.</summary>
public class HttpFields
{
    private readonly string _url = "https://cdn.example.com/brand/logo.png";
    private readonly string _escapedUrl = "https://CDN.example.com:443/brand%2Flogo@2x.png?v=1&sig=x%2B#top";
    private readonly string _date = Samples.Date;
    private readonly ResponseHead _ok = Samples.Ok;
    private readonly Validators _one = new(Samples.Tag, Samples.Date);
    private readonly Validators _several = new Validators(Samples.Tag, Samples.Date).Beside(["\"65b0a1c5-8548\"", "\"65b0a1c6-8548\"", "\"65b0a1c7-8548\""]);
    private readonly EntityTag _strong = new(Samples.Tag);
    private readonly EntityTag _weak = new("W/" + Samples.Tag);

    [Benchmark]
    public object ValidatorsOf() => Validators.Of(_ok);

    [Benchmark]
    public string? IfNoneMatchOfOneTag() => _one.IfNoneMatch;

    [Benchmark]
    public string? IfNoneMatchOfFourTags() => _several.IfNoneMatch;

    [Benchmark]
    public bool ValidatorsAgree() => _one.AgreeWith(Samples.NotModified);

    [Benchmark]
    public bool EntityTagMatchesWeakly() => _strong.MatchesWeakly(_weak);

    [Benchmark]
    public DateTimeOffset? HttpDateParse() => HttpDate.Parse(_date);

    [Benchmark]
    public object CacheControlParse() => CacheControl.Parse(_ok.CacheControl);

    [Benchmark]
    public object FreshnessOf() => Freshness.Of(_ok, Samples.Now);

    [Benchmark]
    public object TargetUriParse() => Samples.Url(_url);

    [Benchmark]
    public object TargetUriParseWithEscapes() => Samples.Url(_escapedUrl);
}
