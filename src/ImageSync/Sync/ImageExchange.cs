using System.Runtime.CompilerServices;
using ImageSync.Http;
using ImageSync.Storage;

namespace ImageSync.Sync;

/// <summary>
/// REQUEST: puts one image's question to its origin, as often as it takes, and takes the answer's body in where there is one to take.
/// </summary>
/// <param name="client">The network.</param>
/// <param name="image">As declared.</param>
/// <param name="step">The question.</param>
/// <param name="decide">What an answer to a question means, in which attempt.</param>
/// <param name="file">Takes the body; null for a check, which takes none.</param>
/// <param name="budget">The clocks.</param>
internal sealed class ImageExchange(
    OriginClient client,
    RemoteImage image,
    SyncStep.Ask step,
    Func<RemoteImage, SyncStep.Ask, OriginAnswer, int, SyncDecision> decide,
    AtomicFile? file,
    RequestDeadline budget)
{
    // An attempt may be two requests; people count by what they allow, which is retries.
    private int _attempts;

    /// <summary>Requests made in all attempts so far, redirects not counted.</summary>
    public int Requests { get; private set; }

    /// <summary>Body bytes that came over the wire, in all attempts so far.</summary>
    public long BytesReceived { get; private set; }

    /// <summary>One attempt, with its second question where the first answer asks for one.</summary>
    /// <exception cref="IOException">The body could not be stored.</exception>
    public ValueTask<Exchange> AttemptAsync()
    {
        budget.Begin();
        file?.Clear();
        return AskAsync(++_attempts);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Exchange> AskAsync(int attempt)
    {
        for (var asked = step; ;)
        {
            using var response = await client.SendAsync(RequestFor(asked), budget).ConfigureAwait(false);
            var answer = response.Answer.StoredAs(image.LocalPath);
            Requests += answer.Requests;
            var decision = decide(image, asked, answer, attempt);
            if (decision is SyncDecision.AskAgain again)
            {
                asked = again.Step;
                continue;
            }

            ReceivedBody? body = null;
            if (decision is SyncDecision.Accept && file is not null)
            {
                var failure = TooLarge(answer) ?? await ReceiveAsync(file, response, answer, attempt).ConfigureAwait(false);
                BytesReceived += response.BytesReceived;
                (decision, body) = failure is null ? (decision, ReceivedBody.Of(image, answer.Head!.ContentType, file)) : (failure, null);
            }

            return new Exchange(decision, answer) { Body = body, Requests = Requests, BytesReceived = BytesReceived };
        }
    }

    private ConditionalRequest RequestFor(SyncStep.Ask asked)
    {
        var conditions = asked as SyncStep.Revalidate;
        return new ConditionalRequest(image.Url)
        {
            Headers = image.RequestHeaders,
            Secrets = image.Secrets,
            IgnoreQuery = image.IgnoreQuery,
            NoCache = asked.NoCache,
            HeadOnly = asked.HeadOnly,
            Validators = conditions?.Validators ?? Validators.None,
            ValidatorsUrl = conditions?.ValidatorsUrl,
        };
    }

    private SyncDecision.Fail? TooLarge(OriginAnswer answer) =>
        answer.Head!.ContentLength > image.MaxBytes && ContentCoding.Parse(answer.Head.ContentEncoding)!.Count == 0
            ? new SyncDecision.Fail(Problems.Larger(image.Wording, answer.Url, answer.Head.ContentLength, image.MaxBytes))
            : null;

    private async Task<SyncDecision.Fail?> ReceiveAsync(AtomicFile into, OriginResponse response, OriginAnswer answer, int attempt)
    {
        var url = answer.Url;
        var head = answer.Head!;
        Stream? body = null;
        into.Expect(head.ContentLength);
        try
        {
            while (into.Length <= image.MaxBytes)
            {
                // Outside of the inner try: a full disk is no failure of the origin's.
                var space = into.Space();
                int read;
                try
                {
                    body ??= ContentCoding.Decode(response.OpenBody(), ContentCoding.Parse(head.ContentEncoding)!, budget);
                    read = await body.ReadAsync(space, budget.Token).ConfigureAwait(false);
                    await EventThread.Leave();
                }
                catch (InvalidDataException exception)
                {
                    return Passing(Problems.BodyDamaged(image.Wording, url, image.Secrets.Conceal(exception.Message), attempt));
                }
                catch (Exception exception) when (exception is OperationCanceledException || TransportFailure.Of(exception) is not null)
                {
                    var broken = budget.Expired() ?? TransportFailure.Of(exception) ?? TransportFailure.GivenUp;
                    broken = broken.Through(response.Answer.Route).Without(image.Secrets);
                    return Passing(Problems.NotReached(image.Wording, url, broken, attempt));
                }

                if (read == 0)
                {
                    break;
                }

                into.Advance(read);
            }

            return response.WrongLength is { } failure ? Passing(Problems.NotReached(image.Wording, url, failure, attempt)) : null;
        }
        finally
        {
            budget.Pause();
            if (body is not null)
            {
                await body.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    // Another attempt may bring the whole of it.
    private static SyncDecision.Fail Passing(Problem problem) => new(problem) { IsTransient = true };
}
