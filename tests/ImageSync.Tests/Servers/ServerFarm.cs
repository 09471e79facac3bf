using ImageSync.Testing;
using ImageSync.Tests.Engine;

namespace ImageSync.Tests.Servers;

/// <summary>Two nginx behind one name, whose files have the same bytes and other times: so their tags differ, and their dates.</summary>
public class ServerFarm
{
    private static readonly byte[] Image = SampleImages.Png(1, 4000);

    private TestDirectory _directory;
    private NginxOrigin _one = null!;
    private NginxOrigin _two = null!;
    private NginxOrigin _front = null!;
    private Project _project;

    [SetUp]
    public void SetUp()
    {
        (_directory, _project) = (new TestDirectory(), new Project());
        (_one, _two) = (new NginxOrigin(_directory.PathOf("one")), new NginxOrigin(_directory.PathOf("two")));
        _front = new NginxOrigin(_directory.PathOf("front"), "location / { proxy_pass http://farm; }", $"upstream farm {{ server 127.0.0.1:{_one.Port}; server 127.0.0.1:{_two.Port}; }}");
        Put(_one, day: 1);
        Put(_two, day: 2);
    }

    [TearDown]
    public async Task TearDown()
    {
        await _front.DisposeAsync();
        await _two.DisposeAsync();
        await _one.DisposeAsync();
    }

    [Test]
    public async Task Without_a_lock_file_every_second_answer_has_the_bytes()
    {
        await SyncAsync(7);
        Assert.That(Statuses(), Is.EqualTo(new[] { 200, 200, 200, 200, 200, 200, 200 }), "the other node's tag never fits");
    }

    [Test]
    public async Task With_a_lock_file_both_nodes_say_304_and_it_rests()
    {
        _project.UseLockFile();
        await SyncAsync(2);
        var text = _project.LockText;
        _project.CheckOutAnew();
        await SyncAsync(4);
        Assert.That(Statuses(), Is.EqualTo(new[] { 200, 200, 304, 304, 304, 304 }));
        Assert.That(_project.LockText, Is.EqualTo(text));
        Assert.That((_one.AccessLog.Count, _two.AccessLog.Count), Is.EqualTo((3, 3)));
    }

    private static void Put(NginxOrigin node, int day) => node.Put("a.png", Image, new DateTimeOffset(2024, 1, day, 0, 0, 0, TimeSpan.Zero));

    private IEnumerable<int> Statuses() => _one.AccessLog.Concat(_two.AccessLog).Select(entry => entry.Status).Order();

    private async Task SyncAsync(int times)
    {
        for (var run = 0; run < times; run++)
        {
            await _project.SyncAsync(_front.Url("a.png"));
        }
    }
}
