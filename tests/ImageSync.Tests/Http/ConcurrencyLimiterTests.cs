using System.Net;
using ImageSync.Http;

namespace ImageSync.Tests.Http;

/// <summary>Which connection carries a request, and who waits.</summary>
public class ConcurrencyLimiterTests
{
    private int _widened;

    [SetUp]
    public void SetUp() => _widened = 0;

    [Test]
    public void Without_multiplexing_there_is_one_request_to_a_connection()
    {
        var gate = Gate(2);
        Assert.That((Enter(gate, 3).Count(connection => connection is not null), gate.Width), Is.EqualTo((2, 2)));
    }

    [Test]
    public void The_handshake_makes_room_for_a_hundred()
    {
        var gate = Gate(16);
        var first = gate.TryEnter()!;
        gate.OnProtocolNegotiated(first, HttpVersion.Version20);
        Assert.That((gate.Width, _widened), Is.EqualTo((100, 1)));
        Assert.That(Enter(gate, 100).Count(connection => connection == first), Is.EqualTo(99));
    }

    [Test]
    public void HTTP_1_1_changes_nothing()
    {
        var gate = Gate(16);
        gate.OnProtocolNegotiated(gate.TryEnter()!, HttpVersion.Version11);
        Assert.That((gate.Width, _widened), Is.EqualTo((16, 0)));
    }

    [Test]
    public void A_connection_that_is_yet_to_be_made_has_room_for_one_request()
    {
        var gate = Widened(connections: 3, out var carried);
        carried.ForEach(gate.Leave);
        Assert.That(gate.Width, Is.EqualTo(102));
        var entered = Enter(gate, 103);
        Assert.That(entered.Take(2).Select(connection => connection!.Number), Is.EqualTo(new[] { 1, 2 }));
        Assert.That((entered.Count(connection => connection is { Number: 0 }), entered[^1]), Is.EqualTo((100, (OriginConnection?)null)));

        gate.OnProtocolNegotiated(entered[0]!, HttpVersion.Version20);
        Assert.That(gate.Width, Is.EqualTo(201));
        Assert.That(Enter(gate, 100).Count(connection => connection == entered[0]), Is.EqualTo(99));
    }

    [TestCase("given up")]
    [TestCase("HTTP/1.1")]
    public void One_that_does_not_come_about_is_not_tried_again(string how)
    {
        var gate = Widened(connections: 3, out var carried);
        carried.ForEach(gate.Leave);
        var another = gate.TryEnter()!;
        if (how == "given up")
        {
            gate.GiveUp(another);
        }
        else
        {
            gate.OnProtocolNegotiated(another, HttpVersion.Version11);
        }

        gate.Leave(another);
        Assert.That(gate.Width, Is.EqualTo(100));
        Assert.That(Enter(gate, 101).Select(connection => connection?.Number), Is.EqualTo(Enumerable.Repeat<int?>(0, 100).Append(null)));
    }

    [Test]
    public void One_connection_to_a_host_stays_one()
    {
        var gate = Widened(connections: 1, out _);
        Assert.That(gate.Width, Is.EqualTo(100));
    }

    [Test]
    public void More_connections_than_an_int_can_count_requests_in_are_no_overflow()
    {
        var gate = Gate(int.MaxValue);
        gate.OnProtocolNegotiated(gate.TryEnter()!, HttpVersion.Version20);
        Assert.That(gate.Width, Is.EqualTo(int.MaxValue));
    }

    [Test]
    public void A_narrowed_gate_lets_nobody_in_until_enough_have_left()
    {
        var gate = Gate(16);
        var first = gate.TryEnter()!;
        gate.OnProtocolNegotiated(first, HttpVersion.Version20);
        Enter(gate, 99);
        gate.Answered(gate.Send(first), HttpStatusCode.TooManyRequests);
        Leave(50);
        Assert.That((gate.Width, gate.TryEnter()), Is.EqualTo((50, (OriginConnection?)null)));
        Leave(1);
        Assert.That(gate.TryEnter(), Is.EqualTo(first));

        void Leave(int count)
        {
            for (var i = 0; i < count; i++)
            {
                gate.Leave(first);
            }
        }
    }

    [Test]
    public async Task Who_waits_enters_in_turn_and_who_gives_up_leaves_no_gap()
    {
        var gate = Gate(1);
        var inside = gate.TryEnter()!;
        using var cancelled = new CancellationTokenSource();
        var (first, second) = (gate.EnterAsync(cancelled.Token), gate.EnterAsync(default));
        await cancelled.CancelAsync();
        Assert.That(async () => await first, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(second.IsCompleted, Is.False);
        gate.Leave(inside);
        Assert.That(await second, Is.EqualTo(inside));
        gate.Leave(inside);
        Assert.That(gate.TryEnter(), Is.EqualTo(inside));
    }

    [Test]
    public async Task Who_waits_enters_where_the_handshake_makes_room()
    {
        var gate = Gate(1);
        var first = gate.TryEnter()!;
        var waiting = gate.EnterAsync(default);
        gate.OnProtocolNegotiated(first, HttpVersion.Version20);
        Assert.That(await waiting, Is.EqualTo(first));
    }

    private ConcurrencyLimiter Gate(int connections) => new(connections, () => _widened++, () => null);

    private static List<OriginConnection?> Enter(ConcurrencyLimiter gate, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => gate.TryEnter())];

    // As far away as it takes: the answers came 10 s after their requests, all of them.
    private ConcurrencyLimiter Widened(int connections, out List<OriginConnection> carried)
    {
        var gate = Gate(connections);
        gate.Expect(10_000);
        var first = gate.TryEnter()!;
        gate.OnProtocolNegotiated(first, HttpVersion.Version20);
        carried = [first, .. Enter(gate, 99).Select(connection => connection!)];
        for (var i = 0; i < 100; i++)
        {
            gate.Answered(TimeSpan.FromSeconds(-10), HttpStatusCode.NotModified);
        }

        return gate;
    }
}
