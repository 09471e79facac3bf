using System.Text;
using ImageSync.Reporting;
using ImageSync.Testing;
using Microsoft.Playwright;

namespace ImageSync.Browser.Tests;

/// <summary>Reports whose every text is markup that means harm, in a browser: to it, they are reports whose texts are plain.</summary>
public class HostileReports
{
    private const int Pages = 10;

    private readonly List<string> _complaints = [];
    private readonly List<string> _requests = [];
    private ScriptedOrigin _beacon;
    private IPage _page = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        _beacon = new ScriptedOrigin();
        _page = await Chromium.OpenAsync();
        _page.Console += (_, message) => _complaints.Add(message.Text);
        _page.PageError += (_, error) => _complaints.Add(error);
        _page.Dialog += (_, dialog) => _complaints.Add(dialog.Message);
        _page.Request += (_, request) => _requests.Add(request.Url);

        // Whatever the policy has to forbid was markup before.
        await _page.AddInitScriptAsync("""
            window.violations = [];
            document.addEventListener('securitypolicyviolation', e => violations.push(e.violatedDirective + ' ' + e.blockedURI));
            """);
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        await _page.CloseAsync();
        await _beacon.DisposeAsync();
    }

    [Test]
    public async Task Are_what_they_are_with_plain_words()
    {
        var plain = 0;
        var expected = await LookAsync(new ImaginedRun(() => $"plain{plain++}"));
        foreach (var seed in HostileCases.Seeds(Pages))
        {
            _complaints.Clear();
            _requests.Clear();
            var random = new Random(seed);
            var run = new ImaginedRun(() => HostileMarkup.Any(random, _beacon.Url("/")));
            var seen = await LookAsync(run);
            Assert.Multiple(async () =>
            {
                var which = $"IMAGESYNC_FUZZ_SEED={seed}";
                Assert.That(seen.Kinds.Except(expected.Kinds), Is.Empty, which);
                Assert.That(seen.Counts, Is.EqualTo(expected.Counts), which);
                Assert.That(seen.Title, Is.EqualTo(Shown(run.Title)), which);
                Assert.That(seen.Outcome, Is.EqualTo(Shown(run.Summary)), which);
                Assert.That(seen.Links, Is.All.Match("^(https?://|#images$)"), which);
                Assert.That(seen.Options.Split(' '), Is.EquivalentTo(seen.Hosts.Split(' ')), which);
                Assert.That(seen.Pictures, Is.All.Match("^(data:image/|file://)"), which);
                Assert.That(await _page.EvaluateAsync<string[]>("() => violations"), Is.Empty, which);
                Assert.That(_complaints, Is.Empty, which);
                Assert.That(_requests, Is.All.Match("^(data|file):"), which);
            });
        }

        Assert.That(_beacon.Requests, Is.Empty, "somebody was asked");
    }

    // Proof that the trap closes: the same page with one hole in it.
    [Test]
    public async Task Would_not_be_if_one_text_were_not_encoded()
    {
        var file = new Uri(new ImaginedRun(() => "plain").Write()).LocalPath;
        var page = await File.ReadAllTextAsync(file);
        var hole = $"<p class=\"outcome\"><img src={_beacon.Url("/")}><script>console.error('ran')</script>";
        await File.WriteAllTextAsync(file, page.Replace("<p class=\"outcome\">plain", hole, StringComparison.Ordinal));
        await _page.GotoAsync(new Uri(file).AbsoluteUri);
        await _page.WaitForFunctionAsync("violations.length > 1");
        Assert.That(_beacon.Requests, Is.Empty, "the policy holds where the encoding does not");
    }

    private async Task<Look> LookAsync(ImaginedRun run)
    {
        await _page.GotoAsync(run.Write());
        await _page.EvaluateAsync("""
            () => {
              document.querySelector('details').open = true;
              document.getElementById('search').value = 'img';
              document.getElementById('search').dispatchEvent(new Event('input'));
              document.getElementById('host').value = 'cdn.example';
              document.getElementById('host').dispatchEvent(new Event('change'));
              document.getElementById('order').value = 'name';
              document.getElementById('order').dispatchEvent(new Event('change'));
              document.querySelector('button.compare:enabled').click();
              document.querySelector('[value=difference]').click();
            }
            """);
        await _page.Locator("#viewer img[style]").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        return await _page.EvaluateAsync<Look>("""
            () => {
              const all = [...document.querySelectorAll('*')];
              const linked = ['a', 'span'];
              const hosts = new Set([...document.querySelectorAll('[data-host]')].map(e => e.dataset.host));
              const options = [...document.querySelectorAll('#host option')].slice(1);
              const counts = {};
              all.filter(e => !options.includes(e)).map(e => e.localName).filter(name => !linked.includes(name)).forEach(name => counts[name] = (counts[name] ?? 0) + 1);
              return {
                kinds: [...new Set(all.flatMap(e => [e.localName, ...[...e.attributes].map(a => e.localName + ' ' + a.name)]))],
                counts: Object.entries(counts).map(([name, count]) => name + ' ' + count).sort(),
                title: document.querySelector('h1').textContent,
                outcome: document.querySelector('.outcome').textContent,
                links: [...document.querySelectorAll('[href]:not(link)')].map(e => e.getAttribute('href')),
                hosts: [options.length, ...hosts].join(' '),
                options: [hosts.size, ...new Set(options.map(e => e.value))].join(' '),
                pictures: [...document.images].map(e => e.src),
              };
            }
            """);
    }

    // What is invisible is shown (UntrustedTextTests), and halves of characters are no characters.
    private static string Shown(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(UntrustedText.EscapeForLog(text)));

    private sealed record Look
    {
        public string[] Kinds { get; init; } = [];

        public string[] Counts { get; init; } = [];

        public string Title { get; init; } = "";

        public string Outcome { get; init; } = "";

        public string[] Links { get; init; } = [];

        public string Hosts { get; init; } = "";

        public string Options { get; init; } = "";

        public string[] Pictures { get; init; } = [];
    }
}
