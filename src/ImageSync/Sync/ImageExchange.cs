using ImageSync.Http;
using ImageSync.Images;
using ImageSync.Storage;

namespace ImageSync.Sync;

/// <summary>What one attempt came to.</summary>
/// <param name="Decision">What it means for the local file.</param>
/// <param name="Answer">What came last.</param>
internal sealed record Exchange(SyncDecision Decision, OriginAnswer Answer)
{
    /// <summary>The body's facts; null where none was received.</summary>
    public ReceivedBody? Body { get; init; }

    /// <summary>Body bytes that came over the wire.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Requests made, redirects not counted.</summary>
    public int Requests { get; init; } = 1;
}

/// <summary>REQUEST: puts one image's question to its origin, and takes the answer's body in where there is one to take.</summary>
internal static class ImageExchange
{
    /// <summary>One attempt, with its second question where the first answer asks for one.</summary>
    /// <param name="client">The network.</param>
    /// <param name="image">As declared.</param>
    /// <param name="step">The question.</param>
    /// <param name="file">Takes the body.</param>
    /// <param name="attempt">Which attempt this is, from 1.</param>
    /// <param name="budget">The clocks.</param>
    /// <param name="time">The time.</param>
    /// <exception cref="IOException">The body could not be stored.</exception>
    public static Task<Exchange> AttemptAsync(
        OriginClient client, RemoteImage image, SyncStep.Ask step, AtomicFile file, int attempt, TimeBudget budget, TimeProvider time)
    {
        return AskAsync(client, image, step, Decide, Receive, budget);

        SyncDecision Decide(SyncStep.Ask asked, OriginAnswer answer) => SyncDecider.Decide(asked, answer, attempt, time.GetUtcNow());

        Task<Exchange> Receive(OriginResponse response, Exchange exchange) => ReceiveAsync(image, response, exchange, file, attempt, budget);
    }

    /// <summary>The same for a check, which takes no body.</summary>
    /// <param name="client">The network.</param>
    /// <param name="image">As declared.</param>
    /// <param name="step">The question.</param>
    /// <param name="decide">What an answer to a question means.</param>
    /// <param name="budget">The clocks.</param>
    public static Task<Exchange> AttemptAsync(
        OriginClient client, RemoteImage image, SyncStep.Ask step, Func<SyncStep.Ask, OriginAnswer, SyncDecision> decide, TimeBudget budget) =>
        AskAsync(client, image, step, decide, static (_, exchange) => Task.FromResult(exchange), budget);

    private static async Task<Exchange> AskAsync(
        OriginClient client, RemoteImage image, SyncStep.Ask step, Func<SyncStep.Ask, OriginAnswer, SyncDecision> decide, Func<OriginResponse, Exchange, Task<Exchange>> receive, TimeBudget budget)
    {
        budget.Begin();
        var requests = 1;
        while (true)
        {
            using var response = await client.SendAsync(RequestFor(image, step), budget).ConfigureAwait(false);
            var decision = decide(step, response.Answer);
            if (decision is SyncDecision.AskAgain again)
            {
                step = again.Step;
                requests++;
                continue;
            }

            var exchange = new Exchange(decision, response.Answer) { Requests = requests };
            return decision is SyncDecision.Accept ? await receive(response, exchange).ConfigureAwait(false) : exchange;
        }
    }

    private static ConditionalRequest RequestFor(RemoteImage image, SyncStep.Ask step)
    {
        var request = new ConditionalRequest(image.Url) { Headers = image.RequestHeaders, IgnoreQuery = image.IgnoreQuery, NoCache = step.NoCache, HeadOnly = step.HeadOnly };
        return step is SyncStep.Revalidate revalidate ? request with { Validators = revalidate.Validators, ValidatorsUrl = revalidate.ValidatorsUrl } : request;
    }

    private static async Task<Exchange> ReceiveAsync(RemoteImage image, OriginResponse response, Exchange exchange, AtomicFile file, int attempt, TimeBudget budget)
    {
        var url = exchange.Answer.Url;
        var head = exchange.Answer.Head!;
        var codings = ContentCoding.Parse(head.ContentEncoding)!;
        if (codings.Count == 0 && head.ContentLength > image.MaxBytes)
        {
            return exchange with { Decision = new SyncDecision.Fail(Problems.Larger(url, image.MaxBytes)) };
        }

        try
        {
            var problem = await ReadToEndAsync(response, codings, file, image.MaxBytes, url, attempt, budget).ConfigureAwait(false);
            return exchange with
            {
                BytesReceived = response.BytesReceived,
                Decision = problem is null ? exchange.Decision : new SyncDecision.Fail(problem) { IsTransient = true },
                Body = problem is null ? Judge(image, head, file) : null,
            };
        }
        finally
        {
            budget.Pause();
        }
    }

    private static async Task<Problem?> ReadToEndAsync(
        OriginResponse response, IReadOnlyList<string> codings, AtomicFile file, long maxBytes, TargetUri url, int attempt, TimeBudget budget)
    {
        Stream? body = null;
        try
        {
            while (file.Length <= maxBytes)
            {
                // Outside of the inner try: a full disk is no failure of the origin's.
                var space = file.Space();
                int read;
                try
                {
                    body ??= ContentCoding.Decode(await response.OpenBodyAsync().ConfigureAwait(false), codings);
                    read = await body.ReadAsync(space, budget.Token).ConfigureAwait(false);
                }
                catch (InvalidDataException exception)
                {
                    return Problems.BodyDamaged(url, exception.Message, attempt);
                }
                catch (Exception exception) when (exception is OperationCanceledException || TransportFailure.Of(exception) is not null)
                {
                    return Problems.NotReached(url, budget.Expired() ?? TransportFailure.Of(exception) ?? TransportFailure.GivenUp, attempt);
                }

                if (read == 0)
                {
                    break;
                }

                file.Advance(read);
            }

            return response.WrongLength is { } failure ? Problems.NotReached(url, failure, attempt) : null;
        }
        finally
        {
            if (body is not null)
            {
                await body.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static ReceivedBody Judge(RemoteImage image, ResponseHead head, AtomicFile file)
    {
        if (file.Length > image.MaxBytes)
        {
            return new ReceivedBody("", file.Length, IsTooLarge: true, new MediaVerdict(null, null, null));
        }

        var sha256 = file.Sha256;
        return new ReceivedBody(sha256, file.Length, IsTooLarge: false, MediaTypeCheck.Judge(image.MediaType, head.ContentType, file.OpenRead()));
    }
}
