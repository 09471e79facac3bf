using System.Net;
using System.Runtime.CompilerServices;

namespace ImageSync.Http;

/// <summary>The network: asks an origin, and follows its redirects by hand.</summary>
/// <remarks>
/// By hand, because .NET's own redirects carry the validators and custom headers to the next URL, whoever owns it, and
/// connect to schemes other than http. No cookies, no decompression (it would hide a body cut short), no time-out of the client's own.
/// </remarks>
internal sealed class OriginClient
{
    // As often may an outage take a request along before the image's own retries count.
    private const int MostRepetitions = 3;

    private readonly OriginClientOptions _options;
    private readonly ConnectionPool _connections;
    private readonly CircuitBreakers _circuits;
    private readonly ByteCounter _received = new();

    public OriginClient(OriginClientOptions options, ConnectionPool connections)
    {
        (_options, _connections) = (options, connections);
        _circuits = new CircuitBreakers(options);
    }

    /// <summary>Body bytes that have come so far, of all responses.</summary>
    public long BytesReceived => _received.Total;

    /// <summary>Prepares to ask, while the caller has something else to do.</summary>
    /// <param name="urls">Who will be asked.</param>
    public void Prepare(IEnumerable<TargetUri> urls)
    {
        if (urls.Any(url => _options.Mirrors.Map(url).IsHttps))
        {
            ServerTrust.Prepare();
        }
    }

    /// <summary>Asks, and returns when the final head is there. Network failures are values; only a cancelled build throws.</summary>
    public ValueTask<OriginResponse> SendAsync(ConditionalRequest request, RequestDeadline budget) =>
        SendAsync(request, request.Url, visited: null, budget);

    // One asynchronous method for the whole way: each costs the IL its compilation, and thousands of images its layer.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<OriginResponse> SendAsync(
        ConditionalRequest request, TargetUri url, List<TargetUri>? visited, RequestDeadline budget)
    {
        var asked = _options.Mirrors.Map(url);
        var gate = _connections.GateOf(asked.Origin);
        var (requests, repetitions) = (0, 0);
        OriginConnection? connection = null;
        string? probed = null;
        TimeSpan? began = null;
        TimeSpan? sent = null;
        OriginResponse? response = null;
        while (response is null)
        {
            try
            {
                connection = gate.TryEnter();
                if (connection is null)
                {
                    // Waiting for our own turn is no silence of the origin's.
                    budget.Pause();
                    connection = await gate.EnterAsync(budget.Token).ConfigureAwait(false);
                }

                var verdict = await _circuits.EnterAsync(asked, gate, budget).ConfigureAwait(false);
                if (verdict is CircuitVerdict.Refuse refusal)
                {
                    return Failed(AnswerOf(request, url, asked, gate), refusal.Failure, request.Secrets, requests, budget);
                }

                (probed, began) = ((verdict as CircuitVerdict.Probe)?.Whom, _circuits.Now);
                requests++;

                // A probe of an origin that was silent is to tell whether it is back, and not how long it can be silent.
                budget.Listen(probed is null ? null : _options.ConnectTimeout);
                using var message = CreateMessage(request, url, asked, visited, gate, connection, out var conditional);
                sent = gate.Send(connection);
                var answering = connection.IsAnother ? MakeAsync(message, budget) : _connections.SendAsync(message, budget.Token);
                var answer = await answering.ConfigureAwait(false);
                _circuits.Succeeded(asked.Origin, gate);
                gate.Answered(sent, answer.StatusCode);
                probed = null;
                var head = HeadOf(answer, url, asked, gate, request.Secrets);
                var told = AnswerOf(request, url, asked, gate) with { Head = head, WasConditional = conditional, Requests = requests };
                response = new OriginResponse(told, budget, _received, answer, gate, connection);
                connection = null;
            }
            catch (Exception exception) when (exception is OperationCanceledException || TransportFailure.Of(exception) is not null)
            {
                var failure = (exception is OperationCanceledException cancelled
                    ? TimeOut(cancelled, budget)
                    : budget.Expired() ?? TransportFailure.Of(exception)!).Through(gate.Route);
                if (connection is { IsAnother: true } && !failure.IsOutOfTime)
                {
                    // One more connection was a try of ours: that it did not come about is no failure of the image's, nor of the origin's.
                    gate.GiveUp(connection);
                    requests--;
                    budget.Begin();
                    continue;
                }

                gate.Failed(sent);

                // The outage of an origin is waited for, within the image's time: it is no failure of the image's.
                var isOutage = began is { } time && _circuits.Failed(asked.Origin, gate, failure, time, probed);
                budget.HasFailed = true;
                repetitions += probed is null ? 1 : 0;
                probed = null;
                if (!isOutage || budget.Remaining == TimeSpan.Zero || repetitions > MostRepetitions)
                {
                    return Failed(AnswerOf(request, url, asked, gate), failure, request.Secrets, requests, budget);
                }

                budget.Begin();
            }
            finally
            {
                if (connection is not null)
                {
                    gate.Leave(connection);
                }

                if (probed is not null)
                {
                    _circuits.Abandoned(probed);
                }

                (connection, probed, began, sent) = (null, null, null, null);
            }
        }

        return Redirects.IsRedirect(response.Answer.Head!.StatusCode)
            ? await FollowAsync(request, visited ?? [url], response, budget).ConfigureAwait(false)
            : response;
    }

    // One that does not come about soon, as where a firewall drops what goes beyond its count, would cost its image more than it gains.
    private async Task<HttpResponseMessage> MakeAsync(OriginRequestMessage message, RequestDeadline budget)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(budget.Token);
        var answer = _connections.SendAsync(message, patience.Token);
        try
        {
            var made = Task.WhenAny(message.Connection.Made, answer);
            await made.WaitAsync(_options.ConnectTimeout / 10, budget.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            await patience.CancelAsync().ConfigureAwait(false);
        }

        return await answer.ConfigureAwait(false);
    }

    private ValueTask<OriginResponse> FollowAsync(
        ConditionalRequest request, List<TargetUri> visited, OriginResponse response, RequestDeadline budget)
    {
        response.Dispose();
        var step = Redirects.Next(visited, response.Answer.Head!, _options.Egress, request.Secrets);
        if (step.Verdict != RedirectVerdict.Follow)
        {
            var told = response.Answer with { Redirect = step, Head = response.Answer.Head! with { Location = null } };
            return ValueTask.FromResult(new OriginResponse(told, budget, _received));
        }

        visited.Add(step.Next!);
        return SendAsync(request, step.Next!, visited, budget);
    }

    private OriginResponse Failed(OriginAnswer answer, TransportFailure failure, Secrets secrets, int requests, RequestDeadline budget) =>
        new(answer with { Failure = failure.Without(secrets), Requests = requests }, budget, _received);

    // A mirror's path may hold a secret, too.
    private static OriginAnswer AnswerOf(ConditionalRequest request, TargetUri url, TargetUri asked, ConcurrencyLimiter gate) =>
        new(url, asked.Without(request.Secrets)) { Route = gate.Route };

    private ResponseHead HeadOf(HttpResponseMessage answer, TargetUri url, TargetUri asked, ConcurrencyLimiter gate, Secrets secrets)
    {
        var head = ResponseHead.Of(answer, secrets);
        head = head.Location is null || asked == url ? head : head with { Location = _options.Mirrors.Restore(head.Location, url, asked) };

        // A refusal may be the proxy's own; what comes through a tunnel is the origin's.
        return head.StatusCode >= 400 && gate.Route is { IsTunnel: false } route ? head with { Route = route } : head;
    }

    private OriginRequestMessage CreateMessage(
        ConditionalRequest request, TargetUri url, TargetUri asked, List<TargetUri>? visited, ConcurrencyLimiter gate,
        OriginConnection connection, out bool conditional)
    {
        var message = new OriginRequestMessage(request.HeadOnly ? HttpMethod.Head : HttpMethod.Get, asked.ToUri(), gate, connection)
        {
            Version = asked.IsHttps ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        if (request.Headers.Fields.Count > 0 && IsWithin(request.Url.Origin, visited) && _options.Egress.MaySend(request.Headers, url))
        {
            foreach (var (name, value) in request.Headers.Resolve(Environment.GetEnvironmentVariable))
            {
                message.Add(name, value);
            }
        }

        message.AddDefault("User-Agent", _options.UserAgent);

        // Not image/*: content negotiation would swap the format under the same URL.
        message.AddDefault("Accept", "*/*");

        // Images are compressed already; a second coding costs both sides, and servers alter the entity tag for it.
        message.Add("Accept-Encoding", "identity");
        if (request.NoCache)
        {
            message.Add("Cache-Control", "no-cache");
        }

        // What was recorded before it was known for a secret goes: without a condition the answer replaces it.
        conditional = !request.Validators.IsEmpty && (request.IgnoreQuery ? url.WithoutQuery : url.Fingerprint) == request.ValidatorsUrl
            && !request.Secrets.AreIn(request.Validators.IfNoneMatch);
        if (conditional && request.Validators.IfNoneMatch is { } tags)
        {
            message.Add("If-None-Match", tags);
        }

        if (conditional && request.Validators.IfModifiedSince is { } date)
        {
            message.Add("If-Modified-Since", date);
        }

        return message;
    }

    private static bool IsWithin(string origin, List<TargetUri>? visited) =>
        visited is null || visited.TrueForAll(hop => hop.Origin == origin);

    private TransportFailure TimeOut(OperationCanceledException exception, RequestDeadline budget) =>
        budget.Expired() ?? (exception.InnerException is TimeoutException
            ? TransportFailure.ConnectTimeout(_options.ConnectTimeout)
            : TransportFailure.GivenUp);
}
